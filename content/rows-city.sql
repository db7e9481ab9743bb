-- 参培
select code as 统一社会信用代码, name as 企业名称, region as 区县, industry as 行业, iif(is_key, '是', '否') as 重点企业, track as 参培类型, target_label as 目标级别, self_date as 自评估提交日期, online_date as 线上核查日期, rectify_date as 整改提交日期, onsite_date as 现场核查日期, consultant as 咨询机构, checker as 核查机构, outcome as 结果, iif(outcome = '未完成', null, level_label) as 核定级别, movement as 变化, earlier_label as 上次级别, earlier_year as 上次年度
from participations order by code, track_code

-- 各轮结果
select p.code as 统一社会信用代码, p.name as 企业名称, p.track as 参培类型, r.round as 轮次, r.date as 日期, r.level_label as 该轮级别, r.met as 符合, r.applicable as 适用条目, percent(r.rate) as 符合率, iif(r.counts, '是', '否') as 计入定级
from rounds r join participations p on p.participation_id = r.participation_id where r.applicable > 0 order by p.code, p.track_code, r.ordinal

-- 待办
select d.code as 统一社会信用代码, d.name as 企业名称, d.track as 参培类型, d.duty as 阶段, d.deadline as 截止日期, d.state as 状态, d.agency as 机构
from duties d where d.state_code in ('overdue', 'ahead') order by d.state_code desc, d.ordinal, d.code

-- 问题
select f.code as 统一社会信用代码, f.name as 企业名称, f.track as 参培类型, f.item_id as 条目编号, f.area as 过程域, f.level_label as 级别, f.risk as 风险, f.result as 结果, f.round as 轮次, f.requirement as 要求, f.advice as 建议, f.advice_days as 建议天数, f.advice_department as 建议责任部门
from findings f join participations p on p.participation_id = f.participation_id and p.outcome <> '未完成' order by f.code, f.track_code, f.ordinal

-- 整改
select code as 统一社会信用代码, name as 企业名称, track as 参培类型, item_id as 条目编号, area as 过程域, risk as 风险, measure as 整改措施, department as 责任部门, planned as 计划完成日期, finished as 实际完成日期, coalesce(status, '未复核') as 整改状态, iif(is_late, '是', '否') as 超过计划, state as 复核, settled_round as 复核轮次, settled_date as 复核日期
from rectifications order by code, track, item_id

-- 服务机构
select agency_code as 机构代码, name as 机构名称, city as 设区市, iif(is_provincial, '是', '否') as 省级支撑机构, committed as 服务承诺书日期, consulted as 辅导企业, checked as 核查家次, reached as 其中达标
from agencies order by agency_code
