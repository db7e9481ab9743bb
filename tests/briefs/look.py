"""Looks at internal/packs of a year with Python's own library and pdftotext: every brief has two pages, its numbers add up to
the report's, nobody else's name or code stands in a pack, the workbooks hold the owner's rows, the diagnoses are the same bytes.
usage: look.py XINGJI DATA YEAR-OUT"""
import csv
import io
import math
import os
import re
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

xingji, data, out = sys.argv[1:4]
year = os.path.basename(out.rstrip("/"))
packs = out + "/internal/packs"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
bad = []


def ask(sql, scope="province"):
    run = subprocess.run([xingji, "query", "--data", data, "--year", year, "--keep-going", "--scope", scope, "--format", "csv", sql],
                         capture_output=True, text=True)
    rows = list(csv.DictReader(io.StringIO(run.stdout.lstrip("\ufeff"))))
    return rows


def text_of(path):
    pages = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True).stdout.split("\f")[:-1]
    return re.sub(r"\s", "", "".join(pages)), len(pages)


def number(text, pattern, where):
    found = re.search(pattern, text)
    if not found:
        return 0
    return int(found.group(1).replace(",", ""))


def sheets_of(path):
    with zipfile.ZipFile(path) as book:
        names = [s.get("name") for s in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(MAIN + "sheet")]
        sheets = {}
        for i, name in enumerate(names, 1):
            root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{i}.xml"))
            sheets[name] = [["".join(c.itertext()) for c in row.iter(MAIN + "c")] for row in root.iter(MAIN + "row")]
        return sheets


def words_of(path):
    with zipfile.ZipFile(path) as book:
        return "".join(book.read(n).decode("utf-8", "replace") for n in book.namelist())


firms = ask("select e.code, e.name, e.city, e.consultant_code, e.contact, e.phone, e.mail, e.track_count, joined(p.checker_code) as checkers"
            " from enterprises e left join participations p on p.code = e.code group by e.code")
cities = ask("select * from city_summary")
agencies = ask("select * from agencies")
overview = ask("select * from overview")[0]

# ---- numbers of the briefs --------------------------------------------------------------------------
WORDS = {
    "enterprises": r"本市(\d+)家企业参培\d+家次", "participants": r"本市\d+家企业参培(\d+)家次", "listed": r"家次：达标(\d+)家次",
    "not_reached": r"、未达标(\d+)家次、未完成\d+家次。", "unfinished": r"、未完成(\d+)家次。", "new": r"新达标(\d+)家次、提升",
    "up": r"、提升(\d+)家次、保持", "kept": r"、保持(\d+)家次、下降", "down": r"、下降(\d+)家次", "dropped": r"，另有(\d+)家次退出",
    "self_assessed": r"其中开展自评估(\d+)家", "target": r"参培目标为?(\d+)家",
}
MENDING = {
    "rectifications": r"登记整改任务([\d,]+)项", "claimed": r"企业报告已整改([\d,]+)项，未报告", "confirmed": r"复核确认([\d,]+)项（", "returned": r"复核退回([\d,]+)项，待",
    "waiting": r"，待复核([\d,]+)项", "late": r"超过计划日期([\d,]+)项",
}
total = dict.fromkeys([*WORDS, *MENDING, "overdue"], 0)
of_rect = {r["city"]: r for r in ask("select * from rectification_summary")}
for city in cities:
    folder = f"{packs}/{city['city']}"
    text, pages = text_of(folder + "/简报.pdf")
    if pages != 2:
        bad.append(f"{city['city']}: {pages} pages")
    for key, pattern in WORDS.items():
        found = number(text, pattern, city["city"])
        total[key] += found
        if found != int(city[key] or 0) and not (key == "target" and not city[key]):
            bad.append(f"{city['city']}: {key} is {found} in the brief and {city[key]} in the report's table")
    for key, pattern in MENDING.items():
        found = number(text, pattern, city["city"])
        total[key] += found
        want = of_rect.get(city["city"], {}).get({"rectifications": "total"}.get(key, key), 0)
        if found != int(want or 0):
            bad.append(f"{city['city']}: {key} is {found} in the brief and {want} in the report's table")
    total["overdue"] += number(text, r"逾期未完成的(\d+)项", city["city"])
    if int(city["participants"]) == 0 and ("%" in text or "没有企业参加" not in text or "诊断书" in text):
        bad.append(f"{city['city']}: nobody took part, and the brief speaks of somebody")
    for word in re.findall(r"[^，。；：（）、]*(?:。。|；。|：。|——?家|None|NULL|—家)[^，。]*", text):
        bad.append(f"{city['city']}: {word}")
for key in [*WORDS, *[k for k in MENDING if k != "late"]]:
    if key in overview and total[key] != int(overview[key] or 0):
        bad.append(f"the briefs give {total[key]} {key}, the report {overview[key]}")
status = subprocess.run([xingji, "status", "--data", data, "--year", year, "--format", "csv"],
                        capture_output=True, text=True).stdout
late = [r for r in csv.DictReader(io.StringIO(status.lstrip("\ufeff"))) if r.get("设区市") == "全省"]
if not late or total["overdue"] != sum(int(r["未交"]) for r in late if r["未交"]):
    bad.append(f"the briefs give {total['overdue']} overdue, status {[r.get('未交') for r in late]}")
# What the report prints: its page, read back.
page = open(out + "/internal/report/report.html", encoding="utf-8").read()
for key, word in (("enterprises", "参培企业"), ("participants", "参培家次"), ("self_assessed", "提交自评估的企业"), ("rectifications", "整改任务")):
    cell = re.search(rf"<td>{word}</td><td[^>]*>[^<]*</td><td[^>]*>([\d,]+)</td>", page)
    if not cell or int(cell.group(1).replace(",", "")) != total[key]:
        bad.append(f"{word}: the report prints {cell and cell.group(1)}, the briefs give {total[key]}")
checked = mended = 0
folders = {}
for agency in agencies:
    folder = next((f for f in os.listdir(packs) if f.startswith(agency["agency_code"] + "-")), None)
    if not folder:
        bad.append(f"{agency['agency_code']}: no pack")
        continue
    folders[agency["agency_code"]] = folder
    text, pages = text_of(f"{packs}/{folder}/简报.pdf")
    if pages != 2:
        bad.append(f"{folder}: {pages} pages")
    if number(text, r"本机构核查(\d+)家次：", folder) != int(agency["checked"]):
        bad.append(f"{folder}: not {agency['checked']} checks")
    if number(text, r"为咨询机构的企业(\d+)家", folder) != int(agency["consulted"]):
        bad.append(f"{folder}: not {agency['consulted']} firms advised")
    mended += number(text, r"登记整改任务([\d,]+)项", folder)
known = ask("select coalesce(sum(total), 0) as n from rectification_agencies where agency_code is not null")[0]["n"]
if mended != int(known):
    bad.append(f"the briefs of agencies give {mended} rectifications, the report {known}")

# ---- one among the others, counted here once more ---------------------------------------------------------
def middle(values):
    values = sorted(values)
    return (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2


MEASURES = {"reached": ("listed", "participants", "participants"), "rate": ("rate", None, "finished"), "target": ("target_rate", None, "enterprises"),
            "coverage": ("coverage", None, "enterprises"), "confirmed": ("confirmed_rate", None, "enterprises")}
for city in cities:
    city["confirmed_rate"] = of_rect.get(city["city"], {}).get("confirmed_rate", "")
for row in ask("select * from places"):
    top, below, least = MEASURES[row["measure_code"]]
    value = {c["city"]: (int(c[top]) / int(c[below]) if below else float(c[top])) for c in cities
             if c[top] and int(c[least]) >= 5 and (not below or int(c[below]))}
    others = [v for c, v in value.items() if c != row["city"]]
    if len(others) < 5 or row["city"] not in value:
        if row["place"] or row["median"] or row["cities"]:
            bad.append(f"{row['city']}: a place in {row['measure']} among {len(others)} others")
    elif below and (int(row["place"] or 0), int(row["cities"] or 0)) != (1 + sum(v > value[row["city"]] for v in others), len(value)):
        bad.append(f"{row['city']}: place {row['place']} of {row['cities']} in {row['measure']}")
    elif not row["place"] or abs(float(row["median"]) - middle(others)) > 0.0002:
        bad.append(f"{row['city']}: place {row['place']}, median {row['median']} in {row['measure']}, not {middle(others)}")
if {r["city"] for r in ask("select * from places", "city:320500")} != {"苏州市"} or ask("select * from looks", "city:320500"):
    bad.append("a city sees the place of another, or the looks of agencies")
checkers = {r["participation_id"]: r["checker_code"] for r in ask("select participation_id, checker_code from participations where checker_code is not null")}
seen = {}
for row in ask("select participation_id, item_id, round, result from observations where counts and round <> '整改复核'"):
    seen[row["participation_id"], row["item_id"], row["round"]] = row["result"]
want = {}
for (part, item, before), result in seen.items():
    after = seen.get((part, item, {"自评": "线上核查", "线上核查": "现场核查"}.get(before)))
    if result == "符合" and part in checkers and after in ("符合", "部分符合", "不符合"):
        count = want.setdefault((checkers[part], before), {"items": 0, "no": 0, "parts": set()})
        count["items"] += 1
        count["no"] += after != "符合"
        count["parts"].add(part)
for row in ask("select * from looks"):
    count = want.get((row["agency_code"], row["before"]), {"items": 0, "no": 0, "parts": []})
    n, k = count["items"], count["no"]
    if (int(row["items"]), int(row["contradicted"]), int(row["firms"])) != (n, k, len(count["parts"])):
        bad.append(f"{row['agency_code']}: {row['contradicted']} of {row['items']} looks contradict, not {k} of {n}")
    if n:
        # The bounds are where the share lies 1.96 standard errors off: p solves (k/n − p)² = z² p (1 − p) / n.
        for bound in (float(row["low"]), float(row["high"])):
            off = (k / n - bound) ** 2 - 1.959963984540054 ** 2 * bound * (1 - bound) / n
            if abs(off) > 0.0003 * (abs(k / n - bound) + 1 / math.sqrt(n)):
                bad.append(f"{row['agency_code']}: the bound {bound} of {k} of {n}")
if {r["agency_code"] for r in ask("select * from looks", f"agency:{agencies[0]['agency_code']}")} != {agencies[0]["agency_code"]}:
    bad.append("an agency sees the looks of another")

# ---- nobody else's --------------------------------------------------------------------------------------
def plain(text):
    return re.sub(r"[\s（）()]", "", text)


def is_own(firm, city=None, agency=None):
    return firm["city"] == city if city else agency in [firm["consultant_code"], *firm["checkers"].split("、")]


for folder in sorted(os.listdir(packs)):
    agency = next((a for a, f in folders.items() if f == folder), None)
    whole = ""
    for name in os.listdir(f"{packs}/{folder}"):
        path = f"{packs}/{folder}/{name}"
        whole += text_of(path)[0] if name.endswith(".pdf") else words_of(path) if name.endswith(".xlsx") else "".join(os.listdir(path))
    whole = plain(whole)
    mine = [f for f in firms if is_own(f, None if agency else folder, agency)]
    own = plain("".join(f["name"] for f in mine))
    for firm in firms:
        if firm in mine:
            continue
        for value in (firm["code"], firm["mail"], plain(firm["name"])):
            if value and value in whole and value not in own:
                bad.append(f"{folder}: holds {value} of {firm['city']}")
    sheets = sheets_of(f"{packs}/{folder}/数据.xlsx")
    codes = {f["code"] for f in mine}
    for name, rows in sheets.items():
        if name == "服务机构":
            continue
        for row in rows[1:]:
            if row[0] not in codes:
                bad.append(f"{folder}: the sheet {name} has a row of {row[0]}")
    if not agency:
        city = next(c for c in cities if c["city"] == folder)
        want = {"参培": int(city["participants"]), "整改": int(of_rect.get(folder, {}).get("total", 0) or 0),
                "服务机构": None, "待办": None, "问题": None, "各轮结果": None}
        if set(sheets) != set(want):
            bad.append(f"{folder}: sheets {list(sheets)}")
        for name, count in want.items():
            if count is not None and len(sheets.get(name, [])) - 1 != count:
                bad.append(f"{folder}: {len(sheets.get(name, [])) - 1} rows in {name} instead of {count}")
        annex = text_of(f"{packs}/{folder}/附件4-自评估咨询机构推荐表.pdf")[0]
        for row in agencies:
            if (plain(row["name"])[:8] in plain(annex)) != (row["city"] == folder):  # a long name takes two lines
                bad.append(f"{folder}: {row['name']} in the annex")
        theirs, copies = f"{out}/internal/diagnosis/{folder}", f"{packs}/{folder}/诊断书"
        made = sorted(n for n in os.listdir(theirs) if n.endswith(".pdf") and not n.endswith("-整改单.pdf")) if os.path.isdir(theirs) else []
        given = sorted(os.listdir(copies)) if os.path.isdir(copies) else []
        if made != given or len(given) != int(city["enterprises"]):
            bad.append(f"{folder}: {len(given)} diagnoses in the pack, {len(made)} made, {city['enterprises']} enterprises")
        for name in set(made) & set(given):
            if open(f"{theirs}/{name}", "rb").read() != open(f"{copies}/{name}", "rb").read():
                bad.append(f"{folder}: {name} is not the diagnosis that was made")
if len(os.listdir(packs)) != len(cities) + len(agencies):
    bad.append(f"{len(os.listdir(packs))} packs for {len(cities)} cities and {len(agencies)} agencies")
print("\n".join(bad[:20]))
sys.exit(bool(bad))
