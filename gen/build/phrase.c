/* SPDX-License-Identifier: MIT */
#include "build/phrase.h"

#include "assess/movement.h"
#include "build/build.h"
#include "model/place.h"
#include "model/track.h"
#include "publish/crosscheck.h"

struct template {
	const char *before, *after, *figure;
	bool is_public_only;
};

/* Of the whole list. */
static const struct template whole[] = {
	{ "共有", "家企业达标", "all/enterprises", true },
	{ "星级企业", "家", "all/enterprises", true },
	{ "分布在", "个设区市", "all/cities", true },
	{ "覆盖设区市", "个", "all/cities", true },
	{ "本年度达标的", "家次", "all/listed", true },
	{ "名单共", "家次，与评定结果不同", "all/listed", false },
	{ "公布的级别相比，新达标", "家次", "movement/新达标/listed", false },
	{ "级别提升", "家次", "movement/提升/listed", true },
	{ "家次，提升", "家次", "movement/提升/listed", false },
	{ "家次，保持", "家次", "movement/保持/listed", false },
	{ "级别下降", "家次", "movement/下降/listed", true },
	{ "家次，下降", "家次", "movement/下降/listed", false },
};

/* Of one track: what stands before is its name, or its label, and then these words. */
static const struct of_track {
	const char *before;
	bool is_name, is_public_only;
} of_tracks[] = {
	{ "", true, true }, { "达标", true, true }, { "类公布", false, false }, { "类拟公布", false, false },
};

struct phrases {
	const struct run *run;
	const struct crosscheck_options *options;
	struct crosscheck_phrase *at;
	size_t count;
};

static void add(struct phrases *phrases, const struct crosscheck_phrase *phrase, struct text figure)
{
	for (size_t i = 0; i < phrases->options->expected_count; i++) {
		if (!text_equal(phrases->options->expected[i].name, figure))
			continue;
		phrases->at[phrases->count] = *phrase;
		phrases->at[phrases->count++].value = phrases->options->expected[i].value;
		return;
	}
}

/* The words are looked for in the alternative text of a chart, behind those of its series. */
static void add_picture(struct phrases *phrases, const char *picture, const struct text words[2], struct text figure)
{
	struct text before = text_format(phrases->run->arena, "%.*s（", TEXT_ARGS(words[1]));
	add(phrases, &(struct crosscheck_phrase){ .before = before, .after = "家", .is_public_only = true,
	                                          .picture = picture, .series = words[0] }, figure);
}

#define AT(series, category) ((const struct text[]){ (series), (category) })

/* "达到的最高级别为2星（规范防护级），2家", and each bar of the levels. */
static void add_levels(struct phrases *phrases, int track)
{
	struct arena *arena = phrases->run->arena;
	const struct model *model = phrases->run->model;
	const struct catalogue *catalogue = model->catalogues[track];
	struct text id = track_id(&model->campaign, track), name = model->campaign.tracks[track].name;
	const char *picture = text_format(arena, "fig-levels-%.*s", TEXT_ARGS(id)).at;
	const struct text series = TEXT("最高"); /* the first one is this year's */
	for (int level = 1; catalogue && level <= catalogue->level_count; level++) {
		const struct level *own = &catalogue->levels[level];
		struct text figure = text_format(arena, "level/%.*s-%d/listed", TEXT_ARGS(id), level);
		struct crosscheck_phrase phrase = { .after = "家", .is_public_only = true };
		phrase.before = text_format(arena, "%.*s达到的最高级别为%.*s（%.*s），", TEXT_ARGS(name),
					    TEXT_ARGS(own->label), TEXT_ARGS(own->name));
		add(phrases, &phrase, figure);
		phrase.before = text_format(arena, "%.*s达到的最高级别为%.*s，", TEXT_ARGS(name), TEXT_ARGS(own->label));
		add(phrases, &phrase, figure);
		add_picture(phrases, picture, AT(series, own->label), figure);
	}
}

static void add_track(struct phrases *phrases, int track)
{
	const struct campaign *campaign = &phrases->run->model->campaign;
	struct text id = track_id(campaign, track);
	struct text figure = text_format(phrases->run->arena, "track/%.*s/listed", TEXT_ARGS(id));
	for (size_t i = 0; i < sizeof of_tracks / sizeof *of_tracks; i++) {
		const struct of_track *of = &of_tracks[i];
		struct text name = of->is_name ? campaign->tracks[track].name : track_label(campaign, track);
		const struct crosscheck_phrase phrase = {
			.before = text_format(phrases->run->arena, "%.*s%s", TEXT_ARGS(name), of->before),
			.after = "家", .is_public_only = of->is_public_only,
		};
		add(phrases, &phrase, figure);
	}
	add_levels(phrases, track);
}

static void add_pictures(struct phrases *phrases)
{
	for (int movement = MOVEMENT_NEW; movement <= MOVEMENT_DOWN; movement++) {
		struct text word = text_from(movement_word((enum movement)movement));
		add_picture(phrases, "fig-movement", AT(TEXT("最高"), word),
			    text_format(phrases->run->arena, "movement/%.*s/listed", TEXT_ARGS(word)));
	}
	for (int i = 0; i < INDUSTRIES; i++)
		add_picture(phrases, "fig-industries", AT(TEXT("最高"), text_from(industries[i].name)),
			    text_format(phrases->run->arena, "industry/%s/listed", industries[i].code));
}

const struct crosscheck_phrase *phrase_all(const struct run *run, const struct crosscheck_options *options,
					   size_t *count)
{
	enum {
		MOST = sizeof whole / sizeof *whole + MOVEMENTS + INDUSTRIES +
		       (size_t)TRACKS_MOST * (sizeof of_tracks / sizeof *of_tracks + (size_t)3 * LEVELS_MOST)
	};
	struct phrases phrases = { .run = run, .options = options,
	                           .at = ARENA_ARRAY(run->arena, struct crosscheck_phrase, MOST) };
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
		add(&phrases,
		    &(struct crosscheck_phrase){ .before = text_from(whole[i].before), .after = whole[i].after,
		                                 .is_public_only = whole[i].is_public_only },
		    text_from(whole[i].figure));
	for (int track = 0; track < run->model->campaign.track_count; track++)
		add_track(&phrases, track);
	add_pictures(&phrases);
	*count = phrases.count;
	return phrases.at;
}
