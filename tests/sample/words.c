/* SPDX-License-Identifier: MIT */
/* Lists of phrases by what they say and by the element of the item; see words.h for {o}, {n} and {m}. */
#include "words.h"

#include <stdio.h>

#include "rng.h"

enum { PHRASES_MAX = 7 };

/* Tools are spoken of differently where the area is about papers: a fifth column beside the four elements. */
enum { COLUMN_PAPER_TOOLS = ELEMENT_COUNT, COLUMN_COUNT };

typedef const char *const phrase_list[PHRASES_MAX];

static const phrase_list unmet[COLUMN_COUNT] = {
	[ELEMENT_UNITS] = {"{o}未明确责任部门", "{o}由车间自行负责，无归口管理部门", "未发文明确{o}的负责人"},
	[ELEMENT_RULES] = {"未见关于{o}的书面规定", "{o}的管理要求停留在口头", "{o}没有审批记录可查", "制度汇编中无{o}章节"},
	[ELEMENT_TOOLS] = {"{o}未采取技术防护措施", "{o}未纳入统一管控，个人即可操作", "现场抽查{o}，未见相应防护配置",
					   "{o}仍使用出厂默认设置", "尚未配备针对{o}的技术手段", "{o}抽查{n}处，均不符合要求"},
	[ELEMENT_PEOPLE] = {"负责{o}的人员未接受过专项培训", "访谈{n}人，均说不清{o}的处置要求",
						"{o}无专人负责，由电工兼管且未经考核"},
	[COLUMN_PAPER_TOOLS] = {"{o}靠人工登记，无系统支撑", "{o}没有工具支撑，查询与核对困难", "{o}用个人表格记录，多人版本不一"},
};

static const phrase_list partial[COLUMN_COUNT] = {
	[ELEMENT_UNITS] = {"{o}已指定责任人，职责未写入岗位说明书", "{o}的责任部门已调整，任命文件未更新",
					   "{o}只明确到部门，未落实到人"},
	[ELEMENT_RULES] = {"{o}的制度已起草，尚未批准发布", "{o}有制度，近{n}个月无执行记录",
					   "{o}的记录填写不全，抽查{n}份有{m}份缺签字", "{o}的规定仍为\"试行\"版本，未随工艺调整更新"},
	[ELEMENT_TOOLS] = {"{o}应覆盖{n}处，实际仅覆盖{m}处", "{o}的防护策略已部署，近{n}个月未核对",
					   "{o}已有技术措施，日志留存不足六个月", "{o}抽查{n}处，其中{m}处不符合要求",
					   "{o}的防护措施只在部分区域启用"},
	[ELEMENT_PEOPLE] = {"{o}岗位有{n}人，{m}人未参加培训", "访谈{n}人，{m}人不熟悉{o}的操作要求",
						"{o}的培训有签到，无考核成绩"},
	[COLUMN_PAPER_TOOLS] = {"{o}已上线系统，仅录入{n}项中的{m}项", "{o}的电子记录与纸质记录不一致",
							"{o}的系统已部署，近{n}个月未更新"},
};

static const phrase_list measures[COLUMN_COUNT] = {
	[ELEMENT_UNITS] = {"发文明确{o}的责任部门和责任人", "将{o}的管理职责写入岗位说明书并签认", "调整{o}的归口部门并更新任命文件"},
	[ELEMENT_RULES] = {"制定{o}管理规定并发布执行", "修订{o}相关制度，补齐审批记录", "统一{o}的记录表单，按月检查填写"},
	[ELEMENT_TOOLS] = {"为{o}配置防护策略并完成测试", "核对{o}的配置，关闭不用的功能", "购置{o}所需的防护设备并部署",
					   "对{o}逐项整改，留存前后截图"},
	[ELEMENT_PEOPLE] = {"组织{o}专项培训并考核", "为{o}配备专人，考核合格后上岗"},
	[COLUMN_PAPER_TOOLS] = {"用系统替代人工登记，覆盖{o}", "清理{o}的历史记录并统一录入系统"},
};

static const phrase_list evidence[COLUMN_COUNT] = {
	[ELEMENT_UNITS] = {"任命文件复印件", "岗位说明书第{n}页"},
	[ELEMENT_RULES] = {"制度汇编第{n}章", "审批单抽样{n}份", "台账截图{n}张"},
	[ELEMENT_TOOLS] = {"配置截图{n}张", "现场照片{n}张", "登录测试记录", "策略导出文件"},
	[ELEMENT_PEOPLE] = {"访谈记录{n}份", "培训签到表", "考核成绩单"},
	[COLUMN_PAPER_TOOLS] = {"系统查询截图{n}张", "登记簿照片{n}张"},
};

/* Of something that is not there, only a look or a talk can be shown. */
static const phrase_list evidence_of_absence[COLUMN_COUNT] = {
	[ELEMENT_UNITS] = {"组织机构图", "岗位清单核对表"},
	[ELEMENT_RULES] = {"制度目录截图", "文件清单核对表", "访谈记录{n}份"},
	[ELEMENT_TOOLS] = {"配置截图{n}张", "现场照片{n}张", "登录测试记录"},
	[ELEMENT_PEOPLE] = {"访谈记录{n}份", "人员花名册核对表"},
	[COLUMN_PAPER_TOOLS] = {"登记簿照片{n}张", "访谈记录{n}份"},
};

static const phrase_list far_away = {"尚未开展", "未列入今年计划", "仅有初步设想", "暂无相应措施", "正在规划"};
static const phrase_list open = {"产线停产检修，未能查看", "责任人外出，材料未提供", "系统升级期间无法登录"};

static const phrase_list *phrase_find(enum phrase phrase, const struct item *item)
{
	bool is_paper = item->element == ELEMENT_TOOLS && !item->words->is_technical;
	unsigned column = is_paper ? COLUMN_PAPER_TOOLS : (unsigned)item->element;
	switch (phrase) {
	case PHRASE_UNMET: return &unmet[column];
	case PHRASE_PARTIAL: return &partial[column];
	case PHRASE_MEASURE: return &measures[column];
	case PHRASE_EVIDENCE: return &evidence[column];
	case PHRASE_EVIDENCE_OF_ABSENCE: return &evidence_of_absence[column];
	case PHRASE_FAR: return &far_away;
	case PHRASE_OPEN: return &open;
	}
	return &open;
}

/* Append a piece as far as there is room; returns the new length. */
static size_t text_add(char text[WORDS_TEXT_MAX], size_t length, const char *piece)
{
	while (*piece != '\0' && length < WORDS_TEXT_MAX - 1)
		text[length++] = *piece++;
	return length;
}

/* Replace {o}, {n} and {m} of a pattern. */
static void phrase_fill(char text[WORDS_TEXT_MAX], const char *pattern, const char *object, const uint32_t numbers[2])
{
	size_t length = 0;
	for (; *pattern != '\0'; pattern++) {
		char piece[12] = {*pattern, '\0'};
		const char *added = piece;
		if (pattern[0] == '{') {
			if (pattern[1] == 'o')
				added = object;
			else
				snprintf(piece, sizeof piece, "%u", (unsigned)numbers[pattern[1] == 'm']);
			pattern += 2;
		}
		length = text_add(text, length, added);
	}
	text[length] = '\0';
}

void words_write(char text[WORDS_TEXT_MAX], enum phrase phrase, const struct item *item, struct rng *rng)
{
	const phrase_list *list = phrase_find(phrase, item);
	uint32_t count = 0;
	while (count < PHRASES_MAX && (*list)[count] != NULL)
		count++;
	uint32_t numbers[2] = {3 + rng_below(rng, 9), 0};
	numbers[1] = 1 + rng_below(rng, numbers[0] - 1);
	const char *object = item->words->objects[rng_below(rng, WORDS_OBJECTS)];
	phrase_fill(text, (*list)[rng_below(rng, count)], object, numbers);
}
