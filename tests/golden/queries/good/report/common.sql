-- 两份正文都用的查询

-- 全省一行
-- name: campaign
select * from campaign

-- 每个类型一行
-- name: tracks
select track_code, track_name from tracks order by ordinal

-- name: reached
-- for: tracks
select count(*) as firms, joined(city) as cities
from (select distinct city from listed where track_code = {{track_code}})
