-- name: most
select city as name, count(*) as value from listed group by city order by city_code

-- name: top
select joined(city) as names
from (select city, count(*) as n from listed group by city order by city_code)
where n = (select max(n) from (select count(*) as n from listed group by city))
