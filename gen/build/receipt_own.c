/* SPDX-License-Identifier: MIT
 *
 * Of the data what is whose.  Results count by what was read of them, since there are hundreds to an enterprise, many
 * in a file.  Rows of enterprises.csv, participations.csv and of rectifications count byte for byte, and of such a file
 * what stands above its first row belongs to all who have one in it.  A file that is no table (a scan), or that is an
 * answer as a whole, belongs so to whoever has something from it.  All other inputs are everybody's: campaign,
 * catalogues, regions, agencies, ledger, register, lists of earlier years.
 *
 * Beside it a digest of everything but what was remarked of results: those files as a whole, and of results all but
 * their words.  Nothing that is counted or decided depends on words.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "build/receipt.h"
#include "build/run.h"
#include "model/observed.h"
#include "model/records.h"
#include "model/remarks.h"

/* A source in which some record about an enterprise stands. */
struct whose {
	bool is_owned, is_whole;
	bool is_identified; /* its bytes count, not only what was read of it */
	uint32_t first;     /* of a table: where its first row begins */
	struct receipt_digest identity;
};

struct sorting {
	const struct run *run;
	struct whose *sources; /* by number */
	struct hash *own;
	uint32_t *last; /* of each enterprise: the source of its last row */
	struct hash facts;         /* receipt_data.facts */
	struct buf results, words; /* of one participation */
	bool is_lost;
};

static const enum entity_kind kinds[] = {
	ENTITY_ENTERPRISE, ENTITY_PARTICIPATION, ENTITY_RECTIFICATION, ENTITY_SCAN, /* and observations */
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static struct text digest_text(const struct receipt_digest *digest)
{
	return (struct text){ (const char *)digest->at, sizeof digest->at };
}

static void add_text(struct hash *hash, struct text text)
{
	const uint64_t size = text.size;
	hash_add(hash, (struct text){ (const char *)&size, sizeof size });
	hash_add(hash, text);
}

typedef void take_record(struct sorting *sorting, enum entity_kind kind, const void *record);

/* Every record of the kinds above but observations. */
static void each_record(struct sorting *sorting, take_record *take)
{
	for (size_t kind = 0; kind < KINDS; kind++) {
		const struct records records = records_of(sorting->run->model, kinds[kind], 0);
		for (size_t i = 0; i < records.count && !sorting->is_lost; i++)
			take(sorting, kinds[kind], (const char *)records.at + i * records.size);
	}
}

static void note_source(struct sorting *sorting, enum entity_kind kind, const void *record)
{
	const struct span place = records_place(kind, record);
	const struct source *source = sources_find(sorting->run->sources, place.source);
	if (!source) {
		sorting->is_lost = true;
		return;
	}
	struct whose *whose = &sorting->sources[place.source];
	const bool is_answer = kind == ENTITY_RECTIFICATION && ((const struct rectification *)record)->is_answer;
	if (!whose->is_owned || place.start < whose->first)
		whose->first = place.start;
	whose->is_owned = whose->is_identified = true;
	whose->is_whole |= !source->find_cells || is_answer || kind == ENTITY_SCAN;
}

/* Of observations the files are known: there are hundreds to an enterprise. */
static void note_sources(struct sorting *sorting)
{
	const struct model *model = sorting->run->model;
	each_record(sorting, note_source);
	for (uint32_t i = 1; i < model->observed_count; i++) {
		const struct source *source = sources_find(sorting->run->sources, i);
		sorting->sources[i].is_owned |= model->is_observed[i];
		sorting->sources[i].is_whole |= model->is_observed[i] && !source->find_cells;
	}
}

static void add_whole(struct sorting *sorting, struct hash *hash, uint32_t number)
{
	const struct sources *sources = sorting->run->sources;
	const struct source *source = sources_find(sources, number);
	char hex[65];
	if (sources_hash(sources, number, hex))
		add_text(hash, text_from(hex));
	else
		add_text(hash, source->text); /* what is no file never was let go */
	sorting->is_lost |= source->is_lost;
}

static void identify(struct sorting *sorting, uint32_t number)
{
	const struct source *source = sources_find(sorting->run->sources, number);
	struct whose *whose = &sorting->sources[number];
	struct hash hash;
	hash_init(&hash);
	add_text(&hash, source->inside);
	add_text(&hash, text_from(source->encoding));
	if (whose->is_whole)
		add_whole(sorting, &hash, number);
	else
		add_text(&hash, text_slice(sources_text(sorting->run->sources, number), 0, whose->first));
	sorting->is_lost |= source->is_lost;
	hash_finish_bytes(&hash, whose->identity.at);
}

/* The facts number both, and texts may print that. */
static void add_number(struct hash *hash, const struct model *model, enum entity_kind kind, const void *record)
{
	uint64_t fixed[2] = { (uint64_t)kind, 0 };
	if (kind == ENTITY_ENTERPRISE)
		fixed[1] = (uint64_t)((const struct enterprise *)record - model->enterprises);
	if (kind == ENTITY_PARTICIPATION)
		fixed[1] = (uint64_t)((const struct participation *)record - model->participations);
	hash_add(hash, (struct text){ (const char *)fixed, sizeof fixed });
}

/* An observation but for its words. */
struct told_result {
	int32_t item, agency;
	struct date date;
	int8_t round, result;
	int16_t is_superseded;
};
_Static_assert(sizeof(struct told_result) == 16, "no byte of it is undefined");

/* What was remarked, not its number, which other enterprises' remarks decide. */
static void write_results(struct sorting *sorting, const struct participation *own, bool is_superseded)
{
	const struct model *model = sorting->run->model;
	const struct observed_rows rows = observed_of(model, own, is_superseded);
	for (size_t i = 0; i < rows.count; i++) {
		const struct observation *seen = &rows.at[i];
		const struct remark *remark = remark_of(model, seen);
		const struct told_result result = { seen->item,  remark->agency, seen->date,
						    seen->round, seen->result,   is_superseded };
		buf_add(&sorting->results, &result, sizeof result);
		if (!seen->remark)
			continue;
		const uint64_t sizes[] = { i, remark->note.size, remark->evidence.size };
		buf_add(&sorting->words, sizes, sizeof sizes);
		buf_text(&sorting->words, remark->note);
		buf_text(&sorting->words, remark->evidence);
	}
}

static void add_results(struct sorting *sorting, size_t number)
{
	const struct participation *own = &sorting->run->model->participations[number];
	struct receipt_digest digest;
	struct hash hash;
	buf_reset(&sorting->results);
	buf_reset(&sorting->words);
	write_results(sorting, own, false);
	write_results(sorting, own, true);
	sorting->is_lost |= sorting->results.overflowed || sorting->words.overflowed;
	const uint64_t fixed[] = { number, sorting->results.size, sorting->words.size };
	hash_init(&hash);
	hash_add(&hash, (struct text){ (const char *)fixed, sizeof *fixed * 2 }); /* not how many words */
	hash_add(&hash, buf_view(&sorting->results));
	hash_finish_bytes(&hash, digest.at);
	hash_add(&sorting->facts, digest_text(&digest));
	if (own->enterprise < 0 || (size_t)own->enterprise >= sorting->run->model->enterprise_count)
		return;
	struct hash *of_own = &sorting->own[own->enterprise];
	hash_add(of_own, digest_text(&digest));
	hash_add(of_own, (struct text){ (const char *)&fixed[2], sizeof fixed[2] });
	hash_add(of_own, buf_view(&sorting->words));
}

static void add_record(struct sorting *sorting, enum entity_kind kind, const void *record)
{
	const struct model *model = sorting->run->model;
	const int32_t enterprise = records_enterprise(model, kind, record);
	const struct span place = records_place(kind, record);
	if (enterprise < 0 || (size_t)enterprise >= model->enterprise_count)
		return;
	struct hash *hash = &sorting->own[enterprise];
	if (sorting->last[enterprise] != place.source)
		hash_add(hash, digest_text(&sorting->sources[place.source].identity));
	sorting->last[enterprise] = place.source;
	add_number(hash, model, kind, record);
	if (sorting->sources[place.source].is_whole)
		hash_add(hash, (struct text){ (const char *)&place.start, sizeof place.start });
	else
		hash_add(hash, span_text(sorting->run->sources, place));
	hash_add(hash, TEXT("\n"));
}

static void add_common(struct sorting *sorting, struct receipt_digest *common)
{
	const struct sources *sources = sorting->run->sources;
	struct hash hash;
	hash_init(&hash);
	for (uint32_t i = 1; i <= sources_count(sources); i++) {
		const struct source *source = sources_find(sources, i);
		if (sorting->sources[i].is_owned || !text_starts(source->inside, "data/"))
			continue;
		add_text(&hash, source->inside);
		add_text(&hash, text_from(source->encoding));
		add_whole(sorting, &hash, i);
	}
	hash_finish_bytes(&hash, common->at);
}

/* What stands in a file of which rows are whose, as it is, too. */
static void add_identified(struct sorting *sorting, uint32_t number)
{
	identify(sorting, number);
	hash_add(&sorting->facts, digest_text(&sorting->sources[number].identity));
	add_whole(sorting, &sorting->facts, number);
}

/* Each enterprise's, from what stands in the sources that are owned. */
static void find_own(struct sorting *sorting, struct receipt_data *data)
{
	const struct run *run = sorting->run;
	const size_t count = run->model->enterprise_count;
	sorting->own = ARENA_ARRAY(run->arena, struct hash, count);
	sorting->last = ARENA_ARRAY(run->arena, uint32_t, count);
	data->own = ARENA_ARRAY(run->arena, struct receipt_digest, count);
	hash_init(&sorting->facts);
	buf_init(&sorting->results, BUF_LIMIT_FILE);
	buf_init(&sorting->words, BUF_LIMIT_FILE);
	hash_add(&sorting->facts, digest_text(&data->common));
	for (uint32_t i = 1; i <= sources_count(run->sources); i++)
		if (sorting->sources[i].is_identified)
			add_identified(sorting, i);
	for (size_t i = 0; i < count; i++)
		hash_init(&sorting->own[i]);
	each_record(sorting, add_record);
	for (size_t i = 0; i < run->model->participation_count; i++)
		add_results(sorting, i);
	for (size_t i = 0; i < count; i++)
		hash_finish_bytes(&sorting->own[i], data->own[i].at);
	hash_finish_bytes(&sorting->facts, data->facts.at);
	buf_clear(&sorting->results);
	buf_clear(&sorting->words);
}

bool receipt_data_open(const struct run *run, bool by_enterprise, struct receipt_data *data)
{
	struct sorting sorting = {
		.run = run,
		.sources = ARENA_ARRAY(run->arena, struct whose, (size_t)sources_count(run->sources) + 1),
	};
	data->own = NULL;
	note_sources(&sorting);
	if (sorting.is_lost)
		return false;
	add_common(&sorting, &data->common);
	if (by_enterprise)
		find_own(&sorting, data);
	return !sorting.is_lost;
}
