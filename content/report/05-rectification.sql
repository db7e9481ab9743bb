-- name: rect_days
select claims_dated >= few as has_claims, number(claims_dated) as claims, claim_days,
  confirmations_dated >= few as has_confirmed, number(confirmations_dated) as confirmed, confirm_days, few
from overview, (select coalesce((select small_cell from campaign), 3) as few)

-- name: rect_best
select best as cities, best_count > 1 as several, percent(best_value) as rate_percent
from extremes
where measure_code = 'confirmed' and kind = 'city'

-- name: rect_most
select count(*) > 1 as several, count(*) = (select sum(total > 0) from rectification_summary) as is_all,
  iif(count(*) > {{thresholds.named_most}}, max(iif(rn = 1, city, null)) || '等' || count(*) || '个设区市', joined(city)) as cities,
  number(max(total)) as total,
  percent(max(total), (select sum(total) from rectification_summary), 1) as share
from (select city, row_number() over (order by ordinal) as rn, total
  from rectification_summary
  where total > 0 and total = (select max(total) from rectification_summary)
  order by ordinal)

-- name: rect_department
with d as (select department, total as n from rectification_departments)
select iif(count(*) > {{thresholds.named_most}} or count(*) = (select count(*) from d), null, joined(department)) as names,
  count(*) > 1 as several, (select count(*) from d) as known, number(max(n)) as total,
  percent(max(n), {{overview.rectifications}}, 1) as share
from (select * from d where n = (select max(n) from d) order by department)

-- name: gain_best
-- for: tracks
select joined(class) as classes,
  count(*) = (select count(online_rate) from class_summary where track_code = {{track_code}}) as is_all,
  max(ltrim(points(rate, online_rate), '+')) as gain
from (select class, rate, online_rate
  from class_summary
  where track_code = {{track_code}} and rate > online_rate
    and round(rate - online_rate, 9) = (select max(round(rate - online_rate, 9))
      from class_summary
      where track_code = {{track_code}})
  order by ordinal)

-- name: gain_least
-- for: tracks
select joined(class) as classes, max(ltrim(points(rate, online_rate), '+')) as gain,
  max(rate < online_rate) as is_fall, max(rate = online_rate) as is_none, min(rate > online_rate) as is_rise
from (select class, rate, online_rate
  from class_summary
  where track_code = {{track_code}}
    and round(rate - online_rate, 9) = (select min(round(rate - online_rate, 9))
      from class_summary
      where track_code = {{track_code}})
    and (select min(round(rate - online_rate, 9)) < max(round(rate - online_rate, 9))
      from class_summary
      where track_code = {{track_code}})
  order by ordinal)

-- name: rect_levels
-- for: tracks
select coalesce(sum(n), 0) as known, sum(n * (level > online_level)) as up,
  sum(n * (level < online_level)) as down, percent(sum(n * (level > online_level)), sum(n), 1) as share
from participation_counts
where track_code = {{track_code}} and outcome <> '未完成' and online_level is not null

-- name: compared_rounds
select coalesce(sum(n), 0) as firms
from participation_counts
where outcome <> '未完成' and online_level is not null

-- name: rect
select planned, late as all_late, number(late) as all_late_text, percent(late, total, 1) as late_share,
  late_done as done_late, number(late_done) as done_late_text,
  late - late_done as still_late, number(late - late_done) as still_late_text,
  number(late_open) as late_text, late_open as late, participations as firms, kept as early,
  percent(kept, timed, 1) as early_share, timed > 0 and kept = timed as all_early
from rectification_overview

-- name: dispatched
select sum(due) as due, number(sum(due)) as due_text, number(sum(received)) as received_text,
  sum(received) as received, sum(missing) as missing, number(sum(missing)) as missing_text,
  sum(overdue) as overdue, number(sum(overdue)) as overdue_text,
  (select number(reply_days) from sending) as days
from dispatch_summary

-- name: figure_rect_status
select '复核确认' as 状态, confirmed as 任务
from overview
where confirmed > 0
union all
select '复核退回', returned
from overview
where returned > 0
union all
select '待复核', waiting
from overview
where waiting > 0

-- name: table_rect_claims
select status as 企业报告, number(total) as 任务, number(confirmed) as 复核确认, number(returned) as 复核退回,
  number(waiting) as 待复核
from (select * from rectification_claims where total > 0 order by ordinal)
union all
select '合计', number(rectifications), number(confirmed), number(returned), number(waiting)
from overview

-- name: table_rect_risk
select track as 类型, risk as 风险, number(total) as 任务, number(claimed) as 企业报告已整改,
  number(confirmed) as 复核确认, number(returned) as 复核退回, number(waiting) as 待复核,
  percent(claimed_rate) as 企业报告整改率, percent(confirmed_rate) as 复核确认率
from rectification_risks

-- name: rect_high
with r as (select sum(iif(risk = '高', total, 0)) as total, sum(iif(risk = '高', confirmed, 0)) as done,
  sum(iif(risk <> '高', total, 0)) as other_total, sum(iif(risk <> '高', confirmed, 0)) as other_done
  from rectification_risks)
select total, number(total) as total_text, other_total as compares, percent(done, total, 1) as done,
  percent(other_done, other_total, 1) as others, total - done as open, number(total - done) as open_text,
  rate(done, total) = rate(other_done, other_total) as same,
  rate(done, total) > rate(other_done, other_total) as better,
  rate(done, total) < rate(other_done, other_total) as worse
from r

-- name: table_rect_city
select city as 设区市, number(total) as 任务, number(claimed) as 企业报告已整改,
  number(confirmed) as 复核确认, number(returned) as 复核退回, number(waiting) as 待复核,
  percent(claimed_rate) as 企业报告整改率, percent(confirmed_rate) as 复核确认率, number(late) as 超期
from (select * from rectification_summary order by ordinal)
union all
select '全省', number(rectifications), number(claimed), number(confirmed), number(returned),
  number(waiting), percent(claimed_rate), percent(confirmed_rate),
  (select number(sum(late)) from rectification_summary)
from overview

-- name: figure_rect_rate
select name as 设区市, percent(value) as 复核确认率
from measures
where measure_code = 'confirmed' and kind = 'city' and place is not null
order by value desc, ordinal

-- name: figure_rect_city
select city, confirmed as 复核确认, returned as 复核退回, waiting as 待复核
from rectification_summary
where total > 0
order by confirmed_rate desc, ordinal

-- name: table_rect_time
select city as 设区市, number(total) as 任务, number(claims_dated) as 报告项,
  iif(claims_dated >= {{rect_days.few}}, claim_days, '—') as 报告天数,
  number(confirmations_dated) as 确认项,
  iif(confirmations_dated >= {{rect_days.few}}, confirm_days, '—') as 确认天数
from rectification_summary
where total > 0
order by ordinal

-- name: table_rect_agency
select coalesce(agency, '没有填写核查机构') as 核查机构, number(total) as 任务,
  iif(total >= {{rect_days.few}}, percent(claimed_rate), '—') as 报告整改率,
  iif(total >= {{rect_days.few}}, percent(confirmed_rate), '—') as 复核确认率,
  iif(claims_dated >= {{rect_days.few}}, claim_days, '—') as 报告天数,
  iif(confirmations_dated >= {{rect_days.few}}, confirm_days, '—') as 确认天数
from rectification_agencies

-- name: table_rect_department
select department as 责任部门, number(total) as 任务,
  percent(total, {{overview.rectifications}}, 1) as 占比,
  iif(total >= {{rect_days.few}}, percent(claimed_rate), '—') as 报告整改率,
  iif(total >= {{rect_days.few}}, percent(confirmed_rate), '—') as 复核确认率,
  iif(claims_dated >= {{rect_days.few}}, claim_days, '—') as 报告天数,
  iif(confirmations_dated >= {{rect_days.few}}, confirm_days, '—') as 确认天数, number(late) as 超期
from rectification_departments
order by total desc, department
limit 12

-- name: figure_rect_department
select department, total as 任务 from rectification_departments order by total desc, department limit 12

-- name: table_before_after
-- for: tracks
select class as 过程类, percent(online_rate) as 整改前, percent(rate) as 整改后,
  points(rate, online_rate) as 变化（百分点）, percent(1 - rate) as 尚未满足
from class_summary
where track_code = {{track_code}} and online_rate is not null
order by rate - online_rate desc, ordinal

-- name: figure_before_after
-- for: tracks
select class, percent(online_rate) as 整改前, percent(rate) as 整改后
from class_summary
where track_code = {{track_code}} and online_rate is not null and rate is not null
order by ordinal

-- name: table_dispatch
select city as 设区市, number(due) as 应送, number(received) as 送达, number(missing) as 未达,
  number(overdue) as 逾期未答复
from (select * from dispatch_summary where due > 0 order by ordinal)
union all
select '全省', number(sum(due)), number(sum(received)), number(sum(missing)), number(sum(overdue))
from dispatch_summary

-- name: high_rates
select '高风险' as name, rate(sum(iif(risk = '高', confirmed, 0)), sum(iif(risk = '高', total, 0))) as value
from rectification_risks
union all
select '其他', rate(sum(iif(risk <> '高', confirmed, 0)), sum(iif(risk <> '高', total, 0)))
from rectification_risks

-- name: city_tasks
select city as name, total as value, number(total) as shown from rectification_summary where total > 0

-- name: kept_days
select track || risk as name, kept = timed as holds from rectification_risks where timed > 0

-- name: department_tasks
select department as name, total as value, number(total) as shown from rectification_departments

-- name: class_gains
-- for: tracks
select class as name, round(rate - online_rate, 9) as value
from class_summary
where track_code = {{track_code}} and rate is not null and online_rate is not null

-- name: gain_range
-- for: tracks
select count(*) > 0 as known, count(*) > 1 as several, min(value) < max(value) as differs
from (select round(rate - online_rate, 9) as value
  from class_summary
  where track_code = {{track_code}} and rate is not null and online_rate is not null)

-- name: classes_risen
-- for: tracks
select class as name, rate > online_rate as holds
from class_summary
where track_code = {{track_code}} and rate is not null and online_rate is not null
