-- name: table_tracks
select track as 类型, basis as 依据, edition as 模型版本, level_count as 级别, class_count as 过程类,
  item_count as 条目,
  case method when 'min-of-pa' then '各过程域取最低级' when 'threshold' then '加权符合率达线'
    else '核查机构核定' end as 定级方法{{#kinds.by_city}},
  decider as 评定{{/kinds.by_city}}
from tracks
order by ordinal

-- name: panel
select '星级企业' as label, listed_enterprises || '家' as value,
  iif({{overview.has_several}}, '合' || listed || '家次', '本年度达标') as note
from overview {{#kinds.several}} {{#tracks}} {{#listed}}
union all
select {{track_name}}, {{listed}} || '家', '达到起步级别及以上' {{/listed}} {{/tracks}} {{/kinds.several}}
union all
select '覆盖设区市', cities || '个', '有企业达标'
from overview
