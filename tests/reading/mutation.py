"""Change one character (or byte) of a file of a year at a time: the program must say so, or show the same list and the same
figures. What is data either way, because the changed value is one that may stand there, is counted apart, by the rules of
data/FORMATS.md and not by the program's.
usage: mutation.py XINGJI COUNT SEED JOBS FOLDER...     folders of data with the year 2021; the first gets most of them"""
import collections
import concurrent.futures
import glob
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from xml.etree import ElementTree

import tables

SCHEMA = tables.schema()
# What people are shown of a year: the list, its versions and every figure; and each value that was read.
SHOWN = """listed altered versions ledger participations overview city_summary track_summary level_summary stage_summary area_summary item_summary
 rectification_summary nominations earlier enterprises agencies rectifications observations results items campaign stages tracks track_shares""".split()
HANZI = "一二三是否不未部分符合工控平台示例市县己已巳末土士日曰"
MARKS = list(",;\"'\t\n\r \u00a0\u3000\u200b\ufeff.-/<>&=#()（）：、!?|\\%$") + ["\0", "\x0b", "\u2028", "𠮷", "０", "Ａ"]


def run(*words):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, env=dict(os.environ, LC_ALL="C.UTF-8", NO_COLOR="1"))
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


class Base:
    """A folder of data, what is said of it and what it shows."""

    def __init__(self, xingji, folder):
        self.xingji, self.folder, self.columns = xingji, folder, {}
        files = glob.glob(folder + "/20*/*.*") + glob.glob(folder + "/20*/results/*.*") + glob.glob(folder + "/models/*.xml")
        self.files = sorted(os.path.relpath(f, folder) for f in files if f.endswith((".csv", ".xml")))
        for table in SHOWN:
            rows = json.loads(run(xingji, "query", "--data", folder, "--quiet", "--format", "json", "select * from " + table)[1] or "[]")
            self.columns[table] = [c for c in rows[0] if c not in ("line", "file")] if rows else []
        self.query = " union all ".join("select '%s'%s" % (t, "".join("||'|'||coalesce(\"%s\",'~')" % c for c in self.columns[t])) + " from " + t
                                        for t in SHOWN if self.columns[t])
        self.exit, self.said = self.check(folder)
        self.shown = self.show(folder)
        assert self.exit == 0 and len(self.shown) > 1000, (self.exit, self.shown[:200])
        self.known = Known(folder)

    def check(self, folder):
        code, out, error = run(self.xingji, "check", "--data", folder, "--lang", "zh", "--format", "jsonl")
        said = collections.Counter()
        for line in out.splitlines():
            m = json.loads(line)
            where = m["file"][len(folder) + 1:] if m["file"].startswith(folder) else m["file"]
            said[(m["severity"], m["code"], where, re.sub(r"\d+", "#", m["message"].replace(folder + "/", "")))] += 1
        return code, said

    def show(self, folder):
        code, out, error = run(self.xingji, "query", "--data", folder, "--quiet", "--format", "csv", self.query)
        return out if code == 0 else "exit %d: %s" % (code, error)


# ---- what may stand where, by the documents --------------------------------------------------

def words_of(path="data/FORMATS.md"):
    """All words that §4 lists, in any column: those of a field are told apart by its choices."""
    text = open(path, encoding="utf-8").read()
    groups = []
    for row in re.findall(r"^\| [^|]+ \| (.+) \|$", text[text.index("Words, in tables and XML alike"):text.index("**Rectification:")], re.M):
        groups.append([[w.strip(" `") for w in re.split("[（）();,；、]", one) if w.strip(" `")] for one in row.split(" · ")])
    return groups


class Known:
    def __init__(self, folder):
        self.codes, self.items, self.agencies = set(), {}, set()
        for path in glob.glob(folder + "/2021/enterprises.csv") + glob.glob(folder + "/2021/agencies.csv"):
            rows = tables.split(tables.decode(open(path, "rb").read()), ",")
            (self.codes if "enterprises" in path else self.agencies).update(tables.code(r[0]) for r in rows[1:] if r)
        for path in glob.glob(folder + "/models/*.xml"):
            self.items.update((i.get("id"), 1) for i in ElementTree.parse(path).iter("item"))
        regions = glob.glob(folder + "/regions.csv") or ["data/regions.csv"]
        rows = tables.split(tables.decode(open(regions[0], "rb").read()), ",")
        self.cities = {"昆山市", "昆山", "320583"}
        for r in rows[1:]:
            if r and r[3] == "32":
                self.cities |= {r[0], r[1], r[1][:-1], "江苏省" + r[1], "江苏" + r[1], *r[2].split("、")}
        self.words = words_of()

    def is_choice(self, kind, text):
        """Whether text is one of the words of the field whose choices are `kind`; the same word as `was` is no change."""
        first = re.split("[、 ]", kind)[0]
        return any(text.lower() in [w.lower() for ws in group for w in ws] for group in self.words if any(first in ws for ws in group))


LEVEL = re.compile(r"[0-5]|[1-5]星|基础建设级|规范防护级|集成管控级|综合协同级|智能优化级|基本级|增强级|未达标")
CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def is_credit(text):
    if not re.fullmatch("[%s]{18}" % CREDIT, text):
        return False
    total = sum(CREDIT.index(c) * pow(3, i, 31) for i, c in enumerate(text[:17]))
    order = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    check = (11 - sum(order.index(c) * w for c, w in zip(text[8:16], (3, 7, 9, 10, 5, 8, 4, 2))) % 11) % 11
    return CREDIT[(31 - total % 31) % 31] == text[17] and "0123456789X"[check] == text[16]


def kind_of_valid(known, field, text):
    """The kind of valid value, or None: it may not stand there."""
    kind, value = field.type, tables.code(text)
    if tables.is_missing(text):
        return None if field.required else "missing"
    if "是" in kind and "否" in kind:
        return "choice" if value.lower() in "是 否 y n 1 0 √ × true false yes no 不是".split() else None
    tests = {
        "文字": lambda: "text", "日期": lambda: tables.date(text) and "date", "整数": lambda: tables.number(text, "家") is not None and "number",
        "小数": lambda: re.fullmatch(r"\d{1,9}(\.\d{1,9})?", value) and "number",
        "统一社会信用代码": lambda: is_credit(value.replace(" ", "").upper()) and "credit", "企业（信用代码）": lambda: value.replace(" ", "").upper() in known.codes and "reference",
        "机构代码": lambda: value.upper() in known.agencies and "reference", "条目编号": lambda: value.replace(" ", "").upper() in known.items and "reference",
        "级别": lambda: LEVEL.fullmatch(value) and "level", "设区市": lambda: value.replace(" ", "") in known.cities and "city",
        "参培类型": lambda: known.is_choice("ics", value) and "track",
        "行业代码": lambda: re.fullmatch(r"(C?(1[3-9]|[23]\d|4[0-3])|D?4[4-6])\d{0,2}", value.upper()) and "industry",
    }
    for name, test in tests.items():
        if kind.startswith(name):
            return test() or None
    return "choice" if known.is_choice(kind, value) else None


def cells_differ(was, now):
    """The one cell (row, column) in which two tables differ; None: they do not, or differ in more."""
    width = len(was[0])
    was, now = ([row + [""] * (width - len(row)) for row in rows] for rows in (was, now))
    if [len(r) for r in was] != [len(r) for r in now]:
        return None
    places = [(i, j) for i, row in enumerate(was) for j, cell in enumerate(row) if cell != now[i][j]]
    return places[0] if len(places) == 1 else None


def valid_in_csv(known, path, before, after):
    fields = SCHEMA.get("results/*.csv" if "/results/" in path else os.path.basename(path))
    try:
        was, now = (tables.split(tables.decode(data), ",") for data in (before, after))
    except (UnicodeDecodeError, tables.csv.Error):
        return None
    place = cells_differ(was, now)
    if not place or place[0] == 0:
        return None
    field = tables.match(fields, was[0][place[1]])
    kind = field and kind_of_valid(known, field, now[place[0]][place[1]])
    return kind and "%s of %s: %s" % (kind, field.name, os.path.basename(path))


def leaves(data):
    found = []
    for e in ElementTree.fromstring(data).iter():
        found.append((e.tag, "", (e.text or "").strip()))
        found.append((e.tag, "<", (e.tail or "").strip()))
        found.extend((e.tag, name, value) for name, value in e.attrib.items())
    return found


XML_TYPES = {"date": "日期", "deadline": "日期", "level": "整数", "weight": "小数", "days": "整数", "share": "小数", "partial": "小数", "enterprise": "企业（信用代码）", "n": "整数",
             "agency": "机构代码", "track": "参培类型", "item": "条目编号", "city": "设区市", "small-cell": "整数"}
XML_FREE = "title publisher name label edition basis note group method department base-url mark document-number contact licence licence-url icp police code".split()
XML_TEXT = "requirement check advice note evidence".split()


def valid_in_xml(known, before, after):
    try:
        was, now = leaves(before), leaves(after)
    except ElementTree.ParseError:
        return None
    if [l[:2] for l in was] != [l[:2] for l in now]:
        return None
    changed = [(a, b) for a, b in zip(was, now) if a != b]
    if len(changed) != 1:
        return None
    tag, name, text = changed[0][1]
    if name == "<" or not text:
        return None
    words = {"element": "机构建设", "risk": "高", "round": "自评", "value": "符合", "state": "拟公布", "credit-code": "hidden", "veto": "是 否"}
    if name == "":
        return "text of <%s>" % tag if tag in XML_TEXT else None
    if name in words:
        kind = kind_of_valid(known, tables.Field("", name, words[name], True, []), text)
    elif name in XML_TYPES:
        kind = kind_of_valid(known, tables.Field("", name, XML_TYPES[name], True, []), text.rstrip("%"))
    else:
        kind = "text" if name in XML_FREE or (name == "id" and tag in ("class", "area")) else None
    return kind and "%s of <%s %s>" % (kind, tag, name)


# ---- one change -------------------------------------------------------------------------------

def encoding_of(path, data):
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return "gb18030"


def another(rng, c, text):
    twins = [chr(ord(c) + 0xFEE0)] if "!" <= c <= "~" else []
    cases = [c.swapcase()] if c.swapcase() != c else []
    digits = list("0123456789") if c.isdigit() else []
    return rng.choice([rng.choice(MARKS), rng.choice(HANZI), rng.choice(text), rng.choice(twins or MARKS), rng.choice(cases or MARKS),
                       rng.choice(digits or HANZI), rng.choice(digits or MARKS), rng.choice("019AZ")])


def change(rng, path, data):
    """(what was done, changed bytes)"""
    if rng.random() < 0.15:
        at = rng.randrange(len(data))
        what = rng.choice(["byte=", "byte-", "byte+"])
        new = {"byte=": bytes([rng.choice([rng.randrange(256), data[at] ^ (1 << rng.randrange(8))])]), "byte-": b"", "byte+": bytes([rng.randrange(256)]) + data[at:at + 1]}[what]
        return what, data[:at] + new + data[at + 1:]
    encoding = encoding_of(path, data)
    text = data.decode(encoding)
    at = rng.randrange(len(text))
    what = rng.choice(["=", "=", "-", "+", "x2"])
    new = {"=": another(rng, text[at], text), "-": "", "+": another(rng, text[at], text) + text[at], "x2": text[at] * 2}[what]
    try:
        return "%s %r" % (what, text[at] + ">" + new), (text[:at] + new + text[at + 1:]).encode(encoding)
    except UnicodeEncodeError:
        return change(rng, path, data)


def trial(base, folder, number, seed):
    """('outcome', detail)"""
    rng = random.Random("%s/%s" % (seed, number))
    path = rng.choice(base.files)
    whole = os.path.join(folder, path)
    before = open(whole, "rb").read()
    what, after = change(rng, path, before)
    if after == before:
        return "unchanged", ""
    open(whole, "wb").write(after)
    try:
        return judge(base, folder, path, before, after, "%d %s %s" % (number, path, what))
    finally:
        open(whole, "wb").write(before)


def judge(base, folder, path, before, after, what):
    code, said = base.check(folder)
    new = said - base.said
    if code not in (0, 1):
        return "FAILED", what + ": exit %d" % code
    at_file = [m for m in new if path in m[2] or path in m[3] or os.path.basename(path) in m[3]]
    loud = [m for m in new if m[0] != "note"]
    if code == 1 and new:
        return "error", "" if at_file else "%s: %s" % (what, sorted(new)[0][1:3])
    if code == 1:
        return "FAILED", what + ": exit 1 without a new message"
    if any(m[0] != "note" for m in at_file):
        return "warning", ""
    if base.show(folder) == base.shown:
        return ("note, nothing lost" if new else "nothing lost"), ""
    kind = valid_in_csv(base.known, path, before, after) if path.endswith(".csv") else valid_in_xml(base.known, before, after)
    if loud:
        return "warning elsewhere", "%s: %s" % (what, sorted(loud)[0][1:3])
    if kind:
        return "valid: " + kind + (" (with a note)" if new else ""), what
    return ("note" if at_file else "FAILED"), what + (": " + str([m[1] for m in new]) if new else "")


def worker(base, seed, numbers):
    with tempfile.TemporaryDirectory() as work:
        folder = os.path.join(work, "data")
        shutil.copytree(base.folder, folder)
        return [trial(base, folder, n, seed) for n in numbers]


def main():
    xingji, count, seed, jobs = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    bases = [Base(xingji, f) for f in sys.argv[5:]]
    shares = [count - count // 5 * (len(bases) - 1)] + [count // 5] * (len(bases) - 1)
    found = collections.defaultdict(list)
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        tasks = [pool.submit(worker, base, seed, range(j, share, jobs)) for base, share in zip(bases, shares) for j in range(jobs)]
        for task in tasks:
            for outcome, detail in task.result():
                found[outcome].append(detail)
    verbose = os.environ.get("VERBOSE")
    valid = {k: v for k, v in found.items() if k.startswith("valid")}
    for outcome in sorted(set(found) - set(valid)):
        print("mutation: %5d %s" % (len(found[outcome]), outcome))
    print("mutation: %5d changed to what may stand there as well" % sum(map(len, valid.values())))
    for outcome in sorted(found):
        shown = [d for d in found[outcome] if d]
        if outcome in valid and verbose:
            print("%5d %s: %s" % (len(shown), outcome, "; ".join(shown[:3])))
        elif outcome == "FAILED" or (verbose and shown and outcome not in valid):
            print("\n".join("%s: %s" % (outcome, d) for d in shown[:200]))
    sys.exit(1 if found["FAILED"] else 0)


if __name__ == "__main__":
    main()
