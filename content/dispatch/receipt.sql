-- name: campaign
select title, publisher, contact from campaign

-- name: table
select '文书名称' as 项目, {{campaign.title}} || '诊断书' as 内容
union all
select '文号、份号', {{copy.document}} || '　份号 ' || {{copy.number}}
union all
select '受送达单位',
  {{copy.unit}} || case when {{copy.unit}} = {{copy.name}} then '' else '（' || {{copy.name}} || '）' end
    || '
' || {{copy.code}}
union all
select '送达地点', coalesce(nullif({{copy.address}}, ''), '　')
union all
select '送达方式', {{copy.channel}}
union all
select '校验值', 'SHA-256 ' || substr({{copy.sha256}}, 1, 32) || ' ' || substr({{copy.sha256}}, 33)
union all
select '签收人
（签名、盖章）', '　
　
　'
union all
select '签收日期', '　　　　　年　　　月　　　日'
union all
select '送达人
（签名）', '　
　'
union all
select '备注', {{#copy.was}}'更正版，替换编号 ' || {{copy.was}} || '
' || {{/copy.was}}'　
　'
