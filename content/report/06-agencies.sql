-- name: busiest
select joined(name) as names, max(checked) as checked, count(*) > 1 as several
from (select name, checked
  from agencies
  where checked > 0 and checked = (select max(checked) from agencies)
  order by agency_code)

-- name: agency_total
select count(*) as total from agencies

-- name: idle_agencies
select count(*) as total, joined(name) as names
from (select name from agencies where consulted = 0 and checked = 0 order by agency_code)

-- name: figure_agency_city
select city, provincial_agencies as 省级支撑机构, agencies - provincial_agencies as 其他咨询机构
from city_summary
where agencies > 0
order by ordinal

-- name: table_agency_city
select city as 设区市, agencies as 机构, provincial_agencies as 省级支撑,
  case when agencies < {{agency_rule.least}} then '数量不足'
    when agencies > {{agency_rule.most}} then '数量超额' when provincial_agencies = 0 then '缺省级支撑'
    else '符合' end as 推荐要求,
  enterprises as 参培企业,
  coalesce(g.n, 0) as 有辅导,
  iif(agencies > 0, rtrim(percent(enterprises, 100 * agencies, 1), '%'), '—') as 机均企业
from (select * from city_summary order by ordinal) s
left join (select city_code, sum(n) as n
  from enterprise_counts
  where consultant_code <> '' and track_count > 0
  group by city_code) g on g.city_code = s.city_code
union all
select '全省', agencies, provincial_agencies, '—', enterprises,
  (select coalesce(sum(n), 0) from enterprise_counts where consultant_code <> '' and track_count > 0),
  iif(agencies > 0, rtrim(percent(enterprises, 100 * agencies, 1), '%'), '—')
from overview

-- name: load
with c as (select city, ordinal, 1.0 * enterprises / agencies as n from city_summary where agencies > 0)
select (select iif(count(*) > {{thresholds.named_most}}, count(*) || '个设区市', joined(city))
  from (select city from c where n = (select max(n) from c) order by ordinal)) as most,
  (select rtrim(percent(max(n), 100, 1), '%') from c) as most_load,
  (select iif(count(*) > {{thresholds.named_most}}, count(*) || '个设区市', joined(city))
    from (select city from c where n = (select min(n) from c) order by ordinal)) as least,
  (select rtrim(percent(min(n), 100, 1), '%') from c) as least_load,
  (select max(n) > min(n) from c) as differs

-- name: guided
select sum(n * (consultant_code <> '')) as with_agency, sum(n * (coalesce(consultant_code, '') = '')) as alone,
  percent(sum(n * (consultant_code <> '')), sum(n), 1) as share
from enterprise_counts
where track_count > 0

-- name: table_agency_service
select name as 机构, city as 设区市, iif(is_provincial, '是', '否') as 省级, consulted as 辅导,
  checked as 核查, reached as 达标, percent(reached_rate) as 达标率
from agencies
order by city_code, is_provincial desc, agency_code

-- name: figure_agency_checked
select name, checked as 核查, reached as 达标
from agencies
where checked > 0
order by checked desc, agency_code
limit {{checking.shown}}

-- name: checking
select sum(checked) as total, sum(checked > 0) as active, sum(checked > 0) > 1 as several,
  min(iif(checked > 0, checked, null)) < max(checked) as differs,
  (select percent(sum(checked), (select sum(checked) from agencies), 1)
    from (select checked from agencies order by checked desc limit 3)) as top_share,
  cn_number(3) as top,
  -- The third is told from the fourth.
  (select checked from agencies order by checked desc limit 1 offset 2)
    > (select checked from agencies order by checked desc limit 1 offset 3) and sum(checked > 0) > 3 as is_many,
  12 as shown, max(0, sum(checked > 0) - 12) as left_out
from agencies

-- name: own_city
with p as (select checker_code, city, sum(n) as n
  from participation_counts
  where checker_code <> ''
  group by checker_code, city)
select sum(iif(a.city = p.city, n, 0)) as own, sum(n) as total,
  percent(sum(iif(a.city <> p.city, n, 0)), sum(n), 1) as cross_share, sum(iif(a.city <> p.city, n, 0)) as across
from p
join agencies a on a.agency_code = p.checker_code

-- name: guided_firms
select coalesce(sum(n), 0) as total from participation_counts where consultant_code <> ''

-- name: effect
-- for: tracks
select sum(n * (consultant_code <> '')) as guided,
  percent(sum(n * (consultant_code <> '' and outcome = '达标')), sum(n * (consultant_code <> '')), 1) as guided_rate,
  sum(n * (coalesce(consultant_code, '') = '')) as alone,
  percent(sum(n * (coalesce(consultant_code, '') = '' and outcome = '达标')),
    sum(n * (coalesce(consultant_code, '') = '')), 1) as alone_rate
from participation_counts
where track_code = {{track_code}}

-- name: effect_gap
-- for: tracks
select ltrim(points(avg(self_lead), 0), '+−') as gap, avg(self_lead) > 0 as is_over, avg(self_lead) < 0 as is_under
from participations
where track_code = {{track_code}} and consultant_code <> ''

-- name: consultants
-- for: tracks
select count(*) as total, 12 as shown, max(0, count(*) - 12) as left_out
from (select 1
  from consultant_track
  where track_code = {{track_code}} and finished >= {{campaign.small}})

-- name: table_consultants
-- for: tracks
select consultant as 咨询机构, finished as 辅导, reached as 达标, percent(mean_rate) as 平均符合率,
  points(mean_lead, 0) as 自评偏差
from consultant_track
where track_code = {{track_code}} and finished >= {{campaign.small}}
order by finished desc, consultant_code
limit {{consultants.shown}}

-- name: consultant_rates
-- for: tracks
select consultant as name, round(mean_rate, 9) as value, percent(mean_rate) as shown
from consultant_track
where track_code = {{track_code}} and rated >= {{campaign.small}}
order by consultant_code

-- name: consultant_rate
-- for: tracks
with c as (select consultant as name, consultant_code, round(mean_rate, 9) as rate
  from consultant_track
  where track_code = {{track_code}} and rated >= {{campaign.small}}
  order by consultant_code)
select (select max(rate) > min(rate) from c) as differs,
  (select iif(count(*) > {{thresholds.named_most}}, count(*) || '家机构', joined(name))
    from c
    where rate = (select max(rate) from c)) as best,
  (select percent(max(rate)) from c) as best_rate,
  (select iif(count(*) > {{thresholds.named_most}}, count(*) || '家机构', joined(name))
    from c
    where rate = (select min(rate) from c)) as least,
  (select percent(min(rate)) from c) as least_rate

-- name: consultant_biases
-- for: tracks
select consultant as name, round(mean_lead, 9) as value
from consultant_track
where track_code = {{track_code}} and finished >= {{campaign.small}} and mean_lead is not null
order by consultant_code

-- name: consultant_bias
-- for: tracks
with c as materialized (select consultant as name, round(mean_lead, 9) as bias
  from consultant_track
  where track_code = {{track_code}} and finished >= {{campaign.small}} and mean_lead is not null
  order by consultant_code)
select (select max(bias) > min(bias) and max(bias) > 0 from c) as differs,
  iif(count(*) > {{thresholds.named_most}}, count(*) || '家机构', joined(name)) as most, ltrim(points(max(bias), 0), '+−') as gap
from c
where bias = (select max(bias) from c)

-- name: firms_guided
select name, coalesce(consultant_code, '') <> '' as holds from enterprises where track_count > 0

-- name: city_load
select city as name, 1.0 * enterprises / agencies as value,
  rtrim(percent(1.0 * enterprises / agencies, 100, 1), '%') as shown
from city_summary
where agencies > 0

-- name: agency_checks
select name, checked as value from agencies where checked > 0

-- name: guided_bias
-- for: tracks
select avg(self_lead) as value
from participations
where track_code = {{track_code}} and consultant_code <> ''
union all
select 0
