"""Plants problems into a copy of the sample: in rows of three cities, in results of two agencies, and where nobody owns them.
usage: plant.py YEAR-FOLDER
Prints what was planted, for the shell: one line each, NAME=VALUE."""
import re
import sys

year = sys.argv[1]
DATA = {}


def load(name):
    if name not in DATA:
        raw = open(f"{year}/{name}", "rb").read()
        DATA[name] = raw.decode("utf-8-sig").splitlines()
    return DATA[name]


def save():
    for name, lines in DATA.items():
        open(f"{year}/{name}", "w", encoding="utf-8", newline="").write("\r\n".join(lines) + "\r\n")


def head(name):
    return load(name)[0].split(",")


def set_cell(name, number, heading, value):
    cells = load(name)[number].split(",")
    cells[head(name).index(heading)] = value
    load(name)[number] = ",".join(cells)


def find(name, wanted, taken=()):
    """The first row of which all cells are as wanted; quoted rows are left alone."""
    titles = head(name)
    for number, line in enumerate(load(name)):
        cells = line.split(",")
        if number and '"' not in line and number not in taken and all(cells[titles.index(k)] in v for k, v in wanted.items()):
            return number
    raise SystemExit(f"plant: no row {wanted} in {name}")


def code_of(name, number):
    return load(name)[number].split(",")[0]


E = "enterprises.csv"
suzhou = find(E, {"设区市": ("苏州市", "苏州")})
set_cell(E, suzhou, "企业规模", "巨型")
set_cell(E, suzhou, "重点企业", "也许")
set_cell(E, suzhou, "联系人", "=HYPERLINK(1)")
print("suzhou=" + code_of(E, suzhou))
wuxi = find(E, {"设区市": ("无锡市", "无锡")})
set_cell(E, wuxi, "重点企业", "大概")
print("wuxi=" + code_of(E, wuxi))
# A credit code that ends wrongly: mended, the key of the row is another.
broken = find(E, {"设区市": ("无锡市", "无锡")}, (wuxi,))
right = code_of(E, broken)
wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
set_cell(E, broken, "统一社会信用代码", wrong)
print(f"right={right}\nwrong={wrong}")
# Somebody's own number where the code of his firm belongs; it is of nobody.
nanjing = find(E, {"设区市": ("南京市", "南京")})
load(E).append("320102199003071235" + load(E)[nanjing][18:])
print("nanjing=" + code_of(E, nanjing))
# The same code in two cities: neither may learn of the other.
load(E).append(load(E)[suzhou].replace("苏州", "徐州").replace("巨型", "大型"))
# One name in two cities: to be settled by whoever sees both.
taizhou = find(E, {"设区市": ("泰州市", "泰州")})
set_cell(E, taizhou, "企业名称", load(E)[wuxi].split(",")[1])

# A level that there is not, in a participation of the third city.
participation = next(n for n, line in enumerate(load("participations.csv")) if line.startswith(code_of(E, nanjing)))
set_cell("participations.csv", participation, "目标级别", "九星")

# Self-assessment: whoever advised; checks: whoever checked.
firms = {line.split(",")[0]: line.split(",")[head(E).index("咨询机构")] for line in load(E)[1:]}
self_name = "results/self-changzhou.csv"
row = next(n for n, line in enumerate(load(self_name)) if n and firms.get(line.split(",")[0]) and '"' not in line)
set_cell(self_name, row, "结果", "大体符合")
print(f"adviser={firms[code_of(self_name, row)]}\nadvised={code_of(self_name, row)}")
xml = f"{year}/results/online-JG019.xml"
text = open(xml, encoding="utf-8").read()
code = re.search(r'enterprise="(\w+)"', text).group(1)
text = text.replace('item="PA01-1-02" value="符合"', 'item="PA01-1-02" value="大致符合"', 1)
open(xml, "w", encoding="utf-8", newline="").write(text)
print(f"checker=JG019\nchecked={code}")
save()
