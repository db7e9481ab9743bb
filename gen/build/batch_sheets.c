/* SPDX-License-Identifier: MIT */
#include "build/batch_sheets.h"

#include "base/buf.h"
#include "build/build.h"

struct sheets {
	struct build *build;
	const struct batch_contents *contents;
	struct text batch;
};

static bool has_address(const struct sheets *sheets, const struct envelope *envelope)
{
	const struct model *model = sheets->build->run.model;
	int32_t delivery = model->enterprises[envelope->enterprise].delivery;
	return delivery >= 0 && model->deliveries[delivery].address.size > 0;
}

/* Of the kept copies from *at on as many as a file takes, in scratch. */
static struct datum take(const struct sheets *sheets, enum form form, size_t *at)
{
	const struct batch_contents *contents = sheets->contents;
	struct arena *scratch = sheets->build->scratch;
	struct datum *items = ARENA_ARRAY(scratch, struct datum, contents->count - *at);
	size_t count = 0;
	for (; *at < contents->count && count < BATCH_SHEET_COPIES; ++*at) {
		const struct envelope *envelope = &contents->at[*at];
		const struct copy_form copy = { .envelope = envelope, .batch = sheets->batch, .day = contents->day };
		if (form == FORM_REGISTER || has_address(sheets, envelope))
			items[count++] = forms_copy(scratch, sheets->build, &copy);
	}
	return datum_list(items, count);
}

static bool write(const struct sheets *sheets, enum form form, const char *name)
{
	struct build *build = sheets->build;
	static const struct text names[] = { TEXT_INIT("copies"), TEXT_INIT("batch"), TEXT_INIT("count"),
		TEXT_INIT("part") };
	bool is_good = true;
	for (size_t at = 0, part = 1; at < sheets->contents->count && is_good; part++) {
		const struct datum copies = take(sheets, form, &at);
		const struct datum items[] = {
			copies, datum_text(sheets->batch), datum_number(build->scratch,
				(int64_t)sheets->contents->count),
			part > 1 ? datum_number(build->scratch, (int64_t)part) : datum_boolean(false),
		};
		const struct datum extra = datum_object(names, items, sizeof items / sizeof *items);
		struct text file = part > 1 ? text_format(build->run.arena, "%s-%zu.pdf", name, part)
					    : text_format(build->run.arena, "%s.pdf", name);
		struct buf pdf;
		buf_init(&pdf, BUF_LIMIT_FILE);
		if (copies.count)
			is_good = forms_make(build, &(struct form_wish){ form, file, &extra }, &pdf) &&
				  batch_write(&build->run, sheets->contents->folder, file, buf_view(&pdf));
		buf_clear(&pdf);
		arena_clear(build->scratch);
	}
	return is_good;
}

bool batch_sheets_write(struct build *build, const struct batch_contents *contents, struct text batch)
{
	const struct sheets sheets = { build, contents, batch };
	return write(&sheets, FORM_LABELS, "labels") && write(&sheets, FORM_REGISTER, "register");
}
