/* SPDX-License-Identifier: MIT
 *
 * What was handed out, as it lies with the packs: one row a problem, read again by the next run.
 */
#include "base/arena.h"
#include "base/file.h"
#include "base/formula.h"
#include "base/list.h"
#include "build/packs.h"
#include "read/csv.h"
#include "read/input.h"

enum listed {
	COLUMN_OWNER,
	COLUMN_NAME,
	COLUMN_CODE,
	COLUMN_ID,
	COLUMN_PLACE,
	COLUMN_MESSAGE,
	COLUMN_FIRST,
	COLUMN_DAY,
	COLUMNS
};
static const char *const headings[COLUMNS] = { "责任单位", "名称", "消息代码", "对象",
					       "位置",     "问题", "首次发出", "本次发出" };

struct pack_past {
	struct text cells[COLUMNS];
	bool is_there; /* still */
};
typedef LIST(struct pack_past) past_list;

/* "city:320500", "agency:JG001", "province" */
static struct text owner_word(struct arena *arena, struct owner owner)
{
	static const char *const words[] = {
		[OWNER_PROVINCE] = "province", [OWNER_CITY] = "city:", [OWNER_AGENCY] = "agency:"
	};
	return text_format(arena, "%s%.*s", words[owner.kind], TEXT_ARGS(owner.code));
}

/* ---- reading ------------------------------------------------------------------------------------- */

static struct text unguarded(struct text cell)
{
	struct text rest = text_slice(cell, 1, cell.size);
	return text_starts(cell, "'") && formula_begins(rest) ? rest : cell;
}

static bool is_head(const struct csv *csv)
{
	for (size_t i = 0; i < COLUMNS; i++)
		if (i >= csv->count || !text_is(csv->cells[i].text, headings[i]))
			return false;
	return true;
}

/* A list that is not there is the first time; one that cannot be read is told, and then it is a first time too. */
static bool read_past(struct packs *packs, const char *folder, past_list *past)
{
	struct run *run = &packs->build->run;
	const char *path = file_join(run->arena, folder, TEXT(PACK_STATE));
	const struct reader reader = { .arena = run->arena, .sources = run->sources, .diag = run->diag };
	uint32_t source = file_exists(path) ? input_open(&reader, path, INPUT_LINES) : 0;
	if (!source)
		return false;
	struct csv *csv = ARENA_NEW(run->arena, struct csv);
	csv_init(csv, &reader, source, ',');
	csv->is_silent = true;
	csv->offset = text_starts(csv->text, "\xEF\xBB\xBF") ? 3 : 0;
	if (!csv_next(csv) || !is_head(csv)) {
		DIAG(run->diag, DIAG_PACK_STATE, .span = { .source = source });
		return false;
	}
	while (csv_next(csv)) {
		struct pack_past row = { .is_there = false };
		for (size_t i = 0; i < COLUMNS && i < csv->count; i++)
			row.cells[i] = unguarded(csv->cells[i].text);
		if (row.cells[COLUMN_OWNER].size)
			LIST_PUSH(past, row);
	}
	return true;
}

/* ---- comparing ----------------------------------------------------------------------------------- */

static struct text key_of(struct arena *arena, struct text owner, struct text code, struct text id)
{
	return text_format(arena, "%.*s\x1F%.*s\x1F%.*s", TEXT_ARGS(owner), TEXT_ARGS(code), TEXT_ARGS(id));
}

static void compare_problem(struct pack *pack, struct pack_problem *problem, struct pack_past *past)
{
	problem->is_open = past != NULL;
	problem->is_new = !past;
	pack->open += past != NULL;
	pack->fresh += !past;
	if (!past)
		return;
	past->is_there = true;
	if (past->cells[COLUMN_FIRST].size)
		problem->first = past->cells[COLUMN_FIRST];
}

/* Whom a word of the list means this year; false when nobody. */
static bool owner_by_word(const struct model *model, struct text word, struct owner *owner)
{
	struct text code = text_slice(word, text_find(word, TEXT(":")) + 1, word.size);
	*owner = (struct owner){ .kind = OWNER_PROVINCE, .name = model->campaign.province };
	if (text_is(word, "province"))
		return true;
	for (int32_t i = 0; text_starts(word, "city:") && i < model->prefectures.count; i++)
		if (text_equal(model->prefectures.at[i].code, code)) {
			*owner = (struct owner){ OWNER_CITY, i, model->prefectures.at[i].code,
						 model->prefectures.at[i].name };
			return true;
		}
	for (size_t i = 0; text_starts(word, "agency:") && i < model->agency_count; i++)
		if (text_equal(model->agencies[i].code, code)) {
			*owner = (struct owner){ OWNER_AGENCY, (int32_t)i, model->agencies[i].code,
						 model->agencies[i].name };
			return true;
		}
	return false;
}

static struct pack *pack_of(struct packs *packs, struct owner owner)
{
	for (size_t i = 0; i < packs->count; i++)
		if (owner_equal(packs->at[i].owner, owner))
			return &packs->at[i];
	packs->at[packs->count] = (struct pack){ .owner = owner };
	return &packs->at[packs->count++];
}

static void add_mended(struct packs *packs, const struct pack_past *row, size_t most)
{
	struct run *run = &packs->build->run;
	struct owner owner;
	if (row->is_there || !owner_by_word(run->model, row->cells[COLUMN_OWNER], &owner))
		return;
	struct pack *pack = pack_of(packs, owner);
	if (!pack->mended)
		pack->mended = ARENA_ARRAY(run->arena, struct pack_mended, most);
	pack->mended[pack->mended_count++] =
		(struct pack_mended){ row->cells[COLUMN_ID], row->cells[COLUMN_MESSAGE], row->cells[COLUMN_PLACE],
				      row->cells[COLUMN_FIRST] };
}

static int compare_packs(const void *left, const void *right)
{
	const struct pack *a = left, *b = right;
	return owner_compare(a->owner, b->owner);
}

/* Room for whoever has mended all and so has no pack. */
static void make_room(struct packs *packs, size_t more)
{
	struct pack *at = ARENA_ARRAY(packs->build->run.arena, struct pack, packs->count + more);
	for (size_t i = 0; i < packs->count; i++)
		at[i] = packs->at[i];
	packs->at = at;
}

static void compare_all(struct packs *packs, past_list *past)
{
	struct arena *arena = packs->build->run.arena;
	struct map by_key = { 0 };
	for (size_t i = 0; i < past->count; i++)
		map_add(&by_key,
			key_of(arena, past->at[i].cells[COLUMN_OWNER], past->at[i].cells[COLUMN_CODE],
			       past->at[i].cells[COLUMN_ID]),
			(uint32_t)i);
	for (size_t i = 0; i < packs->count; i++) {
		struct pack *pack = &packs->at[i];
		struct text owner = owner_word(arena, pack->owner);
		for (size_t j = 0; j < pack->count; j++) {
			const uint32_t *found = map_find(
				&by_key, key_of(arena, owner, pack->problems[j].line->code, pack->problems[j].id));
			compare_problem(pack, &pack->problems[j], found ? &past->at[*found] : NULL);
		}
	}
	/* Of several with one key all are there as long as one is. */
	for (size_t i = 0; i < past->count; i++) {
		const uint32_t *found =
			map_find(&by_key, key_of(arena, past->at[i].cells[COLUMN_OWNER],
						 past->at[i].cells[COLUMN_CODE], past->at[i].cells[COLUMN_ID]));
		past->at[i].is_there |= past->at[*found].is_there;
	}
	map_clear(&by_key);
	make_room(packs, past->count);
	for (size_t i = 0; i < past->count; i++)
		add_mended(packs, &past->at[i], past->count);
	if (packs->count)
		qsort(packs->at, packs->count, sizeof *packs->at, compare_packs);
}

void pack_state_compare(struct packs *packs, const char *folder)
{
	struct arena *arena = packs->build->run.arena;
	struct buf day;
	past_list past = { 0 };
	buf_init(&day, BUF_LIMIT_PAGE);
	date_write_iso(&day, packs->build->run.today);
	struct text today = text_copy(arena, buf_view(&day));
	buf_clear(&day);
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->at[i].count; j++)
			packs->at[i].problems[j].first = today;
	packs->has_past = read_past(packs, folder, &past);
	if (packs->has_past && past.count)
		packs->past_day = past.at[0].cells[COLUMN_DAY];
	if (packs->has_past)
		compare_all(packs, &past);
	for (size_t i = 0; i < packs->count; i++)
		packs->at[i].has_past = packs->has_past;
	LIST_FREE(&past);
}

/* ---- writing ------------------------------------------------------------------------------------- */

static void write_row(const struct text cells[COLUMNS], struct buf *buf)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		if (i)
			buf_byte(buf, ',');
		buf_csv(buf, cells[i]);
	}
	buf_string(buf, "\r\n");
}

void pack_state_write(const struct packs *packs, struct buf *buf)
{
	struct arena *arena = packs->build->run.arena;
	struct text cells[COLUMNS];
	struct buf day;
	buf_init(&day, BUF_LIMIT_PAGE);
	date_write_iso(&day, packs->build->run.today);
	buf_string(buf, "\xEF\xBB\xBF");
	for (size_t i = 0; i < COLUMNS; i++)
		cells[i] = text_from(headings[i]);
	write_row(cells, buf);
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->at[i].count; j++) {
			const struct pack_problem *problem = &packs->at[i].problems[j];
			const struct text row[COLUMNS] = {
				owner_word(arena, problem->owner),
				problem->owner.name,
				problem->line->code,
				problem->id,
				problem->place,
				problem->line->message,
				problem->first,
				buf_view(&day),
			};
			write_row(row, buf);
		}
	buf_clear(&day);
}
