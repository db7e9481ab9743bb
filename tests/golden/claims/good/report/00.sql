-- name: campaign
select * from campaign

-- name: cities
select city as name, enterprises as value from city_summary where enterprises > 0 order by ordinal

-- name: best
select joined(city) as names
from (select city
  from city_summary
  where enterprises = (select max(enterprises) from city_summary)
  order by ordinal)

-- name: late
select count(*) as total from participations where self_date > '2021-12-31'

-- name: nobody
select name from enterprises where name = ''
