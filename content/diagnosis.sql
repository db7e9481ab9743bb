-- name: thresholds
select * from thresholds

-- name: campaign
select *, cn_date(generated) as day, state = '拟公布' and objection_until >= generated as can_object,
  cn_date(objection_until) as objection_day
from campaign

-- name: gone
select track, year, count(*) as total
from last_open
where state = '未参培'
group by track_code, track, year
order by track_code, track

-- name: firm
select *, (select max(former_name) from altered) as former,
  (select count(*) from tracks) > 1 as has_kinds,
  (select iif(count(*) = 2, '两', cn_number(count(*))) from parts) as part_words,
  (select joined(checker) from (select distinct checker from parts where checker is not null)) as checkers,
  (select count(*) from parts) as part_count,
  (select count(distinct track_code) < count(*) from parts) as has_platforms,
  (select joined(track) from parts) as part_names, (select count(*) from parts) > 1 as has_two,
  (select count(*) from parts where outcome <> '未完成') = 0
    and (select count(*) from parts where self_rate is not null) > 0 as is_parted
from firm

-- name: parts
select p.*, t.track_name || substr(p.track, length(t.track) + 1) as track_name,
  t.decider_code = 'city' as is_by_city, t.level_count, t.basis, t.edition,
  t.note as model_note, t.item_count, t.area_count, t.class_count, t.rounds,
  p.outcome <> '未完成' as is_finished, p.outcome = '达标' as is_listed, p.outcome = '未达标' as is_below,
  coalesce(a.level, p.level) as shown_level, coalesce(a.level_label, p.level_label) as shown_label,
  coalesce(a.level_name, p.level_name) as shown_name, a.first_label, a.former_name,
  rtrim(a.reason, '。') as change_reason, cn_date(a.since) as change_day, a.is_withdrawn, a.is_corrected,
  a.is_corrected and not a.is_withdrawn as is_changed, a.is_corrected or a.is_withdrawn as differs,
  a.is_added and not a.is_withdrawn as is_added,
  p.outcome = '达标' and a.level is null
    and not exists (select 1 from listed l where l.participation_id = p.participation_id) as is_absent,
  t.level_count - p.level as levels_left,
  coalesce(a.movement, p.movement, '') = '新达标' as is_new,
  coalesce(a.movement, p.movement, '') = '提升' as is_up,
  coalesce(a.movement, p.movement, '') = '保持' as is_kept,
  coalesce(a.movement, p.movement, '') = '下降' as is_down, coalesce(p.movement, '') = '退出' as is_out,
  p.method = 'min-of-pa' as by_area, p.method = 'threshold' as by_share, p.method = 'given' as by_checker,
  percent(p.rate) as rate_text, percent(p.self_rate) as self_text, percent(p.online_rate) as online_text,
  percent(p.peer_rate) as peer_text, percent(p.peer_better) as better_text,
  ltrim(points(round(p.rate, 3), round(p.peer_rate, 3)), '+−') as peer_points,
  p.peer_rate is not null and p.rate is not null as has_peers, p.peer_better > 0 as beats_some,
  p.rate > p.peer_rate and percent(p.rate) <> percent(p.peer_rate) as is_above,
  p.rate < p.peer_rate and percent(p.rate) <> percent(p.peer_rate) as is_under,
  cn_date(p.self_date) as self_day, cn_date(p.online_date) as online_day,
  cn_date(p.onsite_date) as onsite_day,
  coalesce(a.level_name <> a.level_label, p.level_name <> p.level_label) as has_name,
  p.level_name <> p.level_label and p.level > 0 as is_named, p.self_level > p.level as self_too_high,
  p.self_level < p.level as self_too_low, p.partial + p.unmet + p.unassessed as missing,
  p.finding_count = 0 as is_clean, p.finding_count = 1 as is_single,
  p.participation_id = (select min(q.participation_id)
    from parts q
    where q.outcome <> '未完成') as is_first,
  p.gap_label = p.next_label as aims_next, p.gap_count <> p.way_count as is_wider,
  p.self_level = p.level as self_is_right,
  p.finding_count > 0 and p.high_count = p.finding_count as all_high
from parts p
join tracks t on t.track_code = p.track_code
left join altered a on a.participation_id = p.participation_id
order by p.participation_id

-- name: stars
-- for: parts
select iif({{is_withdrawn}}, 0, {{shown_level}}), {{level_count}},
  case when {{is_withdrawn}} then '已从名单撤销' when {{shown_level}} > 0
    and {{shown_label}} <> {{shown_name}} then {{shown_label}} || '　' || {{shown_name}}
      else {{shown_label}} end

-- name: panel
-- for: parts
-- claims: free 最少是最短提升路径的条数；全部满足、没有高风险项由同一行的计数为 0 决定
select '核定级别' as label, iif({{is_withdrawn}}, '已撤销', {{shown_label}}) as value,
  case when {{is_withdrawn}} then '原' || {{shown_label}} || '，' || {{change_day}} || '撤销'
    when {{is_changed}} then '原核定' || {{first_label}} || '，' || {{change_day}} || '更正'
    when earlier_label is null then '往年未列入名单' else earlier_year || '年度' || earlier_label end as note
from parts
where participation_id = {{participation_id}}
union all
select '条目符合率', percent(rate),
  case when peer_rate is null then '' else '全省中位数' || percent(peer_rate) end
from parts
where participation_id = {{participation_id}}
union all
select '到' || next_label || '最少再完成', way_count || '项',
  iif(next_label = gap_label, '目标就是' || gap_label, '最终目标' || gap_label)
from parts
where participation_id = {{participation_id}} and way_count > 0 and next_label is not null
union all
select '目标级别', gap_label, iif(gap_count = 0, '要求已全部满足', '未满足条目' || gap_count || '项')
from parts
where participation_id = {{participation_id}} and gap_label is not null and coalesce(way_count, 0) = 0
union all
select '待整改问题', case when finding_count = 0 then '无' else finding_count || '项' end,
  case when finding_count = 0 then '' when high_count = 0 then '没有高风险项' else '高风险' || high_count
    || '项' end
from parts
where participation_id = {{participation_id}}

-- name: why
-- for: parts
select (select count(*) from steps where participation_id = {{participation_id}}) as total,
  (select count(distinct area_id) from steps where participation_id = {{participation_id}}) as areas,
  (select joined(area)
    from (select distinct area from steps where participation_id = {{participation_id}}
      limit {{thresholds.named_most}})) as names,
  (select count(distinct area_id) from steps where participation_id = {{participation_id}})
    > {{thresholds.named_most}} as has_more,
  (select count(*) from steps where participation_id = {{participation_id}} and risk = '高') as high,
  (select count(*) = sum(risk = '高') from steps where participation_id = {{participation_id}}) as all_high,
  (select count(*) from steps where participation_id = {{participation_id}}) = 1 as is_one,
  (select count(*) from steps where participation_id = {{participation_id}} and due is null) as undated,
  (select count(*) from steps where participation_id = {{participation_id}} and veto) as vetoes,
  (select cn_date(max(due)) from steps where participation_id = {{participation_id}}) as last_day

-- name: bar
-- for: parts
select percent(s.share) as share, percent(s.got) as got, s.failed_vetoes, s.got < s.share as is_short
from shares s
join parts p on p.participation_id = s.participation_id and p.next_level = s.level
where s.participation_id = {{participation_id}} and s.share is not null

-- The rounds that looked, in order: the level that each would have given; of one that looked at a part only, what it found.
-- name: by_round
-- for: parts
select joined(round || iif(looked * 10 >= total * 9, level_label, '的' || looked || '项中' || met || '项符合'), '，') as words
from (select r.round, r.level_label, r.met, s.total,
    case r.round_code when 'self' then s.self when 'online' then s.online when 'recheck' then s.recheck
      else s.onsite end as looked
  from (select count(*) as total, count(*) filter (where self_result <> '未评') as self,
      count(*) filter (where online_result <> '未评') as online,
      count(*) filter (where recheck_result <> '未评') as recheck,
      count(*) filter (where onsite_result <> '未评') as onsite
    from items
    where participation_id = {{participation_id}} and result <> '不适用') s, rounds r
  where r.participation_id = {{participation_id}} and r.rate is not null
  order by r.ordinal)

-- name: five
-- for: parts
select count(*) as total, coalesce(sum(instr(advice, '；') > 1), 0) as is_cut, count(advice_department) as departments, count(due) as dues
from top_steps
where participation_id = {{participation_id}}

-- name: table_five
-- for: parts
select ordinal as 序号, case when instr(advice, '；') > 1 then substr(advice, 1, instr(advice, '；') - 1)
    else coalesce(advice, '满足要求：' || requirement) end as 建议措施,
  risk as 风险{{#five.departments}}, advice_department as 责任部门{{/five.departments}}{{#five.dues}},
  due as 建议完成日{{/five.dues}},
  {{#by_share}}case when veto then '解除一票否决' when coalesce(points, 0) <= 0 then '消除' || risk
    || '风险问题' else '加权符合率' || replace(points(points, 0), '+', '提高')
    || '个百分点' end{{/by_share}}{{^by_share}}case
    when not exists (select *
      from steps s
      where s.participation_id = {{participation_id}} and s.item_id = top_steps.item_id) then '消除'
    || risk || '风险问题'
    when (select count(*)
      from steps s
      where s.participation_id = {{participation_id}} and s.area_id = top_steps.area_id) - (select count(*)
      from top_steps t
      where t.participation_id = {{participation_id}} and t.area_id = top_steps.area_id
        and t.ordinal <= top_steps.ordinal) > 0 then area
    || '还余'
    || ((select count(*)
      from steps s
      where s.participation_id = {{participation_id}} and s.area_id = top_steps.area_id) - (select count(*)
      from top_steps t
      where t.participation_id = {{participation_id}} and t.area_id = top_steps.area_id
        and t.ordinal <= top_steps.ordinal))
    || '项' else area || '达到' || coalesce({{next_label}}, '要求') end{{/by_share}} as 完成后,
  veto as 先
from top_steps
where participation_id = {{participation_id}}
order by ordinal

-- name: guard
-- for: parts
select count(*) as total
from area_results
where participation_id = {{participation_id}} and median < 1 and rate is not null

-- name: keep
-- for: parts
select sum(result not in ('不适用', '未评')) as total,
  coalesce(sum(result <> '不适用' and risk = '高'), 0) as high,
  coalesce(sum(result <> '不适用' and veto), 0) as vetoes,
  coalesce(sum(result = '符合' and coalesce(onsite_result, '未评') = '未评'), 0) as unseen,
  coalesce(sum(result = '符合' and self_result in ('不符合', '部分符合')), 0) as doubted
from items
where participation_id = {{participation_id}}

-- name: margin
-- for: parts
select percent(share) as share, percent(got) as got
from shares s
join parts p on p.participation_id = s.participation_id and p.level = s.level
where s.participation_id = {{participation_id}} and s.share is not null

-- name: table_keep
-- for: parts
select area as 过程域,
  (select count(*)
    from items i
    where i.participation_id = {{participation_id}} and i.area_id = a.area_id
      and i.result <> '不适用') as 适用条目（项）,
  (select count(*)
    from items i
    where i.participation_id = {{participation_id}} and i.area_id = a.area_id and i.result <> '不适用'
      and i.risk = '高') as 其中高风险（项）,
  coalesce_text((select joined(round)
    from (select distinct round
      from items i
      where i.participation_id = {{participation_id}} and i.area_id = a.area_id and i.result = '符合'))) as 依据轮次,
  percent(median) as 全省中位数
from area_results a
where participation_id = {{participation_id}} and median < 1 and rate is not null
order by median, ordinal
limit 8

-- name: left
-- for: parts
-- claims: free 均只在不止一项、状态只有一种（is_alike）时印出
select coalesce(max(year),
  (select max(year)
    from over_years
    where participation_id = {{participation_id}} and is_last and outcome <> '未完成')) as year,
  coalesce(sum(state <> '复现'), 0) as total, coalesce(sum(state = '复现'), 0) as recurred,
  count(distinct iif(state = '复现', null, state)) = 1 as is_alike,
  iif(sum(state <> '复现') > 1, '均', '')
    || min(iif(state = '复现', null,
      case state when '复核确认' then '已复核确认关闭' else state end)) as alike,
  (select joined(word || total || '项', '，')
    from (select case state when '复核确认' then '已复核确认关闭' else state end as word, count(*) as total
      from last_open
      where participation_id = {{participation_id}} and state <> '复现'
      group by state
      order by case state when '复核确认' then 1 when '仍未关闭' then 2 when '不再适用' then 3
        else 4 end)) as states
from last_open
where participation_id = {{participation_id}}

-- name: earlier
-- for: parts
select count(*) as total, coalesce(sum(is_late), 0) as late,
  coalesce(sum(status = '已整改'), 0) as claimed, coalesce(sum(state = '复核确认'), 0) as confirmed,
  coalesce(sum(state = '复核退回'), 0) as returned, coalesce(sum(state = '待复核'), 0) as waiting,
  count(*) = sum(state = '复核确认') as all_done, count(*) = sum(state = '待复核') as all_waiting
from rectifications
where participation_id = {{participation_id}}

-- name: weak
-- for: parts
select count(*) as total, count(*) = 1 as is_one,
  count(*) > {{thresholds.named_most}} as is_many, joined(class) as names,
  percent(min(rate)) as rate, min(rate < median and percent(rate) <> percent(median)) as is_under,
  percent(max(median)) as median,
  count(*) > 1
    and count(*) = (select count(*)
      from class_results
      where participation_id = {{participation_id}} and rate is not null) as is_even,
  (select count(*)
    from class_results
    where participation_id = {{participation_id}} and rate is not null) = 1 as is_only,
  (select count(*)
    from class_results
    where participation_id = {{participation_id}} and rate < median and percent(rate) <> percent(median)) as below
from (select class, rate, median
  from class_results
  where participation_id = {{participation_id}} and rate is not null
    and percent(rate) = (select percent(min(rate)) from class_results where participation_id = {{participation_id}})
  order by ordinal)

-- name: figure_classes
-- for: parts
select class as 类别, percent(rate) as 本企业{{#has_peers}}, percent(median) as 全省中位数{{/has_peers}}
from class_results
where participation_id = {{participation_id}} and rate is not null
order by rate, ordinal

-- name: stage
select name, cn_date(deadline) as day
from stages
where deadline > {{campaign.generated}}
order by deadline, ordinal
limit 1

-- name: panel_self
-- for: parts
select '自评级别' as label, coalesce(self_label, '—') as value, '仅供参考' as note
from parts
where participation_id = {{participation_id}}
union all
select '自评符合率', percent(self_rate), '未经核查'
from parts
where participation_id = {{participation_id}}

-- name: figure_self
-- for: parts
select class as 类别, percent(self_rate) as 自评
from class_results
where participation_id = {{participation_id}} and self_rate is not null
order by self_rate, ordinal

-- name: when
-- for: parts
select count(*) - count(due) as undated from steps where participation_id = {{participation_id}}

-- name: table_way
-- for: parts
select ordinal as 序号, item_id as 条目{{#by_share}}, area as 过程域{{/by_share}}, risk as 风险,
  coalesce_text(advice_department) as 责任部门, coalesce(due, '企业自定') as 建议完成日,
  {{#by_share}}case when veto then '解除一票否决' when coalesce(points, 0) <= 0 then '消除' || risk
    || '风险问题' else '加权符合率' || replace(points(points, 0), '+', '提高')
    || '个百分点' end{{/by_share}}{{^by_share}}case
    when (select count(*)
      from steps s
      where s.participation_id = {{participation_id}} and s.area_id = steps.area_id
        and s.ordinal > steps.ordinal) > 0 then area
    || '还余'
    || (select count(*)
      from steps s
      where s.participation_id = {{participation_id}} and s.area_id = steps.area_id and s.ordinal > steps.ordinal)
    || '项' else area || '达到' || coalesce({{next_label}}, '要求') end{{/by_share}} || case
    when ordinal = {{way_count}} then '；至此企业达到' || coalesce({{next_label}}, '目标') else ''
    end as 完成后,
  '问题' || coalesce(n.number, 0) as 详见
from steps
left join (select item_id as finding,
    row_number() over (order by case risk when '高' then 1 when '中' then 2 else 3 end, ordinal) as number
  from findings
  where participation_id = {{participation_id}}) n on n.finding = steps.item_id
where participation_id = {{participation_id}}
order by ordinal

-- name: mix
-- for: parts
select joined(risk || '风险' || total || '项') as words, count(*) = 1 as is_alike, max(risk) as risk
from (select risk, count(*) as total
  from findings
  where participation_id = {{participation_id}}
  group by risk
  order by case risk when '高' then 1 when '中' then 2 else 3 end)

-- name: findings
-- for: parts
-- claims: free 说的是尚未核查、没有可用的扫描结果，由同一行的结果和主机数决定
select row_number() over (order by case risk when '高' then 1 when '中' then 2 else 3 end,
  ordinal) as number,
  area as title, item_id as code, case when veto then '一票否决' end as mark, risk || '风险' as risk,
  level_label || '　' || element || case when advice_department is null then '' else '　责任部门：'
    || advice_department end || case when due is null then '　期限：企业自定' else '　期限：'
    || cn_date(due) || '前（' || advice_days || '天）' end as meta,
  requirement as 要求,
  case when result = '未评' then '尚无核查结论，按未满足对待。' else round || '结果为' || result || '。'
    end || case when (select count(*) from evidence where not counts) = 0 then ''
    else coalesce((select '该轮先后几次：' || group_concat(said, '，') || '。'
      from (select cn_date(e.date) || e.result as said
        from evidence e
        where e.participation_id = findings.participation_id and e.item_id = findings.item_id
          and e.round = findings.round and e.result <> '未评'
        order by e.date)
      having count(distinct said) > 1),
      '')
    end || case when trim(coalesce(note, '')) = '' then '' else rtrim(trim(note), '。；;') || '。' end
    || case when trim(coalesce(evidence, '')) = '' then '' else '证据：' || rtrim(trim(evidence), '。；;')
    || '。' end as 现状,
  (select s.hosts || '台主机中' || case when s.failed > 0 then s.failed || '台未通过（规则 ' || s.rules
    || '）' when s.passed = s.hosts then s.passed || '台通过，没有未通过的' when s.passed > 0 then s.passed
    || '台通过，其余没有可用的结果' else '没有一台有可用的结果' end || '。'
    from scan_items s
    where s.participation_id = findings.participation_id and s.item_id = findings.item_id) as 扫描结果,
  case when rectification_state is not null then case coalesce(rectification_status, '未复核')
    when '未复核' then '企业未报告完成' else '企业报告' || rectification_status end || case
    when rectification_result is null then '，待复核。' else '，' || rectification_round || case
    when rectification_state = '复核确认' then '为' else '仍为' end || rectification_result || '（'
    || rectification_state || '）。' end end as 整改状态,
  coalesce(advice, '由企业对照要求制定措施。') as 建议,
  (select case when s.veto then '解除一项一票否决。' when s.lifts_area then s.area || '随之达到'
    || coalesce({{next_label}}, '要求') || '。' when s.points > 0 then '加权符合率'
    || replace(points(s.points, 0), '+', '提高') || '个百分点。' when s.area_left > 0 then s.area || '达到'
    || coalesce({{next_label}}, '要求') || '还须完成另外' || s.area_left || '项。' end
    from steps s
    where s.participation_id = findings.participation_id and s.item_id = findings.item_id) as 完成后
from findings
where participation_id = {{participation_id}}
order by 1

-- name: scan
-- for: parts
select (select count(*) from scans where counts) > 0 as is_there,
  (select count(distinct host) from scans where counts) as hosts,
  (select count(distinct host) from scans where counts) > 20 as are_many,
  (select joined(tool) from (select distinct tool from scans where counts and tool is not null)) as tools,
  (select count(*) from scan_items where participation_id = {{participation_id}}) as items,
  (select count(*) from scan_items where participation_id = {{participation_id}} and failed > 0) as failed,
  (select count(*) from scan_items where participation_id = {{participation_id}} and contradicts) as contradicted

-- name: table_scans
select host as 主机, coalesce_text(address) as 地址, coalesce_text(date) as 日期,
  supporting as 通过（条）, failed as 未通过（条）, other as 其他（条）, unmapped as 未对应（条）
from scans
where counts
order by failed desc, host
limit 20

-- name: table_scan
-- for: parts
select item_id as 条目, area as 过程域, round as 判定轮次, failed || '／' || hosts as 未通过（台）,
  rules as 规则
from scan_items
where participation_id = {{participation_id}} and contradicts

-- name: ruler
-- for: parts
select coalesce(max(year > {{left.year}} and ruler_changed), 0)
  or coalesce(max(iif(is_last, edition, null)) <> max(iif(is_now, edition, null)), 0) as changed,
  coalesce(max(iif(year > {{left.year}}, changes, null)), '模型版本') as what,
  max(iif(is_last, edition, null)) as edition_then, max(iif(is_now, edition, null)) as edition_now,
  coalesce(max(iif(is_last, edition, null)) <> max(iif(is_now, edition, null)), 0) as has_editions
from over_years
where participation_id = {{participation_id}}

-- name: still
-- for: parts
select count(*) as total, coalesce(sum(state = '复现'), 0) as recurred,
  coalesce(sum(is_reworded), 0) as reworded, coalesce(sum(requirement_now is null), 0) as lost
from last_open
where participation_id = {{participation_id}} and state <> '复核确认'

-- name: closed
-- for: parts
select count(*) as total from last_open where participation_id = {{participation_id}} and state = '复核确认'

-- name: table_left
-- for: parts
select item_id as 条目, requirement as 要求,
  last_result || coalesce('（' || last_round || '）', '')
    || coalesce('，企业报告' || last_claim || coalesce('（' || last_claimed || '）', ''),
      '') as "{{left.year}}年度",
  coalesce(result_now || coalesce('（' || round_now || '）', ''), '—') as 本年度,
  state || case when state = '不再适用'
    and requirement_now is null then '（目录已调整）' when since < year then '（' || since || '年度起）'
      when is_reworded then '（要求已修改）' else '' end as 状态
from last_open
where participation_id = {{participation_id}} and state <> '复核确认'
order by case state when '复现' then 1 when '仍未关闭' then 2 when '待复核' then 3 else 4 end,
  case risk when '高' then 1 when '中' then 2 else 3 end, ordinal

-- name: table_closed
-- for: parts
select item_id as 条目, last_result as "{{left.year}}年度", coalesce_text(round_now) as 确认轮次
from last_open
where participation_id = {{participation_id}} and state = '复核确认'
order by ordinal

-- name: table_over
-- for: parts
select year || '年度' as 年度, coalesce(label, '未完成核查') as 级别, percent(rate) as 条目符合率,
  coalesce_text(edition) as 模型版本,
  case when year = (select min(o.year) from over_years o where o.participation_id = {{participation_id}}) then '—'
    when ruler_changed then '已调整：' || changes when ruler_changed is null then '无从核对' else '未变'
    end as 评定标准
from over_years
where participation_id = {{participation_id}}
order by year

-- name: fixed
-- for: parts
select count(*) as total, coalesce(sum(status = '已整改'), 0) as claimed,
  percent(coalesce(sum(status = '已整改'), 0), count(*), 1) as claimed_rate,
  coalesce(sum(state = '复核确认'), 0) as confirmed,
  percent(coalesce(sum(state = '复核确认'), 0), count(*), 1) as confirmed_rate,
  coalesce(sum(state = '复核退回'), 0) as returned, coalesce(sum(state = '待复核'), 0) as waiting,
  count(*) - coalesce(sum(state = '复核确认'), 0) as left,
  coalesce(sum(state = '复核退回' and status = '已整改'), 0) as refuted,
  count(nullif(trim(proof), '')) > 0 as proofs,
  (select count(*) from last_open where participation_id = {{participation_id}} and state = '复现') as recurred
from rectifications
where participation_id = {{participation_id}}

-- name: table_closure
-- for: parts
-- claims: free 说的是没有登记整改任务的条目
select 条目, 整改措施, 计划完成, 企业报告{{#fixed.proofs}}, 佐证材料{{/fixed.proofs}}, 后续核查, 结论
from ( select item_id as 条目,
  coalesce_text(measure) || coalesce('（' || department || '）', '') as 整改措施,
  coalesce_text(planned) as 计划完成,
  coalesce(history, coalesce(status, '未报告') || coalesce('，' || finished, '')) as 企业报告,
  coalesce_text(proof) as 佐证材料,
  coalesce(settled_round || settled_result || coalesce('，' || settled_date, ''), '—') as 后续核查,
  state || case
    when item_id in (select item_id
      from last_open
      where participation_id = {{participation_id}} and state = '复现') then '（复现）'
    else '' end as 结论,
  case state when '复核退回' then 1 when '待复核' then 2 else 4 end as place, ordinal
  from rectifications
  where participation_id = {{participation_id}}
  union all
  select item_id, '没有登记', '—', '未报告', '—', coalesce(round_now || result_now, '—'), '复现', 3, ordinal
  from last_open
  where participation_id = {{participation_id}} and state = '复现'
    and item_id not in (select item_id from rectifications where participation_id = {{participation_id}}) )
order by place, ordinal

-- name: seen
-- for: parts
select (select joined(round)
  from (select round
    from rounds
    where participation_id = {{participation_id}} and counts and rate is not null
    order by ordinal)) as counted,
  (select count(*)
    from rounds
    where participation_id = {{participation_id}} and counts and rate is not null) = 1 as is_one

-- Later rounds that judged less than another did.
-- name: cut_rounds
-- for: parts
select joined(round, '与') as rounds
from (select round
  from rounds
  where participation_id = {{participation_id}} and round_code not in ('self', 'online') and rate is not null
    and applicable < (select max(applicable) from rounds where participation_id = {{participation_id}})
  order by ordinal)

-- name: table_rounds
-- for: parts
select r.round as 轮次, coalesce_text(r.date) as 日期,
  case when r.counts then '计入' else '不计入' end as 核定,
  case r.round_code when 'self' then s.self when 'online' then s.online when 'recheck' then s.recheck
    else s.onsite end as 涉及条目（项）,
  coalesce(r.met, 0) as 符合（项）
from (select count(*) filter (where self_result <> '未评') as self,
    count(*) filter (where online_result <> '未评') as online,
    count(*) filter (where recheck_result <> '未评') as recheck,
    count(*) filter (where onsite_result <> '未评') as onsite
  from items
  where participation_id = {{participation_id}}) s, rounds r
where r.participation_id = {{participation_id}} and r.rate is not null
order by r.ordinal

-- name: worst
-- for: parts
select count(*) as total, joined(element) as names, percent(min(rate)) as rate, count(*) = 1 as is_one,
  count(*) > 1
    and count(*) = (select count(*)
      from element_results
      where participation_id = {{participation_id}} and rate is not null) as is_even,
  (select count(*)
    from element_results
    where participation_id = {{participation_id}} and rate is not null) = 1 as is_only
from (select element, rate
  from element_results
  where participation_id = {{participation_id}} and rate is not null
    and percent(rate) = (select percent(min(rate)) from element_results where participation_id = {{participation_id}})
  order by ordinal)

-- name: figure_elements
-- for: parts
select element as 能力要素, percent(rate) as 本企业{{#has_peers}},
  percent(median) as 全省中位数{{/has_peers}}
from element_results
where participation_id = {{participation_id}} and rate is not null
order by rate, ordinal

-- name: below
-- for: parts
select count(*) as total, joined(element) as names
from (select element
  from element_results
  where participation_id = {{participation_id}} and rate < median and percent(rate) <> percent(median)
  order by rate)

-- name: limits
-- for: parts
select count(*) as total, joined(area) as names, count(*) > 6 as is_many
from (select area from area_results where participation_id = {{participation_id}} and is_limiting order by ordinal)

-- name: table_areas
-- for: parts
select area_id as 编号, area as 过程域, coalesce(level_label, '不适用') as 水平, met as 符合,
  partial as 部分符合, unmet as 不符合, {{#not_applicable}}not_applicable as 不适用,
  {{/not_applicable}}percent(rate) as 符合率, percent(median) as 全省中位数, is_limiting as 制约
from area_results
where participation_id = {{participation_id}}
order by ordinal

-- name: table_na
-- for: parts
select item_id as 条目, area as 过程域,
  (select i.level_label
    from items i
    where i.participation_id = {{participation_id}} and i.item_id = not_applicable.item_id) as 级别,
  coalesce_text(reason) as 理由
from not_applicable
where participation_id = {{participation_id}}

-- name: table_left_only
-- for: parts
select item_id as 条目, requirement as 要求,
  last_result || coalesce('（' || last_round || '）', '')
    || coalesce('，企业报告' || last_claim || coalesce('（' || last_claimed || '）', ''),
      '') as "{{left.year}}年度",
  state || case when state = '不再适用' then '（目录已调整）' when since < year then '（' || since
    || '年度起）' else '' end as 状态
from last_open
where participation_id = {{participation_id}}
order by case state when '待复核' then 1 else 2 end,
  case risk when '高' then 1 when '中' then 2 else 3 end, ordinal

-- name: table_shares_met
-- for: parts
select label as 级别, percent(share) as 要求, percent(got) as 实际,
  failed_vetoes as 未满足的一票否决（项）, case when reached then '达到' else '未达到' end as 结果
from shares
where participation_id = {{participation_id}}
order by level

-- name: table_shares
-- for: parts
select label as 级别, percent(share) as 加权符合率要求
from shares
where participation_id = {{participation_id}}
order by level

-- name: attachment_findings
select track as 参培类型, item_id as 条目, class as 过程类, area as 过程域, level_label as 级别,
  element as 能力要素, risk as 风险, result as 核定, round as 依据轮次, requirement as 要求, note as 发现,
  evidence as 证据, advice as 整改建议, advice_department as 责任部门, due as 建议完成日期,
  rectification_status as 企业报告整改状态, rectification_state as 复核结论
from findings f
order by f.participation_id, f.ordinal

-- name: table_all
-- for: parts
select i.class as class, i.area_id || ' ' || i.area as "group", coalesce(i.area_level_label, '不适用') as note,
  i.item_id as 条目, i.level_label as 级别, i.risk as 险{{#self_rate}},
  case i.self_result when '符合' then '●' when '部分符合' then '◐' when '不符合' then '○'
    when '不适用' then '－' else '·' end as 自{{/self_rate}} {{#online_rate}},
  case i.online_result when '符合' then '●' when '部分符合' then '◐' when '不符合' then '○'
    when '不适用' then '－' else '·' end as 线{{/online_rate}}{{#recheck_rate}},
  case i.recheck_result when '符合' then '●' when '部分符合' then '◐' when '不符合' then '○'
    when '不适用' then '－' else '·' end as 复{{/recheck_rate}} {{#onsite_rate}},
  case i.onsite_result when '符合' then '●' when '部分符合' then '◐' when '不符合' then '○'
    when '不适用' then '－' else '·' end as 现{{/onsite_rate}},
  i.result as 核定
from items i
where i.participation_id = {{participation_id}}
order by i.ordinal

-- Rows that claims speak of: name as it is printed, value to compare (as it is printed), shown, holds or not.
-- name: items_met
-- for: parts
select item_id as name, result = '符合' as holds
from items
where participation_id = {{participation_id}} and result <> '不适用'

-- The level that is shown, and the one of the year before.
-- name: level_change
-- for: parts
select {{shown_level}} as value union all select {{earlier_level}}

-- name: self_levels
-- for: parts
select {{self_level}} as value union all select {{level}}

-- name: way_risks
-- for: parts
select item_id as name, risk = '高' as holds from steps where participation_id = {{participation_id}}

-- name: tasks_confirmed
-- for: parts
select item_id as name, state = '复核确认' as holds from rectifications where participation_id = {{participation_id}}

-- name: tasks_waiting
-- for: parts
select item_id as name, state = '待复核' as holds from rectifications where participation_id = {{participation_id}}

-- name: vetoes_met
-- for: parts
select item_id as name, result = '符合' as holds
from items
where participation_id = {{participation_id}} and veto and level <= {{next_level}} and result <> '不适用'

-- name: weak_rates
-- for: parts
select class as name, cast(rtrim(percent(rate), '%') as real) as value, percent(rate) as shown
from class_results
where participation_id = {{participation_id}} and rate is not null

-- Of the class that is lowest: what the enterprise has, and half of the province.
-- name: weak_median
-- for: parts
select percent(rate) as shown, rate as value
from (select min(rate) as rate from class_results where participation_id = {{participation_id}})
union all
select {{weak.median}}, cast(rtrim({{weak.median}}, '%') as real) / 100

-- name: elements_below
-- for: parts
select element as name, rate < median as holds
from element_results
where participation_id = {{participation_id}} and instr('、' || {{below.names}} || '、', '、' || element || '、')

-- name: worst_rates
-- for: parts
select element as name, cast(rtrim(percent(rate), '%') as real) as value
from element_results
where participation_id = {{participation_id}} and rate is not null

-- name: elements_kept
-- for: parts
select element as name, rate >= median or percent(rate) = percent(median) as holds
from element_results
where participation_id = {{participation_id}} and rate is not null

-- name: finding_risks
-- for: parts
select item_id as name, instr('高中低', risk) as value from findings where participation_id = {{participation_id}}

-- name: online_faults
-- for: parts
select item_id as name, online_result in ('不符合', '部分符合') as holds
from items
where participation_id = {{participation_id}} and online_result <> '未评'
