/* SPDX-License-Identifier: MIT
 *
 * The numbers that the finished pages must show, counted from the decisions without the
 * facts that the pages ask.
 */
#include "assess/chronicle.h"
#include "build/build.h"
#include "build/entries.h"
#include "build/expected.h"
#include "build/phrase.h"
#include "build/receipt.h"
#include "build/record.h"
#include "build/roll.h"
#include "facts/number.h"
#include "model/parts.h"
#include "model/place.h"
#include "model/track.h"
#include "publish/crosscheck.h"

enum {
	EXPECTED_MOST = 6 + STANDINGS + MOVEMENTS + CITIES_MOST * (4 + TRACKS_MOST) +
		       TRACKS_MOST * (LEVELS_MOST + 3) + INDUSTRIES + 1, /* and four per version */
	CELLS_MOST = TRACKS_MOST * (2 + CITIES_MOST + 1 + LEVELS_MOST) + 3 * (CITIES_MOST + 1) + MOVEMENTS,
	PASSAGES_MOST = TRACKS_MOST + 1,
};

struct expected {
	struct arena *arena;
	const struct model *model;
	const struct assessment *shown, *decided;
	const struct entries *entries, *decided_entries; /* of both */
	struct crosscheck_expected *at;
	size_t count;
};

static struct crosscheck_expected *add_entries(struct expected *expected, struct text name, struct choice_of_entries wanted)
{
	struct crosscheck_expected *figure = &expected->at[expected->count++];
	*figure = (struct crosscheck_expected){ .name = name, .value = entries_count(expected->entries, wanted) };
	if (wanted.city >= 0)
		figure->city = expected->model->prefectures.at[wanted.city].name;
	if (wanted.track >= 0)
		figure->track = track_label(&expected->model->campaign, wanted.track);
	if (wanted.level >= 0)
		figure->label = expected->model->catalogues[wanted.track]->levels[wanted.level].label;
	if (wanted.movement >= 0)
		figure->movement = text_from(movement_word((enum movement)wanted.movement));
	if (wanted.industry > 0)
		figure->industry = text_from(industries[wanted.industry - 1].name);
	figure->is_of_enterprises = wanted.industry == INDUSTRY_NONE;
	return figure;
}

static void add_enterprises(struct expected *expected, struct text name, int city)
{
	struct crosscheck_expected *figure = &expected->at[expected->count++];
	*figure = (struct crosscheck_expected){ .name = name, .is_of_enterprises = true,
						.value = entries_count_enterprises(expected->entries, city) };
	if (city < 0)
		figure->sums[0] = "city/";
	else
		figure->city = expected->model->prefectures.at[city].name;
}

static void add_city(struct expected *expected, int city)
{
	const char *code = text_string(expected->arena, expected->model->prefectures.at[city].code);
	add_entries(expected, text_format(expected->arena, "city/%s/listed", code), (struct choice_of_entries){ city, ANY, ANY, ANY, INDUSTRY_ANY });
	add_enterprises(expected, text_format(expected->arena, "city/%s/enterprises", code), city);
	for (int track = 0; track < expected->model->campaign.track_count; track++)
		add_entries(expected, text_format(expected->arena, "city/%s/%.*s", code,
			TEXT_ARGS(expected->model->campaign.tracks[track].id)),
			    (struct choice_of_entries){ city, track, ANY, ANY, INDUSTRY_ANY });
	add_entries(expected, text_format(expected->arena, "city/%s/new", code), (struct choice_of_entries){ city, ANY, ANY, MOVEMENT_NEW, INDUSTRY_ANY });
	add_entries(expected, text_format(expected->arena, "city/%s/up", code), (struct choice_of_entries){ city, ANY, ANY, MOVEMENT_UP, INDUSTRY_ANY });
}

static void add_track(struct expected *expected, int track)
{
	const struct catalogue *catalogue = expected->model->catalogues[track];
	struct text id = expected->model->campaign.tracks[track].id;
	add_entries(expected, text_format(expected->arena, "track/%.*s/listed", TEXT_ARGS(id)),
		(struct choice_of_entries){ ANY, track, ANY, ANY, INDUSTRY_ANY });
	for (int level = 1; catalogue && level <= catalogue->level_count; level++)
		add_entries(expected, text_format(expected->arena, "level/%.*s-%d/listed", TEXT_ARGS(id), level),
			    (struct choice_of_entries){ ANY, track, level, ANY, INDUSTRY_ANY });
}

/* Those that it does not know stand on no page of an industry, but count in the sum. */
static void add_industries(struct expected *expected)
{
	for (int i = 0; i < INDUSTRIES; i++)
		add_entries(expected, text_format(expected->arena, "industry/%s/listed", industries[i].code),
			    (struct choice_of_entries){ ANY, ANY, ANY, ANY, i + 1 });
	add_entries(expected, TEXT("industry/none/listed"), (struct choice_of_entries){ ANY, ANY, ANY, ANY, INDUSTRY_NONE });
}

static void add_number(struct expected *expected, struct text name, int64_t value)
{
	expected->at[expected->count++] = (struct crosscheck_expected){ .name = name, .value = value, .is_of_enterprises = true };
}

/* Of those who took part the pages say no more than this. */
static void add_participants(struct expected *expected, int track)
{
	const struct campaign *campaign = &expected->model->campaign;
	int64_t count = 0;
	for (size_t i = 0; i < expected->model->participation_count; i++)
		count += expected->model->participations[i].track == track;
	add_number(expected,
		   text_format(expected->arena, "participants/%.*s/about", TEXT_ARGS(campaign->tracks[track].id)),
		   number_round(count, campaign->publication.rounding));
}

/* All that comes onto the list on any day: as decided, or added without that. */
static int64_t count_ever(const struct expected *expected)
{
	const struct chronicle *chronicle = expected->shown->chronicle;
	int64_t count = entries_count(expected->decided_entries,
				      (struct choice_of_entries){ ANY, ANY, ANY, ANY, INDUSTRY_ANY });
	for (size_t i = 0; i < chronicle->touched_count; i++)
		count += !assessment_lists(expected->decided, chronicle->touched[i]);
	return count;
}

/* What was on the list on each of its days: all that ever was, less what was withdrawn by then or not added yet. */
static void add_versions(struct expected *expected)
{
	const struct chronicle *chronicle = expected->shown->chronicle;
	int64_t entries = count_ever(expected);
	for (size_t i = 0; i < chronicle->version_count; i++) {
		struct date date = chronicle->versions[i].date;
		struct text name = text_format(expected->arena, "version/%04d-%02d-%02d", date.year, date.month, date.day);
		int64_t kinds[STANDINGS] = { 0 };
		for (size_t j = 0; j < chronicle->touched_count; j++)
			kinds[chronicle_standing(expected->decided, chronicle, i, chronicle->touched[j]).kind]++;
		add_number(expected, text_format(expected->arena, "%.*s/listed", TEXT_ARGS(name)),
			   entries - kinds[STANDING_WITHDRAWN] - kinds[STANDING_ABSENT]);
		add_number(expected, text_format(expected->arena, "%.*s/corrected", TEXT_ARGS(name)), kinds[STANDING_CORRECTED]);
		add_number(expected, text_format(expected->arena, "%.*s/withdrawn", TEXT_ARGS(name)), kinds[STANDING_WITHDRAWN]);
		add_number(expected, text_format(expected->arena, "%.*s/entries", TEXT_ARGS(name)),
			   entries - kinds[STANDING_ABSENT]);
		expected->at[expected->count - 1].roll = 1 + i;
	}
}

/* How many entries are how another than at first. */
static void add_changes(struct expected *expected)
{
	const struct chronicle *chronicle = expected->shown->chronicle;
	int64_t kinds[STANDINGS] = { 0 };
	for (size_t i = 0; i < chronicle->touched_count; i++)
		kinds[chronicle_now(expected->decided, chronicle, chronicle->touched[i]).kind]++;
	for (int kind = STANDING_CORRECTED; kind < STANDING_ABSENT; kind++)
		add_number(expected, text_format(expected->arena, "changes/%s", choice_xml(SET_STANDING, kind)),
			   kinds[kind]);
}

/* Cities with an enterprise on the list. */
static int64_t count_cities(const struct expected *expected)
{
	int64_t count = 0;
	for (int32_t city = 0; city < expected->model->prefectures.count; city++)
		count += entries_count(expected->entries,
				       (struct choice_of_entries){ city, ANY, ANY, ANY, INDUSTRY_ANY }) > 0;
	return count;
}

static void add_all(struct expected *expected)
{
	static const char *const sums[] = { "city/", "level/", "track/", "movement/", "industry/" };
	struct crosscheck_expected *listed = add_entries(expected, TEXT("all/listed"), (struct choice_of_entries){ ANY, ANY, ANY, ANY, INDUSTRY_ANY });
	memcpy(listed->sums, sums, sizeof sums);
	add_enterprises(expected, TEXT("all/enterprises"), -1);
	add_number(expected, TEXT("all/cities"), count_cities(expected));
	for (int movement = MOVEMENT_NEW; movement <= MOVEMENT_DOWN; movement++)
		add_entries(expected, text_format(expected->arena, "movement/%s/listed", movement_word((enum movement)movement)),
			    (struct choice_of_entries){ ANY, ANY, ANY, movement, INDUSTRY_ANY });
	for (int32_t city = 0; city < expected->model->prefectures.count; city++)
		add_city(expected, city);
	for (int track = 0; track < expected->model->campaign.track_count; track++) {
		add_track(expected, track);
		add_participants(expected, track);
	}
	add_industries(expected);
	add_versions(expected);
	add_changes(expected);
}

/* "year/2021/2021-11-30/listed" */
static void add_year_version(struct expected *expected, struct text year, const struct facts_version *version)
{
	struct text name = text_format(expected->arena, "%.*s/%.*s", TEXT_ARGS(year),
				       TEXT_ARGS(record_iso(expected->arena, version->date)));
	add_number(expected, text_format(expected->arena, "%.*s/listed", TEXT_ARGS(name)), version->listed);
	add_number(expected, text_format(expected->arena, "%.*s/corrected", TEXT_ARGS(name)), version->corrected);
	add_number(expected, text_format(expected->arena, "%.*s/withdrawn", TEXT_ARGS(name)), version->withdrawn);
}

/* What the root over the years says of each. */
static void add_years(struct expected *expected, const struct edition *edition)
{
	for (size_t i = 0; i < edition->year_count; i++) {
		const struct facts_year *year = &edition->years[i];
		struct text name = text_format(expected->arena, "year/%lld", (long long)year->year);
		add_number(expected, text_format(expected->arena, "%.*s/listed", TEXT_ARGS(name)), year->listed);
		add_number(expected, text_format(expected->arena, "%.*s/enterprises", TEXT_ARGS(name)),
			   year->enterprises);
		for (size_t j = 0; j < year->version_count; j++)
			add_year_version(expected, name, &year->versions[j]);
	}
}

static size_t count_years(const struct edition *edition)
{
	size_t count = 2 * edition->year_count;
	for (size_t i = 0; i < edition->year_count; i++)
		count += 3 * edition->years[i].version_count;
	return count;
}

/* What is compared in the report, and room for it. */
struct report_check {
	struct crosscheck_cell *cells;
	struct crosscheck_passage *passages;
	struct text ids[TRACKS_MOST], labels[TRACKS_MOST];
	size_t cell_count, passage_count;
	bool is_public; /* the edition that cells are added of now */
};

/* What a row and a column of a table say. */
static void add_cell(struct report_check *report, const char *table, const struct text place[2], int64_t value)
{
	report->cells[report->cell_count++] = (struct crosscheck_cell){
		.table = table, .row = place[0], .column = place[1], .value = value, .is_public = report->is_public,
	};
}

#define AT(row, column) ((const struct text[]){ (row), (column) })

/* These tables are about what was decided, whatever became of the list since. */
static void add_decided_cells(const struct expected *expected, struct report_check *report)
{
	const struct model *model = expected->model;
	struct choice_of_entries of = { ANY, ANY, ANY, ANY, INDUSTRY_ANY };
	for (int track = 0; track < model->campaign.track_count; track++) {
		const struct catalogue *catalogue = model->catalogues[track];
		struct text word = track_label(&model->campaign, track),
			id = track_id(&model->campaign, track);
		struct text column = text_format(expected->arena, "%.*s达标（", TEXT_ARGS(word));
		struct text levels = text_format(expected->arena, "tbl-%.*s-levels", TEXT_ARGS(id));
		of = (struct choice_of_entries){ ANY, track, ANY, ANY, INDUSTRY_ANY };
		add_cell(report, "tbl-movement", AT(word, TEXT("达标")), entries_count(expected->decided_entries, of));
		add_cell(report, "tbl-city-result", AT(TEXT("全省"), column), entries_count(expected->decided_entries, of));
		of.movement = MOVEMENT_NEW;
		add_cell(report, "tbl-movement", AT(word, TEXT("新达标")), entries_count(expected->decided_entries, of));
		of.movement = ANY;
		for (of.city = 0; of.city < model->prefectures.count; of.city++)
			add_cell(report, "tbl-city-result", AT(model->prefectures.at[of.city].name, column),
				 entries_count(expected->decided_entries, of));
		of.city = ANY;
		for (of.level = 1; catalogue && of.level <= catalogue->level_count; of.level++)
			add_cell(report, levels.at, AT(catalogue->levels[of.level].label, TEXT("本年度")),
				 entries_count(expected->decided_entries, of));
	}
}

/* These about the list on the day D: what the year before is compared with, and the tables of the public edition. */
static void add_list_cells(const struct expected *expected, struct report_check *report)
{
	const struct prefectures *cities = &expected->model->prefectures;
	struct text year = text_format(expected->arena, "%lld年度", (long long)expected->model->campaign.year);
	struct choice_of_entries of = { ANY, ANY, ANY, ANY, INDUSTRY_ANY };
	for (of.city = ANY; of.city < cities->count; of.city++) {
		struct text row = of.city < 0 ? TEXT("全省") : cities->at[of.city].name;
		report->is_public = false;
		of.movement = ANY;
		add_cell(report, "tbl-previous", AT(row, year), entries_count(expected->entries, of));
		of.movement = MOVEMENT_NEW;
		add_cell(report, "tbl-previous", AT(row, TEXT("新达标")), entries_count(expected->entries, of));
		report->is_public = true;
		add_cell(report, "tbl-cities", AT(row, TEXT("达标企业")), entries_count_enterprises(expected->entries, of.city));
	}
	of.city = ANY;
	for (of.movement = MOVEMENT_NEW; of.movement <= MOVEMENT_DOWN; of.movement++)
		add_cell(report, "tbl-movement",
			 AT(text_from(movement_word((enum movement)of.movement)), TEXT("达标企业")),
			 entries_count(expected->entries, of));
}

static void add_passages(const struct expected *expected, struct report_check *report)
{
	const struct campaign *campaign = &expected->model->campaign;
	for (int track = 0; track < campaign->track_count; track++) {
		struct text id = track_id(campaign, track);
		report->ids[track] = id;
		report->labels[track] = track_label(campaign, track);
		report->passages[report->passage_count++] = (struct crosscheck_passage){
			.heading = text_format(expected->arena, "sec-list-%.*s", TEXT_ARGS(id)).at,
			.prefixes = text_format(expected->arena, "track/%.*s/listed", TEXT_ARGS(id)),
		};
	}
	report->passages[report->passage_count++] =
		(struct crosscheck_passage){ "sec-changes", TEXT("all/listed changes/") };
}

/* Why report and list may differ: the report tells what was decided, the list what the ledger made of it. */
static struct text reconcile(const struct expected *expected)
{
	const struct chronicle *chronicle = expected->shown->chronicle;
	const struct choice_of_entries all = { ANY, ANY, ANY, ANY, INDUSTRY_ANY };
	int64_t kinds[STANDINGS] = { 0 };
	for (size_t i = 0; i < chronicle->touched_count; i++)
		kinds[chronicle_standing(expected->decided, chronicle, chronicle->version_count - 1, chronicle->touched[i]).kind]++;
	return text_format(
		expected->arena,
		"{\"decided\": %lld, \"withdrawn\": %lld, \"shown\": %lld, \"of_these_corrected\": %lld}",
		(long long)entries_count(expected->decided_entries, all), (long long)kinds[STANDING_WITHDRAWN],
		(long long)entries_count(expected->entries, all), (long long)kinds[STANDING_CORRECTED]);
}

/* Runs it over what this run made; false after reporting a difference. */
static bool run_crosscheck(struct build *build, struct expected *expected, struct crosscheck_summary *summary)
{
	struct arena *arena = build->run.arena;
	struct report_check report = { .cells = ARENA_ARRAY(arena, struct crosscheck_cell, CELLS_MOST),
				       .passages = ARENA_ARRAY(arena, struct crosscheck_passage, PASSAGES_MOST) };
	const struct crosscheck_roll *rolls = roll_all(&build->run);
	size_t own = EXPECTED_MOST + 4 * build->run.shown->chronicle->version_count;
	expected->at = ARENA_ARRAY(arena, struct crosscheck_expected, own + count_years(&build->edition));
	add_all(expected);
	add_years(expected, &build->edition);
	add_decided_cells(expected, &report);
	add_list_cells(expected, &report);
	add_passages(expected, &report);
	struct crosscheck_options options = {
		.expected = expected->at, .expected_count = expected->count,
		.cells = report.cells, .cell_count = report.cell_count,
		.passages = report.passages, .passage_count = report.passage_count,
		.rolls = rolls, .roll_count = 1 + build->run.shown->chronicle->version_count,
		.track_ids = report.ids, .tracks = report.labels,
		.track_count = (size_t)build->run.model->campaign.track_count,
	};
	options.phrases = phrase_all(&build->run, &options, &options.phrase_count);
	char digest[65];
	crosscheck_digest(build->edition.output, &options, digest);
	if (receipts_compared(build, digest, summary))
		return true;
	bool is_good = crosscheck_run(arena, build->edition.output, build->run.diag, &options, summary);
	if (is_good)
		receipts_note_compared(build, digest, summary);
	return is_good;
}

bool make_crosscheck(struct build *build)
{
	const struct run *run = &build->run;
	struct expected expected = { .arena = run->arena, .model = run->model, .shown = run->shown,
				     .decided = run->assessment, .entries = entries_of(run->arena, run->shown),
				     .decided_entries = entries_of(run->arena, run->assessment) };
	struct crosscheck_summary summary;
	bool is_good = run_crosscheck(build, &expected, &summary);
	if (!build_is_for_outside(build))
		return is_good;
	struct text reconciled = reconcile(&expected);
	struct text report = text_format(
		build->run.arena,
		"{\"marks\": %llu, \"words\": %llu, \"tables\": %llu, \"downloads\": %llu, "
		"\"report_cells\": %llu, \"phrases\": %llu, \"sums\": %llu, "
		"\"entries\": %llu, \"rows\": %llu, \"reconciliation\": %.*s, \"agree\": %s}\n",
		(unsigned long long)summary.marks, (unsigned long long)summary.words,
		(unsigned long long)summary.tables, (unsigned long long)summary.downloads,
		(unsigned long long)summary.cells, (unsigned long long)summary.phrases,
		(unsigned long long)summary.sums,
		(unsigned long long)summary.entries, (unsigned long long)summary.rows, TEXT_ARGS(reconciled),
		is_good ? "true" : "false");
	return output_write(build->edition.output, text_from(build_makes_site(build) ? TREE_CROSSCHECK_REPORT : TREE_CROSSCHECK_REPORT_PUBLIC), report) && is_good;
}

/* ---- what a diagnosis states ------------------------------------------------------------ */

/* Is it what the list shows of one of the enterprise's tracks?  Of who is on none: no level at all. */
static bool states_one_of(const struct build *build, const struct node *stars, int32_t enterprise)
{
	const struct model *model = build->run.model;
	bool is_one = false;
	EACH_PART(part, model, &model->enterprises[enterprise]) {
		const struct catalogue *catalogue = model->catalogues[model->participations[part].track];
		const struct expected_entry entry = expected_entry_of(build->run.assessment, build->run.today, part);
		if (!entry.is_decided || entry.is_withdrawn)
			is_one |= stars->level == 0;
		else
			is_one |= stars->level == entry.level &&
				  text_contains(stars->text, catalogue->levels[entry.level].label);
	}
	return is_one;
}

static struct text stated_levels(struct build *build, int32_t enterprise)
{
	const struct model *model = build->run.model;
	struct text words = NO_TEXT;
	EACH_PART(part, model, &model->enterprises[enterprise]) {
		const struct catalogue *catalogue = model->catalogues[model->participations[part].track];
		const struct expected_entry entry = expected_entry_of(build->run.assessment, build->run.today, part);
		struct text label = catalogue->levels[entry.level].label;
		words = text_format(build->scratch, "%.*s%s%.*s", TEXT_ARGS(words), words.size ? "、" : "",
				    TEXT_ARGS(entry.is_withdrawn ? TEXT("已撤销") : label));
	}
	return words;
}

bool make_check_diagnosis(struct build *build, const struct doc *doc, int32_t enterprise)
{
	bool is_good = true;
	for (const struct node *node = doc->root; node; node = node_after(doc->root, node)) {
		if (node->kind != NODE_STARS || states_one_of(build, node, enterprise))
			continue;
		is_good = false;
		DIAG(build->run.diag, DIAG_CROSSCHECK_STATED, .span = node->span,
		     .a = build->run.model->enterprises[enterprise].name, .b = node->text,
		     .c = stated_levels(build, enterprise));
	}
	return is_good;
}
