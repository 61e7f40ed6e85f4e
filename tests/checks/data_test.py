"""The tables of facts under scenarios/library/data: totals, codes, zones, regions, and holidays computed again by their rules.

Where a Correlates of War exchange table (sender,host,level) stands beside the project in ../shared/data, its codes
must all be known; a clone without it skips that test.
"""
import calendar
import csv
import datetime
import math
import pathlib
import re
import unittest
import zoneinfo

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "scenarios" / "library" / "data"
EXCHANGE = ROOT.parent / "shared" / "data" / "diplomatic-exchange-2000.csv"

REGIONS = {"europe", "cis", "americas", "arab-states", "asia-pacific", "africa"}
KINDS = {"embassy", "high-commission", "consulate-general", "consulate", "office", "permanent-mission"}
TABLES = {
    "countries.csv": ["iso3", "cow", "name", "region", "zone", "weight"],
    "missions-canada-2009.csv": ["host", "city", "kind", "zone", "region"],
    "holidays/canada-2013.csv": ["date", "name"],
    "holidays/uk-2013.csv": ["date", "name"],
}
# Plain ASCII without quotes, backslashes or control characters, no blank at either end, and no first character that
# a spreadsheet would take for a formula.
CELL = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .,'()/_-]*(?<! )")


def lines(name):
    return (DATA / name).read_text(encoding="ascii").split("\n")


def rows(name):
    return list(csv.DictReader(line for line in lines(name) if not line.startswith("#")))


def easter(year):
    """Gregorian Easter Sunday (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return datetime.date(year, month, day + 1)


def monday(year, month, which):
    """The which-th Monday of a month; -1: the last."""
    days = [week[0] for week in calendar.Calendar().monthdayscalendar(year, month) if week[0]]
    return datetime.date(year, month, days[which - 1 if which > 0 else which])


def monday_before(date):
    return date - datetime.timedelta(days=(date.weekday() or 7))


def common(year):
    return {
        "New Year's Day": datetime.date(year, 1, 1),
        "Good Friday": easter(year) - datetime.timedelta(days=2),
        "Easter Monday": easter(year) + datetime.timedelta(days=1),
        "Christmas Day": datetime.date(year, 12, 25),
        "Boxing Day": datetime.date(year, 12, 26),
    }


def canada(year):
    return common(year) | {
        "Victoria Day": monday_before(datetime.date(year, 5, 25)),
        "Canada Day": datetime.date(year, 7, 1),
        "Civic Holiday": monday(year, 8, 1),
        "Labour Day": monday(year, 9, 1),
        "Thanksgiving Day": monday(year, 10, 2),
        "Remembrance Day": datetime.date(year, 11, 11),
    }


def england(year):
    return common(year) | {
        "Early May Bank Holiday": monday(year, 5, 1),
        "Spring Bank Holiday": monday(year, 5, -1),
        "Summer Bank Holiday": monday(year, 8, -1),
    }


class Tables(unittest.TestCase):
    def setUp(self):
        self.countries = rows("countries.csv")
        self.missions = rows("missions-canada-2009.csv")

    def unique(self, what, values):
        seen, twice = set(), set()
        for value in values:
            (twice if value in seen else seen).add(value)
        self.assertFalse(twice, f"{what} more than once: {sorted(twice)}")

    def test_every_table_is_checked_here(self):
        found = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*.csv")}
        self.assertEqual(found, set(TABLES), "tables under scenarios/library/data")

    def test_tables_say_where_they_come_from_and_have_their_columns(self):
        for name, columns in TABLES.items():
            with self.subTest(name):
                text = lines(name)
                self.assertTrue(text[0].startswith("# "), "the first line is a comment")
                head = next(i for i, line in enumerate(text) if not line.startswith("#"))
                self.assertEqual(text[head].split(","), columns)
                self.assertEqual(text[-1], "", "the file ends with a line break")
                comment = "\n".join(text[:head])
                self.assertRegex(comment, r"(?i)source|assumed|letter|ISO 3166")
                for line in text[head + 1 : -1]:
                    self.assertFalse(line.startswith("#") or not line, "comments and blank lines only at the top")

    def test_cells_are_plain(self):
        for name, columns in TABLES.items():
            for row in rows(name):
                with self.subTest(table=name, row=row):
                    self.assertNotIn(None, row, "more cells than columns")
                    for column in columns:
                        self.assertRegex(row[column] or "", rf"^{CELL.pattern}$", f"column {column}")

    def test_countries_are_the_195_states(self):
        self.assertEqual(len(self.countries), 195)
        for column in ("iso3", "cow", "name"):
            self.unique(column, (row[column] for row in self.countries))
        for row in self.countries:
            with self.subTest(row["iso3"]):
                self.assertRegex(row["iso3"], r"^[A-Z]{3}$")
                self.assertRegex(row["cow"], r"^[A-Z]{3}$")

    def test_weights_are_millions_to_two_digits(self):
        for row in self.countries:
            with self.subTest(row["iso3"]):
                weight = float(row["weight"])
                self.assertGreater(weight, 0)
                digits = 1 - math.floor(math.log10(weight))
                self.assertEqual(weight, round(weight, digits))
        total = sum(float(row["weight"]) for row in self.countries)
        self.assertAlmostEqual(total, 7200, delta=100, msg="the world of 2013 in millions")

    def test_missions_add_up_to_the_reported_totals(self):
        self.assertEqual(len(self.missions), 174, "missions of the minister's letter of 2009")
        self.assertEqual(len({row["host"] for row in self.missions}), 110, "countries of the same letter")
        self.unique("mission", ((row["host"], row["city"]) for row in self.missions))

    def test_missions_stand_in_known_countries(self):
        region = {row["iso3"]: row["region"] for row in self.countries}
        for row in self.missions:
            with self.subTest(row["city"]):
                self.assertIn(row["host"], region)
                self.assertNotEqual(row["host"], "CAN")
                self.assertEqual(row["region"], region[row["host"]], "the host's region in countries.csv")
                self.assertIn(row["kind"], KINDS)

    def test_a_country_has_one_embassy_or_high_commission_at_most(self):
        heads = [row["host"] for row in self.missions if row["kind"] in ("embassy", "high-commission")]
        self.unique("embassy or high commission in", heads)

    def test_regions_and_zones_exist(self):
        known = zoneinfo.available_timezones()
        if not known:
            self.skipTest("no time zone database here")
        for row in self.countries + self.missions:
            with self.subTest(row=row):
                self.assertIn(row["region"], REGIONS)
                self.assertIn(row["zone"], known)

    def test_holidays_follow_their_rules(self):
        self.assertEqual(easter(2013), datetime.date(2013, 3, 31))
        self.assertEqual(easter(2014), datetime.date(2014, 4, 20))
        self.assertEqual(easter(2000), datetime.date(2000, 4, 23))
        for name, rule in (("canada", canada), ("uk", england)):
            with self.subTest(name):
                table = rows(f"holidays/{name}-2013.csv")
                dates = [row["date"] for row in table]
                self.assertEqual(dates, sorted(set(dates)), "in order, each once")
                expected = {what: day.isoformat() for what, day in rule(2013).items()}
                self.assertEqual({row["name"]: row["date"] for row in table}, expected)

    def test_exchange_codes_are_known(self):
        if not EXCHANGE.is_file():
            self.skipTest("no exchange table beside the project")
        with EXCHANGE.open(encoding="utf-8", newline="") as stream:
            codes = {row[column] for row in csv.DictReader(stream) for column in ("sender", "host")}
        self.assertFalse(codes - {row["cow"] for row in self.countries}, "codes without a country")


if __name__ == "__main__":
    unittest.main()
