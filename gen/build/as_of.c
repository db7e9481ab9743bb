/* SPDX-License-Identifier: MIT */
#include "build/as_of.h"

#include "assess/chronicle.h"
#include "build/build.h"

static struct build *open_beside(struct build *build, struct date day)
{
	struct arena *arena = build->run.arena;
	struct build *then = ARENA_NEW(arena, struct build);
	/* What is to be said of the ledger was said of the whole of it. */
	struct diag *aside = diag_new(arena, build->run.sources);
	const struct chronicle *chronicle = chronicle_new(arena, build->run.assessment, day, aside);
	struct assessment *shown = chronicle_assessment(arena, build->run.assessment, chronicle);
	shown->prior = build->run.shown->prior;
	*then = *build;
	then->run.shown = shown;
	then->run.today = day;
	memset(then->edition.facts, 0, sizeof then->edition.facts);
	then->earlier_day = build->earlier_day;
	build->earlier_day = then;
	return then;
}

struct build *as_of(struct build *build, struct date day)
{
	struct build *then = build;
	do {
		if (date_compare(then->run.today, day) == 0)
			return then;
		then = then->earlier_day;
	} while (then);
	return open_beside(build, day);
}

void as_of_close(struct build *build)
{
	for (struct build *then = build->earlier_day; then; then = then->earlier_day)
		edition_close_facts(&then->edition);
	build->earlier_day = NULL;
}
