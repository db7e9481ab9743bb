-- name: top
-- for: tracks
select label, nullif(name, label) as name, enterprises
from level_summary
where track_code = {{track_code}} and level > 0 and enterprises > 0
order by level desc
limit 1

-- name: track_changes
with n as materialized (select t.ordinal, t.track, s.previous_listed,
  (select coalesce(sum(n), 0) from listed_counts l where l.track_code = t.track_code) as listed
  from track_summary s
  join tracks t on t.track_code = s.track_code)
select iif((select count(*) from tracks) > 1, track || '类', '') as kind, listed,
  abs(listed - previous_listed) as change_size, listed > previous_listed as is_more,
  listed < previous_listed as is_fewer, listed = previous_listed as is_same
from n
where listed > 0 or previous_listed > 0
order by ordinal

-- name: stack
-- for: tracks
select level, label from levels where track_code = {{track_code}} order by level

-- name: moves
-- for: tracks
select up + down as total, percent(new, listed, 1) as new_share,
  up > down and up + down >= {{thresholds.compare_least}} as rises,
  up < down and up + down >= {{thresholds.compare_least}} as falls, up = down as evens
from track_summary
where track_code = {{track_code}}

-- name: third
-- for: tracks
select label, nullif(name, label) as name from levels where track_code = {{track_code}} and level = 3

-- name: target_best
select best as cities, best_count > 1 as several, percent(best_value) as rate_percent, small, least as enough
from extremes
where measure_code = 'target' and kind = 'city'

-- name: target_least
select iif(differs, worst, null) as cities, worst_count > 1 as several, percent(worst_value) as rate_percent
from extremes
where measure_code = 'target' and kind = 'city'

-- name: top_places
select iif(count(*) <= 6 and count(*) < (select sum(enterprises > 0) from city_summary),
  joined(city || '（' || enterprises || '家）'), null) as cities,
  joined(city) as names, iif(min(enterprises) = max(enterprises), min(enterprises), null) as each,
  percent(sum(enterprises), (select sum(enterprises) from city_summary), 1) as share,
  iif(count(*) = 2, '两', cn_number(count(*))) as many
from (select *
  from (select city, enterprises, ordinal, rank() over (order by enterprises desc) as place
    from city_summary
    where enterprises > 0)
  where place <= 3
  order by place, ordinal)

-- name: figure_target
select city || '（' || target || '家）', percent(target_rate) as 目标完成率
from city_summary
where target_rate is not null
order by target_rate desc, ordinal

-- name: figure_firms
select city, enterprises as 参培企业
from city_summary
order by ordinal

-- name: table_participation
select city as 设区市, number(scale_enterprises) as 规上企业, coalesce_text(target) as 参培目标,
  enterprises as 参培企业, percent(target_rate) as 完成率, self_assessed as 自评企业,
  percent(coverage, 2) as 覆盖率
from (select * from city_summary order by ordinal)
union all
select '全省', number(scale_enterprises), coalesce_text(target), enterprises, percent(target_rate),
  self_assessed, percent(coverage, 2)
from overview

-- name: coverage_best
select best as cities, best_count > 1 as several, percent(coverage, 2) as rate_percent, small, least as enough
from (select *, best_value as coverage from extremes where measure_code = 'coverage' and kind = 'city')

-- name: coverage_least
select iif(differs, worst, null) as cities, worst_count > 1 as several, percent(coverage, 2) as rate_percent
from (select *, worst_value as coverage from extremes where measure_code = 'coverage' and kind = 'city')

-- name: figure_coverage
select city, percent(coverage, 2) as 覆盖率
from city_summary
where coverage is not null
order by coverage desc, ordinal

-- name: higher
-- for: tracks
select sum(iif(level >= 2, enterprises, 0)) as higher,
  percent(sum(iif(level >= 2, enterprises, 0)), sum(enterprises), 1) as higher_share,
  sum(iif(level = 0, enterprises, 0)) as none,
  percent(sum(iif(level = 0, enterprises, 0)), sum(enterprises), 1) as none_share,
  max(iif(level = 2, label, null)) as second, max(level) > 2 as has_more,
  sum(level > 0 and name <> label) as names
from level_summary
where track_code = {{track_code}}

-- name: table_levels
-- for: tracks
select label as 级别{{#higher.names}}, name as 级别名称{{/higher.names}}, enterprises as 本年度（家）,
  percent(share) as 占比{{#campaign.previous_year}},
  coalesce_text(previous) as {{campaign.previous_column}},
  coalesce_text(signed(enterprises - previous)) as 增减（家）{{/campaign.previous_year}}
from (select * from level_summary where track_code = {{track_code}} order by level desc)
union all
select '达标合计'{{#higher.names}}, ''{{/higher.names}}, sum(enterprises),
  percent(sum(enterprises), {{finished}}, 1){{#campaign.previous_year}}, coalesce_text(sum(previous)),
  signed(sum(enterprises) - coalesce(sum(previous), 0)){{/campaign.previous_year}}
from level_summary
where track_code = {{track_code}} and level > 0

-- name: figure_levels
-- for: tracks
select label, enterprises as {{campaign.year_word}}{{#campaign.previous_year}},
  previous as {{campaign.previous_word}}{{/campaign.previous_year}}
from level_summary
where track_code = {{track_code}}
order by level

-- name: table_movement
select s.track as 类型, listed as 达标（家）, new as 新达标（家）, up as 提升（家）, kept as 保持（家）,
  down as 下降（家）, dropped as 退出（家）
from track_summary s
join tracks t on t.track_code = s.track_code
order by t.ordinal

-- name: figure_movement
select s.track, new as 新达标, up as 提升, kept as 保持, down as 下降
from track_summary s
join tracks t on t.track_code = s.track_code
where participants > 0
order by t.ordinal

-- name: stay
select coalesce(sum(n), 0) as starred, sum(n * (outcome = '达标')) as still,
  percent(sum(n * (outcome = '达标')), sum(n), 1) as share
from participation_counts
where earlier_level > 0 and outcome <> '未完成'

-- name: matrix_rows
-- for: tracks
select coalesce(sum(n), 0) as starred
from participation_counts
where track_code = {{track_code}} and earlier_level > 0 and outcome <> '未完成'

-- name: table_matrix
-- for: tracks
with p as materialized (select earlier_level, level, sum(n * (outcome <> '未完成')) as n
  from participation_counts
  where track_code = {{track_code}} and earlier_level > 0
  group by earlier_level, level)
select a.label as 往年级别, b.label as 本年级别,
  coalesce((select n from p where p.earlier_level = a.level and p.level = b.level), 0) as 家数
from levels a
join levels b on b.track_code = a.track_code
where a.track_code = {{track_code}} and a.level > 0
  and a.level in (select earlier_level from p)
order by a.level, b.level

-- name: leap
-- for: tracks
select sum(n * (level > earlier_level)) as ups, sum(n * (level - earlier_level >= 2)) as jumps, {{level_count}} > 2 as can_jump
from participation_counts
where track_code = {{track_code}} and earlier_level > 0 and outcome = '达标'

-- name: fallen
select sum(n * (level < earlier_level)) as falls
from participation_counts
where earlier_level > 0 and outcome <> '未完成'

-- name: city_rated
select count(*) as tracks
from extremes
where measure_code = 'reached' and kind = 'city' and track_code <> '' and compared > 1

-- name: table_city_result
select c.city as 设区市{{#tracks}}, t{{-number}}.participants as "{{track}}参培（家）",
  t{{-number}}.listed as "{{track}}达标（家）"{{#cities.shows_rates}},
  percent(t{{-number}}.reached_rate) as "{{track}}达标率"{{/cities.shows_rates}}{{/tracks}}
from (select * from cities order by ordinal) c{{#tracks}}
join city_track t{{-number}} on t{{-number}}.city_code = c.city_code
  and t{{-number}}.track_code = {{track_code}}{{/tracks}}
union all
select '全省'{{#tracks}}, {{participants}}, {{listed}}{{#cities.shows_rates}},
  {{reached_percent}}{{/cities.shows_rates}}{{/tracks}}

-- name: figure_city_rate
-- for: tracks
select city || '（' || participants || '家）', percent(reached_rate) as "{{word}}达标率"
from city_track
where track_code = {{track_code}} and participants > 0
order by reached_rate desc, ordinal

-- name: upper_city
-- for: tracks
with c as (select city, ordinal, sum(iif(level >= 3, enterprises, 0)) as n
  from city_level
  where track_code = {{track_code}}
  group by ordinal)
select iif(count(*) > {{thresholds.named_most}}, count(*) || '个设区市', joined(city)) as cities, max(n) as enterprises,
  count(*) > 1 as several, (select sum(n) from c) as total, (select sum(n > 0) from c) > count(*) as is_most
from (select city, n from c where n = (select max(n) from c) and n > 0 order by ordinal)

-- name: upper_none
-- for: tracks
with c as (select city, ordinal, sum(iif(level >= 3, enterprises, 0)) as n, sum(enterprises) as all_of
  from city_level
  where track_code = {{track_code}}
  group by ordinal)
select iif(count(*) > 5, count(*) || '个设区市', joined(city)) as cities
from (select city from c where n = 0 and all_of > 0 order by ordinal)

-- name: table_city_level
-- for: tracks
select city as 设区市, label as 级别, enterprises as 家数
from city_level
where track_code = {{track_code}}
order by ordinal, level

-- name: figure_city_level
-- for: tracks
select c.city, {{#stack}}sum(iif(c.level = {{level}}, c.enterprises, 0)) as {{label}}{{^-last}},
  {{/-last}}{{/stack}}
from city_level c
where c.track_code = {{track_code}}
  and (select count(*) from city_track where track_code = {{track_code}} and finished > 0) > 1
group by c.ordinal
having sum(c.enterprises) > 0
order by c.ordinal

-- name: industry_top
select iif(count(*) <= 8
  and count(*) < (select count(*) from industry_summary where word <> '' and participants > 0),
  joined(word || '（' || participants || '家次）'), null) as words,
  percent(sum(participants), {{overview.participants}}, 1) as share,
  iif(count(*) = 2, '两', cn_number(count(*))) as many
from (select *
  from (select word, code, participants, rank() over (order by participants desc) as place
    from industry_summary
    where word <> '' and participants > 0)
  where place <= 5
  order by place, code)

-- name: industry_count
select sum(participants > 0) as kinds, sum(participants = 1) as single, 12 as shown,
  max(0, sum(participants > 0) - 12) as left_out
from industry_summary
where word <> ''

-- name: figure_industry
select word, participants as 参培, listed as 达标
from industry_summary
where word <> ''
order by participants desc, code
limit {{industry_count.shown}}

-- name: table_industry
select code as 代码, word as 行业大类, participants as 参培（家次）, listed as 达标（家次）,
  iif(participants < {{campaign.small}}, '—', percent(reached_rate)) as 达标率
from industry_summary
where word <> ''
order by participants desc, code

-- name: industry_all
with i as (select word, code, participants, reached_rate as r
  from industry_summary
  where word <> '' and participants >= {{thresholds.compare_least}})
select (select iif(count(*) > 4, count(*) || '个行业', joined('“' || word || '”'))
  from (select word from i where r = (select max(r) from i) order by code)) as best,
  (select percent(max(r)) from i) as best_rate,
  (select iif(count(*) > 4, count(*) || '个行业', joined('“' || word || '”'))
    from (select word from i where r = (select min(r) from i) order by code)) as least,
  (select percent(min(r)) from i) as least_rate, (select min(r) < max(r) from i) as differs,
  {{thresholds.compare_least}} as enough

-- By what the table sorts them: what nobody filled in it does not have.
-- name: kind_words
-- for: tracks
select iif(count(*) = 3, '企业规模、培育来源和认定级别', joined(word, '和')) as words
from (select 1 as k, '企业规模' as word
  where exists (select 1 from size_track where track_code = {{track_code}} and word <> '' and participants > 0)
  union all
  select 2, '培育来源'
  where exists (select 1 from origin_track where track_code = {{track_code}} and word <> '' and participants > 0)
  union all
  select 3, '认定级别'
  where exists (select 1 from grade_track where track_code = {{track_code}} and word <> '' and participants > 0)
  order by k)

-- name: table_kind
-- for: tracks
select 分类, 类型, 参培（家）, 达标（家）,
  iif(参培（家） < {{campaign.small}}, '—', percent(达标率)) as 达标率,
  iif(参培（家） < {{campaign.small}}, '—', percent(符合率)) as 符合率
from ( select 1 as k, row_number() over () as o, '企业规模' as 分类, word as 类型,
  participants as 参培（家）, listed as 达标（家）, reached_rate as 达标率, rate as 符合率
  from size_track
  where track_code = {{track_code}} and word <> ''
  union all
  select 2, -participants, '培育来源', word, participants, listed, reached_rate, rate
  from origin_track
  where track_code = {{track_code}} and word <> ''
  union all
  select 3, -participants, '认定级别', word, participants, listed, reached_rate, rate
  from grade_track
  where track_code = {{track_code}} and word <> '')
where 参培（家） > 0
order by k, o, 类型

-- name: figure_size
-- for: tracks
with p as materialized (select size, level, sum(n) as n
  from participation_counts
  where track_code = {{track_code}} and outcome <> '未完成'
  group by size, level)
select s.word,
  {{#stack}}coalesce((select n from p where p.size = s.word and p.level = {{level}}), 0) as {{label}}{{^-last}},
  {{/-last}}{{/stack}}
from size_track s
where s.track_code = {{track_code}} and s.word <> '' and s.finished > 0
  and (select count(*) from size_track where track_code = {{track_code}} and word <> '' and finished > 0) > 1

-- name: sizes
-- for: tracks
with s as (select name as size, base as n
  from measures
  where measure_code = 'reached' and kind = 'size' and track_code = {{track_code}} and place is not null)
select best, percent(best_value) as best_rate, worst as least, percent(worst_value) as least_rate, differs,
  (select iif(count(*) = 1 and compared > 1, max(size), null)
    from s
    where n = (select max(n) from s)) as most,
  (select max(n) from s) as most_count, least as enough, small as left_out
from extremes
where measure_code = 'reached' and kind = 'size' and track_code = {{track_code}}

-- name: origin_rates
-- for: tracks
with o as (select sum(iif(word = '2018年以来认定', participants, 0)) as n,
  sum(iif(word = '2018年以来认定', listed, 0)) as a,
  sum(iif(word = '当年新申报试点示范', participants, 0)) as m,
  sum(iif(word = '当年新申报试点示范', listed, 0)) as b
  from origin_track
  where track_code = {{track_code}})
select n >= {{thresholds.compare_least}} and m >= {{thresholds.compare_least}} as has_both, percent(a, n, 1) as old_rate, percent(b, m, 1) as new_rate,
  ltrim(points(rate(a, n), rate(b, m)), '+−') as gap,
  rate(a, n) - rate(b, m) >= {{thresholds.gap_points}} / 100.0 as old_better,
  rate(b, m) - rate(a, n) >= {{thresholds.gap_points}} / 100.0 as new_better
from o

-- name: table_changes
select name as 企业名称, city as 设区市, track as 类型, iif(is_withdrawn, '—', level_label) as 级别,
  coalesce('原级别' || iif(is_withdrawn, coalesce(first_label, level_label), first_label) || '，', '')
    || cn_date(since) || status || coalesce('，原名称：' || former_name, '')
    || coalesce('：' || rtrim(reason, '。'), '') as 变动
from altered
order by ordinal

-- name: table_previous
select city as 设区市, previous_listed as {{campaign.previous_word}}, listed as {{campaign.year_word}},
  signed(listed - previous_listed) as 增减, new as 新达标, up as 提升, down as 下降
from (select *
  from (select c.city, c.ordinal, c.previous_listed, coalesce(l.n, 0) as listed,
    coalesce(l.new, 0) as new, coalesce(l.up, 0) as up, coalesce(l.down, 0) as down
    from city_summary c
    left join (select city_code, sum(n) as n, sum(n * (movement = '新达标')) as new, sum(n * (movement = '提升')) as up,
      sum(n * (movement = '下降')) as down
      from listed_counts
      group by city_code) l on l.city_code = c.city_code)
  order by ordinal)
union all
select '全省', previous_listed, {{onlist.entries}}, signed({{onlist.entries}} - previous_listed),
  coalesce({{onlist.new}}, 0), coalesce({{onlist.up}}, 0), coalesce({{onlist.down}}, 0)
from overview

-- name: growth
with c as (select c.city, c.ordinal, c.previous_listed, coalesce(l.n, 0) as listed,
  coalesce(l.new, 0) as new, coalesce(l.up, 0) as up, coalesce(l.down, 0) as down
  from city_summary c
  left join (select city_code, sum(n) as n, sum(n * (movement = '新达标')) as new, sum(n * (movement = '提升')) as up,
    sum(n * (movement = '下降')) as down
    from listed_counts
    group by city_code) l on l.city_code = c.city_code)
select iif(count(*) <= 6 and count(*) < (select count(*) from c where listed > previous_listed),
  joined(city || '（' || signed(listed - previous_listed) || '）'), null) as cities,
  (select iif(count(*) = 1, max(city), null)
    from c
    where listed > previous_listed
      and listed - previous_listed = (select max(listed - previous_listed) from c)) as first,
  (select count(*) from c where listed > previous_listed) as more,
  (select count(*) from c where listed < previous_listed) as fewer
from (select *
  from (select city, ordinal, listed, previous_listed,
    rank() over (order by listed - previous_listed desc) as place
    from c
    where listed > previous_listed)
  where place <= 3
  order by place, ordinal)

-- name: figure_previous
select city, previous_listed as {{campaign.previous_word}}, listed as {{campaign.year_word}}
from (select c.city, c.ordinal, c.previous_listed, coalesce(l.n, 0) as listed,
  coalesce(l.new, 0) as new, coalesce(l.up, 0) as up, coalesce(l.down, 0) as down
  from city_summary c
  left join (select city_code, sum(n) as n, sum(n * (movement = '新达标')) as new, sum(n * (movement = '提升')) as up,
    sum(n * (movement = '下降')) as down
    from listed_counts
    group by city_code) l on l.city_code = c.city_code)
where previous_listed > 0 or listed > 0
order by ordinal

-- name: shrink
with c as (select c.city, c.ordinal, c.previous_listed, coalesce(l.n, 0) as listed,
  coalesce(l.new, 0) as new, coalesce(l.up, 0) as up, coalesce(l.down, 0) as down
  from city_summary c
  left join (select city_code, sum(n) as n, sum(n * (movement = '新达标')) as new, sum(n * (movement = '提升')) as up,
    sum(n * (movement = '下降')) as down
    from listed_counts
    group by city_code) l on l.city_code = c.city_code)
select joined(iif(rn <= {{thresholds.named_most}}, city || '（' || signed(listed - previous_listed) || '）', null)) as cities,
  count(*) as many, count(*) > {{thresholds.named_most}} as is_long
from (select city, listed, previous_listed,
  row_number() over (order by listed - previous_listed, ordinal) as rn
  from c
  where listed < previous_listed
  order by rn)

-- name: table_editions
select p.track as 类型, coalesce(p.edition, '未提供') as {{campaign.previous_word}},
  edition_now as {{campaign.year_word}},
  case when changed is null then '无从核对' when changed then '有变化' else '未变' end as 是否变化
from previous_editions p
join tracks t on t.track_code = p.track_code
order by t.ordinal

-- name: city_firms
select city as name, enterprises as value from city_summary

-- name: coverage_rates
select name, coverage as value, percent(coverage, 2) as shown
from (select *, value as coverage from measures where measure_code = 'coverage' and kind = 'city')
where place is not null
order by ordinal

-- name: level_counts
-- for: tracks
select label as name, enterprises as value
from level_summary
where track_code = {{track_code}} and level > 0 and enterprises > 0

-- name: reached_levels
-- for: tracks
select label as name, level as value
from level_summary
where track_code = {{track_code}} and level > 0 and enterprises > 0

-- name: at_first_level
-- for: tracks
select name, level = 1 as holds from participations where track_code = {{track_code}} and outcome = '达标'

-- name: known_before
-- for: tracks
select name, movement <> '新达标' as holds
from participations
where track_code = {{track_code}} and outcome = '达标'

-- name: leaps
-- for: tracks
select name, level - earlier_level = 1 as holds
from participations
where track_code = {{track_code}} and outcome = '达标' and earlier_level > 0 and level > earlier_level

-- name: compared_city_rates
-- for: tracks
select name, value, percent(value) as shown
from measures
where measure_code = 'reached' and kind = 'city' and track_code = {{track_code}} and place is not null
order by ordinal

-- name: city_reached
-- for: tracks
select city as name, reached_rate as value, percent(reached_rate) as shown
from city_track
where track_code = {{track_code}} and participants > 0

-- name: upper_counts
-- for: tracks
select city as name, sum(iif(level >= 3, enterprises, 0)) as value
from city_level
where track_code = {{track_code}}
group by ordinal
having sum(enterprises) > 0

-- name: upper_total
-- for: tracks
select coalesce(sum(enterprises), 0) as total from city_level where track_code = {{track_code}} and level >= 3

-- name: industry_counts
select word as name, participants as value from industry_summary where word <> '' and participants > 0

-- name: industries_missing
select name, coalesce(industry_code, '') = '' as holds from enterprises where track_count > 0

-- name: industry_rates
select word as name, reached_rate as value, percent(reached_rate) as shown
from industry_summary
where word <> '' and participants >= {{thresholds.compare_least}}

-- name: size_counts
-- for: tracks
select word as name, participants as value
from size_track
where track_code = {{track_code}} and word <> '' and participants > 0

-- name: size_rates
-- for: tracks
select name, value, percent(value) as shown
from measures
where measure_code = 'reached' and kind = 'size' and track_code = {{track_code}} and place is not null
order by ordinal

-- name: city_growth
select c.city as name, coalesce(l.n, 0) - c.previous_listed as value,
  coalesce(l.n, 0) < c.previous_listed as holds
from city_summary c
left join (select city_code, sum(n) as n from listed_counts group by city_code) l on l.city_code = c.city_code
order by c.ordinal
