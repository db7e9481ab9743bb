#!/usr/bin/env python3
"""Small fictional provinces at the edges: nobody took part, nobody was checked, all failed, all alike, ties,
one track, one city, no earlier year, no targets, no agencies, nothing to mend, and all of that together.

usage: province.py OUT SEED    one province, the same for the same seed; SEED < len(EDGES) is a chosen edge alone
"""
import os
import random
import sys

DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CITIES = ["南京市", "无锡市", "徐州市", "常州市", "苏州市", "南通市", "连云港市", "淮安市", "盐城市", "扬州市", "镇江市", "泰州市", "宿迁市"]
LEVELS = {"ics": [("基础建设级", "1星"), ("规范防护级", "2星"), ("集成管控级", "3星"), ("综合协同级", "4星"), ("智能优化级", "5星")],
          "platform": [("基本级", "基本级"), ("增强级", "增强级")]}
AREAS = {"ics": [("device", "核心保护对象安全", "工业设备安全", [("PA01", "控制设备安全"), ("PA02", "现场测控设备安全")]),
                 ("people", "通用安全", "人员管理与培训", [("PA03", "人员培训")])],
         "platform": [("edge", "平台分层安全", "边缘层", [("P01", "边缘设备接入")]), ("data", "平台分层安全", "平台层", [("P02", "平台数据安全")])]}
WORD = {"ics": "工控", "platform": "平台"}
ELEMENTS = ["技术工具", "机构建设", "制度流程", "人员能力"]


def code(n):
    body = "91320500XX%06d" % n
    weights = [3, 7, 9, 10, 5, 8, 4, 2]
    rest = (11 - sum(("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(a)) * b for a, b in zip(body[8:16], weights)) % 11)
    body += "X" if rest == 10 else "0" if rest == 11 else str(rest)
    total = sum(DIGITS.index(c) * pow(3, i, 31) for i, c in enumerate(body)) % 31
    return body + DIGITS[(31 - total) % 31]


def items(track):
    return [("%s-%d-01" % (area, level), level) for _, _, _, areas in AREAS[track] for area, _ in areas
            for level in range(1, len(LEVELS[track]) + 1)]


def model(track):
    text = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- 示例条目，非标准原文 -->\n'
    text += '<model id="%s-mini" track="%s" edition="示例 2021.1" basis="示例依据" note="示例条目，非标准原文">\n' % (track, track)
    for n, (name, label) in enumerate(LEVELS[track], 1):
        text += '  <level n="%d" name="%s" label="%s"/>\n' % (n, name, label)
    k = 0
    for ident, group, name, areas in AREAS[track]:
        text += '  <class id="%s" group="%s" name="%s">\n' % (ident, group, name)
        for area, title in areas:
            text += '    <area id="%s" name="%s">\n' % (area, title)
            for level in range(1, len(LEVELS[track]) + 1):
                text += ('      <item id="%s-%d-01" level="%d" element="%s" weight="1" risk="%s" veto="no"><requirement>示例条目：%s第%d级要求。'
                         '</requirement><check method="现场核查">查看示例记录。</check><advice days="30" department="示例部门">完成示例整改并留存记录。'
                         '</advice></item>\n') % (area, level, level, ELEMENTS[k % 4], "高" if level == 1 else "中", title, level)
                k += 1
            text += "    </area>\n"
        text += "  </class>\n"
    return text + "</model>\n"


def put(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


# What may vary.  The first of each is the usual; an edge alone takes the second, third … of one of them.
CHOICES = {
    "firms": [6, 0, 1, 2, 3, 14],
    "tracks": [("ics", "platform"), ("ics",), ("platform",)],
    "cities": ["several", "one", "all"],
    "levels": ["mixed", "none checked", "all fail", "all top", "all alike", "ties", "one checked"],
    "self": ["honest", "over", "under", "none"],
    "before": [None, "empty", "same", "higher", "others", "mixed"],
    "targets": [None, "met", "short", "one short", "zero", "no scale"],
    "agencies": [0, 1, 3, 30],
    "advised": [False, True],
    "mended": [None, "all confirmed", "claimed", "refuted", "open", "late"],
    "onsite": [False, True],
    "stages": ["all", "none", "first and last"],
    "late": [False, True],
    "signed": [True, False],
    "awards": [None, "chosen", "refused"],
    "industry": ["same", "none", "each"],
    "state": ["公布", "拟公布"],
    "ledger": [None, "withdrawn", "corrected"],
    "gaps": [False, True],
    "uneven": [False, True],
}
EDGES = [{}] + [{name: value} for name, values in CHOICES.items() for value in values[1:]]


class Province:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.wish = {name: values[0] for name, values in CHOICES.items()}
        if seed < len(EDGES):
            self.wish.update(EDGES[seed])
        else:
            for name, values in CHOICES.items():
                if self.random.random() < 0.5:
                    self.wish[name] = self.random.choice(values)

    def level(self, n, track):
        top, kind = len(LEVELS[track]), self.wish["levels"]
        if kind == "none checked" or (kind == "one checked" and n):
            return None
        if kind == "mixed":
            return self.random.choice([None, 0, 0, 1, 1, 2, top])
        return {"all fail": 0, "all top": top, "all alike": 1, "ties": n % 2 + 1, "one checked": 1}[kind]

    def city(self, n):
        kind = self.wish["cities"]
        return CITIES[4] if kind == "one" else CITIES[n % 13] if kind == "all" else CITIES[n % 3]

    def make(self, out):
        wish = self.wish
        self.firms = []
        for n in range(wish["firms"]):
            tracks = [t for t in wish["tracks"] if len(wish["tracks"]) == 1 or t == wish["tracks"][n % 2] or n % 3 == 0]
            self.firms.append((code(n + 1), "示例第%d机械有限公司" % (n + 1), self.city(n), [(t, self.level(n, t)) for t in tracks]))
        for track in wish["tracks"]:
            put("%s/models/%s-mini.xml" % (out, track), model(track))
        year = out + "/2021/"
        put(year + "campaign.xml", self.campaign())
        put(year + "enterprises.csv", self.enterprises())
        put(year + "participations.csv", self.participations())
        put(year + "results/all.xml", self.results())
        for name, text in (("cities.csv", self.targets()), ("agencies.csv", self.agencies()), ("rectifications.csv", self.rectifications()),
                           ("nominations.csv", self.nominations()), ("ledger.csv", self.ledger())):
            if text:
                put(year + name, text)
        if wish["before"] is not None:
            put(out + "/2020/listed.csv", self.before())

    def campaign(self):
        text = '<campaign year="2021" title="江苏省2021年度示例培育工作" province="江苏省" publisher="示例厅">\n'
        if self.wish["stages"] != "none":
            for ident, name, day in (("mobilise", "组织动员", "09-10"), ("self", "企业自评估", "09-25"), ("rectify", "整改提升", "10-20"),
                                     ("onsite", "现场核查", "11-10"), ("summary", "工作总结", "11-30")):
                if self.wish["stages"] == "all" or ident in ("self", "summary"):
                    text += '  <stage id="%s" name="%s" deadline="2021-%s"/>\n' % (ident, name, day)
        if self.wish["state"] == "公布":
            text += '  <publication state="公布" date="2021-11-30" small-cell="3" base-url="https://example.org/stars/"/>\n'
        else:
            text += '  <publication state="拟公布" date="2021-11-20" objection-until="2021-11-29" small-cell="3" base-url="https://example.org/stars/"/>\n'
        if "ics" in self.wish["tracks"]:
            text += '  <track id="ics" model="ics-mini"><rule method="min-of-pa" rounds="onsite recheck online"/></track>\n'
        if "platform" in self.wish["tracks"]:
            text += ('  <track id="platform" model="platform-mini"><rule method="threshold" rounds="onsite recheck online" partial="0.5">'
                     '<level n="1" share="0.80"/><level n="2" share="0.90"/></rule></track>\n')
        return text + "</campaign>\n"

    def enterprises(self):
        text = "统一社会信用代码,企业名称,设区市,行业代码,企业规模,培育来源,认定级别,重点企业,咨询机构,服务承诺书日期,联系人,联系电话,电子邮箱\n"
        for n, (ident, name, city, _) in enumerate(self.firms):
            industry = {"same": "C38", "none": "", "each": "C%d" % (13 + n)}[self.wish["industry"]]
            agency = "JG001" if self.wish["advised"] and self.wish["agencies"] else ""
            text += "%s,%s,%s,%s,%s,其他,,%s,%s,%s,示例联系人,000-00000000,c%d@example.org\n" % (
                ident, name, city, industry, "大型" if n % 2 else "中型", "是" if self.wish["onsite"] and n % 2 == 0 else "否", agency,
                "2021-09-01" if self.wish["signed"] else "", n)
        return text

    def dates(self, level):
        late = self.wish["late"] and self.random.random() < 0.5
        own = "" if self.wish["self"] == "none" else "2021-09-28" if late else "2021-09-20"
        online = "" if level is None else "2021-10-01"
        mended = "" if level is None or self.wish["mended"] is None else "2021-10-25" if late else "2021-10-18"
        return own, online, mended, "2021-11-05" if self.wish["onsite"] and level is not None else ""

    def participations(self):
        text = "统一社会信用代码,参培类型,平台名称,目标级别,自评估提交日期,线上核查日期,整改提交日期,现场核查日期,核查机构,核定级别\n"
        for ident, _, _, tracks in self.firms:
            for track, level in tracks:
                checker = "JG001" if self.wish["agencies"] and level is not None else ""
                text += ",".join((ident, WORD[track], "", "") + self.dates(level) + (checker, "")) + "\n"
        return text

    def results(self):
        text = "<assessments>\n"
        for n, (ident, _, _, tracks) in enumerate(self.firms):
            for track, level in tracks:
                for name, day, reached in self.rounds(level, n):
                    text += '<assessment enterprise="%s" track="%s" round="%s" date="2021-%s">\n' % (ident, track, name, day)
                    text += "".join('  <result item="%s" value="%s"/>\n' % (i, "符合" if self.is_met(i, l, reached) else "不符合")
                                    for k, (i, l) in enumerate(items(track)) if not self.is_left_out(name, k, not self.is_met(i, l, reached)))
                    text += "</assessment>\n"
        return text + "</assessments>\n"

    def is_met(self, item, level, reached):
        """Uneven: one class is met throughout, which the lowest area makes no difference to."""
        return level <= reached or (self.wish["uneven"] and item.startswith("PA03"))

    def is_left_out(self, name, k, is_unmet):
        """Without a result of that round: every fourth item of a self-assessment; online, of what is not met, every third."""
        return self.wish["gaps"] and (name == "self" and k % 4 == 3 or name == "online" and is_unmet and k % 3 == 2)

    def rounds(self, level, n):
        own = {"honest": level or 0, "over": 5, "under": 0, "none": None}[self.wish["self"]]
        if own is not None:
            yield "self", "09-20", own
        if level is None:
            return
        before = max(0, level - 1) if self.wish["mended"] == "all confirmed" else level
        yield "online", "10-01", before
        if self.wish["mended"] in ("all confirmed", "refuted"):
            yield "recheck", "10-28", level
        if self.wish["onsite"] and n % 2 == 0:
            yield "onsite", "11-05", level

    def targets(self):
        kind = self.wish["targets"]
        if kind is None:
            return None
        text = "设区市,规模以上工业企业数,参培目标数\n"
        for k, city in enumerate(CITIES):
            here = sum(c == city for _, _, c, _ in self.firms)
            want = {"met": here, "short": here + 1 + k % 3, "one short": here + (k == 0), "zero": 0, "no scale": max(1, here)}[kind]
            text += "%s,%s,%d\n" % (city, "" if kind == "no scale" else 100 + k, want)
        return text

    def agencies(self):
        if not self.wish["agencies"]:
            return None
        text = "机构代码,机构名称,设区市,省级支撑机构,服务承诺书日期,联系人,联系电话\n"
        for n in range(self.wish["agencies"]):
            text += "JG%03d,示例第%d信安测评有限公司,%s,%s,%s,示例联系人,000-00000000\n" % (
                n + 1, n + 1, CITIES[n % 13], "是" if n % 2 == 0 else "否", "2021-08-20" if self.wish["signed"] else "")
        return text

    def rectifications(self):
        kind = self.wish["mended"]
        if kind is None:
            return None
        text = "统一社会信用代码,参培类型,条目编号,整改措施,责任部门,计划完成日期,实际完成日期,整改状态\n"
        for ident, _, _, tracks in self.firms:
            for track, level in tracks:
                if level is None:
                    continue
                found = max(0, level - 1) if kind == "all confirmed" else level
                wanted = [i for i, l in items(track) if l > found and (kind != "all confirmed" or l <= level)]
                for item in wanted[:2]:
                    done = kind not in ("open",)
                    text += "%s,%s,%s,示例措施,示例部门,2021-10-15,%s,%s\n" % (
                        ident, WORD[track], item, ("2021-10-18" if kind == "late" else "2021-10-14") if done else "", "已整改" if done else "未整改")
        return text

    def listed(self):
        return [(f, t, l) for f in self.firms for t, l in f[3] if l]

    def nominations(self):
        if self.wish["awards"] is None:
            return None
        text = "类别,代码,名称,推荐单位,简介,评审结论\n"
        for firm, _, _ in self.listed()[:1]:
            text += "优秀案例,%s,%s,示例市工业和信息化局,示例做法。,%s\n" % (firm[0], firm[1], "入选" if self.wish["awards"] == "chosen" else "未入选")
        return text

    def ledger(self):
        if self.wish["ledger"] is None or not self.listed():
            return None
        text = "日期,统一社会信用代码,参培类型,类别,更正后级别,公开说明,内部备注\n"
        for firm, track, level in self.listed()[:2]:
            if self.wish["ledger"] == "corrected" and level > 1:
                text += "2021-12-03,%s,%s,更正,%s,复核结果有误,示例\n" % (firm[0], WORD[track], LEVELS[track][level - 2][1])
            else:
                text += "2021-12-03,%s,%s,撤销,,不再符合条件,示例\n" % (firm[0], WORD[track])
        return text

    def before(self):
        text = "统一社会信用代码,企业名称,设区市,参培类型,级别\n"
        for n, (ident, name, city, tracks) in enumerate(self.firms):
            for track, level in tracks:
                kind, top = self.wish["before"], len(LEVELS[track])
                was = {"empty": 0, "same": level or 0, "higher": min(top, (level or 0) + 1), "others": 0, "mixed": self.random.randrange(top + 1)}[kind]
                if was:
                    text += "%s,%s,%s,%s,%s\n" % (ident, name, city, WORD[track], LEVELS[track][was - 1][1])
        if self.wish["before"] == "others":
            text += "%s,示例别处机械有限公司,%s,%s,%s\n" % (code(900), CITIES[0], WORD[self.wish["tracks"][0]], LEVELS[self.wish["tracks"][0]][0][1])
        return text


if __name__ == "__main__":
    Province(int(sys.argv[2])).make(sys.argv[1])
