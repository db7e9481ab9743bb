#!/usr/bin/env python3
"""Reads what was printed of a small province (tests/claims/province.py) and says what is not true, or no sentence.

The tables are read and decided here once more; no line is shared with the program.

usage: judge.py DATA OUT      one line a fault: where, why, the sentence; exit code 1 where there is any
       judge.py --planted     every rule against a sentence that is false or none: each must be noticed
"""
import csv
import glob
import html.parser
import os
import re
import subprocess
import sys
import xml.etree.ElementTree

# ---- the tables ----------------------------------------------------------------------------

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
        self.firms = {row["统一社会信用代码"]: row for row in table(year + "enterprises.csv")}
        self.rounds = {}
        for assessment in xml.etree.ElementTree.parse(year + "results/all.xml").getroot():
            place = self.rounds.setdefault((assessment.get("enterprise"), assessment.get("track")), {})
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
        part.rounds = rounds
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


# ---- what is printed -------------------------------------------------------------------------

class Blocks(html.parser.HTMLParser):
    """Headings, paragraphs, items, captions and cells of a page, in their order, as (tag, text)."""
    WANTED = {"h1", "h2", "h3", "h4", "p", "li", "figcaption", "caption", "td", "summary"}
    NOT = {"script", "style", "nav", "svg", "details"}

    def __init__(self):
        super().__init__()
        self.blocks, self.open, self.hidden = [], [], 0

    def handle_starttag(self, tag, attributes):
        if tag in self.NOT:
            self.hidden += 1
        elif tag in self.WANTED and not self.hidden:
            self.open.append([tag, ""])

    def handle_endtag(self, tag):
        if tag in self.NOT:
            self.hidden -= 1
        elif self.open and tag == self.open[-1][0]:
            tag, text = self.open.pop()
            self.blocks.append((tag, re.sub(r"\s+", " ", text).strip()))

    def handle_data(self, data):
        if self.open and not self.hidden:
            self.open[-1][1] += data


def read_page(path):
    blocks = Blocks()
    with open(path, encoding="utf-8") as file:
        blocks.feed(file.read())
    return blocks.blocks


def read_paper(path):
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    return [("page", re.sub(r"(?<=[^ -~])\n(?=[^ -~])", "", page)) for page in text.split("\f") if page.strip()]


def printed(out):
    inside, outside = out + "/2021/internal", out + "/2021/public"
    for path in glob.glob(inside + "/report/*.html"):
        yield os.path.basename(path), read_page(path)
    for path in sorted(glob.glob(inside + "/diagnosis/*/*.pdf")):
        yield os.path.basename(path), read_paper(path)
    for path in sorted(glob.glob(outside + "/**/*.html", recursive=True)):
        yield os.path.relpath(path, outside), read_page(path)


# ---- sentences that are none ------------------------------------------------------------------

FORMS = [
    ("dangling unit", r"(?:(?<!单位)[为占达共计有均各差少多]|(?<=[，。；：]))(?:家次|家|项次|项|条次|个百分点|%|天)(?=[，。；、）])"),
    ("nothing follows", r"(?:[为于是占达]|分别|包括|分布在|集中于|依次为)(?=[。；])(?<!以为)(?<!行为。)(?<!作为)"),
    ("marks in a row", r"[，、；：][，。；、：]|。。|。，|（）|（[，、；]|[，、]）|“”|^[，。、；]"),
    ("a list of one", r"依次为[^、。；，（]*(?:（[^）]*）)?[。；，]|[^0-9]等1(?:个|家|项|条)|(?<!不)分别为[^、，和。；]*[。；]|共1[个家项][^。；]{0,6}分别"),
    ("none, respectively", r"(?<![0-9.])0(?:家次|家|项|个)[^。；]{0,12}(?:分别|依次|其中)"),
    ("missing value", r"(?<!—)—(?!—)(?:%|家|项|个|天)|\bNULL\b|\bNone\b|\bnan\b|—(?=[。；])"),
    ("one of one side by side", r"(?:^|[。；，])[^、。；，]{1,12}(?:[^、。；，0-9]{0,6})并列最"),
]
# A sentence has a verb; these are what the texts say, as stems.
VERBS = ("是为有无没占达完成提交应须可能见列按以由与属含包括反映指计算统计比较公布评定确定核查整改退回提给作看说存在需要推动组织开展落坚持依托聚焦保"
         "分布集中涉及不同相同高低多少大小优先依次采信承担协调负责帮助签署登记填报超自在从到使让把被向经用做查核对写印附载供受尽停满足起变升降增减未请及转取加")
NO_SENTENCE = re.compile(r"^[（(]?[一二三四五六七八九十0-9]+[、.)）]|[:：]$|^[A-Za-z0-9 .:/_-]*$")


def sentences(text):
    return [s for s in re.split(r"(?<=[。！？])", text) if s.strip()]


def judge_forms(tag, text):
    if tag not in ("p", "li", "page"):
        return
    for name, pattern in FORMS:
        for match in re.finditer(pattern, text):
            yield name, text[max(0, match.start() - 24):match.end() + 12]
    if tag == "page":  # labels and cells stand between the sentences
        return
    parts = sentences(text)
    first = parts[0] if len(parts) > 1 else None
    for sentence in parts:
        words = re.sub(r"[（(][^）)]*[）)]", "", sentence.strip())
        is_label = "：" in words or sentence is first  # "控制设备安全（PA01-1-01）。" before the advice, "**工控类。**"
        if words.endswith("。") and len(words) > 3 and not is_label and not any(c in VERBS for c in words):
            yield "no verb", words


# ---- headings that the body denies ---------------------------------------------------------------

FAULT = re.compile(r"仍需|有待|不够|偏低|突出|不足|滞后|薄弱|问题较|仍可|短缺|不高|不严|亟待|失衡")
DENIAL = re.compile(r"没有未达标|均达到目标|没有逾期|无从|应当继续保持|未设|没有可供|全部完成核查|没有.{0,24}的企业|没有登记|短板因企业而异|不作|尚无")
FIGURE = re.compile(r"[0-9]")


def judge_heading(text):
    """"一是参培面仍需扩大。…": what the body says must be a fault, not that there is none or that nobody knows."""
    match = re.match(r"^[一二三四五六七八九]是(?P<head>[^。]*)。(?P<body>.*)$", text)
    if not match or not FAULT.search(match["head"]):
        return
    body = sentences(match["body"])
    if not body:
        yield "a heading without a body", text[:40]
    elif all(DENIAL.search(s) or not FIGURE.search(s) for s in body):
        yield "the body denies the heading", text[:120]


HEADING = re.compile(r"仍需|有待|不够|偏低|仍可|需要补强|不高|不严")


def sections(blocks):
    """Headings with the text below them, as one line each: "heading。text"."""
    head, body = None, ""
    for tag, text in blocks + [("h1", "")]:
        if tag in ("h1", "h2", "h3", "h4"):
            if head and HEADING.search(head):
                yield "一是" + re.sub(r"^[0-9. ]+", "", head) + "。" + body
            head, body = text, ""
        elif tag in ("p", "li"):
            body += text


# ---- what is not true ----------------------------------------------------------------------------

def rule(pattern, why, predicate):
    return re.compile(pattern), why, predicate


def track_of(p, sentence):
    """The track that a sentence names; None where it speaks of all."""
    named = [t for t in p.tracks if t.word in sentence]
    return named[0] if len(named) == 1 else None


def target_rates(p):
    return {c: p.city_firms.get(c, 0) / want for c, (want, _) in p.targets.items() if want}


def best_targets(p, match, sentence):
    rates = target_rates(p)
    best = {c for c, r in rates.items() if r == max(rates.values())} if rates else set()
    named = set(re.findall(r"[一-龥]{2,3}市", match[1])) & set(p.targets)
    count = re.search(r"([0-9]+)个设区市", match[1])
    return bool(best) and len(best) < len(rates) and named <= best and (named == best or (count and int(count[1]) == len(best)))


def peak(p, match, sentence):
    track = track_of(p, sentence) or (p.tracks[0] if len(p.tracks) == 1 else None)
    levels = [x.level for x in p.of(track, p.listed)]
    return not track or p.ledger or (levels and track.labels[max(levels)] == match[1])


RULES = [
    # (pattern, what it claims, predicate over the tables: true where the sentence is true)
    rule(r"无一达标|没有企业达标", "finished, and nobody reached a star", lambda p, m, s: (lambda t: p.of(t, p.finished) and not p.of(t, p.listed))(track_of(p, s))),
    rule(r"完成核查的全部达标", "all finished reached a star", lambda p, m, s: p.finished and not p.failed),
    rule(r"参培企业全部完成核查", "all finished", lambda p, m, s: p.parts and not p.undone),
    rule(r"参培企业全部提交了自评估", "all handed in", lambda p, m, s: p.parts and all(x.row["自评估提交日期"] for x in p.parts)),
    rule(r"提交自评估的均有线上核查日期", "all of them were checked", lambda p, m, s: (lambda sent: sent and all(x.row["线上核查日期"] for x in sent))([x for x in p.parts if x.row["自评估提交日期"]])),
    rule(r"(?:全省)?各设区市均有企业参培", "a firm in each city", lambda p, m, s: len(p.city_firms) == 13),
    rule(r"各设区市参培企业数均达到目标", "all targets are met", lambda p, m, s: p.has_targets and not p.short),
    rule(r"没有设区市完成目标", "no target is met", lambda p, m, s: p.has_targets and all(c in p.short for c, (want, _) in p.targets.items() if want)),
    rule(r"未设参培目标", "there are no targets", lambda p, m, s: not p.has_targets),
    rule(r"其中([^。；]*?)完成率最高", "of all cities these have the highest rate", best_targets),
    rule(r"达到的最高级别为([^（）。；，]+)（", "the highest level", peak),
    rule(r"本年度没有企业参培|(?<!设区市)没有企业参培", "nobody took part", lambda p, m, s: not p.of(track_of(p, s), p.parts)),
    rule(r"没有重点企业参培", "no key enterprise", lambda p, m, s: not any(p.firms[c]["重点企业"] == "是" for c in p.active)),
    rule(r"没有现场核查的记录|没有企业接受现场核查", "nobody was visited", lambda p, m, s: not any(x.row["现场核查日期"] or "onsite" in x.rounds for x in p.parts)),
    rule(r"没有开展线上核查的记录", "nobody was checked online", lambda p, m, s: not any(x.row["线上核查日期"] for x in p.parts)),
    rule(r"没有登记整改任务", "no task", lambda p, m, s: not p.tasks),
    rule(r"完成核查的.{0,12}在目标级别以内没有未满足的条目|没有发现此类问题", "looked at, nothing found",
         lambda p, m, s: (lambda t: p.of(t, p.finished) and not p.of(t, [f[0] for f in p.open_items()]))(track_of(p, s))),
    rule(r"没有高风险问题", "looked at, nothing of high risk",
         lambda p, m, s: (lambda t: p.of(t, p.finished) and not p.of(t, [f[0] for f in p.open_items() if f[2] == "高"]))(track_of(p, s))),
    rule(r"各环节没有逾期|各环节均按期", "nothing late, and there were deadlines and who kept them",
         lambda p, m, s: p.parts and p.stages and not (p.late("自评估提交日期", "self") + p.late("整改提交日期", "rectify") + p.late("现场核查日期", "onsite"))),
    rule(r"自评估没有逾期", "no self-assessment late", lambda p, m, s: "self" in p.stages and any(x.row["自评估提交日期"] for x in p.parts) and not p.late("自评估提交日期", "self")),
    rule(r"做到应签尽签", "all signed", lambda p, m, s: p.active and all(p.firms[c]["服务承诺书日期"] for c in p.active)),
    rule(r"均未登记承诺书签署日期", "none signed", lambda p, m, s: p.active and not any(p.firms[c]["服务承诺书日期"] for c in p.active)),
    rule(r"没有(?:可供比较的)?往年名单", "no list of an earlier year that names anybody", lambda p, m, s: not p.before),
    rule(r"依据线上(?:与|和)现场核查结果.{0,16}形成星级企业名单", "visited on site, and a list", lambda p, m, s: p.listed and any("onsite" in x.rounds for x in p.parts)),
    rule(r"同步开展.{0,4}年度优秀案例|同步开展.{0,24}遴选", "somebody was nominated", lambda p, m, s: p.awards),
    rule(r"分设(.+?)个类型", "more than one track", lambda p, m, s: len(p.tracks) > 1),
    rule(r"本年度突出问题条目", "there are such items", lambda p, m, s: p.open_items()),
    rule(r"短板因企业而异", "several firms, with several weaknesses",
         lambda p, m, s: (lambda t: len({tuple(sorted(i for q, i, _ in p.open_items() if q is x)) for x in p.of(t, p.finished)}) > 1)(track_of(p, s))),
    rule(r"短板要素的提升", "an element is weaker than another",
         lambda p, m, s: any(v != "符合" for x in p.finished for v in x.results.values())),
    rule(r"有([0-9]+)家次没有提交整改结果", "had to mend and did not", lambda p, m, s: int(m[1]) == sum(
        1 for x in p.parts if any(v in ("不符合", "部分符合") for v in x.rounds.get("online", {}).values()) and not x.row["整改提交日期"])),
    rule(r"没有没有|均均|最最", "said twice", lambda p, m, s: False),
    rule(r"没有级别下降的|没有.{0,6}下降", "nobody fell",
         lambda p, m, s: p.ledger or p.before is None or not any(x.level and x.level < was(p, x) for x in p.of(track_of(p, s), p.parts))),
    rule(r"^[一二三四五六]是整改闭环不够彻底", "tasks that nobody confirmed", lambda p, m, s: p.tasks),
    rule(r"([0-9]+)家次未完成核查", "so many are unfinished", lambda p, m, s: int(m[1]) == len(p.undone)),
]


def was(p, part):
    for row in p.before or []:
        if row["统一社会信用代码"] == part.code and WORDS[row["参培类型"]] == part.track.ident:
            return [n for n, label in part.track.labels.items() if label == row["级别"]][0]
    return 0


def judge_truth(province, tag, text):
    if tag not in ("p", "li", "h2", "h3", "figcaption", "caption", "td"):
        return
    for sentence in sentences(text):
        for pattern, why, predicate in RULES:
            for match in pattern.finditer(sentence):
                clause = sentence[max(0, sentence.rfind("。", 0, match.start())):]
                if not predicate(province, match, clause):
                    yield "not true (%s)" % why, sentence.strip()[:160]


def judge(province, name, blocks):
    is_report = name.startswith("report")
    for section in sections(blocks) if is_report else ():
        yield from judge_heading(section)
    for tag, text in blocks:
        for fault in judge_forms(tag, text):
            yield fault
        for fault in judge_heading(text) if is_report else ():
            yield fault
        for fault in judge_truth(province, tag, text) if is_report and "public" not in name else ():
            yield fault


# ---- rules against what they must notice -------------------------------------------------------------

PLANTED = [
    "参培企业为家。", "合计占%，其余为项。", "参培最多的行业为。", "缺口依次为苏州市（2家）。", "任务量最大的是南京市等1个设区市。", "0家企业未达标，分别为甲、乙。",
    "覆盖率为—%。", "工控类、，平台类。", "苏州市达标率并列最高。", "企业的安全防护。",
    "一是参培面仍需扩大。各设区市未设参培目标。", "六是进度衔接仍可优化。", "四是自评质量有待提高。没有可供对照的自评与核查结果。",
]


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


CLAIMS = ["工控类无一达标。", "完成核查的全部达标。", "参培企业全部完成核查。", "参培企业全部提交了自评估；", "提交自评估的均有线上核查日期；", "全省各设区市均有企业参培，",
          "没有设区市完成目标。", "各设区市未设参培目标。", "其中苏州市完成率最高，为80.0%。", "完成核查的企业在目标级别以内没有未满足的条目。", "没有高风险问题。",
          "各环节没有逾期。", "自评估没有逾期提交的。", "做到应签尽签。", "没有往年名单，", "依据线上与现场核查结果，经汇总审核形成星级企业名单，", "同步开展年度优秀案例遴选。",
          "分设工控安全防护、平台安全防护两个类型，", "把本年度突出问题条目作为必讲内容。", "短板因企业而异。", "短板要素的提升宜纳入预算。", "有3家次没有提交整改结果。", "3家次未完成核查。",
          "五是整改闭环不够彻底。还有2项。", "均未登记承诺书签署日期，"]


def prove():
    missed = [s for s in PLANTED if not list(judge_forms("p", s)) and not list(judge_heading(s))]
    missed += [s for s in CLAIMS if not [f for f in judge_truth(Nothing(), "p", s)]]
    for sentence in missed:
        print("not noticed: " + sentence)
    return 1 if missed else 0


def main():
    if sys.argv[1:] == ["--planted"]:
        return prove()
    data, out = sys.argv[1:3]
    province, faults = Province(data), 0
    for name, blocks in printed(out):
        for why, sentence in judge(province, name, blocks):
            faults += 1
            print("%s: %s: %s" % (name, why, sentence))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
