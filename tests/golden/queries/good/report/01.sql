-- name: list
select count(*) as total from listed

-- name: table_list
select name as 企业名称,
  -- 星级在前
  city as 设区市, level_label as 级别
from listed
order by ordinal
