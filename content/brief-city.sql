-- name: campaign
select *, cn_date(generated) as day, previous_year || '年度' as previous_word from campaign

-- name: kinds
select count(*) > 1 as several from tracks

-- name: own
select count(distinct enterprise_id) as enterprises, count(*) as participants,
  count(distinct iif(outcome = '达标', enterprise_id, null)) as listed_enterprises,
  count(iif(outcome = '达标', 1, null)) as listed, count(iif(outcome = '未达标', 1, null)) as not_reached,
  count(iif(outcome = '未完成', 1, null)) as unfinished,
  count(iif(outcome = '未完成', null, 1)) as finished,
  percent(count(iif(outcome = '达标', 1, null)), count(*), 1) as share,
  count(iif(movement = '新达标', 1, null)) as new, count(iif(movement = '提升', 1, null)) as up,
  count(iif(movement = '保持', 1, null)) as kept, count(iif(movement = '下降', 1, null)) as down,
  count(iif(movement = '退出', 1, null)) as dropped,
  count(distinct iif(self_level is null, null, enterprise_id)) as self_assessed,
  count(iif(must_rectify and rectify_date is null, 1, null)) as unanswered,
  count(iif(must_rectify, 1, null)) as must
from participations

-- name: previous_lists
select previous_year as name from campaign where previous_year is not null

-- name: finished_findings
select name, participation_id in (select participation_id from findings) as holds
from participations
where outcome <> '未完成'

-- name: answers
select name, rectify_date is not null as holds from participations where must_rectify

-- name: aim
select number(enterprises) as scale_text, target,
  percent({{own.self_assessed}}, enterprises, 2) as coverage,
  percent({{own.enterprises}}, target, 1) as target_share, max(0, target - {{own.enterprises}}) as short,
  coalesce(enterprises, 0) > 0 as has_scale, coalesce(target, 0) > 0 as has_target
from cities
where city_code = {{brief.code}}

-- name: rect
select *, number(total) as total_text, number(claimed) as claimed_text,
  number(unclaimed) as unclaimed_text, number(confirmed) as confirmed_text,
  number(returned) as returned_text, number(waiting) as waiting_text, number(late) as late_text
from (select count(*) as total, count(iif(status = '已整改', 1, null)) as claimed,
  count(iif(status = '已整改', null, 1)) as unclaimed,
  count(iif(state_code = 'confirmed', 1, null)) as confirmed,
  count(iif(state_code = 'returned', 1, null)) as returned,
  count(iif(state_code = 'waiting', 1, null)) as waiting, count(iif(is_late, 1, null)) as late,
  percent(count(iif(state_code = 'confirmed', 1, null)), count(*), 1) as share
  from rectifications)

-- name: due
select count(iif(state_code = 'overdue', 1, null)) as overdue,
  count(distinct iif(state_code = 'overdue', participation_id, null)) as firms, count(*) as total
from duties

-- name: after
select count(*) as total,
  (select joined(name || '（' || track || '，' || status || '）')
    from (select * from altered order by name, track limit {{brief.lines}})) as names
from altered

-- name: standing
select count(*) as total from places where place is not null

-- name: helpers
select count(*) as total, count(iif(city_code = {{brief.code}}, 1, null)) as own from agencies

-- name: cut
select max(0, {{due.firms}} - {{brief.lines}}) as due

-- name: shown
select track_code, track_name
from (select t.track_code, t.track_name, t.ordinal, count(*) as n
  from participations p
  join tracks t on t.track_code = p.track_code
  where p.outcome <> '未完成'
  group by t.track_code
  order by n desc, t.ordinal
  limit 1)

-- name: panel
-- claims: free 说的是没有填报，由同一行的 has_target、has_scale 决定
select '参培企业' as label, {{own.enterprises}} || ' 家' as value, {{own.participants}} || ' 家次' as note
union all
select '达标', {{own.listed}} || ' 家次', '占参培 ' || {{own.share}}
union all
select '目标完成率', {{aim.target_share}},
  case when {{aim.has_target}} then '目标 ' || {{aim.target}} || ' 家' else '没有登记目标' end
union all
select '自评估覆盖率', {{aim.coverage}},
  case when {{aim.has_scale}} then '规模以上 ' || {{aim.scale_text}} || ' 家' else '没有登记家数' end

-- name: table_levels
select {{#kinds.several}}t.track || ' ' || {{/kinds.several}}p.level_label as 结果, count(*) as 家次,
  count(iif(movement = '新达标', 1, null)) as 新达标, count(iif(movement = '提升', 1, null)) as 提升,
  count(iif(movement = '保持', 1, null)) as 保持, count(iif(movement = '下降', 1, null)) as 下降,
  count(iif(movement = '退出', 1, null)) as 退出
from participations p
join tracks t on t.track_code = p.track_code
group by p.track_code, p.level_label
order by t.ordinal, p.level_label = '未完成', p.level = 0, p.level desc

-- Of few enterprises there is no median to show beside theirs.
-- name: medians
-- for: shown
select coalesce(max(median is not null), 0) as known from class_results where track_code = {{track_code}}

-- name: figure_classes
-- for: shown
select class as 过程类, percent(sum(met), sum(applicable), 1) as 本市, percent(max(median)) as 全省中位数
from class_results
where track_code = {{track_code}}
  and participation_id in (select participation_id from participations where outcome <> '未完成')
group by class_id, class, ordinal
having sum(applicable) > 0
order by ordinal

-- name: common
select f.item_id, f.area, f.risk, rtrim(f.requirement, '。') as requirement, count(*) as firms
from findings f
join participations p on p.participation_id = f.participation_id and p.outcome <> '未完成'
group by f.track_code, f.item_id
order by count(*) desc, instr('高中低', f.risk), f.track_code, min(f.ordinal)
limit {{brief.findings}}

-- name: behind
select outcome, joined(name) as names, count(*) as firms, max(total) as total,
  max(total) > {{brief.lines}} as is_cut
from (select outcome,
  name || {{#kinds.several}} '（' || track
    || '）' {{/kinds.several}}{{^kinds.several}} '' {{/kinds.several}} as name,
  row_number() over (partition by outcome order by code, track_code) as n,
  count(*) over (partition by outcome) as total
  from participations
  where outcome in ('未达标', '未完成')
  order by code, track_code)
where n <= {{brief.lines}}
group by outcome
order by outcome = '未完成'

-- name: overdue
select name, duty, limit_day, count(*) over () as total
from (select name || {{#kinds.several}} '（' || track
  || '）' {{/kinds.several}}{{^kinds.several}} '' {{/kinds.several}} as name,
  joined(duty) as duty, cn_date(min(deadline)) as limit_day
  from (select * from duties where state_code = 'overdue' order by ordinal)
  group by participation_id)
limit {{brief.lines}}

-- name: table_stages
select duty as 阶段, coalesce(cn_date(deadline), '—') as 截止, count(*) as 应完成,
  count(iif(state_code = 'done', 1, null)) as 按期完成,
  count(iif(state_code = 'late', 1, null)) as 逾期完成,
  count(iif(state_code = 'overdue', 1, null)) as 逾期未完成,
  count(iif(state_code = 'ahead', 1, null)) as 未到期
from duties
group by ordinal, duty, deadline
order by ordinal

-- name: table_cities
-- claims: free 并列由同一行的 same 决定
select measure as 指标, percent(value, iif(measure_code = 'coverage', 2, 1)) as 本市,
  percent(median, iif(measure_code = 'coverage', 2, 1)) as 其他设区市中位数,
  case when place is null then '不排' else rank_word(place) || iif(same, '（并列）', '') end as 位次,
  coalesce(cities, '—') as 可比设区市
from places
order by ordinal

-- name: listed_agencies
select {{helpers.total}} > {{brief.lines}} as is_cut, {{helpers.total}} - {{brief.lines}} as rest

-- name: table_agencies
select name as 机构, coalesce(city, '—') as 设区市, iif(is_provincial, '是', '否') as 省级,
  consulted as 辅导企业, checked as 核查家次, reached as 其中达标
from agencies
order by city_code <> {{brief.code}}, checked + consulted desc, agency_code
limit {{brief.lines}}
