-- name: campaign
select *, cn_date(generated) as day from campaign

-- name: firm
select * from firm

-- name: sheets
select f.*, cn_date(f.due) as due_day, f.result = '未评' as is_open,
  replace(rtrim(trim(coalesce(f.note, '')), '。') || '。', '。。', '。') as seen,
  length(trim(coalesce(f.note, ''))) > 0 as has_note, coalesce(f.evidence, '—') as proof,
  p.level_label as now_label, p.next_label, a.is_withdrawn,
  a.is_corrected and not a.is_withdrawn as is_changed, a.is_corrected or a.is_withdrawn as differs,
  a.level_label as shown_label, coalesce(a.first_label, a.level_label) as first_label,
  cn_date(a.since) as change_day, a.former_name, p.platform, t.track_name, s.lifts_area, s.area_left,
  s.points > 0 as has_points, replace(points(s.points, 0), '+', '提高') as plus, s.veto as frees,
  s.item_id is not null as on_steps, count(*) over () as total
from findings f
join parts p on p.participation_id = f.participation_id
left join altered a on a.participation_id = p.participation_id
join tracks t on t.track_code = f.track_code
left join steps s on s.participation_id = f.participation_id and s.item_id = f.item_id
where f.risk = '高' and p.outcome <> '未完成'
order by f.participation_id, f.ordinal

-- name: sheet
-- for: sheets
-- claims: free 说的是尚未核查、没有记录证据
select {{area}} as title, {{item_id}} as code, case when {{veto}} then '一票否决' end as mark,
  {{risk}} || '风险' as risk,
  {{level_label}} || '　' || {{element}} || case when {{advice_department}} is null then ''
    else '　建议责任部门：' || {{advice_department}} end || case
    when {{due}} is null then '　期限：由企业确定' else '　期限：' || {{due_day}} || '前（'
    || {{advice_days}} || '天）' end as meta,
  {{requirement}} as 要求,
  case when {{is_open}} then '尚无核查结论，按未满足对待。' else {{round}} || '结果为' || {{result}}
    || '。' end || case when {{has_note}} then {{seen}} else '' end as 现状,
  coalesce(rtrim({{evidence}}, '。') || '。', '核查时没有记录证据。') as 证据,
  case when {{rectification_state}} is not null then case coalesce({{rectification_status}}, '未复核')
    when '未复核' then '企业未报告完成' else '企业报告' || {{rectification_status}} end || case
    when {{rectification_result}} is null then '，待复核。' else '，' || {{rectification_round}} || case
    when {{rectification_state}} = '复核确认' then '为' else '仍为' end || {{rectification_result}} || '（'
    || {{rectification_state}} || '）。' end end as 整改状态,
  coalesce({{advice}}, '由企业对照要求制定措施。') as 建议,
  case when {{on_steps}} then case when {{differs}} then '按条目结果，' else '' end || '这是从'
    || {{now_label}} || '达到' || {{next_label}} || '的必要一步' || case
    when {{frees}} then '，可解除一项一票否决' else '' end || case when {{has_points}} then '，加权符合率'
    || {{plus}} || '个百分点' else '' end || case when {{lifts_area}} then '，' || {{area}} || '随之达到'
    || {{next_label}} || '的要求' when {{area_left}} > 0 then '，' || {{area}} || '还须完成另外'
    || {{area_left}} || '项' else '' end || '。'
    else '本项不在到下一级别的最短路径上，但属高风险，应当优先整改。' end as 完成后

-- name: table_sheet
select '一' as 序号, '　
　
　
　' as 整改措施与证据, '' as 责任人, '' as 完成日期
union all
select '二', '　
　
　
　', '', ''
union all
select '三', '　
　
　
　', '', ''
union all
select '四', '　
　
　
　', '', ''
