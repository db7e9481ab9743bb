/* SPDX-License-Identifier: MIT
 *
 * Every character that a document may print has a glyph, and a bold one where it stands in a name, in a
 * heading or in strong words of content/: asked once for the run, before anything is laid out.
 */
#include "base/buf.h"
#include "base/utf8.h"
#include "build/build.h"
#include "build/planned.h"
#include "model/observed.h"
#include "model/remarks.h"
#include "model/schema.h"
#include "render/fonts.h"
#include "setting/shape.h"

enum { CHARACTERS = 0x110000, THIN_NAMED_MOST = 8 };

/* Characters of what is printed bold that have no bold face, and where the first of them stands. */
struct thin {
	uint64_t *asked; /* a bit a character */
	struct buf named; /* the first few */
	struct span place;
	int64_t count;
};

/* Each character is asked once; what is missing is reported once a file and place, what is thin once a run. */
struct checker {
	struct build *build;
	uint8_t *known; /* two bits a character: 1 = asked, 2 = missing */
	bool *is_bad_remark; /* by index in model.remarks: it has such a character */
	struct thin thin;
};

/* The place of a text: where it stands in its file, else the record it belongs to. */
static struct span place_of_text(const struct sources *sources, struct text text, struct span record)
{
	const struct source *source = sources_find(sources, record.source);
	bool is_borrowed = source && text.at >= source->text.at && text.at + text.size <= source->text.at + source->text.size;
	return is_borrowed ? span_of(sources, record.source, text) : record;
}

static bool is_missing(struct checker *checker, uint32_t character)
{
	uint8_t *cell = &checker->known[character / 4];
	unsigned shift = character % 4 * 2;
	if (!(*cell >> shift & 1)) {
		bool missing = !shape_has(checker->build->press.shaper, character);
		*cell = (uint8_t)(*cell | (missing ? 3u : 1u) << shift);
	}
	return *cell >> shift & 2;
}

/*
 * Goes on behind what is ASCII, or three bytes (nearly all else) of which is known that they are there; false at the end.
 * Every cell of the data comes by here, and nearly every character of it has come before.
 */
static bool skip_known(const struct checker *checker, struct text text, size_t *offset)
{
	size_t at = *offset;
	while (at < text.size) {
		const unsigned char *bytes = (const unsigned char *)text.at + at;
		if (bytes[0] < 0x80) {
			at++;
			continue;
		}
		if (bytes[0] >> 4 != 0xE || text.size - at < 3)
			break;
		uint32_t character = (bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
		if ((checker->known[character / 4] >> character % 4 * 2 & 3) != 1)
			break;
		at += 3;
	}
	*offset = at;
	return at < text.size;
}

static void check_text(struct checker *checker, struct text text, struct span record)
{
	for (size_t offset = 0; skip_known(checker, text, &offset);) {
		size_t start = offset;
		uint32_t character = utf8_next(text, &offset);
		if (character >= CHARACTERS || !is_missing(checker, character))
			continue;
		struct text bytes = text_slice(text, start, offset - start);
		struct run *run = &checker->build->run;
		DIAG(run->diag, DIAG_CHAR_MISSING, .span = place_of_text(run->sources, bytes, record), .a = text_format(run->arena, "U+%04X", character),
		     .b = bytes);
	}
}

/* The text fields of a record. */
static void check_record(struct checker *checker, enum entity_kind kind, const void *record, struct span place)
{
	const struct entity *entity = schema_entity(kind);
	for (size_t i = 0; i < entity->field_count; i++) {
		struct text text;
		if (entity->fields[i].type != FIELD_TEXT || entity->fields[i].offset == SCHEMA_NO_OFFSET)
			continue;
		memcpy(&text, (const char *)record + entity->fields[i].offset, sizeof text);
		check_text(checker, text, place);
	}
}

/*
 * Titles and headings are bold and say names.  Only Han characters: that a mark or a symbol is not bold is seen by
 * nobody.
 */
static void check_bold(struct checker *checker, struct text name, struct span record)
{
	struct thin *thin = &checker->thin;
	for (size_t offset = 0; offset < name.size;) {
		size_t start = offset;
		uint32_t character = utf8_next(name, &offset);
		uint64_t bit = (uint64_t)1 << character % 64;
		if (!utf8_is_han(character) || thin->asked[character / 64] & bit)
			continue;
		thin->asked[character / 64] |= bit;
		if (!shape_is_thin(checker->build->press.shaper, character))
			continue;
		struct text bytes = text_slice(name, start, offset - start);
		if (thin->count == 0)
			thin->place = place_of_text(checker->build->run.sources, bytes, record);
		if (thin->count < THIN_NAMED_MOST)
			buf_text(&thin->named, bytes);
		thin->count++;
	}
}

/* The headings and strong words of a text: a line that begins with #, and what stands between two **. */
static void check_markdown(struct checker *checker, struct text rest, struct span file)
{
	struct text line;
	while (text_next(&rest, '\n', &line)) {
		if (text_starts(line, "#"))
			check_bold(checker, line, file);
		for (size_t from = text_find(line, TEXT("**")); from < line.size; from = text_find(line, TEXT("**"))) {
			struct text behind = text_slice(line, from + 2, line.size);
			size_t strong = text_find(behind, TEXT("**"));
			if (strong >= behind.size)
				break;
			check_bold(checker, text_slice(behind, 0, strong), file);
			line = text_slice(behind, strong + 2, behind.size);
		}
	}
}

/* Of content/, remarks among it; not the texts of the site, which a reader's own faces show. */
static void check_content(struct checker *checker)
{
	struct sources *sources = checker->build->run.sources;
	for (uint32_t number = 1; number <= sources_count(sources); number++) {
		struct text name = sources_find(sources, number)->inside;
		if (!text_ends(name, ".md") || !text_starts(name, "content/") || text_starts(name, "content/site/"))
			continue;
		check_markdown(checker, sources_borrow(sources, number), (struct span){ .source = number });
		sources_give_back(sources, number);
	}
}

static void report_thin(struct checker *checker)
{
	struct thin *thin = &checker->thin;
	if (thin->count > THIN_NAMED_MOST)
		buf_string(&thin->named, "…");
	if (thin->count)
		DIAG(checker->build->run.diag, DIAG_CHAR_THIN, .span = thin->place, .n = thin->count,
		     .a = buf_view(&thin->named));
	buf_clear(&thin->named);
}

static bool has_missing(struct checker *checker, struct text text)
{
	for (size_t offset = 0; skip_known(checker, text, &offset);) {
		uint32_t character = utf8_next(text, &offset);
		if (character < CHARACTERS && is_missing(checker, character))
			return true;
	}
	return false;
}

/* The words of a remark are a copy: told is where they stand in the row, where they do. */
static void check_words(struct checker *checker, struct text words, struct span row)
{
	struct text bytes = span_text(checker->build->run.sources, row);
	size_t at = text_find(bytes, words);
	check_text(checker, at < bytes.size ? text_slice(bytes, at, words.size) : words, row);
}

static void check_observations(struct checker *checker, const struct observation *rows, size_t count)
{
	const struct model *model = checker->build->run.model;
	for (size_t i = 0; i < count; i++) {
		const struct remark *remark = remark_of(model, &rows[i]);
		if (!rows[i].remark || !checker->is_bad_remark[rows[i].remark - 1])
			continue;
		check_words(checker, remark->note, observed_place(&rows[i]));
		check_words(checker, remark->evidence, observed_place(&rows[i]));
	}
}

/* Which remarks to look for in their rows: mostly none, and then there is no row to look at. */
static void check_remarks(struct checker *checker, const struct model *model)
{
	bool has_bad = false;
	checker->is_bad_remark = ARENA_ARRAY(checker->build->run.arena, bool, model->remark_count);
	for (size_t i = 0; i < model->remark_count; i++) {
		checker->is_bad_remark[i] = has_missing(checker, model->remarks[i].note) ||
					    has_missing(checker, model->remarks[i].evidence);
		has_bad |= checker->is_bad_remark[i];
	}
	if (!has_bad)
		return;
	check_observations(checker, model->observations, model->observation_count);
	check_observations(checker, model->superseded, model->superseded_count);
}

static void check_catalogue(struct checker *checker, const struct catalogue *catalogue)
{
	for (int32_t i = 0; catalogue && i < catalogue->item_count; i++)
		check_record(checker, ENTITY_ITEM, &catalogue->items[i], catalogue->items[i].place);
}

static void check_names(struct checker *checker, const struct model *model)
{
	checker->thin.asked = ARENA_ARRAY(checker->build->run.arena, uint64_t, FONTS_SET_WORDS);
	buf_init(&checker->thin.named, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < model->enterprise_count; i++)
		check_bold(checker, model->enterprises[i].name, model->enterprises[i].place);
	for (size_t i = 0; i < model->agency_count; i++)
		check_bold(checker, model->agencies[i].name, model->agencies[i].place);
	for (size_t i = 0; i < model->nomination_count; i++)
		check_bold(checker, model->nominations[i].name, model->nominations[i].place);
	for (int track = 0; track < model->campaign.track_count; track++)
		check_bold(checker, model->campaign.tracks[track].name, model->campaign.tracks[track].place);
	check_content(checker);
	report_thin(checker);
}

void characters_check(struct build *build)
{
	const struct model *model = build->run.model;
	if (!build->press.shaper)
		return;
	struct checker checker = { .build = build, .known = ARENA_ARRAY(build->run.arena, uint8_t, CHARACTERS / 4) };
	for (size_t i = 0; i < model->enterprise_count; i++)
		check_record(&checker, ENTITY_ENTERPRISE, &model->enterprises[i], model->enterprises[i].place);
	for (size_t i = 0; i < model->participation_count; i++)
		check_record(&checker, ENTITY_PARTICIPATION, &model->participations[i], model->participations[i].place);
	for (size_t i = 0; i < model->agency_count; i++)
		check_record(&checker, ENTITY_AGENCY, &model->agencies[i], model->agencies[i].place);
	for (size_t i = 0; i < model->nomination_count; i++)
		check_record(&checker, ENTITY_NOMINATION, &model->nominations[i], model->nominations[i].place);
	for (size_t i = 0; i < model->rectification_count; i++)
		check_record(&checker, ENTITY_RECTIFICATION, &model->rectifications[i], model->rectifications[i].place);
	check_remarks(&checker, model);
	for (int track = 0; track < model->campaign.track_count; track++) {
		check_record(&checker, ENTITY_TRACK, &model->campaign.tracks[track],
			model->campaign.tracks[track].place);
		check_catalogue(&checker, model->catalogues[track]);
	}
	check_names(&checker, model);
}

void characters_collect(const struct sources *sources, uint32_t behind, uint64_t *set)
{
	for (uint32_t number = behind + 1; number <= sources_count(sources); number++) {
		struct text text = sources_borrow(sources, number);
		for (size_t offset = 0; offset < text.size;) {
			if ((unsigned char)text.at[offset] < 0x80) {
				offset++;
				continue;
			}
			uint32_t character = utf8_next(text, &offset);
			if (character < CHARACTERS)
				set[character / 64] |= (uint64_t)1 << character % 64;
		}
		sources_give_back(sources, number);
	}
}

/* Everything that was read: what a document says comes from there, but for a few words that the fonts then grow by. */
void characters_note(struct build *build)
{
	uint64_t *set = ARENA_ARRAY(build->scratch, uint64_t, FONTS_SET_WORDS);
	const struct planned *planned = build->planned;
	if (planned)
		memcpy(set, planned->characters, FONTS_SET_WORDS * sizeof *set);
	characters_collect(build->run.sources, planned ? planned->source_count : 0, set);
	fonts_note_set(build->press.fonts, set);
	arena_clear(build->scratch);
}
