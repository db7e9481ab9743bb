/* SPDX-License-Identifier: MIT */
#include "check/lost.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/nearest.h"
#include "check/check.h"
#include "read/clean.h"

enum {
	CODE_MOST = 32,         /* bytes of what is written for a code of 18 */
	DISTANCE_MOST = 2,      /* characters: two codes of one city that are both right differ in three or more */
	PAIRS_MOST = 4000000,   /* rows × codes compared; where there are more the file is wrong as a whole */
	FILES_NAMED = 6,        /* in one message */
	DIGITS_LEAST = 4,       /* of scientific notation; with fewer every code of the province is like it */
	ROUNDED_SIZE = 15,      /* digits that a spreadsheet keeps of a number */
};

static void add(struct check *check, struct lost_row row)
{
	row.code = text_copy(check->reader.arena, row.code);
	row.likest = MISSING;
	LIST_PUSH(&check->lost.rows, row);
}

void lost_add(struct check *check, struct text code, struct span place)
{
	add(check, (struct lost_row){ .code = code, .place = place });
}

void lost_add_reference(struct check *check, struct text code, struct span place)
{
	add(check, (struct lost_row){ .code = code, .place = place, .is_reference = true });
}

int32_t lost_with(struct unfilled *table, struct span place)
{
	if (table->is_it && table->rows++ == 0)
		table->first = place;
	return MISSING;
}

void lost_refer(struct check *check, struct text code, struct span place)
{
	struct lost *lost = &check->lost;
	const uint32_t *found = map_find(&lost->by_code, code);
	uint32_t index = found ? *found : (uint32_t)lost->codes.count;
	if (!found) {
		struct lost_code added = { text_copy(check->reader.arena, code), MISSING, MISSING, MISSING };
		map_add(&lost->by_code, added.code, index);
		LIST_PUSH(&lost->codes, added);
	}
	struct lost_code *entry = &lost->codes.at[index];
	if (entry->last >= 0 && lost->references.at[entry->last].first.source == place.source) {
		lost->references.at[entry->last].count++;
		return;
	}
	int32_t added = (int32_t)lost->references.count;
	LIST_PUSH(&lost->references, ((struct lost_reference){ place, 1, MISSING }));
	if (entry->last >= 0)
		lost->references.at[entry->last].next = added;
	else
		entry->first = added;
	entry->last = added;
}

/* ---- whose they are ------------------------------------------------------------------------ */

/* The digits that scientific notation kept: "913208" of 9.13208E+17, less the last, which is rounded. */
static size_t kept_digits(struct text code, char digits[ROUNDED_SIZE + 1])
{
	size_t size = 0;
	for (size_t i = 0; i < code.size && size < ROUNDED_SIZE; i++) {
		if (code.at[i] == 'E' || code.at[i] == 'e')
			break;
		if (code.at[i] >= '0' && code.at[i] <= '9')
			digits[size++] = code.at[i];
	}
	return size ? size - 1 : 0;
}

/* Letters that no code has read as the digits that they look like; false where there are none, or it is no code. */
static bool read_as_digits(struct text written, char code[CODE_MOST])
{
	static const char letters[] = "OIZS", digits[] = "0125";
	bool has_letter = false;
	for (size_t i = 0; i < written.size && written.size <= CODE_MOST; i++) {
		const char *letter = memchr(letters, written.at[i], sizeof letters - 1);
		code[i] = letter ? digits[letter - letters] : written.at[i];
		has_letter |= letter != NULL;
	}
	return has_letter;
}

/* How far a code is from what a row has in its place; above DISTANCE_MOST: it is another. */
static unsigned distance_of(struct text written, struct text code)
{
	char digits[ROUNDED_SIZE + 1], read[CODE_MOST];
	if (read_as_digits(written, read))
		written.at = read;
	if (clean_is_scientific(written)) {
		struct text kept = { digits, kept_digits(written, digits) };
		bool is_like = kept.size >= DIGITS_LEAST && text_equal(kept, text_slice(code, 0, kept.size));
		return is_like ? 1 : DISTANCE_MOST + 1;
	}
	struct text start = text_slice(written, 0, ROUNDED_SIZE);
	if (text_ends(written, "000") && text_equal(start, text_slice(code, 0, ROUNDED_SIZE)))
		return 1;
	struct nearest nearest = { .wanted = written };
	nearest_offer(&nearest, code);
	return nearest.distance;
}

static void match_likeness(struct lost *lost)
{
	for (size_t i = 0; i < lost->rows.count; i++) {
		struct lost_row *row = &lost->rows.at[i];
		if (row->code.size == 0 || row->is_reference || row->likest >= 0)
			continue;
		row->distance = DISTANCE_MOST + 1;
		for (size_t k = 0; k < lost->codes.count; k++) {
			unsigned distance = distance_of(row->code, lost->codes.at[k].code);
			if (distance >= row->distance || lost->codes.at[k].row >= 0)
				continue;
			row->distance = distance;
			row->likest = (int32_t)k;
		}
		if (row->likest >= 0)
			lost->codes.at[row->likest].row = (int32_t)i;
	}
}

static void match_exactly(struct lost *lost)
{
	for (size_t i = 0; i < lost->rows.count; i++) {
		struct lost_row *row = &lost->rows.at[i];
		const uint32_t *found = row->code.size ? map_find(&lost->by_code, row->code) : NULL;
		if (!found || lost->codes.at[*found].row >= 0)
			continue;
		row->likest = (int32_t)*found;
		lost->codes.at[*found].row = (int32_t)i;
	}
}

/* Codes of nobody, where there are no more of them than rows without a code: one goes with each. */
static void match_rest(struct lost *lost)
{
	size_t rows = 0, codes = 0, k = 0;
	for (size_t i = 0; i < lost->rows.count; i++)
		rows += lost->rows.at[i].code.size == 0;
	for (size_t i = 0; i < lost->codes.count; i++)
		codes += lost->codes.at[i].row < 0;
	for (size_t i = 0; i < lost->rows.count && codes <= rows; i++) {
		while (k < lost->codes.count && lost->codes.at[k].row >= 0)
			k++;
		if (k < lost->codes.count && lost->rows.at[i].code.size == 0)
			lost->codes.at[k].row = (int32_t)i;
	}
}

/* ---- telling ------------------------------------------------------------------------------- */

/* "results/online.csv": the year is that of the row itself. */
static struct text name_in_year(const struct check *check, uint32_t source)
{
	struct text name = sources_find(check->reader.sources, source)->name;
	size_t size = strlen(check->folder);
	if (!text_starts(name, check->folder) || size >= name.size || name.at[size] != '/')
		return name;
	return text_slice(name, size + 1, name.size);
}

/* Lines are counted for who reads them: past TOLD_MOST nobody does, and counting would take long. */
static void name_references(struct check *check, const struct lost_code *code, struct buf *buf, int64_t *count)
{
	bool is_told = check->told[DIAG_ENTERPRISE_LOST] < TOLD_MOST;
	int files = 0;
	for (int32_t at = code->first; at >= 0; at = check->lost.references.at[at].next) {
		const struct lost_reference *reference = &check->lost.references.at[at];
		struct place place = is_told ? place_of(check->reader.sources, reference->first) : (struct place){ 0 };
		*count += reference->count;
		if (++files <= FILES_NAMED)
			buf_format(buf, "%s%.*s:%u ×%lld", buf->size ? "、" : "", TEXT_ARGS(name_in_year(check, reference->first.source)), place.line,
				   (long long)reference->count);
		else if (files == FILES_NAMED + 1)
			buf_string(buf, "…");
	}
}

static void report_lost(struct check *check, const struct lost_code *code)
{
	struct span row = check->lost.rows.at[code->row].place;
	struct buf places;
	int64_t count = 0;
	buf_init(&places, BUF_LIMIT_PAGE);
	name_references(check, code, &places, &count);
	size_t since = check->problems.count;
	PROBLEM(check, DIAG_ENTERPRISE_LOST, .span = { row.source, row.start, row.start }, .a = code->code,
		.b = text_copy(check->reader.arena, buf_view(&places)), .n = count);
	problems_blame(check, since, BLAME_LEFT_OUT, 0);
	problems_report(check);
	buf_clear(&places);
}

static void report_unknown(struct check *check, const struct lost_code *code)
{
	for (int32_t at = code->first; at >= 0; at = check->lost.references.at[at].next) {
		const struct lost_reference *reference = &check->lost.references.at[at];
		struct diag_args args = { .span = reference->first, .a = code->code, .n = reference->count };
		problem_add_counted(check, DIAG_ENTERPRISE_UNKNOWN, args);
	}
}

void lost_report(struct check *check)
{
	struct lost *lost = &check->lost;
	match_exactly(lost);
	if (lost->codes.count == 0 || lost->rows.count < PAIRS_MOST / lost->codes.count)
		match_likeness(lost);
	match_rest(lost);
	for (size_t i = 0; i < lost->codes.count; i++)
		if (lost->codes.at[i].row >= 0)
			report_lost(check, &lost->codes.at[i]);
		else
			report_unknown(check, &lost->codes.at[i]);
	LIST_FREE(&lost->rows);
	LIST_FREE(&lost->codes);
	LIST_FREE(&lost->references);
	map_clear(&lost->by_code);
	problems_report_merged(check);
}
