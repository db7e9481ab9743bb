/* SPDX-License-Identifier: MIT */
#include "check/alike.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fold.h"
#include "check/check.h"
#include "check/name.h"

/* Longer ones first; folding leaves Han characters that are simplified as they are. */
static const char *const legal_forms[] = { "股份有限公司", "有限责任公司", "有限公司", "公司" };

static struct text without_form(struct text name)
{
	for (size_t i = 0; i < sizeof legal_forms / sizeof *legal_forms; i++)
		if (text_ends(name, legal_forms[i]))
			return text_slice(name, 0, name.size - strlen(legal_forms[i]));
	return name;
}

static struct text alike_key(struct arena *arena, struct text name)
{
	bool is_utf8 = true;
	char *folded = ARENA_ARRAY(arena, char, name.size + 1);
	return without_form((struct text){ folded, fold_write(name, folded, &is_utf8) });
}

void alike_names(struct check *check)
{
	const struct model *model = check->model;
	struct map by_key = { 0 };
	for (size_t i = 0; i < model->enterprise_count; i++) {
		const struct enterprise *row = &model->enterprises[i];
		struct text key = alike_key(check->reader.arena, row->name);
		if (!key.size)
			continue;
		const struct enterprise *first = &model->enterprises[map_add(&by_key, key, (uint32_t)i)];
		if (first != row && !name_equal(first->name, row->name))
			PROBLEM(check, DIAG_NAME_ALIKE, .span = row->place, .other = first->place,
				.a = row->name, .b = first->name, .c = row->code, .d = first->code);
	}
	map_clear(&by_key);
}

/* Index of each enterprise under the key of its name; the first of several. */
static void index_names(struct check *check, struct map *by_name, struct buf *key)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->enterprise_count; i++) {
		struct text name = model->enterprises[i].name;
		if (name.size)
			map_add(by_name, text_copy(check->reader.arena, name_key(name, key)), (uint32_t)i);
	}
}

void alike_earlier(struct check *check)
{
	const struct model *model = check->model;
	struct map by_name = { 0 };
	struct buf key;
	bool *is_told = ARENA_ARRAY(check->reader.arena, bool, model->enterprise_count);
	buf_init(&key, BUF_LIMIT_PAGE);
	index_names(check, &by_name, &key);
	for (size_t i = 0; i < model->earlier_count; i++) {
		const struct earlier *row = &model->earlier[i];
		bool is_other = row->enterprise < 0 && row->name.size;
		const uint32_t *found = is_other ? map_find(&by_name, name_key(row->name, &key)) : NULL;
		if (!found || is_told[*found] || map_find(&check->rejected, row->code))
			continue;
		const struct enterprise *now = &model->enterprises[*found];
		is_told[*found] = true;
		PROBLEM(check, DIAG_NAME_OTHER_CODE, .span = now->place, .other = row->place,
			.a = now->name, .b = now->code, .c = row->code, .n = row->year);
	}
	buf_clear(&key);
	map_clear(&by_name);
}
