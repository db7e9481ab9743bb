/* SPDX-License-Identifier: MIT */
#include "model/short_name.h"

#include "base/buf.h"
#include "base/utf8.h"

/* The longest first where one ends with another. */
static const char *const legal_forms[] = {
	"集团股份有限公司", "集团有限责任公司", "股份有限公司", "有限责任公司", "集团有限公司", "有限公司",
	"集团公司", "总公司", "分公司", "公司", "集团",
};
enum { PREFIXES_MOST = 5 };

/* The name without its brackets. */
static struct text without_brackets(struct arena *arena, struct text name)
{
	struct buf kept;
	int depth = 0;
	buf_init(&kept, BUF_LIMIT_PAGE);
	for (size_t at = 0; at < name.size;) {
		size_t before = at;
		uint32_t character = utf8_next(name, &at);
		if (character == 0xFF08 || character == '(') /* （ */
			depth++;
		else if (character == 0xFF09 || character == ')')
			depth -= depth > 0;
		else if (!depth)
			buf_text(&kept, text_slice(name, before, at - before));
	}
	struct text copy = text_copy(arena, text_trim(buf_view(&kept)));
	buf_clear(&kept);
	return copy;
}

static size_t legal_form_size(struct text name)
{
	for (size_t i = 0; i < sizeof legal_forms / sizeof *legal_forms; i++)
		if (text_ends(name, legal_forms[i]))
			return strlen(legal_forms[i]);
	return 0;
}

static size_t longer(size_t size, struct text name, struct text prefix)
{
	bool begins = prefix.size < name.size && memcmp(name.at, prefix.at, prefix.size) == 0;
	return begins && prefix.size > size ? prefix.size : size;
}

/* 江苏省 and 江苏: a place, and it without the word for what it is. */
static size_t longest_place(size_t size, struct text name, struct text place)
{
	static const char *const kinds[] = { "省", "市", "县", "区" };
	size = longer(size, name, place);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (text_ends(place, kinds[i]) && utf8_count(place) > 2)
			size = longer(size, name, text_slice(place, 0, place.size - strlen(kinds[i])));
	return size;
}

/* Bytes of the place at the beginning. */
static size_t place_size(const struct model *model, struct text name)
{
	size_t size = longer(longer(0, name, TEXT("中国")), name, TEXT("示例"));
	struct text brief;
	size = longest_place(size, name, model->campaign.province);
	for (int32_t i = 0; i < model->prefectures.count; i++) {
		size = longest_place(size, name, model->prefectures.at[i].name);
		for (struct text rest = model->prefectures.at[i].brief; rest.size;) {
			brief = text_slice(rest, 0, text_find(rest, TEXT("、")));
			size = longest_place(size, name, brief);
			rest = text_slice(rest, brief.size + strlen("、"), rest.size);
		}
	}
	for (size_t i = 0; i < model->campaign.region_count; i++)
		size = longest_place(size, name, model->campaign.regions[i].name);
	return size;
}

static bool is_enough(struct text form, struct text name)
{
	return utf8_count(form) >= SHORT_NAME_LEAST && !text_equal(form, name);
}

size_t short_names(struct arena *arena, const struct model *model, struct text name, struct text forms[SHORT_NAMES])
{
	struct text plain = without_brackets(arena, name);
	struct text rest = text_slice(plain, 0, plain.size - legal_form_size(plain)), core = rest;
	size_t starts[PREFIXES_MOST + 1] = { 0 }, count = 0, written = 0;
	for (size_t size; count < PREFIXES_MOST && (size = place_size(model, core)) > 0; count++) {
		starts[count + 1] = starts[count] + size;
		core = text_slice(rest, starts[count + 1], rest.size);
	}
	struct text with_form = text_slice(plain, starts[count], plain.size);
	if (!is_enough(core, name) && is_enough(with_form, name) && plain.size > rest.size)
		forms[written++] = with_form;
	while (count && !is_enough(core, name))
		core = text_slice(rest, starts[--count], rest.size);
	if (is_enough(core, name))
		forms[written++] = core;
	return written;
}
