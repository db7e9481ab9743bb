-- name: campaign
select *, cn_date(generated) as generated_cn, cn_date(date) as date_cn,
  case when title like '%报告' then title when title like '%工作' then title || '报告' else title
    || '工作报告' end as report_title,
  iif(state = '公布', '公布', '拟公布') as state_word, year || '年度' as year_word,
  previous_year || '年度' as previous_word, previous_year || '年度（家）' as previous_column,
  year - previous_year > 1 as has_skipped, year - previous_year as years_between,
  coalesce(small_cell, 3) as small
from campaign

-- name: thresholds
select * from thresholds

-- name: overview
select *, number(enterprises) as enterprises_text, number(participants) as participants_text,
  percent(reached_rate) as reached_percent, percent(coverage, 2) as coverage_percent,
  percent(target_rate) as target_percent, percent(claimed_rate) as claimed_percent,
  percent(confirmed_rate) as confirmed_percent, number(scale_enterprises) as scale_text,
  number(observations) as observations_text, number(findings) as findings_text,
  number(high_findings) as high_text, number(rectifications) as rectifications_text,
  number(claimed) as claimed_text, number(confirmed) as confirmed_text, number(returned) as returned_text,
  number(waiting) as waiting_text, confirmed + returned as settled, up + new as risen,
  max(0, target - enterprises) as target_short, several_tracks as together,
  number(doubled) as doubled_text
from overview

-- name: kinds
select count(*) > 1 as several, count(*) > 2 as many,
  count(*) > 2 and count(distinct rounds) = 1 as share_rounds, max(rounds) as rounds,
  iif(count(*) = 2, '两', cn_number(count(*))) as words, iif(count(*) = 2, '两类', '多类') as together,
  iif(count(*) = 2, '两', '多') as times, joined(track_name) as names,
  joined(iif(decider_code = 'city', track_name, null)) as by_city,
  joined(iif(decider_code = 'city', null, track_name)) as by_province,
  max(edition like '%示例%' or note like '%示例%') as has_samples
from (select * from tracks order by ordinal)

-- name: tracks
select s.*, t.track_name, t.rounds, t.ordinal, t.level_count, t.method = 'min-of-pa' as takes_least,
  t.method = 'threshold'
    and exists (select 1 from items i where i.track_code = t.track_code and i.veto) as has_vetoes,
  iif(t.item_count > 100, 20, 10) as items_shown, iif(t.area_count > 20, 10, 6) as areas_shown,
  iif((select count(*) from tracks) > 1, iif(t.track like '%类', t.track, t.track || '类'), '') as kind,
  iif((select count(*) from tracks) > 1,
    replace(iif(t.track like '%类', t.track, t.track || '类') || '企业', '企业类企业', '企业'),
    '企业') as firms,
  iif((select count(*) from tracks) > 1, t.track, '') as word, percent(s.reached_rate) as reached_percent,
  percent(s.rate) as rate_percent, percent(s.self_rate) as self_percent,
  percent(s.online_rate) as online_percent, s.self_rate is not null as has_self,
  s.online_rate is not null as has_online, s.finished = 1 as is_single
from tracks t
join track_summary s on s.track_code = t.track_code
order by t.ordinal

-- name: editions
select count(*) as tracks, sum(changed) as changed, sum(changed is null) as unknown,
  sum(changed = 0) as same,
  joined(iif(changed, kind || '由“' || edition || '”改为“' || edition_now || '”', null)) as changes,
  joined(iif(changed is null, kind, null)) as unknown_tracks,
  joined(iif(changed = 0, kind, null)) as same_tracks
from (select p.*, iif((select count(*) from tracks) > 1, p.track || '类', '') as kind
  from previous_editions p
  join tracks t on t.track_code = p.track_code
  where exists (select 1
    from track_summary s
    where s.track_code = p.track_code and (s.listed > 0 or s.previous_listed > 0))
  order by t.ordinal)

-- name: onlist
select coalesce(sum(n), 0) as entries, sum(n * (movement = '新达标')) as new,
  sum(n * (movement = '提升')) as up, sum(n * (movement = '保持')) as kept, sum(n * (movement = '下降')) as down,
  (select count(*) from altered) as altered,
  (select joined(status || firms || '家次')
    from (select status, count(*) as firms
      from altered
      group by status
      order by min(ordinal))) as alterations
from listed_counts

-- name: now
-- for: tracks
select count(*) as entries, count(*) > count(distinct slug) as doubled,
  (select count(*) from altered a where a.track_code = {{track_code}}) as altered,
  (select count(*) from altered a where a.track_code = {{track_code}} and a.is_withdrawn) as withdrawn,
  (select count(*) from altered a where a.track_code = {{track_code}} and not a.is_withdrawn) as noted
from listed
where track_code = {{track_code}}

-- name: city_count
select count(*) as total, sum(participants > 0) as active, sum(participants = 0) as idle,
  sum(participants > 0) = count(*) as all_active
from city_summary

-- name: weak
-- for: tracks
select joined(class) as names, count(*) > 1 as several, percent(max(rate)) as rate_percent
from (select class, rate
  from class_summary
  where track_code = {{track_code}}
    and rate = (select min(rate) from class_summary where track_code = {{track_code}})
  order by ordinal)

-- name: best
-- for: tracks
select joined(class) as names, count(*) > 1 as several, percent(max(rate)) as rate_percent,
  count(*) = (select count(rate) from class_summary where track_code = {{track_code}}) as all_equal
from (select class, rate
  from class_summary
  where track_code = {{track_code}}
    and rate = (select max(rate) from class_summary where track_code = {{track_code}})
  order by ordinal)

-- name: mode
-- for: tracks
select iif(count(*) < (select count(*)
  from level_summary
  where track_code = {{track_code}} and level > 0 and enterprises > 0),
  joined(label), null) as labels,
  count(*) > 1 as several, max(enterprises) as enterprises
from (select label, enterprises
  from level_summary
  where track_code = {{track_code}} and level > 0 and enterprises > 0
    and enterprises = (select max(enterprises)
      from level_summary
      where track_code = {{track_code}} and level > 0)
  order by level)

-- name: claims
-- for: tracks
select sum(items) as checked,
  sum(iif(self_result = '符合' and counted_result in ('不符合', '部分符合'), items, 0)) as over,
  sum(iif(self_result = '符合', items, 0)) as claimed,
  sum(iif(self_result in ('不符合', '部分符合') and counted_result = '符合', items, 0)) as under
from self_against
where track_code = {{track_code}} and counted_result <> '未评'

-- name: claims_text
-- for: tracks
select number({{claims.over}}) as over, number({{claims.claimed}}) as claimed,
  percent({{claims.over}}, {{claims.claimed}}, 1) as share

-- name: cities
-- for: tracks
with m as (select value
  from measures
  where measure_code = 'reached' and kind = 'city' and track_code = {{track_code}} and base > 0)
select (select count(*) from m) as cities, (select count(*) > 1 from m) as several,
  (select min(value) < max(value) from m) as differs, (select percent(max(value)) from m) as only_rate,
  (select count(*)
    from m
    where value >= (select reached_rate from track_summary where track_code = {{track_code}})) as above,
  least as enough, compared, compared > 1 as shows_rates, differs as compares, best,
  percent(best_value) as best_rate, best_count > 1 as best_several, worst as least,
  percent(worst_value) as least_rate, worst_count > 1 as least_several, small
from extremes
where measure_code = 'reached' and kind = 'city' and track_code = {{track_code}}

-- name: staged
select count(*) as total from stage_summary where expected > 0

-- name: agency_rule
select count(*) as cities, sum(agencies between {{thresholds.agencies_least}} and {{thresholds.agencies_most}}) as good,
  sum(agencies < {{thresholds.agencies_least}}) as few, sum(agencies > {{thresholds.agencies_most}}) as many,
  sum(provincial_agencies = 0) as without,
  sum(agencies between {{thresholds.agencies_least}} and {{thresholds.agencies_most}}
    and provincial_agencies > 0) = count(*) as all_good,
  sum(agencies) as agencies, sum(provincial_agencies) as provincial,
  {{thresholds.agencies_least}} as least, {{thresholds.agencies_most}} as most
from city_summary
where participants > 0 or agencies > 0

-- name: self_gap
-- for: tracks
select coalesce(sum(n), 0) as firms, sum(n * (d > w)) as over, sum(n * (d < -w)) as under,
  sum(n * (d between -w and w)) as even, sum(n * (d > w)) * 2 > sum(n) and sum(n) > 2 as mostly,
  percent(sum(n * (d > w)), sum(n), 1) as over_share, ltrim(points(median(d, n), 0), '+') as middle,
  {{thresholds.lead_points}} as width
from (select self_lead as d, {{thresholds.lead_points}} / 100.0 as w, n
  from participation_counts
  where track_code = {{track_code}} and outcome <> '未完成' and self_lead is not null)

-- name: risks
-- for: tracks
select percent(sum(iif(risk = '高', findings, 0)), sum(findings), 1) as share,
  sum(iif(risk = '高', enterprises, 0)) as firms,
  percent(sum(iif(risk = '高', enterprises, 0)), {{finished}}, 1) as firm_share,
  sum(iif(risk = '高', findings, 0)) as high, number(sum(iif(risk = '高', findings, 0))) as high_text
from risk_summary
where track_code = {{track_code}}

-- name: self_gaps
select coalesce(sum(n), 0) as firms, {{thresholds.lead_points}} as width
from participation_counts
where outcome <> '未完成' and self_lead is not null

-- name: rect_least
select iif(differs, worst, null) as cities, worst_count > 1 as several, percent(worst_value) as rate_percent,
  least as enough, small
from extremes
where measure_code = 'confirmed' and kind = 'city'

-- name: self_check
select coalesce(sum(n), 0) as total
from participation_counts
where checker_code <> '' and checker_code = consultant_code

-- name: city_best
select best as cities, best_count > 1 as several, not differs as is_all, percent(best_value) as rate_percent,
  small, least as enough
from extremes
where measure_code = 'target' and kind = 'city'

-- Rows that claims speak of: name as it is printed, value to compare, shown as it is printed, holds or not.
-- name: previous_lists
select previous_year as name from campaign where previous_year is not null

-- name: cities_active
select city as name, participants > 0 as holds from city_summary

-- name: target_rates
select name, value, percent(value) as shown
from measures
where measure_code = 'target' and kind = 'city' and place is not null
order by ordinal

-- name: targets_met
select city as name, enterprises >= target as holds from city_summary where target > 0

-- name: outcomes
-- for: tracks
select name, outcome = '达标' as holds
from participations
where track_code = {{track_code}} and outcome <> '未完成'

-- name: all_outcomes
select name, outcome = '达标' as holds from participations where outcome <> '未完成'

-- name: class_rates
-- for: tracks
select class as name, rate as value, percent(rate) as shown
from class_summary
where track_code = {{track_code}} and rate is not null

-- name: tasks_waiting
select track || risk as name, waiting = total as holds from rectification_risks

-- name: confirmed_rates
select name, value, percent(value) as shown
from measures
where measure_code = 'confirmed' and kind = 'city' and place is not null
order by ordinal

-- name: agency_cities
select city as name,
  agencies between {{thresholds.agencies_least}} and {{thresholds.agencies_most}} and provincial_agencies > 0 as holds
from city_summary
where participants > 0 or agencies > 0

-- name: finished_findings
select name, finding_count > 0 as holds from participations where outcome <> '未完成'

-- name: unanswered
select name, task_count = 0 as holds
from participations
where must_rectify

-- name: site_visits
select coalesce(sum(n), 0) as total from participation_counts where onsite_date <> ''

-- name: rect_unanswered
with due as (select city, task_count > 0 as has_any, n
  from participation_counts
  where must_rectify),
  c as (select city, sum(n) as n from due where not has_any group by city)
select (select coalesce(sum(n), 0) from due) as due, (select coalesce(sum(n * (not has_any)), 0) from due) as firms,
  percent((select sum(n * (not has_any)) from due), (select sum(n) from due), 1) as share,
  (select sum(n * (not has_any)) = sum(n) from due) as is_all,
  iif((select count(*) from c) > {{thresholds.named_most}}, (select count(*) from c) || '个设区市',
    (select joined(city) from c)) as cities
