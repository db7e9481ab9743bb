/* SPDX-License-Identifier: MIT
 *
 * The numbers that the finished pages must show, counted from the decisions without the
 * facts that the pages ask.
 */
#include "assess/chronicle.h"
#include "build/build.h"
#include "facts/number.h"
#include "model/place.h"
#include "model/track.h"
#include "publish/crosscheck.h"

enum {
	EXPECTED_MOST = 6 + MOVEMENTS + CITIES_MOST * (4 + TRACKS_MOST) +
		       TRACKS_MOST * (LEVELS_MOST + 3) + INDUSTRIES + 1, /* and three per version */
	CELLS_MOST = TRACKS_MOST * (2 + CITIES_MOST + 1 + LEVELS_MOST),
};

struct expected {
	struct arena *arena;
	const struct model *model;
	const struct assessment *shown, *decided;
	struct crosscheck_expected *at;
	size_t count;
};

enum { ANY = -1, INDUSTRY_ANY = 0, INDUSTRY_NONE = -1 };

/* Which entries of the list a figure counts; ANY: any.  industry: 1 + its index. */
struct choice_of_entries {
	int city, track, level, movement, industry;
};

static bool is_of_industry(const struct enterprise *enterprise, int wanted)
{
	return wanted == INDUSTRY_ANY || enterprise->industry + 1 == (wanted == INDUSTRY_NONE ? 0 : wanted);
}

static int64_t count_entries(const struct expected *expected, struct choice_of_entries wanted)
{
	int64_t count = 0;
	for (size_t i = 0; i < expected->model->participation_count; i++) {
		const struct participation *participation = &expected->model->participations[i];
		const struct decision *decision = &expected->shown->decisions[i];
		const struct enterprise *enterprise = &expected->model->enterprises[participation->enterprise];
		count += assessment_lists(expected->shown, (int32_t)i) && (wanted.track < 0 || participation->track == wanted.track) &&
			 (wanted.level < 0 || decision->level == wanted.level) && (wanted.movement < 0 || decision->movement == wanted.movement) &&
			 is_of_industry(enterprise, wanted.industry) && (wanted.city < 0 || enterprise->city == wanted.city);
	}
	return count;
}

static int64_t count_enterprises(const struct expected *expected, int city)
{
	int64_t count = 0;
	for (size_t i = 0; i < expected->model->enterprise_count; i++) {
		const struct enterprise *enterprise = &expected->model->enterprises[i];
		count += assessment_lists_enterprise(expected->shown, enterprise) && (city < 0 || enterprise->city == city);
	}
	return count;
}

static struct crosscheck_expected *add_entries(struct expected *expected, struct text name, struct choice_of_entries wanted)
{
	struct crosscheck_expected *figure = &expected->at[expected->count++];
	*figure = (struct crosscheck_expected){ .name = name, .value = count_entries(expected, wanted) };
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
	*figure = (struct crosscheck_expected){ .name = name, .value = count_enterprises(expected, city), .is_of_enterprises = true };
	if (city < 0)
		figure->sums[0] = "city/";
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

/* What was on the list on each of its days: the decisions less what was withdrawn by then. */
static void add_versions(struct expected *expected)
{
	const struct chronicle *chronicle = expected->shown->chronicle;
	for (size_t i = 0; i < chronicle->version_count; i++) {
		struct date date = chronicle->versions[i].date;
		struct text name = text_format(expected->arena, "version/%04d-%02d-%02d", date.year, date.month, date.day);
		int64_t kinds[STANDINGS] = { 0 };
		for (size_t j = 0; j < chronicle->touched_count; j++)
			kinds[chronicle_standing(expected->decided, chronicle, i, chronicle->touched[j]).kind]++;
		const struct expected decided = { .model = expected->model, .shown = expected->decided };
		int64_t entries = count_entries(&decided, (struct choice_of_entries){ ANY, ANY, ANY, ANY, INDUSTRY_ANY });
		add_number(expected, text_format(expected->arena, "%.*s/listed", TEXT_ARGS(name)),
			   entries - kinds[STANDING_WITHDRAWN] - kinds[STANDING_ABSENT]);
		add_number(expected, text_format(expected->arena, "%.*s/corrected", TEXT_ARGS(name)), kinds[STANDING_CORRECTED]);
		add_number(expected, text_format(expected->arena, "%.*s/withdrawn", TEXT_ARGS(name)), kinds[STANDING_WITHDRAWN]);
	}
}

/* Cities with an enterprise on the list. */
static int64_t count_cities(const struct expected *expected)
{
	int64_t count = 0;
	for (int32_t city = 0; city < expected->model->prefectures.count; city++)
		count += count_entries(expected, (struct choice_of_entries){ city, ANY, ANY, ANY, INDUSTRY_ANY }) > 0;
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
}

static void add_cell(struct crosscheck_cell cells[CELLS_MOST], size_t *count, struct crosscheck_cell cell)
{
	cells[(*count)++] = cell;
}

/* The report is about what was decided, whatever became of the list since. */
static size_t report_cells(const struct build *build, struct crosscheck_cell cells[CELLS_MOST])
{
	const struct expected decided = { .model = build->run.model, .shown = build->run.assessment };
	size_t count = 0;
	for (int track = 0; track < decided.model->campaign.track_count; track++) {
		struct text word = track_label(&decided.model->campaign, track),
			id = track_id(&decided.model->campaign, track);
		struct text column = text_format(build->run.arena, "%.*s达标（", TEXT_ARGS(word));
		struct text levels = text_format(build->run.arena, "tbl-%.*s-levels", TEXT_ARGS(id));
		int64_t all = count_entries(&decided, (struct choice_of_entries){ ANY, track, ANY, ANY, INDUSTRY_ANY });
		int64_t new = count_entries(&decided, (struct choice_of_entries){ ANY, track, ANY, MOVEMENT_NEW, INDUSTRY_ANY });
		add_cell(cells, &count, (struct crosscheck_cell){ "tbl-movement", word, TEXT("达标"), all });
		add_cell(cells, &count, (struct crosscheck_cell){ "tbl-movement", word, TEXT("新达标"), new });
		add_cell(cells, &count, (struct crosscheck_cell){ "tbl-city-result", TEXT("全省"), column, all });
		for (int32_t city = 0; city < decided.model->prefectures.count; city++)
			add_cell(cells, &count, (struct crosscheck_cell){
				"tbl-city-result", decided.model->prefectures.at[city].name, column,
				count_entries(&decided, (struct choice_of_entries){ city, track, ANY, ANY, INDUSTRY_ANY }),
			});
		const struct catalogue *catalogue = decided.model->catalogues[track];
		for (int level = 1; catalogue && level <= catalogue->level_count; level++)
			add_cell(cells, &count, (struct crosscheck_cell){ levels.at, catalogue->levels[level].label,
				TEXT("本年度"),
									  count_entries(&decided, (struct choice_of_entries){ ANY, track, level, ANY, INDUSTRY_ANY }) });
	}
	return count;
}

/* Why report and list may differ: the report tells what was decided, the list what the ledger made of it. */
static struct text reconcile(const struct expected *expected)
{
	const struct chronicle *chronicle = expected->shown->chronicle;
	const struct expected before = { .model = expected->model, .shown = expected->decided };
	const struct choice_of_entries all = { ANY, ANY, ANY, ANY, INDUSTRY_ANY };
	int64_t kinds[STANDINGS] = { 0 };
	for (size_t i = 0; i < chronicle->touched_count; i++)
		kinds[chronicle_standing(expected->decided, chronicle, chronicle->version_count - 1, chronicle->touched[i]).kind]++;
	return text_format(expected->arena, "{\"decided\": %lld, \"withdrawn\": %lld, \"shown\": %lld, \"of_these_corrected\": %lld}",
			   (long long)count_entries(&before, all), (long long)kinds[STANDING_WITHDRAWN], (long long)count_entries(expected, all),
			   (long long)kinds[STANDING_CORRECTED]);
}

bool make_crosscheck(struct build *build)
{
	struct arena *arena = build->run.arena;
	struct expected expected = { .arena = arena, .model = build->run.model, .shown = build->run.shown, .decided = build->run.assessment };
	struct crosscheck_cell cells[CELLS_MOST];
	struct crosscheck_summary summary;
	expected.at = ARENA_ARRAY(arena, struct crosscheck_expected, EXPECTED_MOST + 3 * build->run.shown->chronicle->version_count);
	add_all(&expected);
	const struct crosscheck_options options = {
		.expected = expected.at, .expected_count = expected.count, .cells = cells, .cell_count = report_cells(build, cells),
	};
	bool is_good = crosscheck_run(arena, build->edition.output, build->run.diag, &options, &summary);
	struct text reconciled = reconcile(&expected);
	struct text report = text_format(arena,
					 "{\"marks\": %llu, \"words\": %llu, \"tables\": %llu, \"downloads\": %llu, \"report_cells\": %llu, \"sums\": %llu, "
					 "\"reconciliation\": %.*s, \"agree\": %s}\n",
					 (unsigned long long)summary.marks, (unsigned long long)summary.words, (unsigned long long)summary.tables,
					 (unsigned long long)summary.downloads, (unsigned long long)summary.cells, (unsigned long long)summary.sums,
					 TEXT_ARGS(reconciled), is_good ? "true" : "false");
	return output_write(build->edition.output, text_from(build_makes_site(build) ? TREE_CROSSCHECK_REPORT : TREE_CROSSCHECK_REPORT_PUBLIC), report) && is_good;
}
