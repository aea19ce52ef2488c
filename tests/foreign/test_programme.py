"""The numbers of an overview, counted again by another program over the same texts.

Arguments: the program, and the one that makes programmes up.
"""

import collections
import datetime
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import unittest

TURNABOUT, PROGRAMME = sys.argv[1:3]
PAIRS = 300
TODAY = datetime.date(2026, 11, 22)


def released_texts(number):
    """The files of every pair's newest commit, as the stream for git has them."""
    stream = subprocess.run([PROGRAMME, str(number)], capture_output=True, check=True).stdout
    texts = collections.defaultdict(dict)
    at, slug, path = 0, None, None
    while at < len(stream):
        end = stream.index(b"\n", at)
        line = stream[at:end].decode()
        at = end + 1
        if line.startswith("commit refs/pairs/"):
            slug = line[len("commit refs/pairs/"):]
        elif line.startswith("data "):
            size = int(line[5:])
            if path:
                texts[slug][path] = stream[at:at + size].decode()
            at += size
        path = line.split(" ", 3)[3] if line.startswith("M ") else None
    return stream, texts


def front(text):
    return dict(line.split(": ", 1) for line in text.split("---")[1].strip().split("\n"))


def count(files):
    """What an overview says of one pair, by hand."""
    pair = front(files["pair.md"])
    held, moved, cancelled, next_date, run = [], 0, collections.Counter(), None, []
    for line in files["meetings.md"].split("\n"):
        found = re.match(r"- M\d+ (\S+) (held|moved|cancelled|planned)(.*)", line)
        if not found:
            continue
        day = datetime.datetime.fromisoformat(found[1])
        by = re.search(r"by (mentor|mentee)", found[3])
        if found[2] == "held":
            held.append(day)
            run = []
        elif found[2] == "moved":
            moved += 1
        elif found[2] == "cancelled":
            who = by[1] if by else "other"
            cancelled[who] += 1
            if who != "other":
                run = run + [who] if not run or run[-1] == who else [who]
        else:
            next_date = min(next_date or day, day)
    promises = re.search(r"open: (\d+), done: (\d+), told: (\d+)", pair.get("promises", ""))
    last = max(held, default=None)
    since = datetime.datetime.fromisoformat(pair["since"]).date()
    silent = (TODAY - (last.date() if last else since)).days
    need = []
    if len(held) < int(pair["planned"]) and silent > 2 * 7 * int(pair["rhythm"]):
        need.append("session")
    if len(run) >= 2:
        need.append("cancelled")
    if promises and int(promises[2]) > 0:
        need.append("told")
    return {
        "mentor": pair["mentor"], "mentee": pair["mentee"], "topic": pair["topic"],
        "contract": int(pair["contract"]), "held": len(held), "planned": int(pair["planned"]),
        "last": last.isoformat() if last else None,
        "next": next_date.isoformat() if next_date else None,
        "days_since": (TODAY - last.date()).days if last else None,
        "moved": moved, "cancelled": {who: cancelled[who] for who in ("mentor", "mentee", "other")},
        "promises": dict(zip(("open", "done", "told"), map(int, promises.groups())))
        if promises else None,
        "need": need,
    }, held


class Overview(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        home = cls.folder.name
        os.environ.update(TURNABOUT_HOME=home, TURNABOUT_CLOCK="=2026-11-22T12:00:00Z")
        table = subprocess.run([PROGRAMME, "--list", "/srv/pairs", str(PAIRS)],
                               capture_output=True, check=True).stdout
        subprocess.run([TURNABOUT, "programme", "import", "-"], input=table, check=True,
                       capture_output=True)
        repository = home + "/programme/programme.git"
        subprocess.run(["git", "init", "-q", "--bare", repository], check=True)
        stream, cls.texts = released_texts(PAIRS)
        subprocess.run(["git", "-C", repository, "fast-import", "--quiet"], input=stream,
                       check=True)
        cls.repository = repository
        cls.overview = cls.read()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @staticmethod
    def read():
        out = subprocess.run([TURNABOUT, "overview", "--json"], capture_output=True, check=True)
        return json.loads(out.stdout)

    def test_every_pair(self):
        self.assertEqual(len(self.overview), PAIRS)
        self.assertEqual(set(self.texts) - {pair["pair"] for pair in self.overview}, set())
        for pair in self.overview:
            pair = dict(pair)
            slug = pair.pop("pair")
            self.assertEqual((pair.pop("fetched"), pair.pop("trouble")), (None, None))
            if slug in self.texts:
                self.assertEqual(pair, count(self.texts[slug])[0], slug)
            else:
                self.assertEqual((pair["contract"], pair["held"], pair["need"]), (None, 0, []))

    def test_those_that_need_a_look_come_first_then_what_is_missing(self):
        places = [0 if pair["need"] else 2 if pair["pair"] in self.texts else 1
                  for pair in self.overview]
        self.assertEqual(places, sorted(places))
        self.assertEqual(set(places), {0, 1, 2})

    def test_figures_of_the_whole(self):
        text = subprocess.run([TURNABOUT, "overview"], capture_output=True, check=True,
                              text=True).stdout.split("\n\n")[-1]
        counted = [count(files) for files in self.texts.values()]
        gaps, months, cancelled = [], collections.Counter(), collections.Counter()
        for pair, held in counted:
            days = sorted(day.date() for day in held)
            gaps += [(b - a).days for a, b in zip(days, days[1:])]
            months.update(f"{day:%Y-%m}" for day in days)
            cancelled.update(pair["cancelled"])
        wanted = [
            f"{PAIRS} pairs, {sum(bool(pair['need']) for pair, _ in counted)} need a look, "
            f"{PAIRS - len(self.texts)} not fetched.",
            f"Contracts signed: {len(self.texts)}, unsigned: 0, "
            f"not known: {PAIRS - len(self.texts)}.",
            f"Sessions held: {sum(len(held) for _, held in counted)}.",
            f"Median days between sessions: {statistics.median_low(gaps)}.",
            f"Cancelled by mentees: {cancelled['mentee']}, by mentors: {cancelled['mentor']}, "
            f"by neither: {cancelled['other']}.",
            ", ".join(f"{month} {months[month]}" for month in sorted(months)[-12:]),
        ]
        for sentence in wanted:
            self.assertIn(sentence, text)

    def test_what_changes_is_counted_anew(self):
        """One pair's branch goes back a commit, another's goes: everything agrees again."""
        refs = subprocess.run(["git", "-C", self.repository, "for-each-ref",
                               "--format=%(refname)"], capture_output=True, text=True,
                              check=True).stdout.split()
        many = max(refs, key=lambda ref: len(self.texts[ref.split("/")[-1]]))
        subprocess.run(["git", "-C", self.repository, "update-ref", many, many + "~2"], check=True)
        before = self.read()
        subprocess.run(["git", "-C", self.repository, "pack-refs", "--all"], check=True)
        self.assertEqual(self.read(), before)
        changed = {pair["pair"] for pair, old in zip(
            sorted(before, key=lambda pair: pair["pair"]),
            sorted(self.overview, key=lambda pair: pair["pair"])) if pair != old}
        self.assertEqual(changed, {many.split("/")[-1]})
        held = sum(pair["held"] for pair in before)
        text = subprocess.run([TURNABOUT, "overview"], capture_output=True, check=True, text=True)
        self.assertIn(f"Sessions held: {held}.", text.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
