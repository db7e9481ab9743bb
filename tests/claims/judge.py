#!/usr/bin/env python3
"""Reads what was printed of a small province (tests/claims/province.py) and says what is not true, or no sentence.

The tables are read and decided here once more; no line is shared with the program.

usage: judge.py DATA OUT      one line a fault: where, why, the sentence; exit code 1 where there is any
       judge.py --planted     every rule against a sentence that is false or none, every table with a wrong cell: each must be noticed
"""
import glob
import html.parser
import os
import re
import subprocess
import sys
import tempfile

from cells import judge_cells, unnoticed
from firm import FIRM_CLAIMS, FIRM_RULES
from province import Province as Made
from public import PUBLIC_CLAIMS, PUBLIC_RULES
from tables import Nothing, Province, Somebody, rule, track_of, was

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
            tag = "li" if tag == "p" and any(outer == "li" for outer, _ in self.open) else tag
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
    ("missing value", r"(?<!—)—(?!—)(?:%|家|项|个|天)|\bNULL\b|\bNone\b|\bnan\b|(?<!—)—(?=[。；]|$)"),
    ("none of them", r"其中[^，。；、0-9]{0,8}0(?:项次|家次|家|项)|[^0-9]1家无一|共有 ?0 ?家|、[^、，。；0-9]{1,6}类0家"),
    ("an order of equals", r"依次为[^、（，。]*（([0-9]+)家）(?:、[^、（，。]*（\1家）)+(?=[，。；])"),
    ("more than half of all", r"100\.0%，超过半数"),
    ("of what?", r"(?:^|。)最后一份提交于|(?:^|，)其他占100\.0%"),
    ("两, not 二", r"[分共]二级|二(?:家|项|个|种)"),
    ("nothing is weak", r"^短板。(?:.*[。])?[^。，]*符合率为100\.0%"),
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
    if tag == "p" and text.endswith(("，", "；", "、")):
        yield "a paragraph ends within its sentence", text[-40:]
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

def target_rates(p):
    return {c: p.city_firms.get(c, 0) / want for c, (want, _) in p.targets.items() if want >= 5}  # fewer are not compared


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


def two_looks(p, track):
    """Of those checked: what they said of themselves and what was found online, item by item."""
    looks = [(x.rounds.get("self", {}), x.rounds.get("online", {})) for x in p.of(track, p.finished)]
    return [(own, seen) for own, seen in looks if set(own) & set(seen)]


def leads(p, track):
    """How much better each thinks of itself, by the items that both judged."""
    found = []
    for own, seen in two_looks(p, track):
        both = set(own) & set(seen)
        found.append(sum((own[i] == "符合") - (seen[i] == "符合") for i in both) / len(both))
    return found


def one_sided(p, track):
    """How many have items that one alone judged, and how many items."""
    lone = [len(set(own) ^ set(seen)) for own, seen in two_looks(p, track)]
    return sum(n > 0 for n in lone), sum(lone)


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
    rule(r"([0-9]+)家企业中，高估超过5个百分点的([0-9]+)家", "so many, so many of them",
         lambda p, m, s: (int(m[1]), int(m[2])) in [(len(leads(p, t)), sum(lead > 0.05 for lead in leads(p, t))) for t in p.tracks]),
    rule(r"其中([0-9]+)家企业有([0-9]+)条次只有自评、线上核查之一", "so many, so many items",
         lambda p, m, s: (int(m[1]), int(m[2])) in [one_sided(p, t) for t in p.tracks]),
    rule(r"另有([0-9]+)家完成核查而未达标", "beside some that reached one", lambda p, m, s: p.listed),
    rule(r"认定级别分类统计|、培育来源和认定级别", "somebody says what was recognised", lambda p, m, s: any(firm["认定级别"] for firm in p.firms.values())),
    rule(r"综合(整改复核)?和?(现场核查)?，核定", "there were such rounds", lambda p, m, s: all(
        any(name in x.rounds for x in p.of(track_of(p, s), p.finished)) for name, word in (("recheck", m[1]), ("onsite", m[2])) if word)),
    rule(r"没有企业达到.{0,12}起步级别", "checked, and nobody reached it", lambda p, m, s: (lambda t: p.of(t, p.finished) and not p.of(t, p.listed))(track_of(p, s))),
    rule(r"应请相关设区市调整", "some agencies are registered", lambda p, m, s: p.agencies),
    rule(r"各级别家数见", "somebody was checked", lambda p, m, s: p.of(track_of(p, s), p.finished)),
    rule(r"已达到较高级别的企业", "somebody reached a level", lambda p, m, s: p.listed),
    rule(r"逐步扩大现场核查", "there was one", lambda p, m, s: any("onsite" in x.rounds for x in p.parts)),
    rule(r"([0-9]+)家次未完成核查", "so many are unfinished", lambda p, m, s: int(m[1]) == len(p.undone)),
]


def judge_firm(province, name, text):
    """The pages of one enterprise's diagnosis, as one text."""
    parts = [x for x in province.parts if x.code == name]
    text = re.sub(r"(?<=[^ -~]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z%]) (?=[^ -~])", "", text)  # what pdftotext puts there
    for pattern, why, predicate in FIRM_RULES:
        for match in pattern.finditer(text):
            if not any(predicate(province, x, match) for x in parts):
                yield "not true (%s)" % why, text[max(0, match.start() - 40):match.end() + 40]


def judge_truth(province, rules, tag, text):
    if tag not in ("p", "li", "h2", "h3", "figcaption", "caption", "td"):
        return
    for sentence in sentences(text):
        for pattern, why, predicate in rules:
            for match in pattern.finditer(sentence):
                clause = sentence[max(0, sentence.rfind("。", 0, match.start())):]
                if not predicate(province, match, clause):
                    yield "not true (%s)" % why, sentence.strip()[:160]


def judge(province, name, blocks):
    is_report = name.startswith("report")
    rules = RULES if is_report and "public" not in name else () if name.endswith(".pdf") else PUBLIC_RULES
    for section in sections(blocks) if is_report else ():
        yield from judge_heading(section)
    for tag, text in blocks:
        for fault in judge_forms(tag, text):
            yield fault
        for fault in judge_heading(text) if is_report else ():
            yield fault
        for fault in judge_truth(province, rules, tag, text):
            yield fault
    if name.endswith(".pdf"):
        yield from judge_firm(province, re.search(r"-([0-9A-Z]{18})", name)[1], " ".join(text for _, text in blocks))


# ---- rules against what they must notice -------------------------------------------------------------

PLANTED = [
    "参培企业为家。", "合计占%，其余为项。", "参培最多的行业为。", "缺口依次为苏州市（2家）。", "任务量最大的是南京市等1个设区市。", "0家企业未达标，分别为甲、乙。",
    "覆盖率为—%。", "工控类、，平台类。", "苏州市达标率并列最高。", "企业的安全防护。",
    "全省共发现问题5项次，其中高风险0项次。", "完成核查的1家无一达标。", "占工控星级企业的—", "共3家企业参加培育，", "共有 0 家企业列入名单", "其中工控类1家、平台类0家。", "占100.0%，超过半数。", "缺口依次为苏州市（1家）、南京市（1家），",
    "见图。最后一份提交于2021年9月20日。", "按参培家次计，其他占100.0%。", "平台安全防护由低到高分二级。", "短板。工控类符合率为0.0%。平台类边缘层、平台层符合率为100.0%。",
    "一是参培面仍需扩大。各设区市未设参培目标。", "六是进度衔接仍可优化。", "四是自评质量有待提高。没有可供对照的自评与核查结果。",
]


CLAIMS = ["工控类无一达标。", "完成核查的全部达标。", "参培企业全部完成核查。", "参培企业全部提交了自评估；", "提交自评估的均有线上核查日期；", "全省各设区市均有企业参培，",
          "没有设区市完成目标。", "各设区市未设参培目标。", "其中苏州市完成率最高，为80.0%。", "完成核查的企业在目标级别以内没有未满足的条目。", "没有高风险问题。",
          "各环节没有逾期。", "自评估没有逾期提交的。", "做到应签尽签。", "没有往年名单，", "依据线上与现场核查结果，经汇总审核形成星级企业名单，", "同步开展年度优秀案例遴选。",
          "分设工控安全防护、平台安全防护两个类型，", "把本年度突出问题条目作为必讲内容。", "短板因企业而异。", "短板要素的提升宜纳入预算。", "有3家次没有提交整改结果。", "3家次未完成核查。",
          "五是整改闭环不够彻底。还有2项。", "另有3家完成核查而未达标，", "表1按企业规模、培育来源和认定级别分类统计", "综合整改复核和现场核查，核定符合率", "综合现场核查，核定符合率",
          "本年度没有企业达到工控安全防护的起步级别。", "应请相关设区市调整，", "工控类各级别家数见表2。", "已达到较高级别的企业应当带动供应链协同。", "逐步扩大现场核查；", "均未登记承诺书签署日期，", "3家企业中，高估超过5个百分点的2家，",
          "其中1家企业有2条次只有自评、线上核查之一作出结果，"]


CELLS = (20, 25, 34, 119)  # provinces that have a table of every kind


def prove():
    missed = [s for s in PLANTED if not list(judge_forms("p", s)) and not list(judge_heading(s))]
    missed += [s for s in CLAIMS if not list(judge_truth(Nothing(), RULES, "p", s))]
    missed += [s for s in PUBLIC_CLAIMS if not list(judge_truth(Somebody(), PUBLIC_RULES, "p", s))]
    missed += [s for s in FIRM_CLAIMS if not list(judge_firm(Nothing(), "", s))]
    missed += [r[0].pattern for r in FIRM_RULES if not any(r[0].search(s) for s in FIRM_CLAIMS)]
    missed += [r[0].pattern for r in PUBLIC_RULES if not any(r[0].search(s) for s in PUBLIC_CLAIMS)]
    with tempfile.TemporaryDirectory() as folder:
        for seed in CELLS:
            Made(seed).make("%s/%d" % (folder, seed))
        missed += unnoticed([Province("%s/%d" % (folder, seed)) for seed in CELLS])
    for sentence in missed:
        print("not noticed: " + sentence)
    return 1 if missed else 0


def main():
    if sys.argv[1:] == ["--planted"]:
        return prove()
    data, out = sys.argv[1:3]
    province, faults = Province(data), 0
    for why, cell in judge_cells(province, out + "/2021/internal/report/report.html"):
        faults += 1
        print("report.html: %s: %s" % (why, cell))
    for name, blocks in printed(out):
        for why, sentence in judge(province, name, blocks):
            faults += 1
            print("%s: %s: %s" % (name, why, sentence))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
