-- name: panel_brief
select '参培企业' as label, number(enterprises) || '家' as value, '合' || number(participants) || '家次' as note
from overview
union all
select '参培目标完成率', percent(target_rate), iif(target > 0, '目标' || number(target) || '家', '未设目标')
from overview
union all
select '完成核查', number(finished) || '家次', '现场核查' || number(onsite_count) || '家次'
from overview
union all
select '达标', number(listed) || '家次', '达标率' || percent(reached_rate)
from overview
union all
select '新达标和提升', number(up + new) || '家次', '下降' || number(down) || '家次'
from overview
union all
select '发现问题（项次）', number(findings), '高风险' || number(high_findings) || '项次'
from overview
union all
select '企业报告整改率', percent(claimed_rate), '任务' || number(rectifications) || '项'
from overview
union all
select '复核确认率', percent(confirmed_rate), '待复核' || number(waiting) || '项'
from overview

-- name: figure_map
select c.short as 设区市, s.listed as 达标, c.tile_column as 列, c.tile_row as 行
from cities c
join city_summary s on s.city_code = c.city_code
order by c.ordinal

-- Who has the most; nobody where all that have any have as many, or more than three do.
-- name: map_most
select iif(count(*) <= {{thresholds.named_most}} and count(*) < (select count(*) from city_summary where listed > 0),
  joined(city), null) as cities
from (select city from city_summary where listed = (select max(listed) from city_summary) order by ordinal)

-- name: city_listed
select city as name, listed as value from city_summary order by ordinal
