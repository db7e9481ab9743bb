-- name: last
select max(year) as year, max(year) || '年度' as word,
  max(year) < (select max(year) from year_coverage where is_now) - 1 as has_skipped
from year_coverage
where is_now = 0

-- name: left
select coalesce(sum(left_open), 0) as total, number(sum(left_open)) as total_text,
  coalesce(sum(confirmed), 0) as confirmed, number(sum(confirmed)) as confirmed_text,
  percent(sum(confirmed), sum(left_open), 1) as confirmed_percent,
  coalesce(sum(still_open), 0) as still_open, number(sum(still_open)) as still_text,
  coalesce(sum(waiting), 0) as waiting, number(sum(waiting)) as waiting_text,
  coalesce(sum(dropped), 0) as dropped, number(sum(dropped)) as dropped_text,
  coalesce(sum(absent), 0) as absent, number(sum(absent)) as absent_text,
  coalesce(sum(recurred), 0) as recurred, number(sum(recurred)) as recurred_text
from last_open_summary

-- name: left_firms
select count(distinct iif(state = '复现', null, code)) as firms,
  count(distinct iif(state = '未参培', code, null)) as absent_firms,
  count(distinct iif(state in ('仍未关闭', '复现'), code, null)) as open_firms
from last_open

-- name: full_years
select year from (select year from year_coverage order by year desc limit 5) order by year

-- name: year_range
select count(*) as total, count(*) > 2 as many, sum(scale_enterprises is not null) as known
from year_coverage

-- name: repeats
-- for: tracks
select count(*) as items, coalesce(sum(repeated), 0) as total, number(sum(repeated)) as total_text,
  count(*) > 10 as is_long
from recurring_items
where track_code = {{track_code}} and repeated > 0

-- name: over
-- for: tracks
select count(*) as total, sum(rate is not null) as rated, sum(rate is not null) > 2 as has_line,
  coalesce(sum(ruler_changed), 0) as changed,
  joined(iif(ruler_changed, year || '年度调整了' || changes, null), '，') as changes
from year_track
where track_code = {{track_code}} and year >= (select min(year) from year_coverage)

-- name: pair
-- for: tracks
select percent(value) as rate, percent(before) as before, value is not null and before is not null as compares,
  percent(value) = percent(before) as same, trend = 'rises' as is_up, ltrim(points(value, before), '+−') as change,
  coalesce(ruler_changed, 0) as ruler, ruler_changed is null as unknown
from measures
where measure_code = 'rate' and kind = 'province' and track_code = {{track_code}}

-- name: table_left_track
select track as 类型, number(sum(left_open)) as 遗留, number(sum(confirmed)) as 复核确认,
  number(sum(still_open)) as 仍未关闭, number(sum(waiting)) as 待复核, number(sum(dropped)) as 不再适用,
  number(sum(absent)) as 未参培, percent(sum(confirmed), sum(left_open), 1) as 关闭率,
  number(sum(recurred)) as 复现
from (select s.*, t.ordinal as place from last_open_summary s join tracks t on t.track_code = s.track_code)
group by track_code{{#kinds.several}}
union all
select '合计', number(sum(left_open)), number(sum(confirmed)), number(sum(still_open)),
  number(sum(waiting)), number(sum(dropped)), number(sum(absent)),
  percent(sum(confirmed), sum(left_open), 1), number(sum(recurred))
from last_open_summary{{/kinds.several}}

-- name: table_left_city
select city as 设区市, number(sum(left_open)) as 遗留, number(sum(confirmed)) as 复核确认,
  number(sum(still_open)) as 仍未关闭, number(sum(waiting)) as 待复核, number(sum(dropped)) as 不再适用,
  number(sum(absent)) as 未参培, percent(sum(confirmed), sum(left_open), 1) as 关闭率,
  number(sum(recurred)) as 复现
from last_open_summary
group by city_code
order by ordinal

-- name: table_repeats
-- for: tracks
select item_id as 条目, area as 过程域, requirement as 要求, still_open as 仍未关闭, recurred as 复现,
  repeated as 合计
from recurring_items
where track_code = {{track_code}} and repeated > 0
order by repeated desc, ordinal
limit 10

-- name: table_coverage_years
select year || '年度' as 年度, number(enterprises) as 参培企业（家）,
  number(self_assessed) as 提交自评估（家）,
  coalesce(number(scale_enterprises), '—') as 规模以上工业企业（家）, percent(coverage, 2) as 自评估覆盖率
from year_coverage
order by year

-- name: table_over
-- for: tracks
select year || '年度' as 年度, coalesce_text(participants) as 参培（家）,
  coalesce_text(finished) as 核查（家）, coalesce(reached, listed) as 达标（家）, percent(rate) as 符合率,
  coalesce_text(edition) as 模型版本,
  case when year = (select min(y.year) from year_track y where y.track_code = {{track_code}}) then '—'
    when ruler_changed then '已调整：' || changes when ruler_changed is null then '无从核对' else '未变'
    end as 评定标准
from year_track
where track_code = {{track_code}}
order by year

-- name: figure_over
-- for: tracks
select year || '年度' as 年度, percent(rate) as 条目符合率
from year_track
where track_code = {{track_code}} and rate is not null
order by year

-- name: area_rated
-- for: tracks
select count(*) as n
from area_years
where track_code = {{track_code}} and is_now and rate is not null

-- name: table_area_years
-- for: tracks
select area as 过程域{{#full_years}},
  coalesce((select percent(y.rate)
    from area_years y
    where y.track_code = {{track_code}} and y.area_id = a.area_id and y.year = {{year}}),
    '—') as "{{year}}年度"{{/full_years}}
from area_years a
where track_code = {{track_code}} and is_now and rate < 1
order by rate, ordinal
limit 10

-- name: coverage_known
select year as name, scale_enterprises is not null as holds from year_coverage
