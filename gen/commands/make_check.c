/* SPDX-License-Identifier: MIT
 *
 * The numbers that the finished pages must show, counted from the decisions without the
 * facts that the pages ask.
 */
#include "commands/build.h"
#include "model/place.h"
#include "publish/crosscheck.h"

static const char *const track_ids[TRACKS] = { [TRACK_ICS] = "ics", [TRACK_PLATFORM] = "platform" };
static const char *const track_words[TRACKS] = { [TRACK_ICS] = "工控", [TRACK_PLATFORM] = "平台" };

enum { FIGURES_MOST = 4 + MOVEMENTS + CITIES * 4 + TRACKS * (LEVELS_MOST + 2) };

struct figures {
	struct arena *arena;
	const struct model *model;
	const struct assessment *shown;
	struct crosscheck_figure at[FIGURES_MOST];
	size_t count;
};

/* Which entries of the list a figure counts; -1: any. */
struct choice_of_entries {
	int city, track, level, movement;
};

static int64_t count_entries(const struct figures *figures, struct choice_of_entries wanted)
{
	int64_t count = 0;
	for (size_t i = 0; i < figures->model->participation_count; i++) {
		const struct participation *participation = &figures->model->participations[i];
		const struct decision *decision = &figures->shown->decisions[i];
		count += decision->outcome == OUTCOME_REACHED && (wanted.track < 0 || participation->track == wanted.track) &&
			 (wanted.level < 0 || decision->level == wanted.level) && (wanted.movement < 0 || decision->movement == wanted.movement) &&
			 (wanted.city < 0 || figures->model->enterprises[participation->enterprise].city == wanted.city);
	}
	return count;
}

static int64_t count_enterprises(const struct figures *figures, int city)
{
	int64_t count = 0;
	for (size_t i = 0; i < figures->model->enterprise_count; i++) {
		const struct enterprise *enterprise = &figures->model->enterprises[i];
		bool is_listed = false;
		for (int track = 0; track < TRACKS; track++) {
			int32_t participation = enterprise->participation[track];
			is_listed |= participation >= 0 && figures->shown->decisions[participation].outcome == OUTCOME_REACHED;
		}
		count += is_listed && (city < 0 || enterprise->city == city);
	}
	return count;
}

static struct crosscheck_figure *add_entries(struct figures *figures, struct text name, struct choice_of_entries wanted)
{
	struct crosscheck_figure *figure = &figures->at[figures->count++];
	*figure = (struct crosscheck_figure){ .name = name, .value = count_entries(figures, wanted) };
	if (wanted.city >= 0)
		figure->city = text_from(cities[wanted.city].name);
	if (wanted.track >= 0)
		figure->track = text_from(track_words[wanted.track]);
	if (wanted.level >= 0)
		figure->label = figures->model->catalogues[wanted.track]->levels[wanted.level].label;
	if (wanted.movement >= 0)
		figure->movement = text_from(movement_word((enum movement)wanted.movement));
	return figure;
}

static void add_enterprises(struct figures *figures, struct text name, int city)
{
	struct crosscheck_figure *figure = &figures->at[figures->count++];
	*figure = (struct crosscheck_figure){ .name = name, .value = count_enterprises(figures, city), .is_of_enterprises = true };
	if (city < 0)
		figure->sums[0] = "city/";
}

static void add_city(struct figures *figures, int city)
{
	const char *code = cities[city].code;
	add_entries(figures, text_format(figures->arena, "city/%s/listed", code), (struct choice_of_entries){ city, -1, -1, -1 });
	add_enterprises(figures, text_format(figures->arena, "city/%s/enterprises", code), city);
	for (int track = 0; track < TRACKS; track++)
		add_entries(figures, text_format(figures->arena, "city/%s/%s", code, track_ids[track]), (struct choice_of_entries){ city, track, -1, -1 });
}

static void add_track(struct figures *figures, int track)
{
	const struct catalogue *catalogue = figures->model->catalogues[track];
	add_entries(figures, text_format(figures->arena, "track/%s/listed", track_ids[track]), (struct choice_of_entries){ -1, track, -1, -1 });
	for (int level = 1; catalogue && level <= catalogue->level_count; level++)
		add_entries(figures, text_format(figures->arena, "level/%s-%d/listed", track_ids[track], level),
			    (struct choice_of_entries){ -1, track, level, -1 });
}

static void add_all(struct figures *figures)
{
	static const char *const sums[] = { "city/", "level/", "track/", "movement/" };
	struct crosscheck_figure *listed = add_entries(figures, TEXT("all/listed"), (struct choice_of_entries){ -1, -1, -1, -1 });
	memcpy(listed->sums, sums, sizeof sums);
	add_enterprises(figures, TEXT("all/enterprises"), -1);
	for (int movement = MOVEMENT_NEW; movement <= MOVEMENT_DOWN; movement++)
		add_entries(figures, text_format(figures->arena, "movement/%s/listed", movement_word((enum movement)movement)),
			    (struct choice_of_entries){ -1, -1, -1, movement });
	for (int city = 0; city < CITIES; city++)
		add_city(figures, city);
	for (int track = 0; track < TRACKS; track++)
		add_track(figures, track);
}

/* The report is about what was decided, whatever became of the list since. */
static size_t report_cells(const struct build *build, struct crosscheck_cell cells[TRACKS * 2])
{
	const struct figures decided = { .model = build->run.model, .shown = build->run.assessment };
	size_t count = 0;
	for (int track = 0; track < TRACKS; track++) {
		struct text word = text_from(track_words[track]);
		cells[count++] = (struct crosscheck_cell){ "tbl-movement", word, TEXT("达标"), count_entries(&decided, (struct choice_of_entries){ -1, track, -1, -1 }) };
		cells[count++] = (struct crosscheck_cell){ "tbl-movement", word, TEXT("新达标"),
							   count_entries(&decided, (struct choice_of_entries){ -1, track, -1, MOVEMENT_NEW }) };
	}
	return count;
}

bool make_crosscheck(struct build *build)
{
	struct figures *figures = ARENA_NEW(build->run.arena, struct figures);
	struct crosscheck_cell cells[TRACKS * 2];
	struct crosscheck_summary summary;
	*figures = (struct figures){ .arena = build->run.arena, .model = build->run.model, .shown = build->run.shown };
	add_all(figures);
	const struct crosscheck_options options = {
		.figures = figures->at, .figure_count = figures->count, .cells = cells, .cell_count = report_cells(build, cells),
	};
	bool is_good = crosscheck_run(build->run.arena, build->output, build->run.diag, &options, &summary);
	struct text report = text_format(build->run.arena,
					 "{\"marks\": %llu, \"tables\": %llu, \"downloads\": %llu, \"report_cells\": %llu, \"sums\": %llu, \"agree\": %s}\n",
					 (unsigned long long)summary.marks, (unsigned long long)summary.tables, (unsigned long long)summary.downloads,
					 (unsigned long long)summary.cells, (unsigned long long)summary.sums, is_good ? "true" : "false");
	return output_write(build->output, TEXT("internal/crosscheck-report.json"), report) && is_good;
}
