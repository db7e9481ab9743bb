-- name: campaign
select title, publisher, contact from campaign

-- name: table
select '一' as 序号, '诊断书' as 文书, {{copy.document}} as 编号,
  case when {{copy.pages}} > 0 then {{copy.pages}} || ' 页' else '—' end as 页数
union all
select '二', '送达回证', {{copy.number}}, '1 页'
{{#copy.form}}
union all
select '三', '整改反馈表（附在诊断书文件里）', {{copy.document}}, '电子表格'
{{/copy.form}}
