/* SPDX-License-Identifier: MIT
 *
 * Pages and what they claim: words outside claims, of a page and of Markdown with its queries; what is read of a page
 * without its tags; and claims of every kind held against rows that the first byte chooses.
 */
#include "fuzz.h"

#include <assert.h>

#include "base/buf.h"
#include "compose/claim.h"
#include "compose/claim_hear.h"
#include "compose/claim_words.h"
#include "compose/datum.h"
#include "compose/mustache.h"
#include "facts/facts.h"

enum { COLUMNS = 4, ROWS = 3 };

/* name, value, shown, holds; a value may be missing. */
static struct rows make_rows(struct arena *arena, unsigned choice)
{
	static struct text columns[COLUMNS] = { TEXT_INIT("name"), TEXT_INIT("value"), TEXT_INIT("shown"),
						TEXT_INIT("holds") };
	static const struct text names[ROWS] = { TEXT_INIT("南京市"), TEXT_INIT("苏州市"), TEXT_INIT("南京") };
	struct value *values = ARENA_ARRAY(arena, struct value, COLUMNS * ROWS);
	for (unsigned i = 0; i < ROWS; i++) {
		struct value *row = values + (size_t)i * COLUMNS;
		int64_t number = choice >> i & 3;
		struct text shown = text_format(arena, "%d%%", (int)number);
		row[0] = (struct value){ .kind = VALUE_TEXT, .text = names[i] };
		row[1] = (struct value){ .kind = number == 3 ? VALUE_NULL : VALUE_INTEGER, .text = shown,
					 .integer = number, .real = (double)number };
		row[2] = (struct value){ .kind = VALUE_TEXT, .text = shown };
		row[3] = (struct value){ .kind = VALUE_INTEGER, .text = TEXT("1"), .integer = number & 1,
					 .real = (double)(number & 1) };
	}
	return (struct rows){ .names = columns, .column_count = COLUMNS, .values = values,
			      .row_count = choice >> 5 & 3 };
}

static bool hear(void *context, const struct mustache_claim *claim)
{
	const struct fuzz *fuzz = context;
	struct text words = claim_read_html(fuzz->arena, claim->printed);
	assert(words.size <= claim->printed.size); /* tags go, and no entity is shorter than its character */
	return claim_hear(fuzz->arena, fuzz->diag, claim, words);
}

void fuzz_claims(const struct fuzz *fuzz, struct text input)
{
	static const struct text names[] = { TEXT_INIT("rows"), TEXT_INIT("a") };
	unsigned choice = fuzz_choice(&input);
	uint32_t source = fuzz_source(fuzz, input);
	if (!source)
		return;
	struct rows rows = make_rows(fuzz->arena, choice);
	struct datum items[] = { datum_rows(&rows), datum_text(TEXT("<最高>&amp;")) };
	const struct datum top = datum_object(names, items, 2);
	struct text text = sources_find(fuzz->sources, source)->text;
	const struct mustache *page = mustache_compile(
		fuzz->arena, fuzz->diag,
		&(struct mustache_text){ .text = text, .source = source, .flags = MUSTACHE_NO_RAW });
	claim_words_check(fuzz->diag, page, CLAIM_HTML);
	claim_words_check(fuzz->diag, mustache_compile(fuzz->arena, fuzz->diag,
		&(struct mustache_text){ .text = text, .source = source, .flags = MUSTACHE_FENCES }), CLAIM_MARKDOWN);
	claim_words_check_query(fuzz->diag, page);
	claim_words_check_sql(fuzz->diag, text, (struct span){ source, 0, (uint32_t)text.size });
	claim_read_html(fuzz->arena, text);
	for (enum claim_kind kind = 0; kind < CLAIM_KINDS; kind++)
		claim_judge(fuzz->arena, kind, &rows, text_slice(text, 0, 4096));
	struct buf out;
	struct fuzz heard = *fuzz;
	buf_init(&out, BUF_LIMIT_PAGE);
	mustache_render(page, &(struct mustache_run){ .datum = &top, .diag = fuzz->diag, .claim = hear,
						      .escape = mustache_escape_html, .context = &heard,
						      .arena = fuzz->arena, .is_lenient = true }, &out);
	buf_clear(&out);
}
