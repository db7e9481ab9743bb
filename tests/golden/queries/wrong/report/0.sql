select 1

-- name: total
select count(*) as firms from listed

-- name: total
select count(*) as firms from tracks

-- name: broken
select count(*) as n
from listed
where town = 1

-- name: row
-- for: tracks
select {{track_code}} as n

-- name: round
select {{round.n}} + 1 as n

-- name: unused
select 2

-- name: empty

-- name: table_list
select name from listed

-- name: table_wrong
select name,
  towns
from listed

-- name: two words
select 3
-- for: tracks
