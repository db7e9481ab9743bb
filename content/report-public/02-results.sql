-- name: table_participation
select t.track_name as 类型,
  iif(p.participants_about, '约' || number(p.participants_about), '不足' || {{campaign.half}}) as 参培,
  (select sum(listed) from level_summary l where l.track_code = t.track_code) as 达标
from tracks t
join participation_track p on p.track_code = t.track_code
order by t.ordinal

-- name: table_levels
select l.track as 类型, label as 级别, name as 级别名称, listed as {{campaign.year_column}},
  percent(share) as 占本类型{{#campaign.previous_year}},
  coalesce_text(previous) as {{campaign.previous_column}},
  coalesce_text(signed(listed - previous)) as 增减（家）{{/campaign.previous_year}}
from level_summary l
join tracks t on t.track_code = l.track_code
where l.track_code in (select track_code from listed)
order by t.ordinal, level desc

-- name: figure_levels
-- for: tracks
select label, listed as {{campaign.year_word}}{{#campaign.previous_year}},
  previous as {{campaign.previous_word}}{{/campaign.previous_year}}
from level_summary
where track_code = {{track_code}}
order by level

-- name: table_movement
select movement as 变化, listed as 达标企业, percent(listed, {{overview.listed}}, 1) as 占比
from movement_summary
order by ordinal

-- name: figure_movement
select movement, listed as 达标企业 from movement_summary where listed > 0 order by ordinal

-- name: table_cities
select city as 设区市, listed_enterprises as 达标企业{{#kinds.several}}{{#tracks}},
  (select listed
    from city_track t
    where t.city_code = c.city_code
      and t.track_code = {{track_code}}) as {{track}}{{/tracks}}{{/kinds.several}},
  new as 新达标, up as 提升
from (select * from city_summary order by ordinal) c
union all
select '全省', listed_enterprises{{#kinds.several}}{{#tracks}}, {{listed}}{{/tracks}}{{/kinds.several}},
  new, up
from overview

-- name: figure_city_level
select city, iif({{kinds.several}}, t.track, '') || label, listed
from city_level c
join tracks t on t.track_code = c.track_code
where c.track_code in (select track_code from listed)
order by c.ordinal, t.ordinal, level

-- name: industries
select count(*) as kinds, sum(listed) as listed from industry_summary where industry <> '' and listed > 0

-- name: top_industries
select iif(count(*) <= 8 and count(*) < {{industries.kinds}},
  joined(industry || '（' || listed || '家次）'), null) as words,
  iif(count(*) = 2, '两', cn_number(count(*))) as many
from (select *
  from (select industry, industry_code, listed, rank() over (order by listed desc) as place
    from industry_summary
    where industry <> '' and listed > 0)
  where place <= 5
  order by place, industry_code)

-- name: figure_industries
select industry, listed as 达标
from industry_summary
where industry <> '' and listed > 0
order by listed desc, industry_code
limit 12

-- name: table_industries
select industry_code as 代码, industry as 行业, listed as 达标（家次）
from industry_summary
where listed > 0
order by listed desc, industry_code

-- name: industry_listed
select industry as name, listed as value from industry_summary where industry <> '' and listed > 0
