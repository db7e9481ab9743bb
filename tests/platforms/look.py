#!/usr/bin/env python3
"""Several platforms of one enterprise: provinces made at random, decided once more by a reader of our own.

What is compared: levels, outcomes and findings of every participation; enterprises, participations and
entries as they are counted; the rows of rectifications; and, in every fifth province, that the public site
is the same, byte by byte, without the platforms that failed.
usage: look.py XINGJI [COUNT [SEED]]
"""
import csv, io, os, random, shutil, subprocess, sys, tempfile
from fractions import Fraction

ITEMS = [("P%d-%d-%02d" % (area, level, n), level, n == 1 and area == 1) for area in (1, 2) for level in (1, 2) for n in (1, 2)]
WEIGHTS = {item: 1 + k % 3 for k, (item, _, _) in enumerate(ITEMS)}
ROUNDS = ["self", "online", "recheck", "onsite"]
WORDS = dict(self="自评", online="线上核查", recheck="整改复核", onsite="现场核查")
COUNTED = ["onsite", "recheck", "online"]
SHARES = {1: Fraction(6, 10), 2: Fraction(8, 10)}
RESULTS = ["符合"] * 6 + ["部分符合", "不符合", "不适用", "未评"]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def code_of(number):
    body = "91320500XX%07d" % number
    weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    total = sum(ALPHABET.index(c) * w for c, w in zip(body, weights))
    return body + ALPHABET[-total % 31]


class Province:
    def __init__(self, rng):
        self.parts = []  # code, platform, {round: {item: result}}
        self.codes = [code_of(n) for n in range(1, 7)]
        for code in self.codes:
            for platform in rng.sample(["示例云平台", "示例链平台", "示例云平台（二期）", "示例Ａ平台"], rng.choice([1, 1, 2, 2, 3])):
                shift = rng.random()
                looks = {r: {i: "不符合" if rng.random() < shift / 2 else rng.choice(RESULTS) for i, _, _ in ITEMS}
                         for r in ROUNDS if r in ("self", "online") or rng.random() < 0.3}
                self.parts.append((code, platform, looks))
        rng.shuffle(self.parts)
        self.mends = [(c, p, i, rng.choice(["已整改", "未整改"])) for c, p, _ in self.parts for i, _, _ in ITEMS if rng.random() < 0.1]

    def count(self, code):
        return sum(c == code for c, _, _ in self.parts)


def decide(looks):
    """Level, finished, effective results; as data/FORMATS.md §5 has it for threshold."""
    effective = {}
    for item, _, _ in ITEMS:
        found = [looks[r][item] for r in COUNTED if r in looks and looks[r][item] != "未评"]
        effective[item] = found[0] if found else "未评"
    finished = any(looks[r][i] != "未评" for r in COUNTED if r in looks for i in looks[r])
    level = 0
    for n in (1, 2):
        own = [(i, v) for i, l, v in ITEMS if l <= n and effective[i] != "不适用"]
        credit = {"符合": Fraction(1), "部分符合": Fraction(1, 2)}
        whole = sum(WEIGHTS[i] for i, _ in own)
        got = sum(WEIGHTS[i] * credit.get(effective[i], 0) for i, _ in own)
        vetoed = any(v and effective[i] != "符合" for i, v in own)
        if level != n - 1 or (whole and got < SHARES[n] * whole) or vetoed:
            break
        level = n
    if not any(effective[i] != "不适用" for i, _, _ in ITEMS):
        level = 0
    return (level if finished else 0), finished, effective


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def write_province(folder, province, rng):
    year = folder + "/2021/"
    shares = "".join('<level n="%d" share="%s"/>' % (n, float(s)) for n, s in SHARES.items())
    write(year + "campaign.xml", '<campaign year="2021" title="示例" province="江苏省" publisher="示例厅">'
          '<stage id="self" name="自评" deadline="2021-09-25"/>'
          '<publication state="公布" date="2021-11-30" rounding="1000"/><track id="platform" model="p">'
          '<rule method="threshold" rounds="onsite recheck online" partial="0.5">%s</rule></track></campaign>' % shares)
    areas = "".join('<area id="P%d" name="域%d">%s</area>' % (a, a, "".join(
        '<item id="%s" level="%d" element="技术工具" weight="%d" risk="中" veto="%s"><requirement>示例%s</requirement></item>'
        % (i, l, WEIGHTS[i], "yes" if v else "no", i) for i, l, v in ITEMS if i.startswith("P%d-" % a))) for a in (1, 2))
    write(folder + "/models/p.xml", '<model id="p" track="platform" edition="示例"><level n="1" name="基本级" label="基本级"/>'
          '<level n="2" name="增强级" label="增强级"/><class id="c" group="g" name="类">%s</class></model>' % areas)
    write(year + "enterprises.csv", "统一社会信用代码,企业名称,设区市\n" +
          "".join("%s,示例%s公司,苏州市\n" % (c, "甲乙丙丁戊己"[k]) for k, c in enumerate(province.codes)))
    write(year + "participations.csv", "统一社会信用代码,参培类型,平台名称\n" +
          "".join("%s,平台,%s\n" % (c, p) for c, p, _ in province.parts))
    bracket = lambda c, p: "平台" if province.count(c) == 1 else "平台（%s）" % p
    column, brackets, xml = [], [], []
    for c, p, looks in province.parts:
        for r, results in looks.items():
            form = rng.randrange(3)
            if form == 0:
                column += ["%s,平台,%s,%s,%s,%s,示例\n" % (c, p, WORDS[r], i, v) for i, v in results.items()]
            elif form == 1:
                brackets += ["%s,%s,%s,%s,%s,示例\n" % (c, bracket(c, p), WORDS[r], i, v) for i, v in results.items()]
            else:
                xml.append('<assessment enterprise="%s" track="platform" platform="%s" round="%s">%s</assessment>' % (
                    c, p, r, "".join('<result item="%s" value="%s"><note>示例</note></result>' % pair for pair in results.items())))
    rng.shuffle(column)
    head = "统一社会信用代码,参培类型,%s轮次,条目编号,结果,现状说明\n"
    for name, text in (("a.csv", head % "平台名称," + "".join(column)), ("b.csv", head % "" + "".join(brackets)),
                       ("c.xml", "<assessments>%s</assessments>" % "".join(xml))):
        if text.count("\n") > 1 or "<result" in text:
            write(year + "results/" + name, text)
    write(year + "rectifications.csv", "统一社会信用代码,参培类型,条目编号,整改状态\n" +
          "".join("%s,%s,%s,%s\n" % (c, bracket(c, p), i, s) for c, p, i, s in province.mends))


def run(xingji, *arguments):
    return subprocess.run([xingji, *arguments], capture_output=True, text=True)


def ask(xingji, folder, sql, scope="province"):
    found = run(xingji, "query", "--data", folder, "--scope", scope, "--format", "csv", sql)
    if found.returncode:
        raise SystemExit("query failed: %s\n%s" % (sql, found.stderr or found.stdout))
    return [tuple(row) for row in csv.reader(io.StringIO(found.stdout.lstrip("\ufeff")))][1:]


def same(what, wanted, found, folder):
    if sorted(wanted) == sorted(found):
        return True
    print("%s differ in %s:\n  wanted only: %s\n  found only:  %s" % (
        what, folder, sorted(set(wanted) - set(found))[:5], sorted(set(found) - set(wanted))[:5]))
    return False


def check(xingji, folder, province):
    decided = {(c, p): decide(looks) for c, p, looks in province.parts}
    label = {0: "未达标", 1: "基本级", 2: "增强级"}
    good = same("participations", [
        (c, p, label[level] if finished else "未完成") for (c, p), (level, finished, _) in decided.items()],
        ask(xingji, folder, "select code, platform, level_label from participations"), folder)
    good &= same("results", [(c, p, i, v) for (c, p), (_, done, effective) in decided.items() if done for i, v in effective.items()],
                 ask(xingji, folder, "select p.code, p.platform, r.item_id, r.result from results r join participations p "
                     "on p.participation_id = r.participation_id where p.outcome <> '未完成'"), folder)
    listed = [key for key, (level, _, _) in decided.items() if level]
    names = {c: "示例%s公司" % "甲乙丙丁戊己"[k] for k, c in enumerate(province.codes)}
    entries = []
    for c, p in listed:
        several = sum(other == c for other, _ in listed) > 1
        entries.append((names[c] + ("（%s）" % p if several else ""), label[decided[c, p][0]]))
    good &= same("entries", entries, ask(xingji, folder, "select name, level_label from listed", "public"), folder)
    counts = (len({c for c, _, _ in province.parts}), len(province.parts), len(listed), len({c for c, _ in listed}), 0)
    good &= same("counts", [tuple(str(n) for n in counts)], ask(
        xingji, folder, "select enterprises, participants, listed, listed_enterprises, several_tracks from overview"), folder)
    good &= same("rectifications", [(c, p, i, s) for c, p, i, s in province.mends], ask(
        xingji, folder, "select r.code, p.platform, r.item_id, r.status from rectifications r join participations p "
        "on p.participation_id = r.participation_id"), folder)
    return good, set(listed)


def is_silent(xingji, work, province, listed, rng):
    """Without what is not on the list the site is the same."""
    folders = []
    for kept in (lambda key: True, lambda key: key in listed):
        folder = "%s/silent%d" % (work, len(folders))
        shutil.rmtree(folder, ignore_errors=True)
        some = Province(random.Random(0))
        some.codes = province.codes
        some.parts = [part for part in province.parts if kept(part[:2])]
        some.mends = [mend for mend in province.mends if kept(mend[:2])]
        write_province(folder + "/data", some, rng)
        built = run(xingji, "build", "site", "--data", folder + "/data", "--out", folder + "/out", "--jobs", "1")
        if built.returncode:
            print("the site is not built:\n" + "\n".join(l for l in (built.stdout + built.stderr).splitlines() if "错误" in l or "error" in l))
            return False
        folders.append(folder + "/out/2021/public")
    told = run("diff", "-rq", *folders)
    if told.returncode:
        print("the site tells of what failed:\n" + told.stdout)
    return told.returncode == 0


def main():
    xingji = os.path.abspath(sys.argv[1])
    count, seed = int(sys.argv[2]) if len(sys.argv) > 2 else 40, int(sys.argv[3]) if len(sys.argv) > 3 else 1
    several = silent = 0
    with tempfile.TemporaryDirectory() as work:
        for number in range(count):
            rng = random.Random(seed * 1000 + number)
            province, folder = Province(rng), "%s/%d" % (work, number)
            write_province(folder, province, rng)
            good, listed = check(xingji, folder, province)
            if good and number % 5 == 0 and listed:
                good, silent = is_silent(xingji, work, province, listed, rng), silent + 1
            if not good:
                print("province %d of seed %d" % (number, seed))
                sys.exit(1)
            several += sum(province.count(c) > 1 for c in province.codes)
            shutil.rmtree(folder)
    print("platforms: %d provinces, %d enterprises with several platforms, %d sites: ok" % (count, several, silent))


main()
