-- name: campaign
select * from campaign

-- name: cities
select city as name, ordinal as value from cities where ordinal < 4

-- name: last
select city as names from cities where ordinal = 3

-- name: never
select sum(is_late) as total from rectifications where item_id = ''

-- name: nobody
select name, 0 as holds from enterprises where name = ''
