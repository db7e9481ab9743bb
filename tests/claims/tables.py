"""The tables of a small province (tests/claims/province.py), read and decided once more; no line is shared with the program."""
import csv
import datetime
import os
import re
import xml.etree.ElementTree

WORDS = {"工控": "ics", "平台": "platform"}


def table(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Track:
    def __init__(self, ident, folder):
        root = xml.etree.ElementTree.parse("%s/models/%s-mini.xml" % (folder, ident)).getroot()
        self.ident = ident
        self.word = [w for w, i in WORDS.items() if i == ident][0]
        self.labels = {0: "未达标"}
        self.labels.update({int(level.get("n")): level.get("label") for level in root.iter("level")})
        self.areas = [(a.get("name"), [(i.get("id"), int(i.get("level")), i.get("risk")) for i in a.iter("item")]) for a in root.iter("area")]
        self.classes = {c.get("name"): [i.get("id") for i in c.iter("item")] for c in root.iter("class")}
        self.elements = {}
        for i in root.iter("item"):
            self.elements.setdefault(i.get("element"), []).append(i.get("id"))

    def level(self, results):
        """As the rules of tests/claims/province.py have it: every weight 1, no veto, every item applicable."""
        top = max(self.labels)
        if self.ident == "ics":
            reached = [max(n for n in range(top + 1) if all(results.get(i) == "符合" for i, level, _ in items if level <= n)) for _, items in self.areas]
            return min(reached)
        for n in range(1, top + 1):
            here = [i for _, items in self.areas for i, level, _ in items if level <= n]
            credit = sum({"符合": 1, "部分符合": 0.5}.get(results.get(i), 0) for i in here)
            if credit < {1: 0.8, 2: 0.9}[n] * len(here):
                return n - 1
        return top


class Part:
    """A participation: row, code, track, city, rounds (results by round), finished, results (of the round that counts), level."""


class Province:
    def __init__(self, data):
        year = data + "/2021/"
        campaign = xml.etree.ElementTree.parse(year + "campaign.xml").getroot()
        self.tracks = [Track(t.get("id"), data) for t in campaign.iter("track")]
        self.stages = {s.get("id"): s.get("deadline") for s in campaign.iter("stage")}
        self.days = [(s.get("name"), s.get("deadline")) for s in campaign.iter("stage")]
        self.firms = {row["统一社会信用代码"]: row for row in table(year + "enterprises.csv")}
        self.rounds, self.dates = {}, {}
        for assessment in xml.etree.ElementTree.parse(year + "results/all.xml").getroot():
            place = self.rounds.setdefault((assessment.get("enterprise"), assessment.get("track")), {})
            dates = self.dates.setdefault((assessment.get("enterprise"), assessment.get("track")), {})
            dates[assessment.get("round")] = datetime.date.fromisoformat(assessment.get("date"))
            place[assessment.get("round")] = {r.get("item"): r.get("value") for r in assessment}
        self.parts = [self.part(row) for row in table(year + "participations.csv")]
        self.targets = {row["设区市"]: (int(row["参培目标数"]), row["规模以上工业企业数"]) for row in table(year + "cities.csv")}
        self.agencies = table(year + "agencies.csv")
        self.tasks = table(year + "rectifications.csv")
        self.awards = table(year + "nominations.csv")
        self.ledger = table(year + "ledger.csv")
        before = data + "/2020/listed.csv"
        self.before = table(before) if os.path.exists(before) else None
        self.count()

    def part(self, row):
        part = Part()
        part.row, part.code = row, row["统一社会信用代码"]
        part.track = [t for t in self.tracks if t.ident == WORDS[row["参培类型"]]][0]
        part.city = self.firms[part.code]["设区市"]
        rounds = self.rounds.get((part.code, part.track.ident), {})
        counted = [rounds[r] for r in ("onsite", "recheck", "online") if r in rounds]
        part.rounds, part.dates = rounds, self.dates.get((part.code, part.track.ident), {})
        part.finished = bool(counted)
        part.results = counted[0] if counted else {}
        part.level = part.track.level(part.results) if counted else None
        return part

    def count(self):
        self.active = {p.code for p in self.parts}
        self.city_firms = {}
        for code in self.active:
            city = self.firms[code]["设区市"]
            self.city_firms[city] = self.city_firms.get(city, 0) + 1
        self.finished = [p for p in self.parts if p.finished]
        self.listed = [p for p in self.finished if p.level]
        self.failed = [p for p in self.finished if p.level == 0]
        self.undone = [p for p in self.parts if not p.finished]
        self.short = [c for c, (want, _) in self.targets.items() if want > self.city_firms.get(c, 0)]
        self.has_targets = any(want for want, _ in self.targets.values())

    def of(self, track, parts):
        return [p for p in parts if p.track.ident == track.ident] if track else parts

    def standing(self, part):
        """Its level on the list as it stands: after corrections, 0 where it was withdrawn."""
        level = part.level or 0
        for row in self.ledger:
            if row["统一社会信用代码"] == part.code and WORDS[row["参培类型"]] == part.track.ident:
                level = {label: n for n, label in part.track.labels.items()}[row["更正后级别"]] if row["类别"] == "更正" else 0
        return level

    def shown(self):
        """Who stands on the list."""
        return [p for p in self.parts if self.standing(p)]

    def was(self, part):
        return was(self, part)

    def before_of(self, track):
        return [row for row in self.before or [] if WORDS[row["参培类型"]] == track.ident]

    def level_of(self, row):
        """Of a row of the list before."""
        track = [t for t in self.tracks if t.ident == WORDS[row["参培类型"]]][0]
        return {label: n for n, label in track.labels.items()}[row["级别"]]

    def in_city(self, parts, city):
        return [p for p in parts if city in (None, p.city)]

    def target(self, city):
        """How many firms that city, or all of them, is to bring; None: nobody says."""
        wants = [want for c, (want, _) in self.targets.items() if city in (None, c)]
        return sum(wants) if wants else None

    def scale(self, city=None):
        """How many firms of scale it has; None where that is not known of all."""
        known = [int(n) for c, (_, n) in self.targets.items() if city in (None, c) and n]
        return sum(known) if known else None

    def tasks_of(self, part):
        """What it was to mend, and whether a later round found it so: True, False, None where nobody looked."""
        rows = [row for row in self.tasks if row["统一社会信用代码"] == part.code and WORDS[row["参培类型"]] == part.track.ident]
        later = [part.rounds[r] for r in ("onsite", "recheck") if r in part.rounds]
        return [(row, later[0].get(row["条目编号"]) == "符合" if later else None) for row in rows]

    def late(self, column, stage):
        day = self.stages.get(stage)
        return [p for p in self.parts if day and p.row[column] > day]

    def open_items(self):
        """Of the finished: what up to the next level is not met; at the top of all levels."""
        found = []
        for p in self.finished:
            top = max(p.track.labels)
            until = min(top, p.level + 1)
            found += [(p, i, risk) for _, items in p.track.areas for i, level, risk in items if level <= until and p.results.get(i) != "符合"]
        return found


# ---- rules -----------------------------------------------------------------------------------

def rule(pattern, why, predicate):
    return re.compile(pattern), why, predicate


def track_of(p, sentence):
    """The track that a sentence names; None where it speaks of all."""
    named = [t for t in p.tracks if t.word in sentence]
    return named[0] if len(named) == 1 else None


def was(p, part):
    for row in p.before or []:
        if row["统一社会信用代码"] == part.code and WORDS[row["参培类型"]] == part.track.ident:
            return [n for n, label in part.track.labels.items() if label == row["级别"]][0]
    return 0


# ---- provinces in which nothing is true ---------------------------------------------------------

class Nothing:
    """A province in which no sentence that claims something is true."""
    tracks, parts, finished, listed, failed, undone, active = [], [], [], [], [], [], set()
    stages, firms, city_firms, agencies, tasks, awards, ledger, before = {}, {}, {}, [], [], [], [], ["a list"]
    targets = {"苏州市": (3, "100"), "南京市": (2, "100")}
    short, has_targets = [], True

    def of(self, track, parts):
        return parts

    def late(self, column, stage):
        return []

    def open_items(self):
        return []

    def shown(self):
        return []


class Somebody(Nothing):
    """One enterprise on the list, of which nothing is true that is claimed."""
    firms, ledger, awards = {"X": {"设区市": "苏州市", "行业代码": "C13"}}, ["a change"], [{"评审结论": "入选", "代码": "X"}]

    class tracks:
        ident, word, labels = "ics", "工控", {0: "未达标", 1: "1星"}
    tracks = [tracks]

    def standing(self, part):
        return 1

    def shown(self):
        part = Part()
        part.code, part.city = "X", "苏州市"
        return [part]
