-- name: peak
-- for: tracks
select level_label as label, nullif(level_name, level_label) as name, sum(n) as enterprises
from listed_counts
where track_code = {{track_code}}
group by level
order by level desc
limit 1

-- name: bulk
-- for: tracks
with l as (select level, level_label, sum(n) as enterprises
  from listed_counts
  where track_code = {{track_code}}
  group by level)
select iif(count(*) < (select count(*) from l), joined(level_label), null) as labels,
  count(*) > 1 as several, max(enterprises) as enterprises
from (select * from l where enterprises = (select max(enterprises) from l) order by level)

-- name: compared
select coalesce(sum(items), 0) as items from self_against where counted_result <> '未评'

-- name: plan
select iif(count(*) = 2, '两', cn_number(count(*))) as stages, joined(name) as names
from (select name from stages order by ordinal)

-- name: ends
select name, cn_date(deadline) as day from stages order by deadline desc, ordinal desc limit 1

-- name: origins
select joined(word || '占' || percent(participants, (select sum(participants) from origin_summary), 1),
  '，') as shares,
  iif(count(*) = 1 and sum(participants) = (select sum(participants) from origin_summary), max(word), null) as whole
from (select word, participants from origin_summary where word <> '' order by participants desc, code)

-- name: table_tracks
select track as 类型, basis as 依据, edition as 模型版本, level_count as 级别, class_count as 过程类,
  item_count as 条目,
  case method when 'min-of-pa' then '各过程域取最低级' when 'threshold' then '加权符合率达线'
    else '核查机构核定' end as 定级方法{{#kinds.by_city}},
  decider as 评定{{/kinds.by_city}}
from tracks
order by ordinal

-- name: panel
-- claims: free 由同一行的任务数为 0 决定
select '参培企业' as label, enterprises || '家' as value,
  {{#kinds.several}}iif({{overview.together}} > 0,
    {{kinds.together}} || '同时参加' || {{overview.together}} || '家',
    '合' || participants || '家次'){{/kinds.several}}{{^kinds.several}}'合'
    || participants || '家次'{{/kinds.several}} as note
from overview
union all {{#tracks}} select {{word}} || '达标', {{listed}} || '家', '参培' || {{participants}} || '家'
union all {{/tracks}} select '整改复核确认率', percent(confirmed_rate),
  iif(rectifications > 0, '企业报告整改率' || percent(claimed_rate), '没有登记整改任务')
from overview

-- name: table_key
select '参培' as 方面, '参培企业' as 指标, '家' as 单位, number(enterprises) as {{campaign.year_word}}
from overview
union all
select '参培', '参培家次', '家次', number(participants)
from overview
union all
select '参培', '参培目标完成率', '%', rtrim(percent(target_rate), '%')
from overview
union all
select '参培', '提交自评估的企业', '家', number(self_assessed)
from overview
union all
select '参培', '自评估覆盖率', '%', rtrim(percent(coverage, 2), '%')
from overview
union all
select '核查', '开展线上核查', '家次', number(online_count)
from overview
union all
select '核查', '开展整改复核', '家次', number(recheck_count)
from overview
union all
select '核查', '开展现场核查', '家次', number(onsite_count)
from overview
union all
select '核查', '采集评估记录', '条', number(observations)
from overview
union all {{#tracks}} select iif({{word}} = '', '定级', {{word}}), '完成核查', '家', number({{finished}})
union all
select iif({{word}} = '', '定级', {{word}}), '达标', '家', number({{listed}})
union all
select iif({{word}} = '', '定级', {{word}}), '达标率', '%', rtrim({{reached_percent}}, '%')
union all
select iif({{word}} = '', '定级', {{word}}), '条目符合率', '%', rtrim({{rate_percent}}, '%')
union all {{/tracks}} select '整改', '整改任务', '项', number(rectifications)
from overview
union all
select '整改', '企业报告整改率', '%', rtrim(percent(claimed_rate), '%')
from overview
union all
select '整改', '整改复核确认率', '%', rtrim(percent(confirmed_rate), '%')
from overview
union all
select '服务', '咨询与支撑机构', '家', number(agencies)
from overview
union all
select '服务', '其中省级支撑机构', '家', number(provincial_agencies)
from overview

-- name: bulk_levels
-- for: tracks
select level_label as name, sum(n) as value from listed_counts where track_code = {{track_code}} group by level

-- name: peak_levels
-- for: tracks
select level_label as name, level as value from listed_counts where track_code = {{track_code}} group by level
