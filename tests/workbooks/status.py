"""Where the year stands, counted anew from the files of a year without the program's code, and held against the CSV and the
workbook that `xingji status` writes.  usage: status.py YEAR_FOLDER REGIONS DAY STATUS.csv STATUS.xlsx"""
import csv
import datetime
import glob
import re
import sys
import zipfile
from collections import Counter, defaultdict
from xml.etree import ElementTree

import book

folder, regions, today, told_csv, told_book = sys.argv[1:6]
today = datetime.date.fromisoformat(today)
FIGURES = ["应完成", "已完成", "按期", "逾期", "未交", "其中逾期未交", "其中未到期"]
NAMED = {"逾期未交名单": "逾期未交", "逾期完成名单": "逾期完成", "未到期名单": "未到期"}
TRACKS = {"工控": "工控", "ics": "工控", "平台": "平台", "platform": "平台"}


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return [{k: (v or "").strip() for k, v in row.items() if k} for row in csv.DictReader(file)]


def day(text):
    if re.fullmatch(r"\d{5}", text):
        return datetime.date(1899, 12, 30) + datetime.timedelta(int(text))
    part = [int(p) for p in re.findall(r"\d+", text)]
    if len(part) == 1:
        part = [part[0] // 10000, part[0] // 100 % 100, part[0] % 100]
    return datetime.date(*part[:3]) if part else None


campaign = ElementTree.parse(folder + "/campaign.xml").getroot()
stages = {s.get("id"): (s.get("name"), day(s.get("deadline"))) for s in campaign.iter("stage")}
cities, names = {}, {}
for row in rows(regions):
    if row["省级代码"] == "32":
        names[row["代码"]] = row["名称"]
        for word in [row["代码"], row["名称"]] + row["简称"].split("、"):
            cities[word] = row["名称"]
for region in campaign.iter("region"):
    for word in (region.get("name"), region.get("code")):
        cities[word] = names.get(region.get("city"), region.get("city"))
firms = {}
for row in rows(folder + "/enterprises.csv"):
    firms[row["统一社会信用代码"]] = row
found = defaultdict(list)  # (code, track) -> [(day, result)] of the online check


def code_of(text):
    return text.replace(" ", "").upper()


for path in glob.glob(folder + "/results/online-*"):
    if path.endswith(".csv"):
        for row in rows(path):
            found[code_of(row["统一社会信用代码"]), row["参培类型"]].append((day(row["日期"]), row["结果"]))
    else:
        for one in ElementTree.parse(path).getroot().iter("assessment"):
            when = day(one.get("date") or "")
            for result in one.iter("result"):
                found[code_of(one.get("enterprise")), TRACKS[one.get("track")]].append((when, result.get("value")))


def expected(duty, row, firm):
    if duty == "整改提升":
        online = day(row["线上核查日期"])
        return any(result in ("部分符合", "不符合") and (not (when or online) or (when or online) <= today)
                   for when, result in found[code_of(row["统一社会信用代码"]), row["参培类型"]])
    return duty != "现场核查" or firm["重点企业"] in ("是", "Y", "1", "√", "yes", "true")


def state(column, deadline, row):
    when = day(row[column])
    if when and when <= today:
        return "逾期完成" if when > deadline else "按期"
    return "逾期未交" if today > deadline else "未到期"


DUTIES = [("企业自评估", "自评估提交日期", "self"), ("线上核查", "线上核查日期", "rectify"), ("整改提升", "整改提交日期", "rectify"),
          ("现场核查", "现场核查日期", "onsite")]
counts, lists = defaultdict(Counter), defaultdict(Counter)
takes = Counter(code_of(row["统一社会信用代码"]) for row in rows(folder + "/participations.csv"))
for row in rows(folder + "/participations.csv"):
    firm = next(f for code, f in firms.items() if code_of(code) == code_of(row["统一社会信用代码"]))
    word = re.sub(r"^江苏省?|\s", "", firm["设区市"])
    city = cities.get(word) or cities.get(word + "市") or cities[word[:-1]]
    for duty, column, stage in DUTIES:
        if not expected(duty, row, firm):
            continue
        what = state(column, stages[stage][1], row)
        name = firm["企业名称"] + ("（%s）" % row["参培类型"] if takes[code_of(row["统一社会信用代码"])] > 1 else "")
        for place in (city, "全省"):
            counts[duty, place][what] += 1
            lists[duty, place, what][name] += 1

told = rows(told_csv)
with zipfile.ZipFile(told_book) as archive:
    root = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
cells = [["".join(c.itertext()) for c in line] for line in root.iterfind(".//m:row", {"m": book.MAIN})]
head = book.rows_of(told_csv)[0]
head[0] = head[0].lstrip("\ufeff")
assert [[c for c in line if c] for line in cells] == [head] + [[c for c in row.values() if c] for row in told], "CSV and workbook differ"
numbers = root.findall(".//m:c[@t]", {"m": book.MAIN})
assert not any(c.get("t") == "inlineStr" and "".join(c.itertext()).isdigit() for c in numbers), "a number is text"
seen = 0
for row in told:
    key = (row["阶段"], row["设区市"])
    count = counts.pop(key, Counter())
    done = count["按期"] + count["逾期完成"]
    missing = count["逾期未交"] + count["未到期"]
    want = [sum(count.values()), done, count["按期"], count["逾期完成"], missing, count["逾期未交"], count["未到期"]]
    assert [int(row[f]) for f in FIGURES] == want, (key, [row[f] for f in FIGURES], want)
    for heading, what in NAMED.items():
        have = Counter(name for name in row[heading].split("、") if name)
        want = lists[key + (what,)]
        assert sum(have.values()) == sum(want.values()) == count[what], (key, what, have - want, want - have)
        assert have == want, (key, what, have - want, want - have)
    have = Counter(name for name in row["名单"].split("、") if name)
    want = sum((lists[key + (what,)] for what in NAMED.values()), Counter())
    assert have == want, (key, have - want, want - have)
    seen += sum(count.values())
assert not counts, counts
print("status: %d duties counted anew on %s" % (seen, today))
