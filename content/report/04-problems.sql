-- name: drop
-- for: tracks
select ltrim(points(self_rate, online_rate), '+−') as fall, self_rate > online_rate as falls,
  self_rate < online_rate as climbs, ltrim(points(rate, online_rate), '+−') as rise,
  rate > online_rate as rises, rate < online_rate as sinks
from track_summary
where track_code = {{track_code}}

-- name: weak_element
-- for: tracks
select joined(element) as names, count(*) > 1 as several,
  count(*) = (select count(rate) from element_summary where track_code = {{track_code}}) as all_equal,
  percent(max(rate)) as rate_percent
from (select element, rate
  from element_summary
  where track_code = {{track_code}}
    and rate = (select min(rate) from element_summary where track_code = {{track_code}})
  order by ordinal)

-- name: best_element
-- for: tracks
select joined(element) as names, percent(max(rate)) as rate_percent
from (select element, rate
  from element_summary
  where track_code = {{track_code}}
    and rate = (select max(rate) from element_summary where track_code = {{track_code}})
  order by ordinal)

-- name: overclaims
select coalesce(sum(items), 0) as over
from self_against
where self_result = '符合' and counted_result in ('不符合', '部分符合')

-- name: all_fall
select min(self_rate > online_rate) as falls
from track_summary
where finished > 0 and self_rate is not null and online_rate is not null

-- name: table_rates
select s.track as 类型, finished as 完成核查（家）, percent(self_rate) as 自评,
  percent(online_rate) as 线上核查, percent(rate) as 核定, points(rate, online_rate) as 核定较线上（百分点）
from track_summary s
join tracks t on t.track_code = s.track_code
where finished > 0
order by t.ordinal

-- name: figure_rates
select s.track, percent(self_rate) as 自评, percent(online_rate) as 线上核查, percent(rate) as 核定
from track_summary s
join tracks t on t.track_code = s.track_code
where finished > 0
order by t.ordinal

-- name: level_fall
-- for: tracks
with a as (select level, level_label as label, rate(sum(met), sum(applicable)) as r
  from item_summary
  where track_code = {{track_code}}
  group by level
  having sum(applicable) > 0)
select (select count(*) > 2 from a) as is_line, (select count(*) > 1 from a) as compares,
  (select count(*) > 1 and min(r) = max(r) from a) as is_flat,
  (select label from a order by level limit 1) as first,
  (select percent(r) from a order by level limit 1) as first_rate,
  (select label from a order by level desc limit 1) as last,
  (select percent(r) from a order by level desc limit 1) as last_rate,
  (select iif(count(*) = 1, max(y.label), null)
    from a x
    join a y on y.level = x.level + 1
    where y.r < x.r
      and round(x.r - y.r, 9) = (select max(round(x.r - y.r, 9)) from a x join a y on y.level = x.level + 1)) as steep,
  (select ltrim(points(max(x.r - y.r), 0), '+') from a x join a y on y.level = x.level + 1) as steep_fall

-- name: level_rates
-- for: tracks
select level_label as name, rate(sum(met), sum(applicable)) as value,
  percent(sum(met), sum(applicable), 1) as shown
from item_summary
where track_code = {{track_code}}
group by level
having sum(applicable) > 0

-- What else was looked at beside 线上核查, and whether a sentence about that round stands before.
-- name: looks
-- for: tracks
select {{has_self}} or {{has_online}} as told,
  case sum(distinct iif(round_code like 'recheck%', 1, iif(round_code like 'onsite%', 2, 0)))
    when 1 then '综合整改复核，'
    when 2 then '综合现场核查，'
    when 3 then '综合整改复核和现场核查，'
    else '' end as later
from round_summary
where track_code = {{track_code}} and participations > 0

-- name: figure_level_rate
-- for: tracks
select level_label || '条目', percent(sum(met), sum(applicable), 1) as 核定符合率
from item_summary
where track_code = {{track_code}}
group by level
having sum(applicable) > 0
order by level

-- name: table_class
-- for: tracks
select class as 过程类, percent(self_rate) as 自评, percent(online_rate) as 线上核查,
  percent(rate) as 核定, percent(median) as 中位数, points(self_rate, online_rate) as 自评高出
from class_summary
where track_code = {{track_code}}
order by ordinal

-- name: classes
-- for: tracks
select count(*) > 6 as is_round from class_summary where track_code = {{track_code}} and applicable > 0

-- name: figure_class
-- for: tracks
{{#classes.is_round}}
select class, percent(rate) as 核定, percent(online_rate) as 线上核查, percent(self_rate) as 自评
from class_summary
where track_code = {{track_code}} and applicable > 0
order by ordinal
{{/classes.is_round}}
{{^classes.is_round}}
select class, percent(rate) as 核定符合率
from class_summary
where track_code = {{track_code}} and applicable > 0
order by rate, ordinal
{{/classes.is_round}}

-- name: class_gap
-- for: tracks
select joined(class) as names, max(d) as gap
from (select class, ltrim(points(self_rate, online_rate), '+') as d
  from class_summary
  where track_code = {{track_code}} and self_rate > online_rate
    and round(self_rate - online_rate, 9) = (select max(round(self_rate - online_rate, 9))
      from class_summary
      where track_code = {{track_code}})
  order by ordinal)

-- name: group_rates
-- for: tracks
select joined(group_name || '符合率' || percent(met, applicable, 1), '，') as words, count(*) > 1 as several
from (select group_name, sum(met) as met, sum(applicable) as applicable
  from class_summary
  where track_code = {{track_code}}
  group by group_name
  order by min(ordinal))

-- name: weak_areas
-- for: tracks
with w as (select *
  from (select *, rank() over (order by rate) as place
    from area_summary
    where track_code = {{track_code}} and rate is not null)
  where place <= {{areas_shown}})
select count(*) as total, iif(count(*) = 2, '两', cn_number(count(*))) as many,
  iif(count(distinct class) = 2, '两', cn_number(count(distinct class))) as classes,
  count(distinct class) * 2 <= count(*) as is_narrow,
  (select min(rate) < max(rate) from area_summary where track_code = {{track_code}}) as differs,
  count(*) <= {{areas_shown}} + 5 as is_short,
  (select joined(class)
    from class_summary c
    where c.track_code = {{track_code}} and c.class in (select class from w)) as classes_named
from w

-- name: weakest_area
-- for: tracks
select iif(count(*) > {{thresholds.named_most}}, count(*) || '个过程域', joined(area || '（' || area_id || '）')) as areas,
  iif(count(*) > {{thresholds.named_most}}, count(*) || '个过程域', joined(area)) as names,
  iif(count(*) = 1, max(area), null) as single, count(*) > 1 as several, percent(max(rate)) as rate_percent
from (select area, area_id, rate
  from area_summary
  where track_code = {{track_code}}
    and rate = (select min(rate) from area_summary where track_code = {{track_code}})
  order by ordinal)

-- name: table_weak
-- for: tracks
select area_id as 编号, area as 过程域, class as 所属过程类, percent(self_rate) as 自评,
  percent(online_rate) as 线上核查, percent(rate) as 核定
from (select *, rank() over (order by rate) as place
  from area_summary
  where track_code = {{track_code}} and rate is not null)
where place <= {{areas_shown}}
order by rate, ordinal

-- name: figure_weak
-- for: tracks
select area, percent(rate) as 核定符合率
from (select *, rank() over (order by rate) as place
  from area_summary
  where track_code = {{track_code}} and rate is not null)
where place <= {{areas_shown}}
order by rate, ordinal

-- name: top_item
-- for: tracks
with f as (select item_id, area, findings as firms
  from item_summary
  where track_code = {{track_code}} and findings > 0)
select max(firms) as firms,
  iif(count(*) > {{thresholds.named_most}}, count(*) || '个条目', joined(area || '中的' || item_id)) as items,
  count(*) > 1 as several, (select count(*) from f) as total,
  (select iif(count(*) = 2, '两', cn_number(min({{items_shown}}, count(*)))) from f) as shown,
  (select count(*) > 1 from f) as has_many
from (select * from f where firms = (select max(firms) from f) order by item_id)

-- name: table_items
-- for: tracks
select i.item_id as 条目, i.requirement as 要求, i.level_label as 级别, i.risk as 风险,
  i.findings as 涉及企业, percent(i.rate) as 符合率
from item_summary i
where track_code = {{track_code}} and findings > 0
order by findings desc, item_id
limit {{items_shown}}

-- name: top_spread
-- for: tracks
select joined(area || '（' || n || '项）') as areas, iif(count(*) = 2, '两', cn_number(count(*))) as many
from (select area, count(*) as n
  from (select area
    from item_summary
    where track_code = {{track_code}} and findings > 0
    order by findings desc, item_id
    limit {{items_shown}})
  group by area
  having n > 1
  order by n desc, area)

-- name: top_levels
-- for: tracks
select count(*) > 1 as several, max(level_label) as single, joined(level_label || n || '项') as words
from (select level_label, count(*) as n
  from (select level, level_label
    from item_summary
    where track_code = {{track_code}} and findings > 0
    order by findings desc, item_id
    limit {{items_shown}})
  group by level
  order by level)

-- name: advices
-- for: tracks
select f.item_id, i.area, i.advice, i.advice_days, i.advice_department
from (select item_id, findings as firms
  from item_summary
  where track_code = {{track_code}} and findings > 0
  order by firms desc, item_id
  limit 5) f
join items i on i.item_id = f.item_id and i.track_code = {{track_code}}
order by f.firms desc, f.item_id

-- name: table_elements
select e.track as 类型, element as 能力要素, percent(self_rate) as 自评, percent(online_rate) as 线上核查,
  percent(rate) as 核定, percent(median) as 中位数, not_applicable as 不适用（条次）
from element_summary e
join tracks t on t.track_code = e.track_code
where applicable > 0
order by t.ordinal, e.ordinal

-- name: figure_elements
-- for: tracks
select element, percent(self_rate) as 自评, percent(rate) as 核定
from element_summary
where track_code = {{track_code}} and applicable > 0
order by ordinal

-- name: table_risk
select track as 类型, risk as 风险, number(findings) as 问题（项次）,
  percent(findings, (select sum(b.findings) from risk_summary b where b.track_code = a.track_code),
    1) as 占比,
  enterprises as 涉及企业（家）
from risk_summary a
where (select sum(b.findings) from risk_summary b where b.track_code = a.track_code) > 0

-- name: figure_risk
select r.track, sum(iif(risk = '高', findings, 0)) as 高风险,
  sum(iif(risk = '中', findings, 0)) as 中风险, sum(iif(risk = '低', findings, 0)) as 低风险
from risk_summary r
join tracks t on t.track_code = r.track_code
group by t.ordinal
having sum(findings) > 0
order by t.ordinal

-- name: figure_self_gap
-- for: tracks
with d as materialized (select self_lead as d, n
  from participation_counts
  where track_code = {{track_code}} and outcome <> '未完成' and self_lead is not null),
  w as (select {{thresholds.lead_points}} as w),
  b as (select 1 as n, '低估' || w || '以上' as name, -9 as low, -w / 100.0 as high from w
    union all
    select 2, '相差' || w || '以内', -w / 100.0, w / 100.0 from w
    union all
    select 3, '高估' || w || '至' || (2 * w), w / 100.0, 2 * w / 100.0 from w
    union all
    select 4, '高估' || (2 * w) || '至' || (3 * w), 2 * w / 100.0, 3 * w / 100.0 from w
    union all
    select 5, '高估' || (3 * w) || '至' || (4 * w), 3 * w / 100.0, 4 * w / 100.0 from w
    union all
    select 6, '高估' || (4 * w) || '以上', 4 * w / 100.0, 9 from w)
select name, (select coalesce(sum(d.n), 0) from d where d.d > b.low and d.d <= b.high) as 企业数
from b
order by n

-- name: one_sided
-- for: tracks
select one_sided_items as items, number(one_sided_items) as items_text, one_sided_participations as firms
from track_summary
where track_code = {{track_code}}

-- name: table_self_against
-- for: tracks
select a.self_result as 自评, b.word as 核定,
  number(coalesce((select sum(items)
    from self_against s
    where s.track_code = {{track_code}} and s.self_result = a.self_result and s.counted_result = b.word),
    0)) as 条次
from (select distinct self_result from self_against where track_code = {{track_code}}) a
join (select '符合' as word, 1 as n
  union all
  select '部分符合', 2
  union all
  select '不符合', 3
  union all
  select '不适用', 4) b
order by case a.self_result when '符合' then 1 when '部分符合' then 2 when '不符合' then 3 else 4 end, b.n

-- name: site
with q as (select before_result as before, site_result as site, items as n
  from site_against
  where before_result <> '不适用' and site_result <> '不适用')
select sum(n) as items, number(sum(n)) as items_text, sum(iif(site = before, n, 0)) as same,
  percent(sum(iif(site = before, n, 0)), sum(n), 1) as same_share,
  sum(iif(before = '符合' and site <> '符合', n, 0)) as refuted,
  percent(sum(iif(before = '符合' and site <> '符合', n, 0)), sum(iif(before = '符合', n, 0)),
    1) as refuted_share,
  sum(iif(before <> '符合' and site = '符合', n, 0)) as confirmed
from q

-- name: heat_classes
-- for: tracks
select class_id, class
from class_summary
where track_code = {{track_code}} and applicable > 0
order by ordinal

-- name: figure_heat
-- for: tracks
select city,
  {{#heat_classes}}percent(sum(iif(class_id = {{class_id}}, applicable - met, 0)),
    sum(iif(class_id = {{class_id}}, applicable, 0)), 1) as {{class}}{{^-last}},
  {{/-last}}{{/heat_classes}}
from city_class
where track_code = {{track_code}}
group by ordinal
having sum(applicable) > 0
order by ordinal

-- name: heat_least
-- for: tracks
with c as (select city, class, rate, ordinal
  from city_class
  where track_code = {{track_code}} and rate is not null
    and city_code in (select code
      from measures
      where measure_code = 'rate' and kind = 'city' and track_code = {{track_code}} and place is not null))
select iif(count(*) = 1, max(city), null) as city, max(class) as class, percent(max(rate)) as rate_percent
from c
where rate = (select min(rate) from c) and rate < 1 and (select count(distinct city) from c) > 1

-- name: heat_common
-- for: tracks
with w as (select city, class, rank() over (partition by city order by rate) as place,
  count(*) over (partition by city, rate) as ties
  from city_class
  where track_code = {{track_code}} and rate is not null),
  n as (select class, count(*) as cities from w where place = 1 and ties = 1 group by class)
select iif(count(*) = 1, max(class), null) as class, max(cities) as cities,
  max(cities) = (select count(distinct city) from w) as everywhere,
  max(cities) * 2 > (select count(distinct city) from w) as is_general
from n
where cities = (select max(cities) from n) and cities > 1

-- name: class_spread
-- for: tracks
select ltrim(points(best_value, worst_value), '+') as spread
from extremes
where measure_code = 'rate' and kind = 'class' and track_code = {{track_code}}

-- name: city_rates
-- for: tracks
select best, percent(best_value) as best_rate, worst as least, percent(worst_value) as least_rate,
  ltrim(points(best_value, worst_value), '+') as spread, differs, compared > 1 as several, least as enough, small
from extremes
where measure_code = 'rate' and kind = 'city' and track_code = {{track_code}}

-- name: self_over_online
select track as name, self_rate > online_rate as holds
from track_summary
where finished > 0 and self_rate is not null and online_rate is not null

-- name: level_drops
-- for: tracks
with a as (select level, level_label as label, rate(sum(met), sum(applicable)) as r
  from item_summary
  where track_code = {{track_code}}
  group by level
  having sum(applicable) > 0)
select y.label as name, round(x.r - y.r, 9) as value from a x join a y on y.level = x.level + 1

-- name: class_gaps
-- for: tracks
select class as name, round(self_rate - online_rate, 9) as value
from class_summary
where track_code = {{track_code}} and self_rate is not null and online_rate is not null

-- name: class_gap_range
-- for: tracks
select count(*) > 1 and min(value) < max(value) as differs
from (select round(self_rate - online_rate, 9) as value
  from class_summary
  where track_code = {{track_code}} and self_rate is not null and online_rate is not null)

-- name: area_rates
-- for: tracks
select area as name, rate as value, percent(rate) as shown
from area_summary
where track_code = {{track_code}} and rate is not null

-- name: track_findings
-- for: tracks
select name, finding_count > 0 as holds
from participations
where track_code = {{track_code}} and outcome <> '未完成'

-- name: item_firms
-- for: tracks
select area || '中的' || item_id as name, findings as value
from item_summary
where track_code = {{track_code}} and findings > 0

-- name: item_range
-- for: tracks
select min(findings) < max(findings) as differs
from item_summary
where track_code = {{track_code}} and findings > 0

-- name: element_rates
-- for: tracks
select element as name, rate as value, percent(rate) as shown
from element_summary
where track_code = {{track_code}} and rate is not null

-- name: weak_elements
select count(*) as total
from element_summary e
where rate < (select max(rate) from element_summary m where m.track_code = e.track_code)

-- name: high_findings
-- for: tracks
select name, high_count > 0 as holds
from participations
where track_code = {{track_code}} and outcome <> '未完成'

-- name: self_over
-- for: tracks
select name, self_lead > {{thresholds.lead_points}} / 100.0 as holds
from participations
where track_code = {{track_code}} and outcome <> '未完成' and self_lead is not null

-- name: heat_cells
-- for: tracks
select city || '的' || class as name, rate as value, percent(rate) as shown
from city_class
where track_code = {{track_code}} and rate is not null
  and city_code in (select code
    from measures
    where measure_code = 'rate' and kind = 'city' and track_code = {{track_code}} and place is not null)

-- name: heat_bottoms
-- for: tracks
select city as name,
  min(iif(class = {{heat_common.class}}, rate, null)) < min(iif(class = {{heat_common.class}}, null, rate)) as holds
from city_class
where track_code = {{track_code}} and rate is not null
group by city_code

-- name: city_compliance
-- for: tracks
select name, value, percent(value) as shown
from measures
where measure_code = 'rate' and kind = 'city' and track_code = {{track_code}} and place is not null
order by ordinal

-- name: spreads
-- for: tracks
select '过程类' as name, (select round(best_value - worst_value, 9)
  from extremes
  where measure_code = 'rate' and kind = 'class' and track_code = {{track_code}}) as value
union all
select '设区市', (select round(best_value - worst_value, 9)
  from extremes
  where measure_code = 'rate' and kind = 'city' and track_code = {{track_code}})

-- name: spread_order
-- for: tracks
select c.best_value - c.worst_value > p.best_value - p.worst_value + 1e-9 as is_wider,
  c.best_value - c.worst_value < p.best_value - p.worst_value - 1e-9 as is_narrower
from extremes c
join extremes p on p.track_code = c.track_code and p.measure_code = 'rate' and p.kind = 'city'
where c.measure_code = 'rate' and c.kind = 'class' and c.track_code = {{track_code}}
