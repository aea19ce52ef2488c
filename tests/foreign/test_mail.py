"""Mails as Python's email package reads them, however odd a name, a title or a line is."""

import email
import email.header
import email.policy
import email.utils
import random
import subprocess
import sys
import unittest

WRITE = sys.argv.pop(1)

HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type",
           "Content-Transfer-Encoding"]

ODD = [
    "Dana Holt",
    'Dana "the D" Holt',
    "Holt, Dana; (Ms.) <x@y>",
    "back\\slash\\",
    "Dana\r\nBcc: everybody@example.org",
    "Dana\nSubject: other\n\nbody",
    "Dana\x00"[:-1] + "\x1b[31m\x7f\u0085\u2028",
    "Zoë Ådland",
    "👩🏽\u200d💻 Dana 🇮🇹",
    "דנה הולט",
    "\u202eDana\u202c \u2066Holt\u2069",
    "محمد \u200fالأمين",
    "N" * 300,
    "é" * 300,
    "👩🏽\u200d💻" * 60,
    " ".join(["word"] * 60),
    " ".join(["wörter"] * 50),
    "=?UTF-8?Q?forged?=",
    "x =?utf-8?b?Zm9yZ2Vk?= y",
    "From here on",
    "From thé start " + "ab " * 40 + "From behind " * 10,
    ".",
    "..",
    "> quoted",
    "a" * 2000,
    "ä" * 2000,
    "two  blanks   three and " * 30,
    "dots . . . " * 30 + ".end",
    "=3D = equals=",
    "-- ",
    "tab\there",
    "中文字" * 90,
    "e\u0301" * 100,
]

CONTROLS = [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029]
DROPPED = [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]


def plain(text):
    table = {c: " " for c in CONTROLS} | {c: None for c in DROPPED}
    return text.translate(table).strip(" ")


def unflow(content):
    """Paragraphs of a format=flowed text (RFC 3676)."""
    paragraphs, open_line = [], ""
    for line in content.split("\n"):
        line = line[1:] if line.startswith(" ") else line
        if line.endswith(" "):
            open_line += line
        else:
            paragraphs.append(open_line + line)
            open_line = ""
    return paragraphs


def name_in(raw, header):
    """By the older half of the package: the newer one of Python 3.11 puts a blank between encoded
    words of a name, against RFC 2047."""
    name, _ = email.utils.parseaddr(email.message_from_bytes(raw)[header].replace("\n", ""))
    return str(email.header.make_header(email.header.decode_header(name)))


def write(sender, to, title, lines, encoding="utf-8"):
    words = [sender, "dana@example.org", to, "priya+x@mail.example.org", title, *lines]
    words = [w if isinstance(w, bytes) else w.encode(encoding) for w in words]
    return subprocess.run([WRITE, "mail", *words], check=True, capture_output=True).stdout


class Mails(unittest.TestCase):
    def read(self, sender, to, title, lines):
        return self.read_bytes(write(sender, to, title, lines))

    def read_bytes(self, raw):
        self.look_at_bytes(raw)
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        self.assertEqual(list(mail.keys()), HEADERS)
        self.assertEqual(mail.defects, [])
        for name in HEADERS:
            self.assertEqual(list(mail[name].defects), [], (name, raw))
        return mail

    def look_at_bytes(self, raw):
        """What carries a mail far: ASCII, short lines, nothing that is taken for something else."""
        raw.decode("ascii")
        self.assertNotIn(b"\r", raw)
        head, body = raw.split(b"\n\n", 1)
        for line in head.split(b"\n"):
            self.assertLessEqual(len(line), 78)
            self.assertTrue(line.strip())
        for line in body.split(b"\n"):
            self.assertLessEqual(len(line), 998)
            self.assertFalse(line.startswith(b"From "), line)
            self.assertFalse(line.startswith(b"."), line)

    def check(self, sender, to, title, lines):
        raw = write(sender, to, title, lines)
        mail = self.read_bytes(raw)
        self.assertEqual(len(mail["From"].addresses), 1)
        self.assertEqual(len(mail["To"].addresses), 1)
        self.assertEqual(name_in(raw, "From"), plain(sender))
        self.assertEqual(mail["From"].addresses[0].addr_spec, "dana@example.org")
        self.assertEqual(name_in(raw, "To"), plain(to))
        self.assertEqual(mail["To"].addresses[0].addr_spec, "priya+x@mail.example.org")
        self.assertEqual(mail["Subject"], "Session 3: " + plain(title))
        content = mail.get_content().replace("\r\n", "\n")
        self.assertTrue(content.endswith("\n"))
        entries = [p for p in unflow(content) if p.startswith("- ")]
        told = [plain(line) for section in range(4) for line in lines[section::4]]
        self.assertEqual(len(entries), len(told))
        for entry, line in zip(entries, told):
            # A promise has its owner before it.
            self.assertTrue(entry == "- " + line or entry.endswith(": " + line), (entry, line))

    def test_odd_names_titles_and_lines(self):
        for odd in ODD:
            with self.subTest(odd=odd):
                if plain(odd).strip("."):
                    self.check(odd, "Priya Raman", "Who speaks first", ["one", "two"])
                    self.check("Dana Holt", odd, "Who speaks first", ["one"])
                self.check("Dana Holt", "Priya Raman", odd, ["one", "two", "three", "four"])
                self.check("Dana Holt", "Priya Raman", "Title", [odd, "x", odd, odd, odd])

    def test_mixed_at_random(self):
        dice = random.Random(5322)
        parts = ODD + list("aé,;:<>@\"'()=?_ .\\-👩\u0301\u05d0中 ")
        for _ in range(250):
            words = ["".join(dice.choices(parts, k=dice.randint(1, 6)))[:1200] for _ in range(7)]
            sender, to, title, *lines = words
            # A name begins with something to see, and a line not with a sign.
            lines = ["L" + line for line in lines]
            with self.subTest(words=words):
                self.check("D" + sender, "P" + to, "T" + title, lines)

    def test_all_that_a_program_shows_beside_it(self):
        mail = self.read("Dana Holt", "Priya Raman", "Who speaks first", ["one"])
        self.assertEqual(mail["Date"].datetime.isoformat(), "2026-11-24T11:00:00+01:00")
        self.assertEqual(mail["Message-ID"], "<session-3.0123456789@example.org>")
        self.assertEqual(mail.get_content_type(), "text/plain")
        self.assertEqual(mail.get_content_charset(), "utf-8")
        self.assertEqual(mail["Content-Type"].params["format"], "flowed")

    def test_empty_sections(self):
        content = self.read("Dana Holt", "Priya Raman", "Title", []).get_content()
        self.assertIn("Nothing was written down this time.", content)
        self.assertNotIn("Takeaways", content)
        content = self.read("Dana Holt", "Priya Raman", "Title", ["one"]).get_content()
        self.assertIn("\nTakeaways\n- one\n", content)
        self.assertNotIn("Differences", content)

    def test_the_encoding_is_the_shortest_that_serves(self):
        cases = {"plain": "7bit", "naïve": "quoted-printable", "中文字" * 90: "base64"}
        for line, encoding in cases.items():
            mail = self.read("Dana Holt", "Priya Raman", "Title", [line])
            self.assertEqual(mail["Content-Transfer-Encoding"], encoding)

    def test_lines_are_short_wherever_there_is_a_blank(self):
        mail = self.read("Dana Holt", "Priya Raman", "Title", ["word " * 100])
        for line in mail.get_content().splitlines():
            self.assertLessEqual(len(line), 78)

    def test_bytes_that_are_no_text(self):
        mail = self.read(b"D\xff\xc3", "Priya", "Title", [b"broken \xe2\x82 end"])
        self.assertIn("\ufffd", mail["From"].addresses[0].display_name)
        self.assertRegex(mail.get_content(), "broken \ufffd+ end")

    def test_what_is_mine_never_goes(self):
        for sign in ["%", " %", "\u00a0%", "\uff05", "\u066a", "\u200b% "]:
            lines = [sign + "SECRET"] * 4 + ["told"]
            for title in ["Title", sign + "SECRET"]:
                raw = write("Dana Holt", "Priya Raman", title, lines)
                mail = email.message_from_bytes(raw, policy=email.policy.default)
                self.assertNotIn("SECRET", mail.as_string() + mail.get_content())
                self.assertIn("- told", mail.get_content())


if __name__ == "__main__":
    unittest.main()
