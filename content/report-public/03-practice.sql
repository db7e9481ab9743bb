-- name: stages
select count(*) as total, joined(name) as names, iif(count(*) = 2, '两', cn_number(count(*))) as many
from (select name from stages order by ordinal)

-- name: table_stages
select row_number() over (order by ordinal) as 序号, name as 阶段,
  coalesce_text(cn_date(deadline)) as 截止日期
from stages
order by ordinal

-- name: methods
select *, decider_code = 'city' as is_by_city, method = 'min-of-pa' as is_min,
  method = 'threshold' as is_share, method = 'given' as is_given, percent(partial, 0) as partial_percent
from tracks
order by ordinal

-- name: changes
select count(*) as total from ledger where changes

-- name: table_changes
select cn_date(date) as 日期, name as 企业, city as 设区市, track as 类型, kind as 事项,
  coalesce_text(level_label) as 级别, coalesce_text(reason) as 理由
from ledger
where changes
order by ordinal
