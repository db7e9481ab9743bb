/* SPDX-License-Identifier: MIT */
#include "check/alike.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fold.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "check/check.h"
#include "check/name.h"
#include "model/schema.h"

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

/* ---- who can be reached in the same way ------------------------------------------------------------ */

enum { PHONE_DIGITS_LEAST = 7, SHARED_LEAST = 3, SHARED_NAMED = 5, SAME_WORDS_LEAST = 4, COMPARED_MOST = 64 };

/* Digits alone: 025-8800 0001 is 02588000001; missing where there are too few for a number. */
static struct text phone_key(struct arena *arena, struct text phone)
{
	char *digits = arena_alloc(arena, phone.size + 1);
	size_t count = 0;
	for (size_t i = 0; i < phone.size; i++)
		if (phone.at[i] >= '0' && phone.at[i] <= '9')
			digits[count++] = phone.at[i];
	return count < PHONE_DIGITS_LEAST ? NO_TEXT : (struct text){ digits, count };
}

static struct text mail_key(struct arena *arena, struct text mail)
{
	char *lower = arena_alloc(arena, mail.size + 1);
	for (size_t i = 0; i < mail.size; i++)
		lower[i] = mail.at[i] >= 'A' && mail.at[i] <= 'Z' ? (char)(mail.at[i] | 0x20) : mail.at[i];
	return memchr(lower, '@', mail.size) ? (struct text){ lower, mail.size } : NO_TEXT;
}

static const struct contact {
	enum enterprise_field field;
	struct text (*key)(struct arena *arena, struct text text);
} contacts[] = { { FIELD_enterprise_phone, phone_key }, { FIELD_enterprise_mail, mail_key } };

static struct text contact_of(const struct enterprise *row, const struct contact *contact)
{
	return contact->field == FIELD_enterprise_phone ? row->phone : row->mail;
}

/* A third of the characters may be others; names that differ in spelling alone were told (alike_names). */
static bool is_similar(struct arena *arena, struct text one, struct text other)
{
	struct text a = alike_key(arena, one), b = alike_key(arena, other);
	struct nearest nearest = { .wanted = a };
	if (!a.size || !b.size || text_equal(a, b))
		return false;
	nearest_offer(&nearest, b);
	bool is_within = utf8_count(a) >= SAME_WORDS_LEAST && utf8_count(b) >= SAME_WORDS_LEAST &&
			 (text_contains(a, b) || text_contains(b, a));
	return is_within || nearest_best(&nearest).size;
}

/* Enterprises with one contact: the last by the first, the next by each; both count from 1, 0: there is none. */
struct chain {
	uint32_t *next, *last;
};

static void compare_contacts(struct check *check, const struct contact *contact, const struct chain *chain,
			     uint32_t first)
{
	const struct model *model = check->model;
	const struct field *field = &schema_entity(ENTITY_ENTERPRISE)->fields[contact->field];
	for (uint32_t i = chain->next[first]; i; i = chain->next[i - 1]) {
		const struct enterprise *row = &model->enterprises[i - 1];
		int compared = 0;
		for (uint32_t k = first + 1; k != i && compared < COMPARED_MOST; k = chain->next[k - 1], compared++) {
			const struct enterprise *before = &model->enterprises[k - 1];
			if (!is_similar(check->reader.arena, row->name, before->name))
				continue;
			PROBLEM(check, DIAG_CONTACT_ALIKE, .span = row->place, .other = before->place, .a = row->name,
				.b = before->name, .c = text_from(field->heading));
			break;
		}
	}
}

static void add_name(struct arena *arena, struct text *list, struct text name)
{
	*list = text_format(arena, "%.*s%s%.*s", TEXT_ARGS(*list), list->size ? "、" : "", TEXT_ARGS(name));
}

/* A consultant's number stands at many of its firms; one that stands at firms of several is somebody's mistake. */
static void note_shared(struct check *check, const struct chain *chain, uint32_t first)
{
	const struct model *model = check->model;
	struct arena *arena = check->reader.arena;
	struct text names = NO_TEXT, agencies = NO_TEXT;
	int64_t count = 0, others = 0;
	for (uint32_t i = first + 1; i; i = chain->next[i - 1], count++) {
		const struct enterprise *row = &model->enterprises[i - 1];
		bool is_new = row->consultant >= 0 && others < SHARED_NAMED;
		for (uint32_t k = first + 1; k != i && is_new; k = chain->next[k - 1])
			is_new = model->enterprises[k - 1].consultant != row->consultant;
		if (count < SHARED_NAMED)
			add_name(arena, &names, row->name.size ? row->name : row->code);
		if (is_new)
			add_name(arena, &agencies, model->agencies[row->consultant].name);
		others += is_new;
	}
	if (count < SHARED_LEAST || others < 2)
		return;
	const struct enterprise *second = &model->enterprises[chain->next[first] - 1];
	PROBLEM(check, DIAG_PHONE_SHARED, .span = second->place, .other = model->enterprises[first].place, .a = names,
		.b = agencies, .n = count);
}

static void check_contact(struct check *check, const struct contact *contact)
{
	const struct model *model = check->model;
	struct arena *arena = check->reader.arena;
	const struct chain chain = { ARENA_ARRAY(arena, uint32_t, model->enterprise_count),
				     ARENA_ARRAY(arena, uint32_t, model->enterprise_count) };
	struct map by_key = { 0 };
	for (uint32_t i = 0; i < model->enterprise_count; i++) {
		struct text key = contact->key(arena, contact_of(&model->enterprises[i], contact));
		uint32_t first = key.size ? map_add(&by_key, key, i) : i;
		if (first != i)
			chain.next[chain.last[first] - 1] = i + 1;
		chain.last[first] = i + 1;
	}
	for (uint32_t i = 0; i < model->enterprise_count; i++) {
		if (!chain.next[i] || !chain.last[i]) /* alone, or not the first */
			continue;
		compare_contacts(check, contact, &chain, i);
		if (contact->field == FIELD_enterprise_phone)
			note_shared(check, &chain, i);
	}
	map_clear(&by_key);
}

void alike_contacts(struct check *check)
{
	for (size_t i = 0; i < sizeof contacts / sizeof *contacts; i++)
		check_contact(check, &contacts[i]);
}
