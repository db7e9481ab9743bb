-- name: awards
select count(*) as total, sum(award = '优秀案例') as cases, sum(award = '优秀服务商') as providers
from nominations

-- name: table_awards
select award as 类别, name as 名称, coalesce_text(city) as 设区市, coalesce_text(recommender) as 推荐单位,
  coalesce_text(summary) as 主要做法
from nominations
order by award = '优秀服务商'
