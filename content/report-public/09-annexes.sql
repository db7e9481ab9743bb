-- name: table_list
-- for: tracks
select row_number() over (order by ordinal) as 序号, name as 企业名称, city as 设区市,
  coalesce_text(industry) as 行业, level_label as 级别, coalesce_text(movement) as 变化{{#now.noted}},
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

-- name: table_scale
-- claims: free 级别的达到条件，照录规则
select l.track as 类型, l.label as 级别, l.name as 级别名称,
  case when s.share is not null then '适用条目加权符合率达到' || percent(s.share)
    || '，且无否决项未满足' when t.method = 'min-of-pa' then '各适用过程域均达到本级' else '由核查机构核定'
    end as 达到条件
from levels l
join tracks t on t.track_code = l.track_code
left join track_shares s on s.track_code = l.track_code and s.level = l.level
where l.level > 0
order by t.ordinal, l.level desc
