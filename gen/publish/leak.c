/* SPDX-License-Identifier: MIT
 *
 * The values, and what is public by itself; leak_file.c looks through the files.
 */
#include "publish/leak.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/json_write.h"
#include "base/utf8.h"
#include "publish/leak_hunt.h"
#include "publish/output.h"
#include "publish/tree.h"

enum { SHORT_SHOWN = 2000 }; /* of the values too short, in the report */

struct leak *leak_new(struct arena *arena)
{
	struct leak *leak = ARENA_NEW(arena, struct leak);
	leak->arena = arena;
	leak_open_indexes(leak);
	leak->encoder = leak_encoder_open();
	leak->prose = leak_prose_new(arena);
	buf_init(&leak->form, BUF_LIMIT_PAGE);
	return leak;
}

struct leak *leak_store_new(struct arena *arena)
{
	struct leak *leak = ARENA_NEW(arena, struct leak);
	leak->arena = arena;
	leak->is_store = true;
	return leak;
}

void leak_free(struct leak *leak)
{
	if (!leak)
		return;
	leak_free_indexes(leak);
	leak_encoder_close(leak->encoder);
	leak_prose_free(leak->prose);
	leak_folded_free(&leak->text);
	leak_pieces_free(&leak->pieces);
	buf_clear(&leak->form);
	map_clear(&leak->present);
	map_clear(&leak->present_short);
	LIST_FREE(&leak->values);
	LIST_FREE(&leak->variants);
	LIST_FREE(&leak->sources);
	LIST_FREE(&leak->short_values);
	LIST_FREE(&leak->allowed);
	LIST_FREE(&leak->known);
	LIST_FREE(&leak->pages);
	LIST_FREE(&leak->covers);
}

/* ---- values ---------------------------------------------------------------------- */

static void add_short(struct leak *leak, const struct leak_value *value)
{
	uint32_t number = (uint32_t)leak->short_values.count;
	if (leak->is_store)
		return;
	if (value->value.size && map_add(&leak->present_short, value->value, number) == number)
		LIST_PUSH(&leak->short_values, *value);
}

/* A value that is hunted as a name or code is so although it is a remark, too. */
static void add(struct leak *leak, struct leak_value value)
{
	value.value = text_trim(value.value);
	if (value.value.size < (value.is_remark ? LEAK_REMARK : LEAK_KEY)) {
		add_short(leak, &value);
		return;
	}
	if (leak->is_store && !map_find(&leak->present, value.value))
		value.value = text_copy(leak->arena, value.value);
	uint32_t number = (uint32_t)leak->values.count, index = map_add(&leak->present, value.value, number);
	if (index != number) {
		struct leak_value *present = &leak->values.at[index];
		present->is_shared |= value.owner < 0 || present->owner != value.owner;
		if (present->is_remark && !value.is_remark) {
			present->is_remark = false;
			present->what = value.what;
		}
		return;
	}
	value.came_as_remark = value.is_remark;
	LIST_PUSH(&leak->values, value);
	if (!leak->is_store && !leak->memory)
		leak_form_value(leak, index);
}

void leak_add(struct leak *leak, struct text value, const char *what)
{
	add(leak, (struct leak_value){ .value = value, .what = what, .owner = -1 });
}

void leak_add_remark(struct leak *leak, struct text value, const char *what, int32_t owner)
{
	add(leak, (struct leak_value){ .value = value, .what = what, .owner = owner, .is_remark = true });
}

/* Enterprises of other years have numbers of their own. */
enum { OTHER_OWNERS = 1 << 28 };

void leak_add_others(struct leak *leak, const struct leak *store, const struct map *public_here)
{
	for (size_t i = 0; i < store->values.count; i++) {
		struct leak_value value = store->values.at[i];
		if (map_find(public_here, value.value) || map_find(&leak->present, value.value))
			continue;
		if (value.owner >= 0)
			value.owner += OTHER_OWNERS;
		add(leak, value);
	}
}

void leak_know(struct leak *leak, struct text text)
{
	if (text.size)
		LIST_PUSH(&leak->known, text);
}

void leak_know_page(struct leak *leak, struct text text)
{
	if (text.size)
		LIST_PUSH(&leak->pages, text);
}

void leak_allow(struct leak *leak, struct text value)
{
	if (value.size)
		LIST_PUSH(&leak->allowed, text_copy(leak->arena, value));
}

/* ---- occurrences ------------------------------------------------------------------- */

static bool stands_at(struct text bytes, size_t start, struct text form)
{
	return start <= bytes.size && bytes.size - start >= form.size &&
	       memcmp(bytes.at + start, form.at, form.size) == 0;
}

/* The text in that form; the text itself where the form would be the same bytes. */
static struct text form_of(struct leak *leak, enum leak_form form, struct text text)
{
	return leak_encoder_write(leak->encoder, form, text, &leak->form) ? buf_view(&leak->form) : text;
}

static bool is_covered(struct leak *leak, const struct leak_value *value, enum leak_form form, struct text bytes,
		       size_t start)
{
	for (uint32_t i = value->cover; i; i = leak->covers.at[i - 1].next) {
		struct text allowed = leak->covers.at[i - 1].allowed;
		size_t within = text_find(allowed, value->value);
		size_t before = form_of(leak, form, text_slice(allowed, 0, within)).size;
		if (within == allowed.size || before > start)
			continue;
		if (stands_at(bytes, start - before, form_of(leak, form, allowed)))
			return true;
	}
	return false;
}

static bool is_covered_folded(const struct leak *leak, const struct leak_value *value, size_t start)
{
	struct text folded = leak_folded_text(&leak->text);
	for (uint32_t i = value->cover; i; i = leak->covers.at[i - 1].next) {
		const struct leak_cover *cover = &leak->covers.at[i - 1];
		if (cover->offset <= start && leak_stands_folded(folded, start - cover->offset, cover->allowed))
			return true;
	}
	return false;
}

bool leak_match_plain(struct leak *leak, uint32_t number, struct text bytes, size_t start, struct leak_match *match)
{
	const struct leak_value *value = &leak->values.at[number / LEAK_FORMS];
	enum leak_form form = number % LEAK_FORMS;
	if (value->is_known || !stands_at(bytes, start, form_of(leak, form, value->value)))
		return false;
	size_t end = start + form_of(leak, form, value->value).size;
	*match = (struct leak_match){ .value = number / LEAK_FORMS, .start = start, .end = end, .form = form,
				      .is_covered = is_covered(leak, value, form, bytes, start) };
	return true;
}

bool leak_match_folded(struct leak *leak, uint32_t number, size_t start, struct leak_match *match)
{
	const struct leak_variant *variant = &leak->variants.at[number];
	const struct leak_value *value = &leak->values.at[variant->value];
	struct text folded = leak_folded_text(&leak->text), raw = leak->text.raw;
	if (value->is_known || !leak_stands_folded(folded, start, variant->text))
		return false;
	*match = (struct leak_match){ .value = variant->value, .start = leak_folded_place(&leak->text, start) };
	if (!leak_is_written(raw, match->start, variant->text, variant->manner, &match->end))
		return false;
	match->is_respelt = !text_equal(text_slice(raw, match->start, match->end - match->start), value->value);
	match->is_covered = is_covered_folded(leak, value, start);
	return true;
}

/* ---- what is public by itself -------------------------------------------------------- */

struct known_text {
	struct leak *leak;
	struct text text;
	bool is_page;
};

static void found_in_allowed(void *context, uint32_t number, size_t start)
{
	const struct known_text *known = context;
	struct leak *leak = known->leak;
	struct leak_match match;
	if (!leak_match_folded(leak, number, start, &match))
		return;
	struct leak_value *value = &leak->values.at[match.value];
	struct leak_cover cover = { .allowed = known->text, .offset = start, .next = value->cover };
	LIST_PUSH(&leak->covers, cover);
	value->cover = (uint32_t)leak->covers.count;
}

/* What has no folded form is hunted as it is, and is allowed as it is. */
static void found_as_is_in_allowed(void *context, uint32_t number, size_t start)
{
	const struct known_text *known = context;
	struct leak *leak = known->leak;
	struct leak_value *value = &leak->values.at[number / LEAK_FORMS];
	if (number % LEAK_FORMS != LEAK_UTF8 || !stands_at(known->text, start, value->value))
		return;
	struct leak_cover cover = { .allowed = known->text, .next = value->cover };
	LIST_PUSH(&leak->covers, cover);
	value->cover = (uint32_t)leak->covers.count;
}

static void found_in_known(void *context, uint32_t number, size_t start)
{
	const struct known_text *known = context;
	struct leak_match match;
	if (!leak_match_folded(known->leak, number, start, &match))
		return;
	struct leak_value *value = &known->leak->values.at[match.value];
	bool is_own = !value->is_shared && value->value.size >= LEAK_OWN;
	value->is_known = value->is_remark && !(known->is_page && is_own);
}

static void learn_from(struct leak *leak, struct text text, bool is_page, leak_index_found *found)
{
	struct known_text known = { leak, text, is_page };
	leak_folded_set(&leak->text, text);
	leak_index_search(leak->folded, leak_folded_text(&leak->text), found, &known);
}

static void learn_as_is(struct leak *leak, struct text text)
{
	struct known_text known = { leak, text, false };
	struct leak_index *const indexes[] = { leak->plain, leak->other, leak->narrow };
	for (size_t i = 0; i < sizeof indexes / sizeof *indexes; i++)
		leak_index_search(indexes[i], text, found_as_is_in_allowed, &known);
}

static void learn(struct leak *leak)
{
	for (size_t i = 0; i < leak->known.count; i++)
		learn_from(leak, leak->known.at[i], false, found_in_known);
	for (size_t i = 0; i < leak->pages.count; i++)
		learn_from(leak, leak->pages.at[i], true, found_in_known);
	for (size_t i = 0; i < leak->allowed.count; i++) {
		leak->longest = 2 * leak->allowed.at[i].size > leak->longest ? 2 * leak->allowed.at[i].size
		                                                             : leak->longest;
		learn_from(leak, leak->allowed.at[i], false, found_in_allowed);
		learn_as_is(leak, leak->allowed.at[i]);
	}
}

/* Hunts for what is hunted now and was not yet. */
static void hunt(struct leak *leak)
{
	for (uint32_t i = 0; i < leak->values.count; i++)
		leak_form_value(leak, i);
	learn(leak);
}

static void know_allowed_in_prose(struct leak *leak)
{
	for (size_t i = 0; i < leak->allowed.count; i++)
		leak_prose_know(leak->prose, leak->allowed.at[i]);
}

/* ---- sources ------------------------------------------------------------------------- */

void leak_add_source(struct leak *leak, struct leak_source source)
{
	if (source.text.size && !leak->is_store)
		LIST_PUSH(&leak->sources, source);
}

void leak_add_short_name(struct leak *leak, struct text name)
{
	if (!leak->is_store)
		leak_prose_add(leak->prose, name, true);
}

void leak_add_mention(struct leak *leak, struct text name)
{
	if (!leak->is_store)
		leak_prose_add(leak->prose, name, false);
}

void leak_know_word(struct leak *leak, struct text text)
{
	if (!leak->is_store)
		leak_prose_know(leak->prose, text);
}

/* ---- the scan ------------------------------------------------------------------------ */

bool leak_is_for_outside(struct text path)
{
	return text_starts(path, TREE_PUBLIC) || text_starts(path, TREE_REPORT_PUBLIC ".");
}

static bool is_below(struct text path, struct text folder)
{
	return path.size > folder.size && text_equal(text_slice(path, 0, folder.size), folder);
}

/* What must be hunted for: where an earlier scan's word holds for all files, only what it did not hunt for. */
static void prepare(struct leak *leak, const struct output_file *files, size_t count)
{
	const bool is_recalled = leak_memory_recall(leak, files, count);
	hunt(leak);
	if (leak_memory_open(leak, files, count) || !is_recalled)
		return;
	leak_forget_forms(leak);
	hunt(leak);
}

/* `folder` missing: what is for outside. */
static bool scan(struct leak *leak, struct output *output, struct text folder, struct diag *diag,
		 struct leak_summary *summary)
{
	size_t count;
	const struct output_file *files = output_files(output, &count);
	struct leak_search search = { .leak = leak, .diag = diag };
	*summary = (struct leak_summary){ .values = leak->values.count, .too_short = leak->short_values.count };
	prepare(leak, files, count);
	for (size_t i = 0; i < leak->values.count; i++)
		summary->known += leak->values.at[i].is_known;
	leak_pieces_forget(&leak->pieces);
	know_allowed_in_prose(leak);
	leak_search_sources(&search);
	for (size_t i = 0; i < count; i++) {
		struct text bytes;
		if (folder.size ? !is_below(files[i].path, folder) : !leak_is_for_outside(files[i].path))
			continue;
		summary->files++;
		summary->bytes += files[i].size;
		if (leak_memory_passes(leak, &files[i]))
			continue;
		if (!output_map(output, files[i].path, &bytes)) {
			LIST_FREE(&search.finds);
			return false;
		}
		leak_search_file(&search, files[i].path, bytes);
	}
	bool is_clean = search.hits == 0 && search.opaque == 0 && search.finds.count == 0;
	leak_tell_finds(&search);
	summary->hits = search.hits;
	if (is_clean)
		leak_memory_keep(leak);
	return is_clean;
}

bool leak_scan(struct leak *leak, struct output *output, struct diag *diag, struct leak_summary *summary)
{
	return scan(leak, output, NO_TEXT, diag, summary);
}

bool leak_scan_folder(struct leak *leak, struct output *output, struct text folder, struct diag *diag)
{
	struct leak_summary summary;
	return scan(leak, output, folder, diag, &summary);
}

bool leak_scan_given(struct leak *leak, const struct leak_given *files, size_t count, struct diag *diag)
{
	struct leak_search search = { .leak = leak, .diag = diag };
	hunt(leak);
	know_allowed_in_prose(leak);
	leak_search_sources(&search);
	for (size_t i = 0; i < count; i++)
		leak_search_file(&search, files[i].path, files[i].bytes);
	bool is_clean = search.hits == 0 && search.opaque == 0 && search.finds.count == 0;
	leak_tell_finds(&search);
	return is_clean;
}

/* ---- the report ------------------------------------------------------------------------ */

struct kind_count {
	const char *what;
	uint64_t values, known, too_short;
};

enum { KINDS_MOST = 64 };

static struct kind_count *count_of(struct kind_count counts[KINDS_MOST], const char *what)
{
	size_t i = 0;
	while (i < KINDS_MOST - 1 && counts[i].what && strcmp(counts[i].what, what) != 0)
		i++;
	counts[i].what = what;
	return &counts[i];
}

static void open_lines(struct json_write *json, const char *name)
{
	json_write_key(json, text_from(name));
	json_write_list(json, JSON_LINES);
}

static void report_kinds(const struct leak *leak, struct json_write *json)
{
	struct kind_count counts[KINDS_MOST] = { { 0 } };
	for (size_t i = 0; i < leak->values.count; i++) {
		struct kind_count *count = count_of(counts, leak->values.at[i].what);
		count->values += !leak->values.at[i].is_known;
		count->known += leak->values.at[i].is_known;
	}
	for (size_t i = 0; i < leak->short_values.count; i++)
		count_of(counts, leak->short_values.at[i].what)->too_short++;
	open_lines(json, "kinds");
	for (size_t i = 0; i < KINDS_MOST && counts[i].what; i++) {
		json_write_object(json, JSON_SPACED);
		json_write_named_text(json, "kind", text_from(counts[i].what));
		json_write_named_integer(json, "hunted", (int64_t)counts[i].values);
		json_write_named_integer(json, "public_words", (int64_t)counts[i].known);
		json_write_named_integer(json, "too_short", (int64_t)counts[i].too_short);
		json_write_close(json);
	}
	json_write_close(json);
}

static void report_value(const struct leak_value *value, struct json_write *json)
{
	json_write_object(json, JSON_SPACED);
	json_write_named_text(json, "kind", text_from(value->what));
	json_write_named_text(json, "value", value->value);
	json_write_close(json);
}

static void report_left_out(const struct leak *leak, struct json_write *json)
{
	open_lines(json, "not_hunted_too_short");
	for (size_t i = 0; i < leak->short_values.count && i < SHORT_SHOWN; i++)
		report_value(&leak->short_values.at[i], json);
	json_write_close(json);
	open_lines(json, "not_hunted_public_words");
	size_t shown = 0;
	for (size_t i = 0; i < leak->values.count && shown < SHORT_SHOWN; i++)
		if (leak->values.at[i].is_known) {
			report_value(&leak->values.at[i], json);
			shown++;
		}
	json_write_close(json);
}

void leak_report(const struct leak *leak, const struct leak_summary *summary, struct buf *out)
{
	struct json_write json;
	json_write_init(&json, out);
	json_write_object(&json, JSON_LINES);
	json_write_named_integer(&json, "files", (int64_t)summary->files);
	json_write_named_integer(&json, "bytes", (int64_t)summary->bytes);
	json_write_named_integer(&json, "values", (int64_t)summary->values);
	json_write_named_integer(&json, "public_words", (int64_t)summary->known);
	json_write_named_integer(&json, "too_short", (int64_t)summary->too_short);
	json_write_named_integer(&json, "hits", (int64_t)summary->hits);
	report_kinds(leak, &json);
	report_left_out(leak, &json);
	json_write_close(&json);
	json_write_end(&json);
	buf_byte(out, '\n');
}
