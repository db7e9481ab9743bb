-- name: campaign
select *, cn_date(generated) as day from campaign

-- name: kinds
select count(*) > 1 as several from tracks

-- name: own
select consulted, checked, reached, percent(reached_rate) as share, checked - reached as others, consulted + checked as work,
  checked > 0 or consulted > 0 as is_active, iif(is_provincial, '省级支撑机构', '自评估咨询机构') as role,
  city, cn_date(committed) as committed, committed is not null as has_committed
from agencies
where agency_code = {{brief.code}}

-- name: checks
select count(iif(outcome = '未达标', 1, null)) as not_reached,
  count(iif(outcome = '未完成', 1, null)) as unfinished,
  count(iif(outcome = '未完成', null, 1)) as finished
from participations
where checker_code = {{brief.code}}

-- name: rect
select *, number(total) as total_text, number(claimed) as claimed_text,
  number(unclaimed) as unclaimed_text, number(confirmed) as confirmed_text,
  number(returned) as returned_text, number(waiting) as waiting_text
from (select count(*) as total, count(iif(status = '已整改', 1, null)) as claimed,
  count(iif(status = '已整改', null, 1)) as unclaimed,
  count(iif(state_code = 'confirmed', 1, null)) as confirmed,
  count(iif(state_code = 'returned', 1, null)) as returned,
  count(iif(state_code = 'waiting', 1, null)) as waiting,
  percent(count(iif(state_code = 'confirmed', 1, null)), count(*), 1) as share
  from rectifications
  where checker_code = {{brief.code}})

-- name: due
select count(*) as total, count(iif(state_code = 'overdue', 1, null)) as overdue,
  count(distinct iif(state_code = 'overdue', participation_id, null)) as firms
from duties
where agency_code = {{brief.code}}

-- name: least
select percent(0.95, 0) as sure

-- name: seen
select count(*) as total, count(iif(is_enough and others_share is not null, 1, null)) as enough
from looks
where items > 0

-- name: looks_apart
select before || '—' || after as name, low > others_share or high < others_share as holds
from looks
where items > 0 and is_enough and others_share is not null
order by ordinal

-- name: checked_findings
select name, participation_id in (select participation_id from findings) as holds
from participations
where outcome <> '未完成' and checker_code = {{brief.code}}

-- name: cut
select max(0, {{due.firms}} - {{brief.lines}}) as due

-- name: shown
select track_code, track_name
from (select t.track_code, t.track_name, t.ordinal, count(*) as n
  from participations p
  join tracks t on t.track_code = p.track_code
  where p.outcome <> '未完成' and p.checker_code = {{brief.code}}
  group by t.track_code
  order by n desc, t.ordinal
  limit 1)

-- name: panel
select '辅导企业' as label, {{own.consulted}} || ' 家' as value, '登记本机构为咨询机构' as note
union all
select '核查', {{own.checked}} || ' 家次', '达标 ' || {{own.reached}} || ' 家次'
union all
select '整改建议', {{rect.total_text}} || ' 项', '已登记整改任务的'
union all
select '复核确认率', {{rect.share}}, '确认 ' || {{rect.confirmed_text}} || ' 项'

-- name: table_served
select city as 设区市, count(*) as 家次, count(iif(consultant_code = {{brief.code}}, 1, null)) as 辅导,
  count(iif(checker_code = {{brief.code}}, 1, null)) as 核查, count(iif(outcome = '达标', 1, null)) as 达标,
  count(iif(outcome = '未完成', 1, null)) as 未完成
from participations
group by city_code, city
order by city_code

-- Of few enterprises there is no median to show beside theirs.
-- name: medians
-- for: shown
select coalesce(max(median is not null), 0) as known from class_results where track_code = {{track_code}}

-- name: figure_classes
-- for: shown
select class as 过程类, percent(sum(met), sum(applicable), 1) as 核查对象,
  percent(max(median)) as 全省中位数
from class_results
where track_code = {{track_code}}
  and participation_id in (select participation_id
    from participations
    where outcome <> '未完成' and checker_code = {{brief.code}})
group by class_id, class, ordinal
having sum(applicable) > 0
order by ordinal

-- name: common
select f.item_id, f.area, f.risk, rtrim(f.requirement, '。') as requirement, count(*) as firms
from findings f
join participations p on p.participation_id = f.participation_id and p.outcome <> '未完成'
  and p.checker_code = {{brief.code}}
group by f.track_code, f.item_id
order by count(*) desc, instr('高中低', f.risk), f.track_code, min(f.ordinal)
limit {{brief.findings}}

-- name: table_apart
select before || '—' || after as 两次, firms as 企业, items as 条目, contradicted as 不一致,
  iif(is_enough, percent(share), '太少') as 不一致率,
  iif(is_enough, percent(low) || '—' || percent(high), '太少，不估计') as 区间,
  coalesce_text(iif(others_share is null, null, percent(others_share))) as 其他机构
from looks
where items > 0
order by ordinal

-- name: apart
-- claims: free 由同一行的区间（low、high）与 others_share 比较得出
select before || '—' || after as looks, iif(low > others_share, '高于', '低于') as word
from looks
where is_enough and others_share is not null and (low > others_share or high < others_share)
order by ordinal

-- name: table_risks
select risk as 风险, count(*) as 任务, count(iif(status = '已整改', 1, null)) as 企业报告已整改,
  count(iif(state_code = 'confirmed', 1, null)) as 复核确认,
  count(iif(state_code = 'returned', 1, null)) as 复核退回,
  count(iif(state_code = 'waiting', 1, null)) as 待复核,
  percent(count(iif(state_code = 'confirmed', 1, null)), count(*), 1) as 确认率
from rectifications
where checker_code = {{brief.code}}
group by risk
order by instr('高中低', risk)

-- name: overdue
select name, duty
from (select name || {{#kinds.several}} '（' || track
  || '）' {{/kinds.several}}{{^kinds.several}} '' {{/kinds.several}} as name,
  joined(duty) as duty
  from (select * from duties where state_code = 'overdue' and agency_code = {{brief.code}} order by ordinal)
  group by participation_id)
limit {{brief.lines}}

-- name: clients
select count(*) as total, count(*) > {{brief.lines}} as is_cut, count(*) - {{brief.lines}} as rest
from participations

-- name: table_clients
select name as 企业, city as 设区市, track as 类型,
  iif(consultant_code = {{brief.code}}, '是', '—') as 辅导,
  iif(checker_code = {{brief.code}}, '是', '—') as 核查, level_label as 结果
from participations
order by checker_code = {{brief.code}} desc, code, track_code
limit {{brief.lines}}
