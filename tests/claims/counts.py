"""The rows of the report's tables, counted once more from the CSV and the results as tables.py reads them: what a table is
about is known by its caption (KINDS), what a column holds by its heading.  No line is shared with the program."""
import re
from datetime import date
from fractions import Fraction

from province import CITIES

NO, MAY_MISS = "—", "may miss"
FEW = 3  # small-cell: shares of fewer are not shown, nor the medians of fewer days


# ---- numbers as they are printed ---------------------------------------------------------------

def fixed(value, digits):
    """Half away from zero."""
    sign, units = ("-" if value < 0 else ""), int(abs(value) * 10 ** digits + Fraction(1, 2))
    whole, rest = divmod(units, 10 ** digits)
    text = "%d.%0*d" % (whole, digits, rest) if digits else "%d" % whole
    return (sign if units else "") + text


def share(part, whole, digits=1):
    return fixed(Fraction(100 * part, whole), digits) + "%" if whole else NO


def points(a, b):
    """a and b: (met, of how many)."""
    if not a[1] or not b[1]:
        return NO
    text = fixed(100 * (Fraction(*a) - Fraction(*b)), 1)
    return ("" if text.startswith("-") or text == "0.0" else "+") + text.replace("-", "−")


def signed(count):
    return "%+d" % count if count > 0 else ("%d" % count).replace("-", "−")


def median(values):
    if not values:
        return None
    values, middle = sorted(values), len(values) // 2
    return Fraction(values[middle]) if len(values) % 2 else Fraction(values[middle - 1] + values[middle], 2)


def plain(value):
    """A median of counts: 3 or 3.5."""
    return NO if value is None else "%d" % value if value == int(value) else fixed(value, 1)


# ---- what is counted ------------------------------------------------------------------------------

def all_items(track):
    return [(i, level, risk) for _, items in track.areas for i, level, risk in items]


def in_round(name):
    """Of a participation the results of that round; None: not looked at."""
    return lambda x: x.rounds.get(name)


def counted(x):
    return x.results if x.finished else None


def met(parts, look, idents):
    """(met, of how many): what nobody judged is not met."""
    looks = [look(x) for x in parts]
    looks = [results for results in looks if results]
    return sum(results.get(i) == "符合" for results in looks for i in idents), len(looks) * len(idents)


def rate(parts, look, idents):
    return share(*met(parts, look, idents))


def median_rate(parts, idents):
    found = median([Fraction(*met([x], counted, idents)) for x in parts])
    return NO if found is None else fixed(100 * found, 1) + "%"


def target_level(x):
    return min(max(x.track.labels), x.level + 1)


def findings(parts):
    """(participation, item, risk) of the finished up to the level that they aim at."""
    return [(x, i, risk) for x in parts if x.finished for i, level, risk in all_items(x.track)
            if level <= target_level(x) and x.results.get(i) != "符合"]


def must_mend(x):
    return any(v in ("不符合", "部分符合") for v in x.rounds.get("online", {}).values())


def change(p, x, level):
    """Its level against that of the list before: new, up, kept, down."""
    was = p.was(x)
    return None if not level else "新达标" if not was else "提升" if level > was else "保持" if level == was else "下降"


class Tasks:
    """What is registered as to be mended of some participations: (row, settled or None)."""

    def __init__(self, p, parts):
        self.all = [(x, row, state) for x in parts for row, state in p.tasks_of(x)]

    def days(self):
        """From the online round that found it to what the enterprise reports, and to the later round that found it done."""
        told, sure = [], []
        for x, row, state in self.all:
            if x.rounds.get("online", {}).get(row["条目编号"]) == "不符合":
                begin = x.dates["online"]
                told += [(date.fromisoformat(row["实际完成日期"]) - begin).days] if row["实际完成日期"] else []
                sure += [(x.dates["onsite" if "onsite" in x.rounds else "recheck"] - begin).days] if state else []
        return told, sure

    def row(self, p):
        done = [t for t in self.all if t[1]["整改状态"] == "已整改"]
        states = [sum(t[2] is state for t in self.all) for state in (True, False, None)]
        n = len(self.all)
        told, sure = self.days()
        late = [t for t in self.all if not t[1]["实际完成日期"] or t[1]["实际完成日期"] > t[1]["计划完成日期"]]
        return {"任务": n, "整改任务": n, "企业报告已整改": len(done), "复核确认": states[0], "复核退回": states[1], "待复核": states[2],
                "企业报告整改率": share(len(done), n), "报告整改率": share(len(done), n), "复核确认率": share(states[0], n),
                "超期": len(late), "报告项": len(told), "确认项": len(sure),
                "报告天数": plain(median(told)) if len(told) >= FEW else NO, "确认天数": plain(median(sure)) if len(sure) >= FEW else NO}


# ---- table by table ---------------------------------------------------------------------------------

def key_rows(p, track):
    scale, want = p.scale(), sum(w for w, _ in p.targets.values())
    tasks = Tasks(p, p.parts).row(p)
    sent = {x.code for x in p.parts if x.row["自评估提交日期"]}
    bare = lambda text: text.rstrip("%")
    rows = [("参培", "参培企业", len(p.active)), ("参培", "参培家次", len(p.parts)),
            ("参培", "参培目标完成率", bare(share(len(p.active), want))), ("参培", "提交自评估的企业", len(sent)),
            ("参培", "自评估覆盖率", bare(share(len(sent), scale, 2))),
            ("核查", "开展线上核查", sum("online" in x.rounds for x in p.parts)),
            ("核查", "开展整改复核", sum("recheck" in x.rounds for x in p.parts)),
            ("核查", "开展现场核查", sum("onsite" in x.rounds for x in p.parts)),
            ("核查", "采集评估记录", sum(len(r) for x in p.parts for r in x.rounds.values()))]
    for t in p.tracks:
        own, done, word = p.of(t, p.parts), p.of(t, p.finished), t.word if len(p.tracks) > 1 else "定级"
        rows += [(word, "完成核查", len(done)), (word, "达标", sum(x.level > 0 for x in done)),
                 (word, "达标率", bare(share(sum(x.level > 0 for x in done), len(own)))),
                 (word, "条目符合率", bare(rate(done, counted, [i for i, _, _ in all_items(t)])))]
    rows += [("整改", "整改任务", tasks["任务"]), ("整改", "企业报告整改率", bare(tasks["企业报告整改率"])),
             ("整改", "整改复核确认率", bare(tasks["复核确认率"])), ("服务", "咨询与支撑机构", len(p.agencies)),
             ("服务", "其中省级支撑机构", sum(row["省级支撑机构"] == "是" for row in p.agencies))]
    return [{"指标": (a, b), "2021年度": n} for a, b, n in rows]


def by_city(row_of):
    """The thirteen cities and the province."""
    return lambda p, track: [dict(row_of(p, p.in_city(p.of(track, p.parts), c), c), 设区市=c or "全省") for c in CITIES + [None]]


def participation_row(p, parts, city):
    want, scale = p.target(city), p.scale(city)
    firms, sent = {x.code for x in parts}, {x.code for x in parts if x.row["自评估提交日期"]}
    coverage = share(len(sent), scale or 0, 2)
    return {"规上企业": NO if scale is None else "{:,}".format(scale), "参培目标": NO if want is None else want, "参培企业": len(firms),
            "完成率": share(len(firms), want or 0), "自评企业": len(sent), "覆盖率": coverage, "自评估覆盖率": coverage,
            "目标（家）": want, "参培（家）": len(firms), "缺口（家）": (want or 0) - len(firms)}


def level_row(p, track, label, levels):
    done = p.of(track, p.finished)
    now, before = sum(x.level in levels for x in done), sum(p.level_of(row) in levels for row in p.before_of(track))
    none = levels == [0]  # earlier lists hold nobody of those
    return {"级别": label, "本年度（家）": now, "占比": share(now, len(done)), "2020年度（家）": NO if none else before,
            "增减（家）": NO if none else signed(now - before)}


def level_rows(p, track):
    levels = sorted(track.labels, reverse=True)
    return [level_row(p, track, track.labels[n], [n]) for n in levels] + [level_row(p, track, "达标合计", levels[:-1])]


def movement_rows(p, track):
    rows = []
    for t in p.tracks:
        done = p.of(t, p.finished)
        row = {name + "（家）": sum(change(p, x, x.level) == name for x in done) for name in ("新达标", "提升", "保持", "下降")}
        rows.append(dict(row, **{"类型": t.word, "达标（家）": sum(x.level > 0 for x in done),
                                 "退出（家）": sum(p.was(x) > 0 and not x.level for x in done)}))
    return rows


def matrix_rows(p, track):
    done = [x for x in p.of(track, p.finished) if p.was(x)]
    return [dict({track.labels[n]: sum(p.was(x) == m and x.level == n for x in done) for n in track.labels}, 往年级别=track.labels[m])
            for m in sorted({p.was(x) for x in p.of(track, p.parts)} - {0})]


def result_row(p, parts, city):
    row = {}
    for t in p.tracks:
        own, listed = p.of(t, parts), sum(bool(x.level) for x in p.of(t, parts))
        row.update({t.word + "参培（家）": len(own), t.word + "达标（家）": listed, t.word + "达标率": share(listed, len(own))})
    return row


def city_level_rows(p, track):
    done = p.of(track, p.finished)
    return [dict({label: sum(x.city == c and x.level == n for x in done) for n, label in track.labels.items()}, 设区市=c) for c in CITIES]


def industry_rows(p, track):
    rows = []
    for code in sorted({p.firms[x.code]["行业代码"] for x in p.parts}):
        own = [x for x in p.parts if p.firms[x.code]["行业代码"] == code]
        listed = sum(bool(x.level) for x in own)
        rows.append({"代码": code or NO, "参培（家次）": len(own), "达标（家次）": listed, "达标率": share(listed, len(own)) if len(own) >= FEW else NO})
    return rows


def kind_rows(p, track):
    rows = []
    for heading in ("企业规模", "培育来源"):
        for word in sorted({p.firms[x.code][heading] for x in p.of(track, p.parts)} - {""}):
            own = [x for x in p.of(track, p.parts) if p.firms[x.code][heading] == word]
            listed = sum(bool(x.level) for x in own)
            few = len(own) < FEW
            rows.append({"类型": (heading, word), "参培（家）": len(own), "达标（家）": listed, "达标率": NO if few else share(listed, len(own)),
                         "符合率": NO if few else rate(own, counted, [i for i, _, _ in all_items(track)])})
    return rows


def stage_rows(p, track):
    due = {"企业自评估": (p.parts, "自评估提交日期"), "整改提升": ([x for x in p.parts if must_mend(x)], "整改提交日期"),
           "现场核查": ([x for x in p.parts if p.firms[x.code]["重点企业"] == "是"], "现场核查日期")}
    rows = []
    for name, day in p.days:
        parts, column = due.get(name, (None, None))
        done = [x for x in parts or [] if x.row[column]]
        late = [x for x in done if x.row[column] > day]
        row = {"应完成": len(parts or []), "已完成": len(done), "完成率": share(len(done), len(parts or [])), "逾期": len(late),
               "按期率": share(len(done) - len(late), len(done))}
        rows.append(dict({k: NO for k in row} if parts is None else row, 阶段=name, 截止日期=day))
    return rows


def late_row(p, parts, city):
    row = {}
    for word, rest, stage, column, due in (("自评", "未交", "self", "自评估提交日期", parts),
                                           ("整改", "未交", "rectify", "整改提交日期", [x for x in parts if must_mend(x)])):
        day = p.stages.get(stage)
        sent = [x for x in due if x.row[column]]
        late = [x for x in sent if day and x.row[column] > day]
        row.update({word + "按期": len(sent) - len(late), word + "逾期": len(late), word + rest: len(due) - len(sent), "应" + word: len(due)})
    return row


def looks_row(parts, idents):
    own, online, fixed_ = (met(parts, look, idents) for look in (in_round("self"), in_round("online"), counted))
    return {"自评": share(*own), "线上核查": share(*online), "线上": share(*online), "核定": share(*fixed_), "中位数": median_rate(parts, idents),
            "自评高出": points(own, online), "核定较线上（百分点）": points(fixed_, online), "变化（百分点）": points(fixed_, online),
            "整改前": share(*online), "整改后": share(*fixed_), "尚未满足": share(fixed_[1] - fixed_[0], fixed_[1])}


def rate_rows(p, track):
    return [dict(looks_row(p.of(t, p.finished), [i for i, _, _ in all_items(t)]), 类型=t.word, **{"完成核查（家）": len(p.of(t, p.finished))})
            for t in p.tracks if p.of(t, p.finished)]


def class_rows(p, track):
    return [dict(looks_row(p.of(track, p.finished), items), 过程类=name) for name, items in track.classes.items()]


def area_rows(p, track):
    rows, done = [], p.of(track, p.finished)
    for name, items in track.areas:
        idents = [i for i, _, _ in items]
        values = [x.results.get(i) for x in done for i in idents]
        rows.append(dict(looks_row(done, idents), 过程域=name, 适用=len(values), 符合=values.count("符合"), 部分=values.count("部分符合"),
                         不符=values.count("不符合")))
    return rows


def item_rows(p, track):
    done, rows = p.of(track, p.finished), []
    for i, level, risk in all_items(track):
        n = sum(f[1] == i for f in findings(done))
        if n:
            rows.append({"条目": i, "级别": track.labels[level], "风险": risk, "涉及企业": n, "符合率": rate(done, counted, [i])})
    return sorted(rows, key=lambda row: -row["涉及企业"])


def element_rows(p, track):
    return [dict(looks_row(p.of(t, p.finished), items), 能力要素=(t.word, name))
            for t in p.tracks for name, items in t.elements.items() if p.of(t, p.finished)]


def risk_rows(p, track):
    rows = []
    for t in p.tracks:
        found = findings(p.of(t, p.finished))
        for risk in "高中低" if found else "":
            own = [f for f in found if f[2] == risk]
            rows.append({"风险": (t.word, risk), "问题（项次）": len(own), "占比": share(len(own), len(found)),
                         "涉及企业（家）": len({f[0].code for f in own})})
    return rows


def against_rows(p, track):
    pairs = [(own, x.results.get(i)) for x in p.of(track, p.finished) for i, own in x.rounds.get("self", {}).items() if x.results.get(i)]
    return [dict({b: pairs.count((a, b)) for b in ("符合", "部分符合", "不符合", "不适用")}, 自评=a)
            for a in ("符合", "部分符合", "不符合", "不适用") if any(own == a for own, _ in pairs)]


def claim_rows(p, track):
    tasks = Tasks(p, p.parts)
    rows = []
    for word in ("已整改", "整改中", "未整改", None):
        tasks_of = Tasks(p, [])
        tasks_of.all = [t for t in tasks.all if word in (None, t[1]["整改状态"])]
        if tasks_of.all:
            rows.append(dict(tasks_of.row(p), 企业报告=word or "合计"))
    return rows


def task_rows(p, groups, least=0):
    """Rows of what is to be mended, by whatever a function says of (participation, row); rates of fewer are not shown."""
    rows = {}
    for t in Tasks(p, p.parts).all:
        rows.setdefault(groups(t[0], t[1]), Tasks(p, [])).all.append(t)
    few = {"报告整改率": NO, "复核确认率": NO}
    return [(key, dict(tasks.row(p), **(few if len(tasks.all) < least else {}))) for key, tasks in rows.items()]


def rect_risk_rows(p, track):
    risks = {i: risk for t in p.tracks for i, _, risk in all_items(t)}
    return [dict(row, 风险=key) for key, row in task_rows(p, lambda x, row: (x.track.word, risks[row["条目编号"]]))]


def rect_agency_rows(p, track):
    names = {row["机构代码"]: row["机构名称"] for row in p.agencies}
    return [dict(row, 核查机构=key) for key, row in task_rows(p, lambda x, row: names.get(x.row["核查机构"], "没有填写核查机构"), FEW)]


def department_rows(p, track):
    n = len(Tasks(p, p.parts).all)
    return [dict(row, 责任部门=key, 占比=share(row["任务"], n)) for key, row in task_rows(p, lambda x, row: row["责任部门"], FEW)]


def time_rows(p, track):
    tasks = [(city, Tasks(p, p.in_city(p.parts, city))) for city in CITIES]
    return [dict(own.row(p), 设区市=city) for city, own in tasks if own.all]


def fewest(x):
    wanted = x.level + 1
    if x.track.ident == "ics":
        return sum(level <= wanted and x.results.get(i) != "符合" for i, level, _ in all_items(x.track))
    here = [i for i, level, _ in all_items(x.track) if level <= wanted]
    need = Fraction({1: 8, 2: 9}[wanted], 10) * len(here) - sum({"符合": Fraction(1), "部分符合": Fraction(1, 2)}.get(x.results.get(i), 0) for i in here)
    return -(-need.numerator // need.denominator)


def near_rows(p, track):
    rows = []
    for n in range(max(track.labels)):
        ways = [fewest(x) for x in p.of(track, p.finished) if x.level == n]
        if ways:
            rows.append({"当前级别": track.labels[n], "上一级别": track.labels[n + 1], "企业（家）": len(ways), "最少（项）": min(ways),
                         "中位数（项）": plain(median(ways)), "五项以内（家）": sum(w <= 5 for w in ways)})
    return rows


def people_row(p, parts, city):
    row = participation_row(p, parts, city)
    row.update({t.word: len(p.of(t, parts)) for t in p.tracks})
    return dict(row, 参培家次=len(parts), 完成核查=sum(x.finished for x in parts), 未完成=sum(not x.finished for x in parts))


def results_row(p, parts, city):
    changes = [change(p, x, x.level) for x in parts]
    listed = sum(bool(x.level) for x in parts)
    return dict({name: changes.count(name) for name in ("新达标", "提升", "保持", "下降")}, 达标=listed, 未达标=sum(x.level == 0 for x in parts),
                未完成=sum(not x.finished for x in parts), 达标率=share(listed, len(parts)))


def agencies_of(p, city):
    return [row for row in p.agencies if city in (None, row["设区市"])]


def work_row(p, parts, city):
    return dict(Tasks(p, parts).row(p), 发现问题=len(findings(parts)), 机构=len(agencies_of(p, city)),
                省级支撑=sum(row["省级支撑机构"] == "是" for row in agencies_of(p, city)))


def rect_city_row(p, parts, city):
    return Tasks(p, parts).row(p)


def service_city_row(p, parts, city):
    firms, n = {x.code for x in parts}, len(agencies_of(p, city))
    return {"机构": n, "省级支撑": sum(row["省级支撑机构"] == "是" for row in agencies_of(p, city)), "参培企业": len(firms),
            "有辅导": sum(bool(p.firms[c]["咨询机构"]) for c in firms), "机均企业": fixed(Fraction(len(firms), n), 1) if n else NO}


def service_rows(p, track):
    rows = []
    for agency in p.agencies:
        own = [x for x in p.parts if x.row["核查机构"] == agency["机构代码"]]
        listed = sum(bool(x.level) for x in own)
        rows.append({"机构": agency["机构名称"], "设区市": agency["设区市"], "省级": agency["省级支撑机构"],
                     "辅导": sum(p.firms[c]["咨询机构"] == agency["机构代码"] for c in p.active), "核查": len(own), "达标": listed,
                     "达标率": share(listed, len(own))})
    return rows


def list_rows(p, track):
    shown = [x for x in p.of(track, p.parts) if p.standing(x)]
    return [{"企业名称": p.firms[x.code]["企业名称"], "设区市": x.city, "级别": track.labels[p.standing(x)], "变化": change(p, x, p.standing(x))}
            for x in sorted(shown, key=lambda x: -p.standing(x))]


def short_rows(p, track):
    return [dict(participation_row(p, p.in_city(p.parts, c), c), 设区市=c) for c in CITIES if p.target(c) and p.city_firms.get(c, 0) < p.target(c)]


def compared_row(p, parts, city):
    """The list as it stands against the list before."""
    changes = [change(p, x, p.standing(x)) for x in parts]
    now, before = len(changes) - changes.count(None), sum(city in (None, row["设区市"]) for row in p.before or [])
    return {"2020年度": before, "2021年度": now, "增减": signed(now - before), **{name: changes.count(name) for name in ("新达标", "提升", "下降")}}


def todo_rows(p, track):
    """What the list of tasks counts; of two of them, which lessons are given and who is visited again, only the second."""
    gaps = sorted((-(want - p.city_firms.get(c, 0)), CITIES.index(c)) for c, (want, _) in p.targets.items() if want > p.city_firms.get(c, 0))
    tasks = Tasks(p, p.parts)
    high = {i for t in p.tracks for i, _, risk in all_items(t) if risk == "高"}
    unsure = sum(t[1]["条目编号"] in high and not t[2] for t in tasks.all)
    states = ["%s%d项" % (word, tasks.row(p)[name]) for word, name in (("复核退回", "复核退回"), ("待复核", "待复核")) if tasks.row(p)[name]]
    back = sum(change(p, x, x.level) == "下降" or (x.level == 0 and p.was(x) > 0) for x in p.finished)
    near = sum(x.level < max(x.track.labels) and fewest(x) <= 5 for x in p.finished)
    unsigned = [("企业", sum(not p.firms[c]["服务承诺书日期"] for c in p.active)), ("机构", sum(not row["服务承诺书日期"] for row in p.agencies))]
    rows = [("补足参培缺口", "、".join("%s%d家" % (CITIES[k], -n) for n, k in gaps)), ("完成未结核查", p.undone and "%d家次" % len(p.undone)),
            ("帮扶未达标企业", p.failed and "%d家次，一企一策" % len(p.failed)), ("高风险问题挂牌督办", unsure and "%d项未经复核确认" % unsure),
            ("整改任务销号", "、".join(states)), ("下降和退出企业回访", back and "%d家次" % back),
            ("晋级企业优先辅导", near and "%d家次，所需条目5项以内" % near),
            ("补签服务承诺书", "、".join("%s%d家" % pair for pair in unsigned if pair[1]))]
    return [{"任务": task, "对象与数量": amount} for task, amount in rows if amount] + [{"任务": "薄弱过程域专题培训", MAY_MISS: True}]


def award_rows(p, track):
    return [{"类别": kind, "推荐（项）": sum(row["类别"] == kind for row in p.awards),
             "入选（项）": sum(row["类别"] == kind and row["评审结论"] == "入选" for row in p.awards)} for kind in sorted({row["类别"] for row in p.awards})]


# (caption, columns that say which row it is, rows; most that the table shows)
KINDS = [(re.compile(pattern), keys, rows, most) for pattern, keys, rows, most in (
    (r"^培育工作主要指标$", ("方面", "指标"), key_rows, 0),
    (r"^各设区市参培与自评估覆盖情况", ("设区市",), by_city(participation_row), 0),
    (r"级别分布$", ("级别",), level_rows, 0),
    (r"^级别变化情况$", ("类型",), movement_rows, 0),
    (r"级别去向（家）$", ("往年级别",), matrix_rows, 0),
    (r"^各设区市达标情况$", ("设区市",), by_city(result_row), 0),
    (r"^各设区市.*级别分布（家）$", ("设区市",), city_level_rows, 0),
    (r"^分行业参培与达标情况$", ("代码",), industry_rows, 0),
    (r"分企业类型的达标情况$", ("分类", "类型"), kind_rows, 0),
    (r"^各阶段完成情况", ("阶段",), stage_rows, 0),
    (r"^各设区市自评估与整改提交情况", ("设区市",), by_city(late_row), 0),
    (r"^自评、线上核查与核定符合率$", ("类型",), rate_rows, 0),
    (r"各过程类符合情况$|各过程类整改前后的符合率$", ("过程类",), class_rows, 0),
    (r"突出问题条目$", ("条目",), item_rows, 10),
    (r"^各能力要素符合情况$", ("类型", "能力要素"), element_rows, 0),
    (r"^问题的风险等级分布$", ("类型", "风险"), risk_rows, 0),
    (r"自评结果与核定结果对照", ("自评",), against_rows, 0),
    (r"^企业报告与复核结果对照", ("企业报告",), claim_rows, 0),
    (r"分风险的整改情况", ("类型", "风险"), rect_risk_rows, 0),
    (r"^各设区市整改情况", ("设区市",), by_city(rect_city_row), 0),
    (r"^各设区市整改用时", ("设区市",), time_rows, 0),
    (r"^各核查机构的整改情况", ("核查机构",), rect_agency_rows, 0),
    (r"^整改任务较多的责任部门", ("责任部门",), department_rows, 0),
    (r"^各设区市服务机构与服务负荷", ("设区市",), by_city(service_city_row), 0),
    (r"^服务机构服务情况$", ("机构",), service_rows, 0),
    (r"^推荐与入选情况$", ("类别",), award_rows, 0),
    (r"^各设区市名单上的星级家次与2020年度比较$", ("设区市",), by_city(compared_row), 0),
    (r"^下一步重点任务$", ("任务",), todo_rows, 0),
    (r"^未完成参培目标的设区市$", ("设区市",), short_rows, 0),
    (r"晋升上一级别所需条目$", ("当前级别",), near_rows, 0),
    (r"^星级企业名单（", ("企业名称",), list_rows, 0),
    (r"^各设区市参培情况（家、家次）$", ("设区市",), by_city(people_row), 0),
    (r"^各设区市定级结果（家次）$", ("设区市",), by_city(results_row), 0),
    (r"^各设区市整改与服务情况", ("设区市",), by_city(work_row), 0),
    (r"各过程域符合情况$", ("过程域",), area_rows, 0),
)]


# Tables without counts, or of few numbers that a sentence of judge.py says too.
UNCOUNTED = re.compile(r"^(?:评定模型与定级方法|数据问题分类|(?:两类|多类)?级别设置|两个年度所用的模型版本|名单的变动|已从名单撤销的企业（.*）|.*符合率较低的过程域|"
                       r"年度优秀案例|咨询机构辅导.*的效果)$")
OF_TRACKS = (level_rows, matrix_rows, city_level_rows, kind_rows, class_rows, item_rows, against_rows, near_rows, list_rows, area_rows)
