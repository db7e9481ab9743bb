/* SPDX-License-Identifier: MIT */
#include "check/kept.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "check/observer.h"
#include "check/packed.h"
#include "model/observed.h"
#include "read/cells.h"

/* ---- what the outcome depends on ---------------------------------------------------------- */

static void add_text(struct hash *hash, struct text text)
{
	const uint64_t size = text.size;
	hash_add(hash, (struct text){ (const char *)&size, sizeof size });
	hash_add(hash, text);
}

void kept_open(struct check *check, const struct kept_store *store, uint32_t before)
{
	const struct sources *sources = check->reader.sources;
	struct hash hash;
	check->kept = NULL;
	/* What came back mended is noted row by row; errors of the tables decide of which rows nothing is said. */
	if (!store || check->mended || diag_count(check->reader.diag, SEVERITY_ERROR))
		return;
	hash_init(&hash);
	add_text(&hash, text_from(store->program));
	add_text(&hash, text_from(check->reader.encoding ? check->reader.encoding : ""));
	for (uint32_t i = before + 1; i <= sources_count(sources); i++) {
		const struct source *source = sources_find(sources, i);
		add_text(&hash, source->inside);
		add_text(&hash, text_from(source->encoding));
		add_text(&hash, sources_text(sources, i));
	}
	hash_finish(&hash, check->kept_tables);
	check->kept = store;
}

static void make_key(const struct check *check, struct text name, const char *encoding, const char *bytes, char key[65])
{
	struct hash hash;
	hash_init(&hash);
	add_text(&hash, text_from(check->kept_tables));
	add_text(&hash, name);
	add_text(&hash, text_from(encoding));
	add_text(&hash, text_from(bytes));
	hash_finish(&hash, key);
}

/* The hash of the file's bytes stays with its source: the manifest asks for it again. */
static bool find_key(struct check *check, uint32_t source, char key[65])
{
	struct sources *sources = check->reader.sources;
	const struct source *file = sources_find(sources, source);
	char bytes[65];
	if (!sources_hash(sources, source, bytes))
		return false;
	if (!file->hash)
		sources_set_hash(sources, source, bytes);
	make_key(check, file->inside, file->encoding, bytes, key);
	return true;
}

/* All that a row can leave behind beside what is written down of it. */
static size_t count_complaints(const struct check *check)
{
	size_t count = check->complained + check->problems.count + check->merged.count + check->waiting.count +
		       check->half_read.count + check->has_unread_results + diag_told(check->reader.diag) +
		       sources_count(check->reader.sources) + check->lost.rows.count + check->lost.references.count;
	for (size_t i = 0; i < check->model->participation_count; i++)
		count += check->has_rejected_results[i];
	return count;
}

/* ---- the form of a row -------------------------------------------------------------------- */

enum {
	ROW_BYTES = 10 * NUMBER_BYTES,
	/* The first byte of a row: what follows, or need not; above it the result. */
	ROW_HEAD = 1,        /* participation, round and date are not those of the row before */
	ROW_NEXT_ITEM = 2,   /* the item behind that of the row before */
	ROW_NO_REMARK = 4,
	ROW_NEW_REMARK = 8,  /* the first that was not met in this file */
	ROW_RESULT_SHIFT = 4,
};
_Static_assert(RESULTS <= 16, "a result has four bits");

/* Before the first row. */
static struct gathered_row nothing(uint32_t source)
{
	return (struct gathered_row){ { .item = -1, .source = source }, -1 };
}

/* ---- writing down ---------------------------------------------------------------------------- */

static void make_room(struct kept *kept, size_t number)
{
	size_t room = kept->number_room ? kept->number_room : 1024;
	while (room <= number)
		room *= 2;
	if (room == kept->number_room)
		return;
	kept->numbers = memory_resize(kept->numbers, room * sizeof *kept->numbers);
	memset(kept->numbers + kept->number_room, 0, (room - kept->number_room) * sizeof *kept->numbers);
	kept->number_room = room;
}

/* As written: cells that say so byte by byte are this remark, and nothing is wrong with them (remarking.h). */
static void write_remark(struct kept *kept, const struct remark *remark, const struct remark *written)
{
	const bool is_as_written = text_equal(remark->note, written->note) &&
				   text_equal(remark->evidence, written->evidence);
	put_number(&kept->heads, is_as_written);
	put_number(&kept->heads, (uint32_t)(remark->agency + 1));
	put_number(&kept->heads, remark->note.size);
	buf_text(&kept->heads, remark->note);
	put_number(&kept->heads, remark->evidence.size);
	buf_text(&kept->heads, remark->evidence);
}

static void write_row(struct kept *kept, const struct gathered_row *row, uint32_t remark, bool is_new)
{
	const struct observation *seen = &row->seen, *last = &kept->last.seen;
	const struct span place = observed_place(seen), before = observed_place(last);
	char *room = buf_room(&kept->rows, ROW_BYTES), *to = room;
	const bool is_head = row->participation != kept->last.participation || seen->round != last->round ||
			     pack(seen->date) != pack(last->date);
	if (!room || place.start < before.end || place.end < place.start) {
		kept->is_lost = true;
		return;
	}
	*to++ = (char)((is_head ? ROW_HEAD : 0) | (seen->item == last->item + 1 ? ROW_NEXT_ITEM : 0) |
		       (remark ? 0 : ROW_NO_REMARK) | (is_new ? ROW_NEW_REMARK : 0) | seen->result << ROW_RESULT_SHIFT);
	if (is_head) {
		to = put(to, (uint32_t)row->participation);
		to = put(to, (uint32_t)seen->round);
		to = put(to, pack(seen->date));
	}
	if (seen->item != last->item + 1)
		to = put(to, (uint32_t)seen->item);
	if (remark && !is_new)
		to = put(to, remark);
	to = put(to, place.start - before.end);
	to = put(to, place.end - place.start);
	buf_wrote(&kept->rows, (size_t)(to - room));
}

void kept_row(struct observer *observer, struct remark written, const struct gathered_row *row)
{
	struct kept *kept = &observer->kept;
	uint32_t remark = 0;
	bool is_new = false;
	kept->seen++;
	if (!row || kept->is_lost)
		return;
	kept->is_lost |= row->seen.source != kept->source;
	if (row->seen.remark) {
		make_room(kept, row->seen.remark);
		is_new = !kept->numbers[row->seen.remark];
		if (is_new) {
			kept->numbers[row->seen.remark] = ++kept->remark_count;
			write_remark(kept, &observer->remarking.list.at[row->seen.remark - 1], &written);
		}
		remark = kept->numbers[row->seen.remark];
	}
	write_row(kept, row, remark, is_new);
	kept->row_count++;
	kept->last = *row;
}

/* ---- putting down ------------------------------------------------------------------------------ */

struct putting {
	struct observer *observer;
	struct cursor cursor;
	uint32_t source, size;           /* bytes of its text */
	uint32_t remarks, met;
	const uint32_t *numbers;         /* of the model, by those of the file; NULL: only looked at */
};

/* As a cell that was read gives it (base/date.h). */
static bool is_date(struct date date)
{
	if (!date.year)
		return !date.month && !date.day;
	return date.year >= 1900 && date.year <= 2199 && date.month >= 1 && date.month <= 12 &&
	       date_compare(date_from_days(date_days(date)), date) == 0;
}

static bool is_words(struct text text)
{
	return utf8_check(text) == text.size && (!text.size || !memchr(text.at, '\0', text.size));
}

/* Borrowed from what was kept. */
static struct remark take_remark(struct putting *putting, bool *is_as_written)
{
	struct cursor *cursor = &putting->cursor;
	struct remark remark = { .agency = MISSING };
	const uint32_t as_written = take_number(cursor), agency = take_number(cursor);
	remark.note = take_text(cursor);
	remark.evidence = take_text(cursor);
	cursor->is_bad |= as_written > 1 || agency > putting->observer->check->model->agency_count;
	cursor->is_bad |= !agency && !remark.note.size && !remark.evidence.size;
	cursor->is_bad |= !is_words(remark.note) || !is_words(remark.evidence);
	remark.agency = (int32_t)agency - 1;
	*is_as_written = as_written;
	return remark;
}

/* The one place where what was kept is held against what there is. */
static bool is_possible(const struct putting *putting, const struct gathered_row *row)
{
	const struct observation *seen = &row->seen;
	const struct model *model = putting->observer->check->model;
	if (row->participation < 0 || (size_t)row->participation >= model->participation_count || seen->round < 0 ||
	    seen->round >= ROUNDS || seen->result < 0 || seen->result >= RESULTS || seen->item < 0)
		return false;
	const struct catalogue *catalogue = model->catalogues[model->participations[row->participation].track];
	return catalogue && seen->item < catalogue->item_count && seen->remark <= putting->met &&
	       putting->met <= putting->remarks && observed_place(seen).end <= putting->size;
}

/* From the row before; its remark has the number of the file. */
static void take_row(struct putting *putting, struct gathered_row *row)
{
	struct observation *seen = &row->seen;
	struct cursor *cursor = &putting->cursor;
	const unsigned flags = cursor->at < cursor->end ? *cursor->at : 0;
	cursor->is_bad |= cursor->at == cursor->end;
	cursor->at += cursor->at < cursor->end;
	if (flags & ROW_HEAD) {
		row->participation = (int32_t)take_number(cursor);
		const uint32_t round = take_number(cursor);
		seen->round = (int8_t)(round < ROUNDS ? round : ROUNDS);
		seen->date = unpack(take_number(cursor));
		cursor->is_bad |= !is_date(seen->date);
	}
	seen->item = flags & ROW_NEXT_ITEM ? seen->item + 1 : (int32_t)take_number(cursor);
	seen->result = (int8_t)(flags >> ROW_RESULT_SHIFT);
	if (flags & ROW_NEW_REMARK)
		seen->remark = ++putting->met;
	else
		seen->remark = flags & ROW_NO_REMARK ? 0 : take_number(cursor);
	const uint64_t start = (uint64_t)observed_place(seen).end + take_number(cursor), end = start + take_number(cursor);
	cursor->is_bad |= end > UINT32_MAX;
	observed_set_place(seen, (struct span){ putting->source, (uint32_t)start, (uint32_t)end });
}

/* Twice: once to look whether all of it is possible, once to do it, which then cannot fail. */
static bool go_through(struct putting *putting, uint32_t *numbers)
{
	struct observer *observer = putting->observer;
	struct cursor *cursor = &putting->cursor;
	struct gathered_row row = nothing(putting->source);
	struct arena *arena = observer->check->reader.arena;
	putting->met = 0;
	putting->remarks = take_number(cursor);
	const uint32_t rows = take_number(cursor);
	for (uint32_t i = 1; i <= putting->remarks && !cursor->is_bad; i++) {
		bool is_as_written;
		const struct remark remark = take_remark(putting, &is_as_written);
		if (numbers)
			numbers[i] = remarking_add(&observer->remarking, arena, remark, is_as_written);
	}
	for (uint32_t i = 0; i < rows && !cursor->is_bad; i++) {
		take_row(putting, &row);
		cursor->is_bad |= !is_possible(putting, &row);
		struct gathered_row taken = row;
		taken.seen.remark = numbers ? numbers[row.seen.remark] : 0;
		if (numbers)
			gathered_add(&observer->gathered, &taken);
	}
	if (numbers && rows)
		observer->check->track = observer->check->model->participations[row.participation].track;
	return !cursor->is_bad && cursor->at == cursor->end && rows && putting->met == putting->remarks;
}

static struct putting begin(struct observer *observer, uint32_t source, size_t size, struct text bytes)
{
	const unsigned char *at = (const unsigned char *)bytes.at;
	const struct cursor cursor = { .at = at, .end = at + bytes.size };
	return (struct putting){ observer, cursor, .source = source, .size = (uint32_t)size };
}

static bool is_possible_all(struct observer *observer, size_t size, struct text bytes)
{
	struct putting putting = begin(observer, 0, size, bytes);
	return go_through(&putting, NULL);
}

/* What is possible. */
static void put_down(struct observer *observer, struct arena *arena, uint32_t source, size_t size, struct text bytes)
{
	struct putting putting = begin(observer, source, size, bytes);
	const uint32_t remarks = take_number(&putting.cursor);
	putting = begin(observer, source, size, bytes);
	go_through(&putting, ARENA_ARRAY(arena, uint32_t, (size_t)remarks + 1));
}

/* ---- one file ------------------------------------------------------------------------------------ */

static void clear(struct kept *kept)
{
	if (!kept->store)
		return;
	buf_clear(&kept->heads);
	buf_clear(&kept->rows);
	free(kept->numbers);
	arena_free(kept->arena);
	*kept = (struct kept){ .size = kept->size };
}

bool kept_take(struct observer *observer, uint32_t source)
{
	struct check *check = observer->check;
	struct kept *kept = &observer->kept;
	const struct kept_store *store = check->kept;
	struct text bytes;
	bool is_doubted = false;
	*kept = (struct kept){ .source = source, .last = nothing(source) };
	kept->size = (uint32_t)sources_find(check->reader.sources, source)->text.size;
	if (!store || (!store->is_fleeting && !find_key(check, source, kept->key)))
		return false;
	const struct text name = sources_find(check->reader.sources, source)->inside;
	kept->store = store;
	kept->arena = arena_new();
	buf_init(&kept->heads, BUF_LIMIT_FILE);
	buf_init(&kept->rows, BUF_LIMIT_FILE);
	kept->complaints = count_complaints(check);
	const bool is_found = store->find(store->context, kept->arena, name, kept->key, &bytes, &is_doubted);
	if (is_found && is_doubted)
		kept->was = bytes;
	if (!is_found || is_doubted || !is_possible_all(observer, kept->size, bytes))
		return false;
	put_down(observer, kept->arena, source, kept->size, bytes);
	store->keep(store->context, name, kept->key, NO_TEXT);
	clear(kept);
	kept->is_sound = true;
	return true;
}

static void write_all(const struct kept *kept, struct buf *all)
{
	put_number(all, kept->remark_count);
	put_number(all, kept->row_count);
	buf_text(all, buf_view(&kept->heads));
	buf_text(all, buf_view(&kept->rows));
}

void kept_end(struct observer *observer, bool is_whole)
{
	struct kept *kept = &observer->kept;
	const struct kept_store *store = kept->store;
	struct check *check = observer->check;
	if (!store)
		return;
	const struct text name = sources_find(check->reader.sources, kept->source)->inside;
	struct buf all;
	buf_init(&all, BUF_LIMIT_FILE);
	write_all(kept, &all);
	const bool is_sound = is_whole && !kept->is_lost && kept->row_count > 0 && kept->row_count == kept->seen &&
			      kept->row_count <= UINT32_MAX && !all.overflowed && !kept->heads.overflowed &&
			      count_complaints(check) == kept->complaints;
	if (kept->was.at && !(is_sound && text_equal(kept->was, buf_view(&all))))
		store->differs(store->context, name);
	else if (is_sound)
		store->keep(store->context, name, kept->key, kept->was.at ? NO_TEXT : buf_view(&all));
	buf_clear(&all);
	clear(kept);
	kept->is_sound = is_sound;
}

/* ---- a file that need not be opened ------------------------------------------------------------- */

static bool put_unread(struct observer *observer, const struct kept_file *file, const struct kept_left *left)
{
	const struct reader *reader = &observer->check->reader;
	uint32_t source = 0;
	if (is_possible_all(observer, left->known->size, left->bytes))
		source = input_pass_over(reader, file->path, file->kind, left->known, left->moment);
	if (!source)
		return false;
	if (file->kind == INPUT_CSV)
		cells_watch_unread(reader, source, ENTITY_OBSERVATION);
	struct arena *scratch = arena_new();
	put_down(observer, scratch, source, left->known->size, left->bytes);
	arena_free(scratch);
	return true;
}

static bool take_unread(struct observer *observer, const struct kept_file *file, const struct input_known *known,
			struct arena *scratch)
{
	struct check *check = observer->check;
	const struct kept_store *store = check->kept;
	const struct text name = sources_inside(check->reader.sources, text_from(file->path));
	struct text bytes;
	bool is_doubted;
	char key[65];
	make_key(check, name, known->is_marked ? "UTF-8 BOM" : "UTF-8", known->hash, key);
	if (!store->find(store->context, scratch, name, key, &bytes, &is_doubted) || is_doubted ||
	    !put_unread(observer, file, &(struct kept_left){ .bytes = bytes, .known = known }))
		return false;
	store->keep(store->context, name, key, NO_TEXT);
	return true;
}

bool kept_take_left(struct observer *observer, const struct kept_file *file, const struct kept_left *left)
{
	struct check *check = observer->check;
	const struct kept_store *store = check->kept;
	const struct text name = sources_inside(check->reader.sources, text_from(file->path));
	if (!put_unread(observer, file, left))
		return false;
	if (store) {
		store->keep(store->context, name, left->key, left->is_new ? left->bytes : NO_TEXT);
		store->note(store->context, name, input_real(&check->reader, file->path), left->known);
	}
	return true;
}

bool kept_is_known(const struct check *check, const char *path, const char *real)
{
	const struct kept_store *store = check->kept;
	struct input_known known;
	const struct text name = sources_inside(check->reader.sources, text_from(path));
	return store && real && store->known(store->context, name, real, &known);
}

bool kept_pass_over(struct observer *observer, struct kept_file *file)
{
	struct check *check = observer->check;
	const struct kept_store *store = check->kept;
	struct input_known known;
	file->complaints = store ? count_complaints(check) : 0;
	file->source = sources_count(check->reader.sources) + 1;
	const char *real = store ? input_real(&check->reader, file->path) : NULL;
	const struct text name = sources_inside(check->reader.sources, text_from(file->path));
	if (!real || !store->known(store->context, name, real, &known))
		return false;
	struct arena *scratch = arena_new();
	const bool is_taken = take_unread(observer, file, &known, scratch);
	arena_free(scratch);
	if (is_taken)
		store->note(store->context, name, real, &known);
	return is_taken;
}

/* One source more, and nothing else: what is not UTF-8 was told to be something else. */
void kept_was_read(struct observer *observer, const struct kept_file *file)
{
	struct check *check = observer->check;
	const struct kept_store *store = check->kept;
	struct sources *sources = check->reader.sources;
	const struct source *source = sources_find(sources, file->source);
	struct input_known known = { .is_marked = false };
	const bool is_sound = store && observer->kept.is_sound && count_complaints(check) == file->complaints + 1;
	if (!is_sound || (!source->hash && !store->is_fleeting))
		return;
	const char *real = input_real(&check->reader, file->path);
	known.is_marked = source->is_marked;
	known.size = observer->kept.size;
	memcpy(known.hash, source->hash ? source->hash : "", source->hash ? sizeof known.hash : 1);
	if (real && text_is(text_from(source->encoding), known.is_marked ? "UTF-8 BOM" : "UTF-8"))
		store->note(store->context, source->inside, real, &known);
}
