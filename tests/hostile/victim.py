"""Those who meet a tampered remote: a home with a pair, a draft and a running session, and what they
must have afterwards."""

import os
import re
import shutil
import subprocess

# What a terminal must never be given: controls but line ends, C1, what turns the direction of
# writing, and separators that are no line ends.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]")
SECONDS = int(os.environ.get("HOSTILE_SECONDS", "60"))

READING = [
    ["pair", "show"], ["pair", "show", "--json"], ["log"], ["log", "--json"], ["contract", "show"],
    ["contract", "check", "--json"], ["agenda", "show"], ["summary", "show"], ["meeting", "list"],
    ["meeting", "list", "--json"], ["promise", "list"], ["promise", "list", "--json"],
    ["session", "status"], ["release", "list"], ["remote", "list"], ["remote", "list", "--json"],
    ["diff", "HEAD"],
]

DRAFTED = "A draft of mine, not to be lost"
NOTED = "a note of the session that runs"


class Wrong(Exception):
    """What must not be."""


class World:
    """A folder with a home, a remote, another home that wants to join, and a canary beside them."""

    def __init__(self, program, folder):
        self.program = program
        self.folder = folder
        self.home = os.path.join(folder, "home")
        self.joiner = os.path.join(folder, "joiner")
        self.remote = os.path.join(folder, "remote.git")
        self.coordinator = os.path.join(folder, "coordinator.git")
        self.canary = os.path.join(folder, "canary")

    def environment(self, home):
        return {
            "PATH": os.environ["PATH"], "HOME": os.path.join(self.folder, "nobody"), "TZ": "Europe/Berlin",
            "LC_ALL": "C.UTF-8", "TURNABOUT_HOME": home or self.home, "TMPDIR": self.folder,
            "TURNABOUT_CLOCK": "2026-11-23T09:00:00Z", "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_SYSTEM": "/dev/null", "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", ""),
        }

    def run(self, *words, home=None):
        return subprocess.run([self.program, *words], env=self.environment(home), timeout=SECONDS,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def start(self, *words, home=None):
        return subprocess.Popen([self.program, *words], env=self.environment(home),
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)

    def do(self, *words, **more):
        done = self.run(*words, **more)
        if done.returncode != 0:
            raise RuntimeError(f"{words}: {done.stderr.decode()}")
        return done.stdout.decode()

    # Setting up, once for all kinds

    def make(self):
        for folder in (self.canary, os.path.join(self.folder, "nobody")):
            os.makedirs(folder)
        with open(os.path.join(self.canary, "file"), "w", encoding="ascii") as out:
            out.write("untouched\n")
        for repository in (self.remote, self.coordinator):
            subprocess.run(["git", "init", "-q", "--bare", "-b", "main", repository], check=True,
                           stdin=subprocess.DEVNULL)
        self.do("pair", "new", "--mentor", "Priya Raman <priya@example.org>", "--mentee",
                "Dana Holt <dana@example.org>", "--topic", "Who gets heard", "--as", "mentee")
        self.do("contract", "set", "goals", "Juniors speak first")
        self.do("contract", "sign", "--as", "mentor")
        self.do("contract", "sign", "--as", "mentee")
        self.do("meeting", "plan", "2026-11-23 10:00")
        self.do("agenda", "share")
        self.do("session", "start")
        self.do("session", "note", "! The first to speak sets what can be said")
        self.do("session", "note", "> Dana: ask juniors first by 2026-12-01")
        self.do("session", "end")
        self.do("summary", "commit", "--next", "2026-12-15 10:00")
        self.do("agenda", "share")
        self.do("remote", "set", "record", self.remote)
        self.do("remote", "set", "released", self.coordinator)
        self.do("sync")
        self.do("session", "start")
        self.do("session", "note", NOTED)
        self.do("contract", "set", "place", DRAFTED)
        # Something that the remote has not, so that a merge is asked for.
        self.do("meeting", "plan", "2026-12-22 10:00")
        for folder, _, _ in os.walk(self.folder, topdown=False):
            if re.search(r"/objects/[0-9a-f]{2}$", folder) and not os.listdir(folder):
                os.rmdir(folder)

    def copy_of(self, template):
        shutil.copytree(template.folder, self.folder, symlinks=True)
        database = os.path.join(self.home, "turnabout.db")
        for name in ("remote.git", "coordinator.git"):
            # Where the remotes are has changed with the folder.
            here, there = os.path.join(self.folder, name), os.path.join(template.folder, name)
            if len(here) != len(there):
                raise RuntimeError("names of folders must be of one length")
            with open(database, "r+b") as file:
                data = file.read().replace(there.encode(), here.encode())
                file.seek(0)
                file.write(data)

    # What is there

    def record(self, home=None):
        return os.path.join(home or self.home, "pairs", "priya-dana", "record.git")

    def git(self, *words, home=None):
        done = subprocess.run(["git", "--git-dir", self.record(home), *words], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        return done.returncode, done.stdout.decode(errors="replace").strip()

    def main(self, home=None):
        return self.git("rev-parse", "refs/heads/main", home=home)[1]

    def files(self):
        """All that lies there but what is within a record, a released repository or the remotes."""
        found = {}
        for folder, folders, names in os.walk(self.folder):
            folders[:] = [name for name in folders if not name.endswith(".git")]
            for name in names + folders:
                path = os.path.join(folder, name)
                changes = re.search(r"/turnabout\.db|/sync\.lock$|/\.join\.lock$|db-bells", path)
                content = None
                if os.path.isfile(path) and not os.path.islink(path) and not changes:
                    with open(path, "rb") as file:
                        content = file.read()
                if not changes or not os.path.isfile(path):
                    found[os.path.relpath(path, self.folder)] = content
        return found


# What must hold of whatever the program does

def check_words(done, words):
    for name, data in (("standard output", done.stdout), ("standard error", done.stderr)):
        try:
            text = data.decode()
        except UnicodeDecodeError as problem:
            raise Wrong(f"{words}: {name} is not UTF-8") from problem
        unsafe = UNSAFE.search(text)
        if unsafe:
            near = text[max(0, unsafe.start() - 30):unsafe.end() + 10]
            raise Wrong(f"{words}: {name} has {unsafe.group()!r} in it: {near!r}")


def check_end(done, words):
    if done.returncode not in (0, 1):
        raise Wrong(f"{words} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    lines = done.stderr.decode(errors="replace").splitlines()
    if done.returncode == 1 and (len(lines) != 1 or len(lines[0]) < 40 or lines[0][-1] not in ".):"):
        raise Wrong(f"{words} does not say in a sentence what is wrong: {lines!r}")
    check_words(done, words)


def check_reading(world, home=None):
    for words in READING if home is None else READING[:8]:
        done = world.run(*words, home=home)
        if done.returncode not in (0, 1):
            raise Wrong(f"{words} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
        check_words(done, words)


def check_record(world, home=None):
    """Sound, as far as anything leads: what git takes and we refuse may lie there until it cleans up."""
    status, said = world.git("fsck", "--strict", home=home)
    if status != 0:
        led_to = set(re.findall("[0-9a-f]{40}", world.git("rev-list", "--objects", "--all", home=home)[1]))
        if led_to & set(re.findall("[0-9a-f]{40}", said)) or "error" not in said:
            raise Wrong(f"the record is not sound: {said[:500]}")


def check_main(world, before):
    """As it was, or with all of it in what it is now."""
    if world.main() != before and world.git("merge-base", "--is-ancestor", before, "main")[0] != 0:
        raise Wrong("main has lost what it had")


def check_drafts(world):
    if DRAFTED not in world.run("contract", "show").stdout.decode(errors="replace"):
        raise Wrong("the draft is gone")
    # Where the record has a second session by now, the one that runs here is the third.
    shown = [world.run("session", "show", number).stdout.decode(errors="replace") for number in ("2", "3")]
    if not any(NOTED in text for text in shown):
        raise Wrong("the note of the session that runs is gone")


def check_files(world, before, after):
    for path in sorted(set(before) | set(after)):
        own = path.startswith("home/pairs/priya-dana/") or path.startswith("joiner")
        if not own and before.get(path, 0) != after.get(path, 0):
            raise Wrong(f"{path} was touched")
        if os.path.basename(path) in ("hacked", "x") and path not in before:
            raise Wrong(f"{path} was made")
