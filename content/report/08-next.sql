-- name: low_coverage
select coverage < {{thresholds.coverage_low}} / 100.0 as is_low from overview

-- name: unfinished_work
select rectifications - confirmed as left from overview

-- name: short_cities
select count(*) as many, count(*) > 1 as several, joined(city || '（' || gap || '家）') as cities,
  sum(gap) as gap, joined(city) as names, iif(min(gap) = max(gap), min(gap), null) as even
from (select city, target - enterprises as gap
  from city_summary
  where target > enterprises
  order by target - enterprises desc, ordinal)

-- name: undone
select coalesce(sum(n), 0) as total,
  (select joined(city || n || '家次')
    from (select city, sum(n) as n
      from participation_counts
      where outcome = '未完成'
      group by city_code
      order by n desc, city_code)) as cities
from participation_counts
where outcome = '未完成'

-- name: not_reached
select coalesce(sum(not_reached), 0) as total, count(*) > 1 as several, joined(kind || not_reached || '家') as parts,
  max(kind) as kind
from (select s.not_reached, iif(t.track like '%类', t.track, t.track || '类') as kind
  from track_summary s
  join tracks t on t.track_code = s.track_code
  where s.not_reached > 0
  order by t.ordinal)

-- name: late_work
select (select coalesce(sum(n), 0)
  from participation_counts
  where self_date > (select deadline from stages where id = 'self')) as self_late,
  (select coalesce(sum(n), 0)
    from participation_counts
    where rectify_date > (select deadline from stages where id = 'rectify')) as rectify_late,
  (select coalesce(sum(n), 0)
    from participation_counts
    where onsite_date > (select deadline from stages where id = 'onsite')) as onsite_late,
  (select coalesce(sum(n), 0)
    from participation_counts
    where must_rectify and coalesce(rectify_date, '') = '') as no_rectify

-- name: any_late
select {{late_work.self_late}} + {{late_work.rectify_late}} + {{late_work.onsite_late}} as overdue,
  {{undone.total}} + {{late_work.self_late}} + {{late_work.rectify_late}} + {{late_work.onsite_late}} + {{late_work.no_rectify}} as total

-- name: weak_areas
-- for: tracks
select iif(count(*) <= {{areas_shown}} / 2 + 3
  and count(*) < (select count(rate) from area_summary where track_code = {{track_code}}),
  joined(area), null) as areas,
  iif(count(*) = 2, '两', cn_number(count(*))) as many
from (select area
  from (select area, rate, ordinal, rank() over (order by rate) as place
    from area_summary
    where track_code = {{track_code}} and rate is not null)
  where place <= {{areas_shown}} / 2
  order by rate, ordinal)

-- name: high_open
select coalesce(sum(total - confirmed), 0) as total, number(coalesce(sum(total - confirmed), 0)) as total_text,
  coalesce(sum(open_participations), 0) as firms
from rectification_risks
where risk = '高'

-- name: fallen
select sum(down) as down, sum(dropped) as dropped, sum(down) + sum(dropped) as total from track_summary

-- name: near
-- for: tracks
select sum(n * (way_count between 1 and {{thresholds.near_items}})) as near, coalesce(sum(n), 0) as all_of,
  percent(sum(n * (way_count between 1 and {{thresholds.near_items}})), sum(n), 1) as share,
  median(way_count, n) as middle, {{thresholds.near_items}} as most, coalesce(sum(n), 0) = 1 as is_single
from participation_counts
where track_code = {{track_code}} and outcome <> '未完成' and next_level > 0 and way_count > 0

-- name: climbers
select coalesce(sum(n), 0) as total, coalesce(sum(n * (way_count between 1 and {{thresholds.near_items}})), 0) as near,
  {{thresholds.near_items}} as most
from participation_counts
where outcome <> '未完成' and next_level > 0 and way_count > 0

-- name: unsigned
select (select coalesce(sum(n), 0) from enterprise_counts where coalesce(committed, '') = '' and track_count > 0) as firms,
  (select count(*) from agencies where coalesce(committed, '') = '') as agencies

-- name: low_level
-- for: tracks
select sum(iif(level <= 1, enterprises, 0)) as low,
  percent(sum(iif(level <= 1, enterprises, 0)), sum(enterprises), 1) as share,
  sum(iif(level <= 1, enterprises, 0)) * 2 > sum(enterprises) and sum(enterprises) > 2
    and sum(iif(level <= 1, enterprises, 0)) < sum(enterprises) as is_most,
  max(iif(level = 1, label, null)) as label
from level_summary
where track_code = {{track_code}}

-- name: low_levels
select coalesce(max(low * 2 > finished and finished > 2), 0) as is_most
from (select sum(iif(level <= 1, enterprises, 0)) as low, sum(enterprises) as finished
  from level_summary
  group by track_code
  having max(level) > 2)

-- name: lessons
select nullif(ltrim('' {{#tracks}}{{#weak_areas.areas}} || '；' || {{kind}}
  || iif({{kind}} = '', '', '：') || {{weak_areas.areas}}{{/weak_areas.areas}}{{/tracks}},
  '；'),
  '') as areas

-- name: has_tasks
select {{short_cities.many}} + (select coalesce(sum(n), 0)
  from participation_counts
  where outcome in ('未完成',
    '未达标')) + {{unfinished_work.left}} + {{climbers.near}} + {{unsigned.firms}} + {{unsigned.agencies}} + coalesce({{fallen.total}},
    0) + ({{lessons.areas}} is not null) > 0 as yes

-- name: table_short
select city as 设区市, target as 目标（家）, enterprises as 参培（家）,
  target - enterprises as 缺口（家）, percent(target_rate) as 完成率, percent(coverage, 2) as 自评估覆盖率
from city_summary
where target > enterprises
order by target_rate, ordinal

-- name: figure_near
-- for: tracks
with w as (select way_count, n
  from participation_counts
  where track_code = {{track_code}} and outcome <> '未完成' and next_level > 0 and way_count > 0),
  e as (select {{near.most}} as high
    union all
    select column1 from (values (10), (20), (30), (100000)) where column1 > {{near.most}}),
  b as (select coalesce(lag(high) over (order by high), 0) + 1 as low, high from e)
select case when low = 1 then high || '项以内' when high = 100000 then low || '项以上' else low || '至' || high || '项'
  end as name, (select coalesce(sum(w.n), 0) from w where w.way_count between b.low and b.high) as 企业数
from b
order by low

-- name: table_near
-- for: tracks
select iif(level = 0, '未达标', level_label) as 当前级别, next_label as 上一级别, sum(n) as 企业（家）,
  min(way_count) as 最少（项）, median(way_count, n) as 中位数（项）,
  sum(n * (way_count <= {{near.most}})) as "{{near.most}}项以内（家）"
from participation_counts
where track_code = {{track_code}} and outcome <> '未完成' and next_level > 0 and way_count > 0
group by level
order by level

-- Who can be asked: where no agency is registered its work is left to the authorities.
-- name: helpers
select agencies, iif(provincial_agencies > 0, '省级支撑机构', '省级工信主管部门') as province from overview

-- name: table_tasks
select row_number() over (order by k) as 序号, task as 任务, amount as 对象与数量, who as 责任单位
from (select 1 as k, '补足参培缺口' as task, joined(city || gap || '家') as amount,
  '相关设区市工信部门' as who
  from (select city, target - enterprises as gap
    from city_summary
    where target > enterprises
    order by gap desc, ordinal)
  union all
  select 2, '完成未结核查', iif(sum(n) > 0, sum(n) || '家次', null), {{helpers.province}}
  from participation_counts
  where outcome = '未完成'
  union all
  select 3, '帮扶未达标企业', iif(sum(n) > 0, sum(n) || '家次，一企一策', null),
    '设区市工信部门' || iif({{helpers.agencies}} > 0, '、咨询机构', '')
  from participation_counts
  where outcome = '未达标'
  union all
  select 4, '高风险问题挂牌督办',
    iif({{high_open.total}} > 0, {{high_open.total_text}} || '项未经复核确认', null), '设区市工信部门'
  union all
  select 5, '整改任务销号',
    nullif(iif(returned > 0, '复核退回' || number(returned) || '项', '')
      || iif(returned > 0 and waiting > 0, '、', '')
      || iif(waiting > 0, '待复核' || number(waiting) || '项', ''),
      ''),
    '参培企业、' || {{helpers.province}}
  from overview
  union all
  select 6, '薄弱过程域专题培训', {{lessons.areas}}, {{helpers.province}}
  union all
  select 7, '下降和退出企业回访',
    iif(sum(down) + sum(dropped) > 0, (sum(down) + sum(dropped)) || '家次', null), '设区市工信部门'
  from track_summary
  union all
  select 8, '晋级企业优先辅导',
    iif({{climbers.near}} > 0, {{climbers.near}} || '家次，所需条目' || {{climbers.most}} || '项以内',
      null),
    iif({{helpers.agencies}} > 0, '咨询机构', '设区市工信部门')
  union all
  select 9, '补签服务承诺书',
    nullif(iif({{unsigned.firms}} > 0, '企业' || {{unsigned.firms}} || '家', '')
      || iif({{unsigned.firms}} > 0 and {{unsigned.agencies}} > 0, '、', '')
      || iif({{unsigned.agencies}} > 0, '机构' || {{unsigned.agencies}} || '家', ''),
      ''),
    '设区市工信部门')
where amount <> ''

-- name: short_gaps
select city as name, target - enterprises as value from city_summary where target > enterprises

-- name: coverage_parts
select '未开展' as name, scale_enterprises - self_assessed as value, 1 as holds from overview
union all
select '已开展', self_assessed, 0 from overview

-- name: low_shares
-- for: tracks
select label as name, enterprises as value, level <= 1 as holds from level_summary where track_code = {{track_code}}

-- name: findings_now
select findings as total from overview

-- name: lacks
select max(iif(name = 'reach', holds, 0)) as reach, max(iif(name = 'levels', holds, 0)) as levels,
  max(iif(name = 'weak', holds, 0)) as weak, max(iif(name = 'self', holds, 0)) as self,
  max(iif(name = 'closing', holds, 0)) as closing, max(iif(name = 'pace', holds, 0)) as pace,
  max(holds) as any
from (select 'reach' as name,
    {{short_cities.many}} > 0 or coalesce({{low_coverage.is_low}}, 0) as holds
  union all
  select 'levels', exists (select 1 from level_summary where level <= 1 and enterprises > 0)
    or coalesce({{fallen.total}}, 0) > 0
  union all
  select 'weak', {{lessons.areas}} is not null or {{overview.high_findings}} > 0
  union all
  select 'self', exists (select 1
    from participation_counts
    where outcome <> '未完成' and self_lead > {{thresholds.lead_points}} / 100.0)
  union all
  select 'closing', {{unfinished_work.left}} > 0 or {{rect_unanswered.firms}} > 0
  union all
  select 'pace', {{any_late.total}} > 0)

-- name: lack_rows
select '参培面' as name, {{lacks.reach}} as holds
union all
select '级别结构', {{lacks.levels}}
union all
select '短板', {{lacks.weak}}
union all
select '自评质量', {{lacks.self}}
union all
select '整改', {{lacks.closing}}
union all
select '进度', {{lacks.pace}}
