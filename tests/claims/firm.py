"""What a diagnosis claims of its enterprise: (pattern, what it claims, predicate over one of its participations, of which it must hold of one)."""
import math
import re

from tables import rule, was


def missing(part, until):
    return [(i, risk) for _, items in part.track.areas for i, level, risk in items if level <= until and part.results.get(i) != "符合"]


def top(part):
    return max(part.track.labels)


def fewest(part):
    """How many more items give the next level."""
    wanted = part.level + 1
    if part.track.ident == "ics":
        return len(missing(part, wanted))
    here = [i for _, items in part.track.areas for i, level, _ in items if level <= wanted]
    met = sum(part.results.get(i) == "符合" for i in here)
    return math.ceil({1: 0.8, 2: 0.9}[wanted] * len(here) - met - 1e-9)


def rates(groups, results):
    return {name: sum(results.get(i) == "符合" for i in items) / len(items) for name, items in groups.items()}


def worst_of(groups):
    """The words name those that are lowest, where not all are alike."""
    def predicate(p, x, m):
        found = rates(groups(x.track), x.results)
        worst = {name for name, rate in found.items() if rate == min(found.values())}
        named = {name for name in found if name in m[1]}
        count = re.search(r"并列的([0-9]+)类", m[1])
        return len(worst) < len(found) and (named == worst or (count and int(count[1]) == len(worst)))
    return predicate


def settled(p, x):
    return [state for _, state in p.tasks_of(x)]


def alike(values):
    return len(values) > 1 and len(set(values)) == 1


def online(x):
    return [v for v in x.rounds.get("online", {}).values()]


def self_level(x):
    return x.track.level(x.rounds["self"]) if "self" in x.rounds else None


FIRM_RULES = [
    rule(r"尚未达到起步级别", "looked at, and no star", lambda p, x, m: x.finished and x.level == 0),
    rule(r"核定级别 ?([0-9]星|基本级|增强级|未达标)", "its level", lambda p, x, m: x.finished and x.track.labels[p.standing(x) or x.level] == m[1]),
    rule(r"本年度新达标", "a star, and none before", lambda p, x, m: p.standing(x) and not was(p, x)),
    rule(r"有所提升", "more than before", lambda p, x, m: p.standing(x) > was(p, x) > 0),
    rule(r"年度持平", "as before", lambda p, x, m: p.standing(x) == was(p, x) > 0),
    rule(r"低于[0-9]+年度的", "less than before", lambda p, x, m: 0 < p.standing(x) < was(p, x)),
    rule(r"本年度未能保持", "a star before, none now", lambda p, x, m: x.finished and was(p, x) and not x.level),
    rule(r"往年未列入名单", "on no list before", lambda p, x, m: not was(p, x)),
    rule(r"已达到(?:本类型的)?最高级别", "the highest level", lambda p, x, m: x.level == top(x)),
    rule(r"最少再完成(?:@?表[0-9 -]+所列)?([0-9]+) ?项", "so many give the next level", lambda p, x, m: x.finished and x.level < top(x) and fewest(x) == int(m[1])),
    rule(r"均属高风险", "several, all of high risk", lambda p, x, m: x.finished and alike([r for _, r in missing(x, min(top(x), x.level + 1))])),
    rule(r"没有高风险项", "none of high risk", lambda p, x, m: x.finished and "高" not in [r for _, r in missing(x, min(top(x), x.level + 1))]),
    rule(r"共有([0-9]+) ?项问题", "so many findings", lambda p, x, m: x.finished and len(missing(x, min(top(x), x.level + 1))) == int(m[1])),
    rule(r"没有发现不符合或部分符合的情况", "looked at, nothing found", lambda p, x, m: x.finished and not missing(x, min(top(x), x.level + 1))),
    rule(r"适用条目均已满足", "all items are met", lambda p, x, m: x.finished and not missing(x, top(x))),
    rule(r"一票否决条目均已满足", "there are such items", lambda p, x, m: False),
    rule(r"线上核查没有发现需要整改的条目", "checked online, nothing found", lambda p, x, m: online(x) and not any(v in ("不符合", "部分符合") for v in online(x))),
    rule(r"线上核查发现了不符合", "checked online, something found", lambda p, x, m: any(v in ("不符合", "部分符合") for v in online(x))),
    rule(r"按风险由高到低排列", "of several risks", lambda p, x, m: x.finished and not alike([r for _, r in missing(x, min(top(x), x.level + 1))])),
    rule(r"(整改复核)?与?(现场核查)?只涉及部分条目", "later rounds that judged less", lambda p, x, m: all(
        name in x.rounds and len(x.rounds[name]) < max(len(r) for r in x.rounds.values()) for name, word in (("recheck", m[1]), ("onsite", m[2])) if word)),
    rule(r"没有登记整改任务", "no task", lambda p, x, m: not p.tasks_of(x)),
    rule(r"列入整改的(?:问题共)?([0-9]+) ?项(?:问题中)?，企业报告已整改([0-9]+) ?项", "so many tasks, so many reported as done",
         lambda p, x, m: (int(m[1]), int(m[2])) == (len(p.tasks_of(x)), sum(row["整改状态"] == "已整改" for row, _ in p.tasks_of(x)))),
    rule(r"后续核查全部确认", "each task was looked at and found done", lambda p, x, m: settled(p, x) and all(settled(p, x))),
    rule(r"尚无后续核查结果，均待复核", "no task was looked at", lambda p, x, m: settled(p, x) and set(settled(p, x)) == {None}),
    rule(r"本年度没有现场核查的记录", "nobody visited", lambda p, x, m: not x.row["现场核查日期"] and "onsite" not in x.rounds),
    rule(r"现场核查于.{0,14}进行", "somebody visited", lambda p, x, m: x.row["现场核查日期"]),
    rule(r"自评级别为.{1,5}，高于", "it thinks better of itself", lambda p, x, m: x.finished and (self_level(x) or 0) > x.level),
    rule(r"自评级别为.{1,5}，低于", "it thinks worse of itself", lambda p, x, m: x.finished and self_level(x) is not None and self_level(x) < x.level),
    rule(r"自评级别与核定级别一致", "it thinks the same of itself", lambda p, x, m: x.finished and self_level(x) == x.level),
    rule(r"本年度尚无核查结论|没有线上核查、整改复核或现场核查的结果", "nobody looked", lambda p, x, m: not x.finished),
    rule(r"本企业也未提交自评估", "nothing handed in", lambda p, x, m: not x.row["自评估提交日期"]),
    rule(r"本企业已于.{0,14}提交自评估", "handed in", lambda p, x, m: x.row["自评估提交日期"]),
    rule(r"各过程类符合率相同|各过程类的符合率都是", "several classes, all alike", lambda p, x, m: alike(list(rates(x.track.classes, x.results).values()))),
    rule(r"各能力要素符合率相同", "several elements, all alike", lambda p, x, m: alike(list(rates(x.track.elements, x.results).values()))),
    rule(r"各过程类中，符合率最低的是([^，。]*)，", "the lowest class", worst_of(lambda t: t.classes)),
    rule(r"图[0-9 -]+([^图。]{2,60}?)(?:是|并列为)最薄弱的过程类", "the lowest class", worst_of(lambda t: t.classes)),
    rule(r"图[0-9 -]+([^图。]{2,60}?)是最弱的能力要素", "the lowest element", worst_of(lambda t: t.elements)),
    rule(r"已完成核查的企业较少，不作比较", "fewer than five were checked", lambda p, x, m: len(p.of(x.track, p.finished)) < 5),
    rule(r"全省同类型([0-9]+)家已完成核查", "so many were checked", lambda p, x, m: len(p.of(x.track, p.finished)) == int(m[1])),
    rule(r"年度没有遗留问题|年度结束时，向本企业指出的问题已全部关闭", "there is an earlier year to be known", lambda p, x, m: False),
]

# Each is false of whoever takes no part.
FIRM_CLAIMS = ["示例公司尚未达到起步级别。", "核定级别3星", "本年度新达标。", "比2020年度的1星有所提升。", "与2020年度持平。", "低于2020年度的2星，须查明原因，", "本年度未能保持，",
               "往年未列入名单", "已达到本类型的最高级别，", "最少再完成3项即可达到2星。", "均属高风险，", "没有高风险项。", "共有3项问题，", "没有发现不符合或部分符合的情况。",
               "适用条目均已满足，", "一票否决条目均已满足。", "线上核查没有发现需要整改的条目。", "线上核查发现了不符合或部分符合的条目，", "以下按风险由高到低排列，", "整改复核只涉及部分条目，", "没有登记整改任务，",
               "列入整改的问题共3项，企业报告已整改2项；", "后续核查全部确认。", "尚无后续核查结果，均待复核。", "本年度没有现场核查的记录，", "现场核查于2021年11月5日进行。",
               "自评级别为3星，高于核定结果", "自评级别为3星，低于核定结果", "自评级别与核定级别一致。", "本年度尚无核查结论", "本企业也未提交自评估。", "本企业已于2021年9月20日提交自评估。",
               "图1-1 各过程类符合率相同", "各能力要素符合率相同", "各过程类中，符合率最低的是工业设备安全，", "图1-1 工业设备安全是最薄弱的过程类", "图1-2 技术工具是最弱的能力要素",
               "全省同类型已完成核查的企业较少，不作比较。", "与全省同类型7家已完成核查的企业的中位数相同。", "2020年度没有遗留问题。"]
