-- name: campaign
select * from campaign

-- name: total
select count(*) as firms from listed

-- name: broken
select count(*) as n
from listed
where town = 1

-- name: row
-- for: tracks
select {{track_code}} as n

-- name: round
select {{round.n}} + 1 as n

-- name: inner
select {{totals.firms}} as n

-- name: table_list
select name from listed

-- name: table_wrong
select name,
  towns
from listed
