-- name: nominated
select count(*) as total from nominations

-- name: cases
select count(*) as nominated, coalesce(sum(verdict = '入选'), 0) as chosen,
  coalesce(sum(verdict = '入选' and listed), 0) as shown,
  sum(verdict = '入选' and not listed
    and code not in (select code from altered where is_withdrawn)) as held,
  sum(verdict = '入选' and not listed
    and code in (select code from altered where is_withdrawn)) as withdrawn,
  (select joined(n.name || '（'
    || (select joined(distinct_day)
      from (select distinct cn_date(a.since) as distinct_day
        from altered a
        where a.code = n.code and a.is_withdrawn))
    || '撤销）')
    from nominations n
    where n.award = '优秀案例' and n.verdict = '入选' and not n.listed
      and n.code in (select code from altered where is_withdrawn)) as withdrawn_names,
  count(distinct iif(verdict = '入选' and listed, city, null)) as cities,
  sum(verdict = '入选') * 100 >= count(*) * 80 as is_easy,
  percent(sum(verdict = '入选'), count(*), 1) as share
from nominations
where award = '优秀案例'

-- name: providers
select count(*) as nominated, coalesce(sum(verdict = '入选'), 0) as chosen,
  percent(sum(verdict = '入选'), count(*), 1) as share,
  count(distinct iif(verdict = '入选', city, null)) as cities
from nominations
where award = '优秀服务商'

-- name: table_awards
select award as 类别, count(*) as 推荐（项）, sum(verdict = '入选') as 入选（项）
from nominations
group by award
order by case award when '优秀案例' then 1 else 2 end

-- name: table_cases
with l as materialized (select code, track || coalesce('（' || named_platform || '）', '') || level_label as entry
  from listed
  where code in (select code from nominations))
select n.name as 企业, n.city as 设区市,
  coalesce_text((select joined(l.entry) from l where l.code = n.code)) as 本年度级别,
  n.recommender as 推荐单位
from nominations n
left join cities c on c.city = n.city
where n.award = '优秀案例' and n.verdict = '入选' and n.listed
order by c.ordinal, n.name

-- name: case_list
select n.name, n.summary
from nominations n
left join cities c on c.city = n.city
where n.award = '优秀案例' and n.verdict = '入选' and n.listed
order by c.ordinal, n.name

-- name: table_providers
select n.name as 机构, coalesce_text(n.city) as 设区市,
  case a.is_provincial when 1 then '是' when 0 then '否' else '—' end as 省级, a.consulted as 辅导,
  a.checked as 核查, percent(a.reached_rate) as 达标率
from nominations n
left join agencies a on a.agency_code = n.code
where n.award = '优秀服务商' and n.verdict = '入选'
order by a.city_code, n.code

-- name: provider_list
select n.name, n.summary
from nominations n
left join agencies a on a.agency_code = n.code
where n.award = '优秀服务商' and n.verdict = '入选'
order by a.city_code, n.code

-- name: provider_work
select count(*) as known, sum(a.consulted) as consulted, sum(a.checked) as checked,
  percent(sum(a.checked), (select sum(checked) from agencies), 1) as share
from nominations n
join agencies a on a.agency_code = n.code
where n.award = '优秀服务商' and n.verdict = '入选'
