"""Calendar files as icalendar and dateutil read them."""

import datetime
import subprocess
import sys
import unittest
from io import StringIO

import dateutil.rrule
import dateutil.tz
import icalendar

WRITE = sys.argv.pop(1)

UTC = datetime.timezone.utc
BERLIN = dateutil.tz.gettz("Europe/Berlin")
NOW = int(datetime.datetime(2027, 2, 1, 12, tzinfo=UTC).timestamp())
FRONT = "---\nturnabout: meetings/1\n---\n# Meetings\n\n"
NEXT = "- M1 2027-02-10T10:00:00+01:00 planned\n"


def write(meetings, parts="", mentor="Priya Raman", mentee="Dana Holt", place="Room 4",
          address="dana@example.org"):
    done = subprocess.run([WRITE, "calendar", mentor, mentee, address, place, str(NOW), parts,
                           FRONT + meetings], capture_output=True)
    return done.stdout if done.returncode == 0 else None


def instant(event, name="DTSTART"):
    return event.decoded(name).astimezone(UTC)


def at(text):
    return datetime.datetime.fromisoformat(text).astimezone(UTC)


class Calendars(unittest.TestCase):
    def read(self, *arguments, **named):
        raw = write(*arguments, **named)
        self.assertIsNotNone(raw)
        self.look_at_bytes(raw)
        calendar = icalendar.Calendar.from_ical(raw)
        self.assertEqual(calendar.errors, [])
        self.assertEqual(str(calendar["VERSION"]), "2.0")
        for event in calendar.walk("VEVENT"):
            self.assertEqual(event.errors, [])
            self.assertTrue({"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event.keys()))
        return calendar

    def look_at_bytes(self, raw):
        """Lines end with CR LF and have at most 75 bytes, of whole characters."""
        self.assertTrue(raw.endswith(b"\r\n"))
        self.assertEqual(raw.count(b"\n"), raw.count(b"\r\n"))
        for line in raw.split(b"\r\n"):
            line.decode("utf-8")
            self.assertLessEqual(len(line), 75)
            self.assertNotIn(b"\r", line)

    def only_event(self, *arguments, **named):
        events = self.read(*arguments, **named).walk("VEVENT")
        self.assertEqual(len(events), 1)
        return events[0]

    def test_the_next_date(self):
        calendar = self.read("- M1 2027-02-10T10:00:00+01:00 planned\n"
                             "- M2 2027-02-05T16:30:00+01:00 planned\n")
        self.assertEqual(str(calendar["METHOD"]), "PUBLISH")
        (event,) = calendar.walk("VEVENT")
        self.assertEqual(instant(event), at("2027-02-05T15:30:00+00:00"))
        self.assertEqual(instant(event, "DTEND"), at("2027-02-05T16:15:00+00:00"))
        self.assertEqual(str(event["SUMMARY"]), "Session 1: Priya and Dana")
        self.assertEqual(str(event["LOCATION"]), "Room 4")
        self.assertEqual(str(event["STATUS"]), "CONFIRMED")
        self.assertEqual(str(event["ORGANIZER"]), "mailto:dana@example.org")
        self.assertEqual(event["ORGANIZER"].params["CN"], "Dana Holt")
        (alarm,) = event.walk("VALARM")
        self.assertEqual(alarm.decoded("TRIGGER"), datetime.timedelta(hours=-24))
        self.assertEqual(str(alarm["ACTION"]), "DISPLAY")

    def test_a_move_is_the_same_event(self):
        before = self.only_event("- M3 2027-02-10T10:00:00+01:00 planned\n")
        moved = "- M3 2027-02-10T10:00:00+01:00 moved to M4 by mentee: travel\n"
        after = self.only_event(moved + "- M4 2027-02-12T10:00:00+01:00 planned\n")
        again = self.only_event(moved + "- M4 2027-02-12T10:00:00+01:00 moved to M7\n"
                                "- M7 2027-02-15T10:00:00+01:00 planned\n")
        self.assertEqual(before["UID"], after["UID"])
        self.assertEqual(before["UID"], again["UID"])
        self.assertLess(before["SEQUENCE"], after["SEQUENCE"])
        self.assertLess(after["SEQUENCE"], again["SEQUENCE"])
        self.assertEqual(instant(again), at("2027-02-15T09:00:00+00:00"))

    def test_a_cancellation_takes_it_out(self):
        before = self.only_event(NEXT)
        gone = self.read("- M1 2027-02-10T10:00:00+01:00 cancelled by mentee: ill\n")
        (after,) = gone.walk("VEVENT")
        self.assertEqual(str(gone["METHOD"]), "CANCEL")
        self.assertEqual(before["UID"], after["UID"])
        self.assertLess(before["SEQUENCE"], after["SEQUENCE"])
        self.assertEqual(str(after["STATUS"]), "CANCELLED")
        self.assertEqual(after.walk("VALARM"), [])
        self.assertNotIn(b"ill\r\n", gone.to_ical())

    def test_all_of_them(self):
        meetings = ("- M1 2027-01-05T10:00:00+01:00 held as session 1, 50 min\n"
                    "- M2 2027-01-20T10:00:00+01:00 moved to M3 by mentor\n"
                    "- M3 2027-01-22T10:00:00+01:00 cancelled by mentor\n"
                    "- M4 2027-01-25T10:00:00+01:00 moved by mentor\n" + NEXT.replace("M1", "M5"))
        events = self.read(meetings, "a").walk("VEVENT")
        uids = [str(e["UID"]).split(".")[0] for e in events]
        self.assertEqual(uids, ["meeting-1", "meeting-2", "meeting-4", "meeting-5"])
        self.assertEqual([str(e["STATUS"]) for e in events],
                         ["CONFIRMED", "CANCELLED", "CANCELLED", "CONFIRMED"])
        self.assertEqual(instant(events[0], "DTEND") - instant(events[0]),
                         datetime.timedelta(minutes=50))
        self.assertEqual(str(events[3]["SUMMARY"]), "Session 2: Priya and Dana")
        self.assertEqual(len(self.read(meetings).walk("VEVENT")), 1)

    def test_dates_that_were_moved_around(self):
        around = ("- M1 2027-01-05T10:00:00+01:00 moved to M2\n"
                  "- M2 2027-01-06T10:00:00+01:00 moved to M1\n"
                  "- M3 2027-01-07T10:00:00+01:00 moved to M3\n"
                  "- M4 2027-01-08T10:00:00+01:00 moved to M9\n")
        self.assertEqual(len(self.read(around + NEXT.replace("M1", "M6"), "a").walk("VEVENT")), 2)

    def test_no_date_is_no_file(self):
        self.assertIsNone(write(""))
        self.assertIsNone(write("", "ar"))
        self.assertIsNone(write("- M1 2027-01-05T10:00:00+01:00 held as session 1, 50 min\n"))

    def series(self, calendar):
        (event,) = [e for e in calendar.walk("VEVENT") if str(e["UID"]).startswith("rhythm")]
        return event

    def occurrences(self, calendar):
        """By the rule of the event and the VTIMEZONE of the file, both as dateutil has them."""
        event = self.series(calendar)
        zones = dateutil.tz.tzical(StringIO(calendar.to_ical().decode()))
        zone = zones.get(event["DTSTART"].params["TZID"])
        start = event.decoded("DTSTART").replace(tzinfo=None)
        rule = dateutil.rrule.rrulestr(event["RRULE"].to_ical().decode(), dtstart=start)
        return [day.replace(tzinfo=zone).astimezone(UTC) for day in rule]

    def test_the_rhythm_keeps_its_time_of_day(self):
        calendar = self.read(NEXT, "r")
        wanted = [datetime.datetime(2027, month, day, 10, tzinfo=BERLIN).astimezone(UTC)
                  for month, day in [(3, 3), (3, 24), (4, 14), (5, 5), (5, 26)]]
        self.assertEqual(self.occurrences(calendar), wanted)
        self.assertEqual(len({day.hour for day in wanted}), 2)  # a change lies between them
        self.assertEqual(str(self.series(calendar)["STATUS"]), "TENTATIVE")
        (zone,) = calendar.walk("VTIMEZONE")
        self.assertEqual(str(zone["TZID"]), "Europe/Berlin")

    def test_the_rhythm_gets_shorter(self):
        first = self.read(NEXT, "r")
        second = self.read(NEXT + "- M2 2027-03-04T10:00:00+01:00 planned\n", "r")
        self.assertEqual(self.series(first)["UID"], self.series(second)["UID"])
        self.assertLess(self.series(first)["SEQUENCE"], self.series(second)["SEQUENCE"])
        self.assertEqual(len(self.occurrences(first)), 5)
        self.assertEqual(len(self.occurrences(second)), 4)
        held = "".join(f"- M{n} 2026-{n:02}-05T10:00:00+01:00 held as session {n}, 45 min\n"
                       for n in range(1, 6))
        last = self.series(self.read(held + NEXT.replace("M1", "M6"), "r"))
        self.assertEqual(str(last["STATUS"]), "CANCELLED")
        self.assertNotIn("RRULE", last)

    def test_odd_texts(self):
        for odd in ["a, b; c\\d", "x" * 300, "é" * 300, "👩🏽\u200d💻" * 40, "דנה הולט",
                    "line\r\nBEGIN:VEVENT", "\u202eright", "q\"uote", "colon: semi;", "中" * 99,
                    "ends with \\"]:
            shown = odd.replace("\r", " ").replace("\n", " ").replace("\u202e", "")
            with self.subTest(odd=odd):
                event = self.only_event(NEXT, place=odd, mentee=odd, mentor=odd)
                self.assertEqual(str(event["LOCATION"]), shown)
                self.assertEqual(event["ORGANIZER"].params["CN"], shown.replace('"', "'"))
                self.assertIn(shown.split(" ")[0], str(event["SUMMARY"]))

    def test_text_is_escaped(self):
        """Looked at as bytes, because icalendar reads what is not escaped, and some escapes amiss."""
        raw = write(NEXT, place="a, b; c\\d\\n\\;")
        self.assertIn(b"LOCATION:a\\, b\\; c\\\\d\\\\n\\\\\\;\r\n", raw)

    def test_addresses_that_are_none(self):
        for address in ["dana@example.org\r\nATTENDEE:mailto:x@y.z", "dana", "a b@c.de", ""]:
            self.assertNotIn("ORGANIZER", self.only_event(NEXT, address=address))


if __name__ == "__main__":
    unittest.main()
