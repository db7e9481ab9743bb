/* SPDX-License-Identifier: MIT */
#include "build/batch_sheets.h"

#include "base/buf.h"
#include "build/build.h"
#include "send/guard.h"

struct sheets {
	struct build *build;
	const struct batch_contents *contents;
	struct text batch;
	struct guard *guard;
};

/* What a file was made of: what its template was told, and what must stand in it. */
struct taken {
	struct datum *items;
	struct guard_entry *entries;
	size_t count;
};

static bool has_address(const struct sheets *sheets, const struct envelope *envelope)
{
	const struct model *model = sheets->build->run.model;
	int32_t delivery = model->enterprises[envelope->enterprise].delivery;
	return delivery >= 0 && model->deliveries[delivery].address.size > 0;
}

/* From the data themselves, not from what the template was told. */
static struct guard_entry entry_of(const struct sheets *sheets, enum form form, const struct envelope *envelope)
{
	const struct model *model = sheets->build->run.model;
	const struct enterprise *enterprise = &model->enterprises[envelope->enterprise];
	const struct recorded_copy *copy = &envelope->copy;
	if (form == FORM_REGISTER)
		return (struct guard_entry){ copy->copy, { enterprise->name, copy->number, copy->address } };
	const struct delivery *delivery = &model->deliveries[enterprise->delivery];
	return (struct guard_entry){ copy->copy, {
		delivery->postcode, delivery->address, delivery->unit.size ? delivery->unit : enterprise->name,
		delivery->department, delivery->recipient } };
}

/* Of the kept copies from *at on as many as a file takes. */
static struct taken take(const struct sheets *sheets, enum form form, size_t *at)
{
	const struct batch_contents *contents = sheets->contents;
	struct arena *scratch = sheets->build->scratch;
	struct taken taken = {
		.items = ARENA_ARRAY(scratch, struct datum, contents->count - *at),
		.entries = ARENA_ARRAY(scratch, struct guard_entry, contents->count - *at),
	};
	for (; *at < contents->count && taken.count < BATCH_SHEET_COPIES; ++*at) {
		const struct envelope *envelope = &contents->at[*at];
		const struct copy_form copy = { .envelope = envelope, .batch = sheets->batch, .day = contents->day };
		if (form != FORM_REGISTER && !has_address(sheets, envelope))
			continue;
		taken.entries[taken.count] = entry_of(sheets, form, envelope);
		taken.items[taken.count++] = forms_copy(scratch, sheets->build, &copy);
	}
	return taken;
}

static bool write(const struct sheets *sheets, enum form form, const char *name)
{
	struct build *build = sheets->build;
	static const struct text names[] = { TEXT_INIT("copies"), TEXT_INIT("batch"), TEXT_INIT("count"),
		TEXT_INIT("part") };
	bool is_good = true;
	for (size_t at = 0, part = 1; at < sheets->contents->count && is_good; part++) {
		const struct taken taken = take(sheets, form, &at);
		const struct datum items[] = {
			datum_list(taken.items, taken.count), datum_text(sheets->batch), datum_number(build->scratch,
				(int64_t)sheets->contents->count),
			part > 1 ? datum_number(build->scratch, (int64_t)part) : datum_boolean(false),
		};
		const struct datum extra = datum_object(names, items, sizeof items / sizeof *items);
		struct text file = part > 1 ? text_format(build->run.arena, "%s-%zu.pdf", name, part)
					    : text_format(build->run.arena, "%s.pdf", name);
		struct buf pdf;
		buf_init(&pdf, BUF_LIMIT_FILE);
		const struct guard_sheet sheet = { file, taken.entries, taken.count };
		if (taken.count)
			is_good = forms_make(build, &(struct form_wish){ form, file, &extra }, &pdf) &&
				  guard_check_sheet(sheets->guard, buf_view(&pdf), &sheet, build->run.diag) &&
				  batch_write(&build->run, sheets->contents->folder, file, buf_view(&pdf));
		buf_clear(&pdf);
		arena_clear(build->scratch);
	}
	return is_good;
}

bool batch_sheets_write(struct build *build, const struct batch_contents *contents, struct text batch,
			struct guard *guard)
{
	const struct sheets sheets = { build, contents, batch, guard };
	return write(&sheets, FORM_LABELS, "labels") && write(&sheets, FORM_REGISTER, "register");
}
