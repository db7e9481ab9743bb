-- name: stage_self
select *, cn_date(deadline) as day, percent(done_rate) as done_percent,
  percent(on_time_rate) as on_time_percent, expected - done as missing
from stage_summary
where id = 'self'

-- name: stage_rectify
select *, cn_date(deadline) as day, percent(done_rate) as done_percent,
  percent(on_time_rate) as on_time_percent, expected - done as missing
from stage_summary
where id = 'rectify'

-- name: stage_onsite
select *, cn_date(deadline) as day, percent(done_rate) as done_percent,
  percent(on_time_rate) as on_time_percent, expected - done as missing
from stage_summary
where id = 'onsite'

-- name: stage_mobilise
select *, cn_date(deadline) as day from stages where id = 'mobilise'

-- name: stage_summary
select *, cn_date(deadline) as day from stages where id = 'summary'

-- name: has_deadlines
select (select count(*) from participation_counts) > 0
  and (select count(deadline) from stages where id in ('self', 'rectify')) = 2 as yes

-- name: stages_known
select count(*) as total from stages

-- name: table_stages
select name as 阶段, deadline as 截止日期, coalesce_text(expected) as 应完成,
  coalesce_text(done) as 已完成, percent(done_rate) as 完成率, coalesce_text(late) as 逾期,
  percent(on_time_rate) as 按期率
from stage_summary
order by ordinal

-- name: figure_stages
select name, on_time as 按期完成, late as 逾期完成, expected - done as 未完成
from stage_summary
where expected > 0
order by ordinal

-- name: behind
select iif(count(*) < (select count(done_rate) from stage_summary), joined(name), null) as names,
  count(*) > 1 as several, percent(max(done_rate)) as rate_percent, sum(done_rate < 1) as unfinished
from (select name, done_rate
  from stage_summary
  where done_rate = (select min(done_rate) from stage_summary) and done_rate < 1
  order by ordinal)

-- name: figure_funnel
select '参培', participants as 家次
from overview
union all
select '提交自评估', (select sum(n * (self_date <> '')) from participation_counts)
from overview
union all
select '完成线上核查', online_count
from overview
union all
select '完成核查定级', (select sum(n * (outcome <> '未完成' and online_date <> '')) from participation_counts)
from overview
union all
select '达标', (select sum(n * (outcome = '达标' and online_date <> '')) from participation_counts)
from overview

-- name: losses
select (select coalesce(sum(n), 0) from participation_counts where coalesce(self_date, '') = '') as no_self,
  (select coalesce(sum(n), 0)
    from participation_counts
    where self_date <> '' and coalesce(online_date, '') = '') as no_online,
  (select coalesce(sum(n), 0) from participation_counts where outcome = '未达标') as not_reached,
  (select coalesce(sum(n), 0) from participation_counts where outcome = '未完成') as unfinished

-- name: periods
select count(*) as many
from (select 1
  from participations
  where self_date <> '' or online_date <> '' or rectify_date <> '' or onsite_date <> ''
  limit 2)

-- name: figure_progress
with d as (select self_date as day, 1 as kind, n
  from participation_counts
  where self_date <> ''
  union all
  select online_date, 2, n
  from participation_counts
  where online_date <> ''
  union all
  select rectify_date, 3, n
  from participation_counts
  where rectify_date <> ''
  union all
  select onsite_date, 4, n
  from participation_counts
  where onsite_date <> ''),
  t as (select distinct substr(day, 1, 8) || case when substr(day, 9, 2) <= '10' then '1'
    when substr(day, 9, 2) <= '20' then '2' else '3' end as slot
    from d),
  e as (select kind, n,
    substr(day, 1, 8) || case when substr(day, 9, 2) <= '10' then '1'
      when substr(day, 9, 2) <= '20' then '2' else '3' end as slot
    from d)
select cast(substr(t.slot, 6, 2) as integer) || '月' || case substr(t.slot, 9, 1) when '1' then '上旬'
  when '2' then '中旬' else '下旬' end as 旬,
  (select coalesce(sum(n), 0) from e where e.kind = 1 and e.slot <= t.slot) as 自评估提交,
  (select coalesce(sum(n), 0) from e where e.kind = 2 and e.slot <= t.slot) as 线上核查,
  (select coalesce(sum(n), 0) from e where e.kind = 3 and e.slot <= t.slot) as 整改提交,
  (select coalesce(sum(n), 0) from e where e.kind = 4 and e.slot <= t.slot) as 现场核查
from t
order by t.slot

-- name: rush
with s as (select self_date as day, n from participation_counts where self_date <> '')
select cn_date(max(day)) as last_day,
  percent(sum(n * (day > days_after((select deadline from stages where id = 'self'), -5))), sum(n), 1) as share,
  sum(n * (day > days_after((select deadline from stages where id = 'self'), -5))) * 2 > sum(n) as is_rush,
  5 as days,
  (select min(online_date)
    from participation_counts
    where online_date <> '') <= (select deadline
    from stages
    where id = 'self') as rolling,
  (select min(online_date)
    from participation_counts
    where online_date <> '') > (select deadline
    from stages
    where id = 'self') as waiting,
  coalesce(sum(n), 0) as submitted,
  sum(n * (day > days_after((select deadline from stages where id = 'self'), -5))) as late
from s

-- name: commitments
select sum(n * (committed <> '')) as signed, sum(n * (coalesce(committed, '') = '')) as missing,
  cn_date(min(committed)) as first_day, cn_date(max(committed)) as last_day,
  min(committed) = max(committed) as one_day,
  sum(n * (committed > (select deadline from stages where id = 'mobilise'))) as late
from enterprise_counts
where track_count > 0

-- name: agency_commitments
select count(*) as total, sum(committed <> '') as signed, sum(coalesce(committed, '') = '') as missing
from agencies

-- name: table_late
select city as 设区市, a as 自评按期, b as 自评逾期, n - a - b as 自评未交, m as 应整改, c as 整改按期,
  d as 整改逾期, m - c - d as 整改未交
from (select t.city, coalesce(p.n, 0) as n, coalesce(p.a, 0) as a, coalesce(p.b, 0) as b,
  coalesce(p.m, 0) as m, coalesce(p.k, 0) as c, coalesce(p.d, 0) as d
  from cities t
  left join (select city_code, sum(n) as n, sum(iif(self_date <= s.deadline, n, 0)) as a,
    sum(iif(self_date > s.deadline, n, 0)) as b, sum(n * must_rectify) as m,
    sum(iif(must_rectify and rectify_date <= r.deadline, n, 0)) as k,
    sum(iif(must_rectify and rectify_date > r.deadline, n, 0)) as d
    from participation_counts
    left join (select max(deadline) as deadline from stages where id = 'self') s
    left join (select max(deadline) as deadline from stages where id = 'rectify') r
    group by city_code) p on p.city_code = t.city_code
  order by t.ordinal)
union all
select '全省', sum(iif(p.self_date <= s.deadline, n, 0)), sum(iif(p.self_date > s.deadline, n, 0)),
  sum(n) - sum(iif(p.self_date <= s.deadline, n, 0)) - sum(iif(p.self_date > s.deadline, n, 0)),
  sum(iif(p.must_rectify, n, 0)), sum(iif(p.must_rectify and p.rectify_date <= r.deadline, n, 0)),
  sum(iif(p.must_rectify and p.rectify_date > r.deadline, n, 0)),
  sum(iif(p.must_rectify, n, 0)) - sum(iif(p.must_rectify and p.rectify_date <= r.deadline, n,
    0)) - sum(iif(p.must_rectify and p.rectify_date > r.deadline, n, 0))
from participation_counts p
left join (select max(deadline) as deadline from stages where id = 'self') s
left join (select max(deadline) as deadline from stages where id = 'rectify') r

-- name: late_city
with c as (select city, city_code,
  sum(iif(must_rectify and coalesce(rectify_date, '') = '', n, 0)) as missing
  from participation_counts
  group by city_code)
select iif(count(*) > {{thresholds.named_most}}, count(*) || '个设区市', joined(city)) as cities, max(missing) as missing,
  count(*) > 1 as several, (select count(*) from c where missing > 0) > count(*) as is_most,
  (select sum(n * must_rectify) from participation_counts) as due
from (select city, missing
  from c
  where missing > 0 and missing = (select max(missing) from c)
  order by city_code)

-- name: online_work
select coalesce(sum(n), 0) as total, count(distinct checker_code) as checkers,
  cn_date(min(online_date)) as first_day, cn_date(max(online_date)) as last_day,
  min(online_date) = max(online_date) as one_day
from participation_counts
where online_date <> ''

-- name: site_work
select count(*) as total, count(distinct enterprise_id) as firms, coalesce(sum(is_key = 0), 0) as not_key,
  coalesce(sum(outcome = '达标'), 0) as reached, percent(sum(outcome = '达标'), count(*), 1) as share,
  cn_date(min(onsite_date)) as first_day, cn_date(max(onsite_date)) as last_day,
  min(onsite_date) = max(onsite_date) as one_day
from participations
where onsite_date <> ''

-- name: stage_rates
select name, done_rate as value, percent(done_rate) as shown from stage_summary where done_rate is not null

-- name: stages_done
select name, done >= expected as holds from stage_summary where expected > 0

-- name: handed_in
select name, self_date <> '' as holds from participations

-- name: checked_online
select name, coalesce(online_date, '') <> '' as holds from participations where self_date <> ''

-- name: agencies_committed
select name, coalesce(committed, '') <> '' as holds from agencies

-- name: committed
select name, coalesce(committed, '') <> '' as holds from enterprises where track_count > 0

-- name: missing_answers
select city as name, sum(n * (must_rectify and coalesce(rectify_date, '') = '')) as value
from participation_counts
group by city_code

-- name: answered
select name, coalesce(rectify_date, '') <> '' as holds from participations where must_rectify

-- name: award_kinds
select joined(award) as names
from (select award, min(code) from nominations group by award order by award)

-- name: rechecks
select coalesce(sum(n), 0) as total
from participation_counts
where outcome <> '未完成' and recheck_level is not null
