-- name: table_list
-- for: tracks
-- The list is in the order of the tracks.
select ordinal - (select coalesce(sum(n), 0)
    from listed_counts
    where track_code in (select track_code
      from tracks
      where ordinal < (select ordinal from tracks where track_code = {{track_code}}))) as 序号,
  name as 企业名称, city as 设区市, coalesce_text(industry) as 行业, level_label as 级别,
  movement as 变化{{#now.noted}},
  coalesce_text(iif(status_code = 'valid', null,
    coalesce('原级别' || first_label || '，', '') || cn_date(since) || status
      || coalesce('，原名称：' || former_name, '')
      || coalesce('：' || rtrim(reason, '。'), ''))) as 变动{{/now.noted}}
from listed
where track_code = {{track_code}}
order by ordinal

-- name: table_withdrawn
-- for: tracks
select name as 企业名称, city as 设区市, level_label as 原级别, cn_date(since) as 撤销日期,
  coalesce_text(reason) as 说明
from altered
where track_code = {{track_code}} and is_withdrawn
order by ordinal

-- name: table_all_people
select city as 设区市, enterprises as 参培企业, participants as 参培家次,
  {{#kinds.several}}{{#tracks}}(select participants
    from city_track t
    where t.city_code = c.city_code and t.track_code = {{track_code}}) as {{track}},
  {{/tracks}}{{/kinds.several}}{{^kinds.many}}finished as 完成核查, unfinished as 未完成,
  {{/kinds.many}}self_assessed as 自评企业, percent(coverage, 2) as 覆盖率
from (select * from city_summary order by ordinal) c
union all
select '全省', enterprises, participants, {{#kinds.several}}{{#tracks}}{{participants}},
  {{/tracks}}{{/kinds.several}}{{^kinds.many}}finished, unfinished, {{/kinds.many}}self_assessed,
  percent(coverage, 2)
from overview

-- name: table_all_results
select city as 设区市, listed as 达标, not_reached as 未达标, unfinished as 未完成,
  percent(reached_rate) as 达标率, new as 新达标, up as 提升, kept as 保持, down as 下降
from (select * from city_summary order by ordinal)
union all
select '全省', listed, not_reached, unfinished, percent(reached_rate), new, up, kept, down
from overview

-- name: table_all_work
select c.city as 设区市,
  number(c.findings) as 发现问题,
  number(r.total) as 整改任务, percent(r.claimed_rate) as 企业报告整改率,
  percent(r.confirmed_rate) as 复核确认率, c.agencies as 机构, c.provincial_agencies as 省级支撑
from (select * from city_summary order by ordinal) c
join rectification_summary r on r.city_code = c.city_code
union all
select '全省', number(findings), number(rectifications), percent(claimed_rate), percent(confirmed_rate),
  agencies, provincial_agencies
from overview

-- name: area_zero
select joined(area_id) as ids
from (select area_id
  from area_summary a
  where applicable = 0
    and exists (select 1 from track_summary s where s.track_code = a.track_code and s.finished > 0))

-- name: table_areas
-- for: tracks
select area_id as 编号, area as 过程域, number(applicable) as 适用, number(met) as 符合, partial as 部分,
  unmet as 不符, percent(self_rate) as 自评, percent(online_rate) as 线上, percent(rate) as 核定
from area_summary
where track_code = {{track_code}}
order by ordinal

-- name: table_levels
-- claims: free 级别的达到条件，照录规则
select l.track as 类型, iif(l.level = 0, '—', l.label) as 级别, l.name as 级别名称,
  case when l.level = 0 then '未达到起步级别' when s.share is not null then '适用条目加权符合率达到'
    || percent(s.share) || '，且无否决项未满足' when t.method = 'min-of-pa' then '各适用过程域均达到本级'
    else '由核查机构核定' end as 达到条件
from levels l
join tracks t on t.track_code = l.track_code
left join track_shares s on s.track_code = l.track_code and s.level = l.level
order by t.ordinal, l.level desc

-- name: rules
select track_code, iif({{kinds.several}}, track || '类', track_name) as kind,
  decider_code = 'city' as is_by_city, model_id, edition, basis, note, rounds, item_count, area_count,
  class_count, level_count, method = 'min-of-pa' as is_min, method = 'threshold' as is_share,
  method = 'given' as is_given, percent(partial, 0) as partial_percent,
  edition like '%示例%' or note like '%示例%' as is_sample
from tracks
order by ordinal

-- name: quality
select sum(severity = '错误') as errors, sum(severity = '警告') as warnings,
  sum(severity = '提示') as notes, count(*) as total, count(distinct code) as kinds
from problems

-- name: table_problems
select severity as 程度, min(message) as 问题（举例）, count(*) as 处数,
  min(coalesce(file, '—') || iif(line is null, '', '第' || line || '行')) as 举例位置
from (select severity, code, message, line, replace(file, rtrim(file, replace(file, '/', '')), '') as file
  from problems)
group by code
order by case severity when '错误' then 1 when '警告' then 2 else 3 end, count(*) desc, code
