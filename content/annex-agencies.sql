-- name: campaign
select * from campaign

-- name: recommended
select count(*) as total from agencies where city_code = {{brief.code}}

-- name: table_agencies
select row_number() over (order by agency_code) as 序号, name as 机构名称,
  iif(is_provincial, '是', '否') as 省级支撑, coalesce(committed, '未签') as 承诺书日期, '　' as 联系人,
  '　' as 联系电话
from agencies
where city_code = {{brief.code}}
order by agency_code
