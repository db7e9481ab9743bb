"""Years of generated tables, each saved in another form, read by the program and by tables.py: no cell is lost or changed.
usage: years.py XINGJI COUNT SEED      COUNT tables, nine a year
What was meant, what the second reader finds and what `xingji query` shows must be one."""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import collections

import forms
import mutation
import tables

SCHEMA = tables.schema()
SMALL = "tests/golden/small/data"
ITEMS = {"ics": ["PA01-1-01", "PA01-2-01", "PA01-3-01", "PA02-1-01", "PA02-2-01", "PA09-1-01", "PA09-3-01"], "platform": ["P01-1-01", "P01-1-02", "P01-2-01"]}
CITIES = {"南京市": ["南京", "南京市", "江苏省南京市", "320100", "３２０１００"], "苏州市": ["苏州", "苏州市", "江苏省 苏州市"], "徐州市": ["徐州市", "徐州\u200b"], "无锡市": ["无锡", " 无锡市 "]}
TRACKS = {"ics": ["工控", "ics", "ICS", "工控安全防护", "ｉｃｓ"], "platform": ["平台", "平台安全防护", "Platform"]}
LEVELS = {"ics": {1: ["1星", "1", "基础建设级", "１星"], 2: ["2", "2星", "规范防护级"], 3: ["3星", "集成管控级 "]}, "platform": {1: ["1", "基本级"], 2: ["增强级", "２"]}}
ROUNDS = {"自评": ["自评", "自评估", "self", "企业自评"], "线上核查": ["线上核查", "线上", "Online", "在线核查"], "整改复核": ["整改复核", "复核"], "现场核查": ["现场核查", "现场", "onsite\u00a0"]}
RESULTS = {"符合": ["符合", "是", "通过", "met"], "部分符合": ["部分符合", "部分满足"], "不符合": ["不符合", "否", "unmet", "不 符 合"], "不适用": ["不适用", "不涉及"], "未评": ["未评", "未评估"]}
YESNO = {1: ["是", "Y", "1", "√", "true", "Ｙ"], 0: ["否", "N", "×", "0", "不是"]}
SIZES = {"大型": ["大型", "大", "large"], "中型": ["中型", "中型企业"], "小型": ["小型", "小"], "微型": ["微型"]}
STATUS = {"已整改": ["已整改", "整改完成", "done"], "部分整改": ["部分整改", "部分完成"], "未整改": ["未整改", "open"], "未复核": ["未复核", "待复核"]}
HANZI = "示例网络边界安全管理制度台账核查记录设备主机隔离策略口令审计堃昇𠮷㐂䶮"
HARD = ['"', '""', ",", ";", "\t", "\n", "\r\n", "、", "（", ")", "\u00a0", "\u3000", "\u200b", "\ufeff", "\\", "|", "'", "=", "A1", "ＡＢ", "１２", "<b", "&", "é", "€", "–", "_x000a", "  ", "%", "100%"]
GUARDS = [("'%s", "'"), ('="%s"', '"')]


def pick(rng, words):
    return rng.choice(words)


def prose(rng, is_name=False):
    """A text with what is hard about texts; names without what a name must not have."""
    text = "示" + "".join(rng.choice(HANZI) for _ in range(rng.randrange(1, 7)))
    for _ in range(rng.choice([0, 0, 1, 2, 4])):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice([h for h in HARD if not is_name or h not in "<b&%"]) + text[at:]
    form, mark = rng.choice(GUARDS)
    if mark not in text and rng.random() < 0.05:
        text = form % text
    return text


def day_forms(iso):
    y, m, d = iso.split("-")
    serial = (tables.datetime.date.fromisoformat(iso) - tables.datetime.date(1899, 12, 30)).days
    wide = "".join(chr(ord(c) + 0xFEE0) for c in iso)
    return [iso, iso, "%s/%d/%d" % (y, int(m), int(d)), "%s.%d.%d" % (y, int(m), int(d)), y + m + d, "%s年%d月%d日" % (y, int(m), int(d)), str(serial), wide,
            iso + " 08:30:00", iso + "T00:00:00", "'" + iso, '="%s"' % iso, "%s 年 %d 月 %d 日" % (y, int(m), int(d)), "%s-%s-%sT16:00:00+08:00" % (y, m, d)]


def a_day(rng, first="2021-09-01", days=80):
    return (tables.datetime.date.fromisoformat(first) + tables.datetime.timedelta(days=rng.randrange(days))).isoformat()


def credit(number):
    body = "91320100XX%05d" % number
    order = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    rest = 11 - sum(order.index(c) * w for c, w in zip("XX0%05d" % number, (3, 7, 9, 10, 5, 8, 4, 2))) % 11
    code = "91320100XX0%05d" % number + "0123456789X0"[rest]
    total = sum(mutation.CREDIT.index(c) * pow(3, i, 31) for i, c in enumerate(code))
    return code + mutation.CREDIT[(31 - total % 31) % 31]


def code_forms(code):
    return [code, code, code, code.lower(), "".join(chr(ord(c) + 0xFEE0) for c in code), "'" + code, '="%s"' % code, " %s\u200b" % code, " ".join(code[i:i + 4] for i in range(0, 18, 4))]


MISSING = ["", "", "", "—", "——", "-", "/", "无", "N/A", " ", "null"]


class Year:
    """What is meant: of each table, rows of {field: (what is saved, what it means)}."""

    def __init__(self, rng):
        self.rng, self.tables = rng, {}
        self.codes = [credit(n) for n in rng.sample(range(100, 99999), rng.randrange(4, 9))]
        self.parts = [(c, t) for c in self.codes for t in ("ics", "platform") if t == "ics" or rng.random() < 0.4]
        self.agencies = ["JG%03d" % n for n in range(1, 5)]
        self.make()

    def word(self, words):
        meant = self.rng.choice(sorted(words))
        return self.rng.choice(words[meant]), meant

    def or_missing(self, pair, share=0.25):
        return (self.rng.choice(MISSING), None) if self.rng.random() < share else pair

    def text(self, share=0.2, is_name=False):
        text = prose(self.rng, is_name)
        return self.or_missing((text, tables.clean(text)), share)

    def day(self, share=0.25, first="2021-09-01"):
        iso = a_day(self.rng, first)
        return self.or_missing((self.rng.choice(day_forms(iso)), iso), share)

    def code(self, code):
        return self.rng.choice(code_forms(code)), code

    def number(self):
        n = self.rng.randrange(1, 20000)
        return self.rng.choice([str(n), "{:,}".format(n), "%d家" % n, "".join(chr(ord(c) + 0xFEE0) for c in str(n))]), n

    def agency(self):
        code = self.rng.choice(self.agencies)
        return self.or_missing((self.rng.choice([code, code.lower(), "ＪＧ" + code[2:]]), code))

    def track(self, track):
        return self.rng.choice(TRACKS[track]), track

    def level(self, track, share=0.3):
        meant = self.rng.choice(sorted(LEVELS[track]))
        return self.or_missing((self.rng.choice(LEVELS[track][meant]), meant), share)

    def make(self):
        rng, t = self.rng, self.tables
        firm_city = {c: self.word(CITIES) for c in self.codes}
        t["enterprises"] = [dict(code=self.code(c), name=self.text(0, True), city=firm_city[c], industry=self.or_missing((rng.choice(["C34", "34", "通用设备制造业", "Ｃ３４"]), "C34")),
                                 size=self.or_missing(self.word(SIZES)), grade=self.or_missing(self.word({"国家级": ["国家级", "国家"], "省级": ["省级", "省"]})), is_key=self.word(YESNO),
                                 consultant=self.agency(), committed=self.day(0), contact=self.text(), phone=self.or_missing(("025-%08d" % rng.randrange(10 ** 8),) * 2),
                                 mail=self.or_missing(("a%d@example.org" % rng.randrange(99),) * 2)) for c in self.codes]
        t["agencies"] = [dict(code=(rng.choice([a, a + " "]), a), name=self.text(0, True), city=self.word(CITIES), is_provincial=self.word(YESNO), committed=self.day(),
                              contact=self.text(), phone=self.or_missing(("0%d" % rng.randrange(10 ** 9),) * 2)) for a in self.agencies]
        t["participations"] = [dict(enterprise=self.code(c), track=self.track(k), platform=self.text(), target=self.level(k), self_date=self.day(), online_date=self.day(),
                                    rectify_date=self.day(), onsite_date=self.day(), checker=self.agency()) for c, k in self.parts]
        t["cities"] = [dict(city=(rng.choice(CITIES[c]), c), enterprises=self.number(), target=self.or_missing(self.number())) for c in CITIES]
        looks = [(c, k, r, i) for c, k in self.parts for r in ROUNDS for i in ITEMS[k] if rng.random() < 0.5]
        rng.shuffle(looks)
        cut = rng.randrange(len(looks))
        for name, some in (("results/a", looks[:cut]), ("results/b", looks[cut:])):
            t[name] = [dict(enterprise=self.code(c), track=self.track(k), round=(rng.choice(ROUNDS[r]), r), item=(rng.choice([i, i.lower(), " " + i]), i), result=self.word(RESULTS),
                            note=self.text(), evidence=self.text(0.5), date=self.day()) for c, k, r, i in some]
        mends = [(c, k, i) for c, k in self.parts for i in ITEMS[k] if rng.random() < 0.3]
        t["rectifications"] = [dict(enterprise=self.code(c), track=self.track(k), item=(i, i), measure=self.text(), department=self.text(), planned=self.day(), finished=self.day(),
                                    status=self.or_missing(self.word(STATUS))) for c, k, i in mends]
        t["nominations"] = [dict(award=(rng.choice(["优秀服务商", "服务商"]), "优秀服务商"), code=(a, a), name=("示例服务商%d" % n,) * 2, recommender=self.text(),
                                 summary=self.text(), verdict=self.word({"入选": ["入选", "通过"], "未入选": ["未入选", "否"]})) for n, a in enumerate(self.agencies)]
        t["listed"] = [dict(code=self.code(c), name=self.text(0, True), city=self.word(CITIES), track=self.track(k), level=self.level(k, 0)) for c, k in self.parts if rng.random() < 0.6]


FILES = {"results/a": "results/*.csv", "results/b": "results/*.csv"}


def has_header_words(cell):
    return cell in ("合计", "总计", "小计", "共计", "全省")


def around(rng, fields, rows, encoding):
    """Headings, and what else stands in tables: titles, blank rows and columns, remarks, a header of two rows, other columns."""
    order = list(range(len(fields)))
    rng.shuffle(order)
    fields = [fields[i] for i in order]
    rows = [[row[i] for i in order] for row in rows]
    heads = [rng.choice([f.heading] * 3 + f.synonyms) for f in fields]
    heads = [rng.choice([h, h, " %s" % h, h + "\u200b", "\n".join([h[:2], h[2:]])]) for h in heads]
    if rng.random() < 0.3:
        heads, rows = heads + ["序列备查甲"], [row + [rng.choice(["x", "", "甲,乙"])] for row in rows]
    head_rows = [heads]
    if rng.random() < 0.15 and len(heads) > 4:
        cut = rng.randrange(1, len(heads) - 2)
        head_rows = [heads[:cut] + ["基本信息"] + [""] * (len(heads) - cut - 1), [""] * cut + heads[cut:]]
    blank = [""] * len(heads)
    out = [["示例省某某一览表"] + blank[1:]] * (rng.random() < 0.2) + [blank] * (rng.random() < 0.1) + head_rows
    for i, row in enumerate(rows):
        out += [blank] * (rng.random() < 0.05) + ([heads] if len(head_rows) == 1 and i and rng.random() < 0.03 else []) + [row]
    out += [["合计"] + blank[1:]] * (rng.random() < 0.15) + [["注：以上为示例"] + blank[1:]] * (rng.random() < 0.15)
    out += [blank] * rng.choice([0, 0, 1, 3])
    extra = rng.choice([0, 0, 0, 2])
    return [[forms.encodable(c, encoding) for c in row] + [""] * extra for row in out], fields


def saved(year, stem, name, encoding):
    """Saves a table; returns the records that the second reader finds in the file."""
    rng, rows = year.rng, year.tables[name]
    wanted = SCHEMA.get(FILES.get(name, name + ".csv"))
    fields = [f for f in wanted if f.name in rows[0]] if rows else wanted
    cells = [[row[f.name][0] for f in fields] for row in rows]
    placed, ordered = around(rng, fields, cells, encoding)
    path, separator = forms.save(rng, stem, placed, encoding)
    found = tables.split(tables.decode(open(path, "rb").read()), separator) if separator else tables.sheet_rows(path)
    return [row for row in found if any(c.strip() for c in row)], ordered


# ---- the second reading --------------------------------------------------------------------

def value_of(field, cell, track):
    """What a cell of a field means, by data/FORMATS.md."""
    if tables.is_missing(cell):
        return None
    code = tables.code(cell).replace(" ", "")
    known = {"city": CITIES, "round": ROUNDS, "result": RESULTS, "status": STATUS, "size": SIZES, "is_key": YESNO, "is_provincial": YESNO, "track": TRACKS,
             "grade": {"国家级": ["国家级", "国家"], "省级": ["省级", "省"]}, "award": {"优秀服务商": ["优秀服务商", "服务商"]}, "verdict": {"入选": ["入选", "通过"], "未入选": ["未入选", "否"]}}
    if field.name in known:
        for meant, words in known[field.name].items():
            if code.lower() in [tables.code(w).replace(" ", "").lower() for w in words]:
                return meant
    if field.name in ("target", "level") and field.type.startswith("级别"):
        return next(m for m, words in LEVELS[track].items() if code in [tables.code(w) for w in words])
    if field.type.startswith("日期"):
        return tables.date(cell)
    if field.type.startswith("整数"):
        return tables.number(cell, "家")
    if field.type.startswith("行业"):
        return "C34"
    if field.name in ("enterprise", "code", "item", "checker", "consultant") and not field.type.startswith("文字"):
        return code.upper()
    return tables.code(cell) if field.name == "code" else tables.clean(cell)


def second_reading(rows, fields):
    """Records of {field: value} of the rows below the header."""
    def is_header(row):
        return sum(1 for c in row if tables.match(fields, c)) >= max(2, len(fields) // 2)
    at = next((i for i, row in enumerate(rows) if is_header(row)), 0)
    heads = list(rows[at])
    start = at + 1
    known = lambda cells: {tables.match(fields, c).name for c in cells if tables.match(fields, c)}
    for first, second in ((at - 1, at), (at, at + 1)):
        if first < 0 or second >= len(rows) or len(known(rows[first]) | known(rows[second])) <= len(known(rows[at])):
            continue
        width = max(len(rows[first]), len(rows[second]))
        pair = [r + [""] * (width - len(r)) for r in (rows[first], rows[second])]
        heads, start = [b if tables.clean(b) else a for a, b in zip(*pair)], second + 1
        break
    columns = [(i, tables.match(fields, h)) for i, h in enumerate(heads)]
    records = []
    for row in rows[start:]:
        first = tables.clean(next((c for c in row if c.strip()), ""))
        if is_header(row) or has_header_words(first) or first.startswith("注："):
            continue
        row = row + [""] * (len(heads) - len(row))
        track = next((value_of(f, row[i], None) for i, f in columns if f and f.name == "track"), None)
        records.append({f.name: value_of(f, row[i], track) for i, f in columns if f})
    return records


# ---- what the program shows ------------------------------------------------------------------

QUERIES = {
    "enterprises": "select code, name, city, industry_code as industry, size, grade, is_key, consultant_code as consultant, committed, contact, phone, mail from enterprises order by enterprise_id",
    "agencies": "select agency_code as code, name, city, is_provincial, committed, contact, phone from agencies order by agency_code",
    "participations": "select code as enterprise, track_code as track, platform, target_level as target, self_date, online_date, rectify_date, onsite_date, checker_code as checker from participations order by participation_id",
    "cities": "select city, scale_enterprises as enterprises, target from city_summary where scale_enterprises is not null order by city",
    "results": "select p.code as enterprise, p.track_code as track, o.round, o.item_id as item, o.result, o.note, o.evidence, o.date from observations o join participations p on p.participation_id = o.participation_id",
    "rectifications": "select r.code as enterprise, p.track_code as track, r.item_id as item, r.measure, r.department, r.planned, r.finished, r.status from rectifications r join participations p on p.participation_id = r.participation_id",
    "nominations": "select award, code, name, recommender, summary, verdict from nominations",
    "listed": "select code, name, city, track_code as track, level from earlier",
}


def program(xingji, data, *words):
    done = subprocess.run([xingji, words[0], "--data", data, *words[1:]], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, env=dict(os.environ, LC_ALL="C.UTF-8", NO_COLOR="1"))
    return done.returncode, done.stdout.decode("utf-8", "replace")


def sorted_rows(rows):
    return sorted(json.dumps(r, ensure_ascii=False, sort_keys=True) for r in rows)


def differences(what, left, right):
    left, right = sorted_rows(left), sorted_rows(right)
    out = ["%s: only meant: %s" % (what, r) for r in left if r not in right][:3] + ["%s: only found: %s" % (what, r) for r in right if r not in left][:3]
    return out or (["%s: %d rows, %d meant" % (what, len(right), len(left))] if len(left) != len(right) else [])


def try_year(xingji, seed, number, tables_left, codes):
    rng = random.Random("%s/%d" % (seed, number))
    year = Year(rng)
    problems, read = [], collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as work:
        shutil.copytree(SMALL + "/models", work + "/models")
        os.makedirs(work + "/2021/results")
        os.makedirs(work + "/2020")
        shutil.copy(SMALL + "/2021/campaign.xml", work + "/2021/")
        names = list(year.tables)[:]
        for name in names:
            encoding = rng.choice(forms.ENCODINGS + ["xlsx", "xlsx", "xlsx"])
            if encoding == "gbk":
                for row in year.tables[name]:
                    for field, (cell, meant) in row.items():
                        kept = forms.encodable(cell, "gbk")
                        if kept != cell and meant is not None:
                            row[field] = (kept, tables.clean(kept) or None) if isinstance(meant, str) and tables.clean(cell) == meant else (kept, meant)
            stem = "%s/%s/%s" % (work, "2020" if name == "listed" else "2021", name)
            rows, fields = saved(year, stem, name, encoding)
            meant = [{k: v[1] for k, v in row.items()} for row in year.tables[name]]
            second = second_reading(rows, fields) if meant else []
            problems += differences("%d %s (%s) second reader" % (number, name, encoding), meant, second)
            read[name.split("/")[0]] += meant
        code, said = program(xingji, work, "check", "--lang", "zh", "--format", "jsonl")
        messages = [json.loads(line) for line in said.splitlines()]
        codes.update(m["severity"] + " " + m["code"] for m in messages)
        errors = [m for m in messages if m["severity"] == "error"]
        problems += ["%d: error %s %s:%s %s" % (number, m["code"], m["file"][len(work):], m["line"], m["message"]) for m in errors[:5]]
        for name, query in QUERIES.items() if not errors else ():
            shown = json.loads(program(xingji, work, "query", "--quiet", "--format", "json", query)[1] or "[]")
            problems += differences("%d %s" % (number, name), read[name], shown)
        if problems and os.environ.get("KEEP"):
            shutil.copytree(work, os.path.join(os.environ["KEEP"], str(number)), dirs_exist_ok=True)
    return problems, len(names)


def main():
    xingji, count, seed = os.path.abspath(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    done, number, problems, codes = 0, 0, [], collections.Counter()
    while done < count:
        found, tried = try_year(xingji, seed, number, count - done, codes)
        problems += found
        done, number = done + tried, number + 1
    print("\n".join(problems[:60]))
    if os.environ.get("VERBOSE"):
        print("\n".join("%6d %s" % (n, c) for c, n in codes.most_common()))
    print("reading: %d tables in %d years, %d differences" % (done, number, len(problems)))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
