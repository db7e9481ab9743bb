"""What the public edition of the report and the site claim of the list as everybody sees it: (pattern, what it claims, predicate)."""
import re

from tables import rule, track_of


def listed_of(p, track, city=None):
    return [x for x in p.of(track, p.shown()) if city in (None, x.city)]


def modes(p, match, sentence):
    """“以1星最多”: true of one of the tracks that the sentence may speak of."""
    for track in [track_of(p, sentence)] if track_of(p, sentence) else p.tracks:
        counts = {}
        for x in p.of(track, p.shown()):
            counts[track.labels[p.standing(x)]] = counts.get(track.labels[p.standing(x)], 0) + 1
        best = {label for label, n in counts.items() if n == max(counts.values())}
        if len(best) < len(counts) and set(re.findall("[0-9]星|基本级|增强级", match[1])) == best:
            return True
    return False


def best_cities(p, match, sentence):
    counts = {}
    for code in {x.code for x in p.shown()}:
        city = p.firms[code]["设区市"]
        counts[city] = counts.get(city, 0) + 1
    best = {c for c, n in counts.items() if n == max(counts.values())}
    named = set(re.findall(r"(?:%s)" % "|".join(counts), match[1])) if counts else set()
    count = re.search(r"([0-9]+)个设区市", match[1])
    return bool(best) and named <= best and (named == best or (count and int(count[1]) == len(best))) and max(counts.values()) == int(match[2])


def public_peak(p, match, sentence):
    track = track_of(p, sentence) or (p.tracks[0] if len(p.tracks) == 1 else None)
    levels = [p.standing(x) for x in p.of(track, p.shown())]
    return not track or (levels and track.labels[max(levels)] == match[1])


PUBLIC_RULES = [
    rule(r"没有企业列入", "nobody stands on the list", lambda p, m, s: not p.shown()),
    rule(r"达到的最高级别为([^（）。；，]+)[（，。；]", "the highest level", public_peak),
    rule(r"达标企业最多的是([^，。]+)，各?([0-9]+)家", "the cities with most", best_cities),
    rule(r"，以([^，。]+?)最多", "the levels with most", modes),
    rule(r"没有往年公布的名单|没有更早的名单可比", "no list before", lambda p, m, s: not p.before),
    rule(r"没有列出入选的优秀案例和优秀服务商|没有列出[0-9]+年度入选的案例和服务商", "nobody on the list was chosen",
         lambda p, m, s: not any(row["评审结论"] == "入选" and row["代码"] in [x.code for x in p.shown()] for row in p.awards)),
    rule(r"达标企业分布在([0-9]+)个行业大类", "so many industries",
         lambda p, m, s: int(m[1]) == len({p.firms[x.code]["行业代码"] for x in p.shown()} - {""})),
    rule(r"名单发出以来没有变动", "nothing was changed", lambda p, m, s: not p.ledger),
    rule(r"年度名单中没有([一-龥]{2,3}市)的企业", "nobody of that city", lambda p, m, s: not listed_of(p, None, m[1])),
    rule(r"分设(.+?)个类型", "more than one track", lambda p, m, s: len(p.tracks) > 1),
]


# Each is false of the list that holds one enterprise (tables.Somebody).
PUBLIC_CLAIMS = ["没有企业列入本年度名单，不作分析。", "工控达到的最高级别为5星（智能优化级），", "达标企业最多的是南京市，3家。", "达标的3家中，以2星最多，", "没有往年公布的名单，",
                 "没有更早的名单可比，", "本报告没有列出入选的优秀案例和优秀服务商。", "达标企业分布在3个行业大类，", "名单发出以来没有变动。", "2021年度名单中没有苏州市的企业。",
                 "分设工控安全防护、平台安全防护两个类型，"]
