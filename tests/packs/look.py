"""Looks at packs with nothing but Python's own library and pdftotext: each holds its owner's rows and no others, nobody
else's names, codes and contacts, sound workbooks with notes where there are problems, and one page of letter.
usage: look.py DATA-YEAR PACKS CHECK.jsonl"""
import csv
import glob
import io
import json
import os
import re
import subprocess
import sys
import xml.dom.minidom
import zipfile

year, packs, said = sys.argv[1:4]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
bad = []


def rows_of(name):
    data = open(f"{year}/{name}", "rb").read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return list(csv.reader(io.StringIO(text)))


def table(name):
    rows = rows_of(name)
    return [dict(zip(rows[0], row)) for row in rows[1:]]


# ---- whose everything is, decided here once more ------------------------------------------------
cities = {}
for row in csv.DictReader(io.open(f"{year}/../regions.csv", encoding="utf-8-sig")):
    if row["省名"].startswith("江苏"):
        for word in [row["名称"], row["代码"]] + row["简称"].split("、"):
            cities[word] = row["名称"]
campaign = open(f"{year}/campaign.xml", encoding="utf-8").read()
for code, name, city in re.findall(r'<region code="(\d+)" name="([^"]+)" city="(\d+)"', campaign):
    cities[name] = cities[code] = cities[city]


def city_of(word):
    word = word.strip()
    for form in (word, word.replace("江苏省", ""), word.replace("江苏", "")):
        if form in cities:
            return cities[form]
    return None


firms, agencies, parts = {}, {}, {}
for row in table("enterprises.csv"):
    code = row["统一社会信用代码"].strip()
    firms.setdefault(code, row)
for row in table("agencies.csv"):
    agencies[row["机构代码"].strip()] = row["机构名称"]
TRACKS = {"ics": "工控", "platform": "平台"}
for row in table("participations.csv"):
    parts[(row["统一社会信用代码"].strip(), TRACKS.get(row["参培类型"].strip(), row["参培类型"].strip()))] = row["核查机构"].strip()
PROVINCE = "江苏省"


def folder_of_agency(code):
    return f"{code}-{agencies[code]}" if code in agencies else None


def folder_of_round(code, track, round_):
    if code not in firms:
        return PROVINCE
    agency = firms[code]["咨询机构"].strip() if round_ == "自评" else parts.get((code, track), "")
    return folder_of_agency(agency) or city_of(firms[code]["设区市"])


SHEETS = {"enterprises.csv": "企业", "participations.csv": "参培", "agencies.csv": "机构", "rectifications.csv": "整改", "nominations.csv": "推荐",
          "cities.csv": "设区市"}
MISSING = {"file-missing", "file-empty", "file-no-rows", "results-missing", "agencies-missing", "round-incomplete", "round-promised",
           "participation-unobserved", "participation-undecided", "key-without-onsite"}
ROUNDS = {"self": "自评", "online": "线上核查", "recheck": "整改复核", "onsite": "现场核查"}


def owner_and_row(line):
    """Folder, sheet and "file 第n行" of a complaint about a row; None for what has none."""
    name = re.sub(r"^.*?data[^/]*/2021/|^.*/2021/", "", line["file"])
    if line["code"] in MISSING or line["severity"] == "note":
        return None
    if name.endswith(".xml") and name.startswith("results/"):
        lines = open(f"{year}/{name}", encoding="utf-8").read().splitlines()
        number = int(line["line"])
        if "<result " not in lines[number - 1]:
            return None
        head = next(l for l in reversed(lines[:number]) if "<assessment " in l)
        told = dict(re.findall(r'(\w+)="([^"]*)"', head))
        return folder_of_round(told["enterprise"], TRACKS[told["track"]], ROUNDS[told["round"]]), "评估结果", f"{name} 第{number}行"
    match = re.match(r"[A-Z]+(\d+)", line["cell"])
    if not name.endswith(".csv") or not match:
        return None
    number = int(match.group(1))
    rows = rows_of(name)
    row = dict(zip(rows[0], rows[number - 1]))
    code = row.get(rows[0][0], "").strip()
    place = f"{name} 第{number}行"
    if name.startswith("results/"):
        return folder_of_round(code, row["参培类型"].strip(), row["轮次"].strip()), "评估结果", place
    if name == "enterprises.csv":
        city = city_of(row["设区市"])
        known = city_of(firms[code]["设区市"]) if code in firms else city
        if line["code"] == "name-shared":
            other = int(re.search(r"enterprises\.csv [A-Z]+(\d+)", line["message"]).group(1))
            known = city_of(rows[other - 1][rows[0].index("设区市")])
        return (city if city == known else PROVINCE), "企业", place
    if name in ("participations.csv", "rectifications.csv"):
        return (city_of(firms[code]["设区市"]) if code in firms else PROVINCE), SHEETS[name], place
    if name == "nominations.csv":
        code = row["代码"].strip()
        return (city_of(firms[code]["设区市"]) if code in firms else folder_of_agency(code) or PROVINCE), "推荐", place
    if name == "agencies.csv":
        return folder_of_agency(row["机构代码"].strip()), "机构", place
    return None


wanted = set()
for text in open(said, encoding="utf-8"):
    found = owner_and_row(json.loads(text))
    if found:
        wanted.add(found)

# ---- the workbooks -----------------------------------------------------------------------------
held, words = set(), {}


def cells_of(archive, part):
    sheet, out = xml.dom.minidom.parseString(archive.read(part)), {}
    for cell in sheet.getElementsByTagName("c"):
        text = "".join(t.firstChild.data for t in cell.getElementsByTagName("t") if t.firstChild)
        out[cell.getAttribute("r")] = (text, cell.getAttribute("s"), cell.getAttribute("t"))
        if cell.getElementsByTagName("f"):
            bad.append(f"{part}: a formula")
    return out


def column(number):
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def look_at_notes(archive, number, cells, where):
    name = f"xl/comments{number}.xml"
    marked = {ref for ref, cell in cells.items() if cell[1] in ("3", "4")}
    refs = set()
    if name in archive.namelist():
        for comment in xml.dom.minidom.parseString(archive.read(name)).getElementsByTagName("comment"):
            text = "".join(t.firstChild.data for t in comment.getElementsByTagName("t"))
            refs.add(comment.getAttribute("ref"))
            if "处理：" not in text and "证件号码" not in text:
                bad.append(f"{where}: a note without a remedy")
        drawing = xml.dom.minidom.parseString(archive.read(f"xl/drawings/vmlDrawing{number}.vml"))
        drawn = {column(int(c.getElementsByTagName("x:Column")[0].firstChild.data) + 1) + str(int(c.getElementsByTagName("x:Row")[0].firstChild.data) + 1)
                 for c in drawing.getElementsByTagName("x:ClientData")}
        if drawn != refs:
            bad.append(f"{where}: notes at {sorted(refs)} are drawn at {sorted(drawn)}")
    if refs != marked:
        bad.append(f"{where}: coloured are {sorted(marked)}, notes stand at {sorted(refs)}")


for path in sorted(glob.glob(f"{packs}/*/问题.xlsx")):
    folder = path.split("/")[-2]
    archive = zipfile.ZipFile(path)
    text = ""
    for name in archive.namelist():
        content = archive.read(name).decode("utf-8")
        xml.dom.minidom.parseString(content.encode("utf-8"))
        text += re.sub(r"<[^>]*>", "", content) + "\n"
    types = archive.read("[Content_Types].xml").decode()
    for name in archive.namelist():
        if not name.endswith((".rels", ".vml")) and name != "[Content_Types].xml" and f'/{name}"' not in types:
            bad.append(f"{path}: {name} has no type")
    sheets = xml.dom.minidom.parseString(archive.read("xl/workbook.xml")).getElementsByTagName("sheet")
    for number, sheet in enumerate(sheets, 1):
        title = sheet.getAttribute("name")
        cells = cells_of(archive, f"xl/worksheets/sheet{number}.xml")
        head = {}
        for ref, cell in cells.items():
            if re.fullmatch(r"[A-Z]+1", ref):
                head[cell[0]] = ref[:-1]
        look_at_notes(archive, number, cells, f"{folder} {title}")
        if title not in set(SHEETS.values()) | {"评估结果", "名单变动"}:
            continue
        if list(head)[-3:] != ["问题", "处理", "出处"]:
            bad.append(f"{folder} {title}: columns {list(head)}")
        for row in sorted({int(re.sub(r"\D", "", ref)) for ref in cells} - {1}):
            origin = cells[head["出处"] + str(row)][0]
            held.add((folder, title, origin.rsplit(" #", 1)[0]))
            if not cells[head["问题"] + str(row)][0] or not cells[head["处理"] + str(row)][0]:
                bad.append(f"{folder} {title} {row}: nothing is said")
            name, number_ = re.match(r"(.*\.csv) 第(\d+)行", origin).groups() if ".csv" in origin else (None, None)
            if name:
                rows = rows_of(name)
                for heading, value in zip(rows[0], rows[int(number_) - 1]):
                    got = cells.get(head.get(heading, "?") + str(row), ("",))[0]
                    if heading in head and got != value and "*" not in got:
                        bad.append(f"{folder} {title} {row}: {heading} is {got!r} and was {value!r}")
    letter = path.replace("问题.xlsx", "函.pdf")
    if folder == PROVINCE:
        if os.path.exists(letter):
            bad.append("the province writes to itself")
    else:
        text += subprocess.run(["pdftotext", letter, "-"], capture_output=True, text=True, check=True).stdout
        if "Pages:           1\n" not in subprocess.run(["pdfinfo", letter], capture_output=True, text=True, check=True).stdout:
            bad.append(f"{letter} has not one page")
    words[folder] = re.sub(r"\s", "", text)

for folder, sheet, place in sorted(wanted - held):
    bad.append(f"{folder} {sheet}: {place} is missing")
for folder, sheet, place in sorted(held - wanted):
    bad.append(f"{folder} {sheet}: {place} is not its own, or has no problem")

# ---- nobody else's -------------------------------------------------------------------------------
advised = {}
for (code, _), checker in parts.items():
    advised.setdefault(checker, set()).add(code)
for code, row in firms.items():
    advised.setdefault(row["咨询机构"].strip(), set()).add(code)
for folder, text in words.items():
    if folder == PROVINCE:
        continue
    agency = folder.split("-")[0] if "-" in folder else None
    own = {code for code, row in firms.items() if (code in advised.get(agency, ()) if agency else city_of(row["设区市"]) == folder)}
    mine = {firms[code][field] for code in own for field in ("统一社会信用代码", "企业名称", "联系人", "联系电话", "电子邮箱")}
    for code in set(firms) - own:
        for field in ("统一社会信用代码", "企业名称", "联系电话", "电子邮箱"):
            value = re.sub(r"\s", "", firms[code][field])
            if len(value) > 4 and firms[code][field] not in mine and value in text and not any(value in m for m in mine):
                bad.append(f"{folder} tells of {value}")
    if "320102199003071235" in text:
        bad.append(f"{folder} shows a personal number")

print(f"{len(words)} packs, {len(held)} rows")
for line in bad[:40]:
    print("look: " + line)
sys.exit(bool(bad) or len(held) < 12 or len(words) < 6)
