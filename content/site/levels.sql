-- 一个类型的各级，由低到高
-- name: scale
-- for: tracks
select group_concat(words, '、') as words
from (select label || case when name = label then '' else '（' || name || '）' end as words
  from levels
  where track_code = {{track_code}} and level > 0
  order by level)
