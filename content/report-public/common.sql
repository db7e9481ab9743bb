-- name: campaign
select *, cn_date(generated) as generated_cn, cn_date(date) as date_cn, cn_date(proposed) as proposed_cn,
  cn_date(objection_until) as until_cn, proposed is not null and state = '公布' as was_proposed,
  case when title like '%报告' then title when title like '%工作' then title || '报告' else title
    || '工作报告' end as report_title,
  iif(state = '公布', '公布', '拟公布') as state_word, year || '年度' as year_word,
  previous_year || '年度' as previous_word, year || '年度（家）' as year_column,
  previous_year || '年度（家）' as previous_column, year - previous_year > 1 as has_skipped,
  year - previous_year as years_between, number(rounding) as base, number(rounding / 2) as off,
  number((rounding + 1) / 2) as half
from campaign

-- name: overview
select *, (select count(distinct track_code) from listed) > 1 as has_several, several_tracks as together,
  listed - previous_listed as change, abs(listed - previous_listed) as change_size,
  listed > previous_listed as is_more, listed < previous_listed as is_fewer,
  (select count(*) from (select 1 from listed group by slug, track_code having count(*) > 1)) as doubled
from overview

-- name: editions
select sum(changed) as changed, sum(changed is null) as unknown, sum(changed = 0) as same,
  joined(iif(changed, kind || '由“' || edition || '”改为“' || edition_now || '”', null)) as changes,
  joined(iif(changed is null, kind, null)) as unknown_tracks,
  joined(iif(changed = 0, kind, null)) as same_tracks
from (select p.*, iif((select count(*) from tracks) > 1, p.track || '类', '') as kind
  from previous_editions p
  join tracks t on t.track_code = p.track_code
  order by t.ordinal)

-- name: thresholds
select * from thresholds

-- name: top_city
select iif(count(*) > {{thresholds.named_most}}, count(*) || '个设区市', joined(city)) as cities, max(listed_enterprises) as most,
  count(*) > 1 as several, (select sum(listed_enterprises > 0) from city_summary) > count(*) as is_most
from (select city, listed_enterprises
  from city_summary
  where listed_enterprises > 0 and listed_enterprises = (select max(listed_enterprises) from city_summary)
  order by ordinal)

-- name: kinds
select count(*) > 1 as several, iif(count(*) = 2, '两', cn_number(count(*))) as words,
  iif(count(*) = 2, '两类', '多类') as together, iif(count(*) = 2, '两', '多') as times,
  joined(track_name) as names, joined(iif(decider_code = 'city', track_name, null)) as by_city,
  joined(iif(decider_code = 'city', null, track_name)) as by_province
from (select * from tracks order by ordinal)

-- name: tracks
select t.track_code, t.track, t.track_name, iif((select count(*) from tracks) > 1, t.track, '') as word,
  (select sum(listed) from level_summary l where l.track_code = t.track_code) as listed,
  iif(p.participants_about, '约' || number(p.participants_about) || '家', null) as about
from tracks t
join participation_track p on p.track_code = t.track_code
order by t.ordinal

-- name: now
-- for: tracks
select (select count(*) from altered where track_code = {{track_code}}) as altered,
  (select count(*) from altered where track_code = {{track_code}} and is_withdrawn) as withdrawn,
  (select count(*) from altered where track_code = {{track_code}} and not is_withdrawn) as noted
from campaign

-- name: top
-- for: tracks
select label, nullif(name, label) as name, listed as firms
from level_summary
where track_code = {{track_code}} and listed > 0
order by level desc
limit 1

-- name: mode
-- for: tracks
select iif(count(*) < (select count(*) from level_summary where track_code = {{track_code}} and listed > 0),
  joined(label), null) as labels,
  count(*) > 1 as several, max(listed) as firms
from (select label, listed
  from level_summary
  where track_code = {{track_code}} and listed > 0
    and listed = (select max(listed) from level_summary where track_code = {{track_code}})
  order by level)

-- Rows that claims speak of: name as it is printed, value to compare, shown as it is printed, holds or not.
-- name: previous_lists
select previous_year as name from campaign where previous_year is not null

-- name: city_listed
select city as name, listed_enterprises as value from city_summary

-- name: peak_levels
-- for: tracks
select label as name, level as value from level_summary where track_code = {{track_code}} and listed > 0

-- name: level_counts
-- for: tracks
select label as name, listed as value from level_summary where track_code = {{track_code}} and listed > 0
