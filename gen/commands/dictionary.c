/* SPDX-License-Identifier: MIT
 *
 * The data dictionary, data/README.md: schema.def and choices.def as tables for people.
 */
#include <stdio.h>

#include "base/arena.h"
#include "commands/commands.h"
#include "model/schema.h"

static const char *const type_words[] = {
	[FIELD_TEXT] = "文字", [FIELD_CREDIT] = "统一社会信用代码", [FIELD_DATE] = "日期", [FIELD_NUMBER] = "整数",
	[FIELD_DECIMAL] = "小数", [FIELD_CHOICE] = "选项", [FIELD_TRACK] = "参培类型", [FIELD_CITY] = "设区市",
	[FIELD_INDUSTRY] = "行业代码",
	[FIELD_LEVEL] = "级别", [FIELD_ENTERPRISE] = "企业（信用代码）", [FIELD_AGENCY] = "机构代码", [FIELD_ITEM] = "条目编号",
};
static const char *const visibility_words[] = {
	[VISIBLE_PUBLIC] = "可公开", [VISIBLE_FIRM] = "企业、机构、市、省", [VISIBLE_AGENCY] = "机构、市、省", [VISIBLE_CITY] = "市、省",
	[VISIBLE_PROVINCE] = "仅省",
};
static const char *const telling_words[] = { [TELLS_NOTHING] = "", [TELLS_REMARK] = "语句", [TELLS_WHOM] = "识别" };

/* A cell of a Markdown table: the separator of synonyms must not end it. */
static void print_cell(const char *text)
{
	for (; *text; text++) {
		if (*text == '|')
			fputs("、", stdout);
		else
			putchar(*text);
	}
	fputs(" | ", stdout);
}

static void print_field(const struct field *field, struct arena *arena)
{
	fputs("| ", stdout);
	print_cell(field->heading);
	printf("`%s` | ", field->name);
	if (field->type == FIELD_CHOICE) {
		struct text words = choice_list(field->set, arena);
		printf("%.*s | ", TEXT_ARGS(words));
	} else
		print_cell(type_words[field->type]);
	print_cell(field->is_required ? "必填" : "");
	print_cell(visibility_words[field->visibility]);
	print_cell(telling_words[field->telling]);
	print_cell(field->synonyms);
	print_cell(field->note);
	putchar('\n');
}

void dictionary_print(void)
{
	struct arena *arena = arena_new();
	puts("# 数据字典 The data dictionary\n\n"
	     "由 `xingji template dictionary` 从 `gen/model/schema.def` 生成，请勿手改。  Made from the schema; do not edit.\n\n"
	     "每张表可以是 CSV，也可以是同名的工作簿（.xlsx）。  Each table may be CSV or a workbook (.xlsx) of that name.\n\n"
	     "表头顺序不限，“其他写法”列出的名称同样识别；XML 属性名为“名称”一列，下划线写作连字符。\n"
	     "`/`、`无`、`—`、`-`、`N/A` 和空白都表示缺失；日期可写 2021-09-05、2021/9/5、2021.9.5、20210905、2021年9月5日。\n\n"
	     "“谁可见”：企业只看本企业的，机构只看所咨询或核查的企业和本机构的，市只看本市的。未列入名单的企业，“可公开”的也不公开。\n"
	     "“搜查”：不得公开的值在发布前逐字节搜查。“识别”知其值即知其人、其企业，必查；“语句”与网页自身的话相同的不算；空白的不查。");
	for (int kind = 0; kind < ENTITIES; kind++) {
		const struct entity *entity = schema_entity((enum entity_kind)kind);
		printf("\n## %s（`%s`）\n\n"
		       "| 表头 | 名称 | 类型或选项 | 必填 | 谁可见 | 搜查 | 其他写法 | 说明 |\n|---|---|---|---|---|---|---|---|\n",
		       entity->heading, entity->file);
		for (size_t i = 0; i < entity->field_count; i++)
			print_field(&entity->fields[i], arena);
	}
	arena_free(arena);
}
