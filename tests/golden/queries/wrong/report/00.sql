select 1

-- name: total
select count(*) as firms from listed

-- name: total
select count(*) as firms from tracks

-- name: unused
select {{other.n}}

-- name: other
select 2 as n

-- name: empty

-- name: two words
select 3
-- for: tracks
