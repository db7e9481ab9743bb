/* SPDX-License-Identifier: MIT
 *
 * What a name means: a counter of the list around it, a name of the rows and objects it stands in
 * (the innermost first), or a named query, which is then asked; "drawn.QUERY", whether its answer is worth a chart.
 */
#include "compose/mustache_render.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/nearest.h"
#include "compose/drawn.h"
#include "compose/queries.h"

const struct rows renderer_unanswered;

/* ---- counters -------------------------------------------------------------------------- */

static bool find_special(const struct renderer *r, struct text name, struct datum *found)
{
	static const char *const names[] = { "-first", "-last", "-number" };
	if (!name.size || name.at[0] != '-')
		return false;
	for (size_t i = r->frame_count; i-- > 0;) {
		const struct frame *frame = &r->frames[i];
		if (!frame->count)
			continue;
		if (text_is(name, names[0]))
			*found = datum_boolean(frame->index == 0);
		else if (text_is(name, names[1]))
			*found = datum_boolean(frame->index + 1 == frame->count);
		else if (text_is(name, names[2]))
			*found = datum_number(r->run->arena, (int64_t)frame->index + 1);
		else
			return false;
		return true;
	}
	return false;
}

/* ---- named queries --------------------------------------------------------------------- */

/* How many frames the query sees; 0 after reporting that it is named outside its list. */
static size_t frames_seen(struct renderer *r, const struct tag_node *node, const struct mustache_query *query)
{
	if (!query->list.size)
		return 1;
	for (size_t i = r->frame_count; i-- > 1;)
		if (text_equal(r->frames[i].list, query->list))
			return i + 1;
	renderer_complain(r, DIAG_QUERY_OUTSIDE, node, query->name, query->list);
	return 0;
}

static bool is_asked(const struct renderer *r, const struct mustache_query *query)
{
	const struct asking *at = r->asking;
	while (at && at->query != query)
		at = at->outer;
	return at != NULL;
}

/* Renders the query's text, as SQL to be asked or, for a fence, into the output, seeing so many frames. */
static const struct rows *render_named(struct renderer *r, const struct mustache_query *query, size_t seen, bool asks)
{
	const struct mustache *template = r->template;
	const struct asking asking = { query, r->asking };
	const struct rows *rows = NULL;
	size_t count = r->frame_count, hidden = count - seen;
	struct frame *kept = memory_resize(NULL, (hidden + 1) * sizeof *kept);
	memcpy(kept, r->frames + seen, hidden * sizeof *kept);
	/* cppcheck-suppress autoVariables ; put back below */
	r->asking = &asking;
	r->frame_count = seen;
	r->template = query->sql;
	if (asks)
		rows = renderer_ask(r, 0, query->sql->count, query->span);
	else
		renderer_walk(r, 0, query->sql->count);
	r->template = template;
	memcpy(r->frames + seen, kept, hidden * sizeof *kept);
	r->frame_count = count;
	r->asking = asking.outer;
	free(kept);
	return rows;
}

/* The answer is kept in the frame that it was asked for. */
static struct datum answer_of(struct renderer *r, const struct tag_node *node, const struct mustache_query *query)
{
	size_t seen = frames_seen(r, node, query);
	if (!seen)
		return datum_rows(&renderer_unanswered);
	struct frame *frame = &r->frames[seen - 1];
	for (const struct answer *answer = frame->answers; answer; answer = answer->next)
		if (answer->query == query)
			return answer->datum;
	if (is_asked(r, query)) {
		renderer_complain(r, DIAG_QUERY_LOOP, node, query->name, NO_TEXT);
		return datum_rows(&renderer_unanswered);
	}
	const struct rows *rows = query->sql->is_good ? render_named(r, query, seen, true) : NULL;
	struct answer *answer = ARENA_NEW(r->run->arena, struct answer);
	*answer = (struct answer){ query, datum_rows(rows ? rows : &renderer_unanswered), frame->answers };
	frame->answers = answer;
	return answer->datum;
}

static const struct mustache_query *find_query(const struct renderer *r, struct text name)
{
	return r->run->queries ? queries_find(r->run->queries, r->template->group, name) : NULL;
}

static bool find_named(struct renderer *r, const struct tag_node *node, struct text name, struct datum *found)
{
	const struct mustache_query *query = find_query(r, name);
	if (query)
		*found = answer_of(r, node, query);
	return query != NULL;
}

void renderer_put_query(struct renderer *r, const struct tag_node *node)
{
	const struct mustache_query *query = find_query(r, node->name.whole);
	if (!query) {
		struct nearest nearest = { .wanted = node->name.whole };
		if (r->run->queries)
			queries_offer(r->run->queries, r->template->group, &nearest);
		struct text best = nearest_best(&nearest);
		renderer_complain(r, best.size ? DIAG_QUERY_NEAR : DIAG_QUERY_UNKNOWN, node, node->name.whole, best);
		buf_text(r->out, TEXT("query:"));
		return;
	}
	size_t seen = frames_seen(r, node, query);
	if (seen && query->sql->is_good)
		render_named(r, query, seen, false);
	else
		buf_text(r->out, TEXT("query:"));
}

/* ---- names ------------------------------------------------------------------------------ */

static enum datum_found find_first(struct renderer *r, const struct tag_node *node, struct datum *found)
{
	struct text name = node->name.parts[0];
	if (find_special(r, name, found))
		return DATUM_FOUND;
	for (size_t i = r->frame_count; i-- > 0;) {
		enum datum_found result = datum_find(&r->frames[i].datum, name, found);
		if (result != DATUM_NO_NAME)
			return result;
	}
	return find_named(r, node, name, found) ? DATUM_FOUND : DATUM_NO_NAME;
}

/* "drawn.QUERY": whether its answer is worth a chart (drawn.h); false: no such query. */
static bool find_drawn(struct renderer *r, const struct tag_node *node, struct datum *found)
{
	const struct tag_name *name = &node->name;
	struct datum answer = { .kind = DATUM_NULL };
	if (name->count != 2 || !text_is(name->parts[0], "drawn"))
		return false;
	for (size_t i = r->frame_count; i-- > 0 && answer.kind != DATUM_ROWS;)
		datum_find(&r->frames[i].datum, name->parts[1], &answer);
	if (answer.kind != DATUM_ROWS && !find_named(r, node, name->parts[1], &answer))
		return false;
	*found = datum_boolean(drawn_is_worth(answer.rows, answer.rows->column_count, r->run->drawn_least));
	return true;
}

/* *missing: the part of the name that could not be found, *found: what it was looked for in. */
static enum datum_found find_name(struct renderer *r, const struct tag_node *node, struct datum *found, size_t *missing)
{
	const struct tag_name *name = &node->name;
	*missing = 0;
	if (name->count == 0) {
		*found = r->frames[r->frame_count - 1].datum;
		return DATUM_FOUND;
	}
	if (find_drawn(r, node, found))
		return DATUM_FOUND;
	enum datum_found result = find_first(r, node, found);
	for (size_t i = 1; i < name->count && result == DATUM_FOUND && found->rows != &renderer_unanswered; i++) {
		struct datum inside = *found;
		*missing = i;
		result = datum_find(&inside, name->parts[i], found);
		if (result == DATUM_NO_NAME)
			*found = inside;
	}
	return result;
}

static void offer_names(struct nearest *nearest, const struct datum *datum)
{
	struct text name;
	for (size_t i = 0; datum_name(datum, i, &name); i++)
		nearest_offer(nearest, name);
}

static void complain_unknown(struct renderer *r, const struct tag_node *node, const struct datum *inside,
			     size_t missing)
{
	struct nearest nearest = { .wanted = node->name.parts[missing] };
	if (missing)
		offer_names(&nearest, inside);
	else
		for (size_t i = r->frame_count; i-- > 0;)
			offer_names(&nearest, &r->frames[i].datum);
	if (!missing && r->run->queries)
		queries_offer(r->run->queries, r->template->group, &nearest);
	struct text best = nearest_best(&nearest);
	enum diag_kind kind = best.size ? DIAG_TEMPLATE_NAME_NEAR : DIAG_TEMPLATE_NAME_UNKNOWN;
	renderer_complain(r, kind, node, node->name.whole, best);
}

struct datum renderer_find(struct renderer *r, const struct tag_node *node, bool quietly)
{
	struct datum found = { .kind = DATUM_NULL };
	size_t missing;
	enum datum_found result = find_name(r, node, &found, &missing);
	if (result == DATUM_FOUND && found.rows != &renderer_unanswered)
		return found;
	if (!r->run->is_lenient && result != DATUM_FOUND) {
		if (result == DATUM_NO_NAME)
			complain_unknown(r, node, &found, missing);
		else if (result == DATUM_MANY_ROWS)
			renderer_complain(r, DIAG_TEMPLATE_MANY_ROWS, node, node->name.whole, NO_TEXT);
		else if (!quietly)
			renderer_complain(r, DIAG_TEMPLATE_NO_ROW, node, node->name.whole, NO_TEXT);
	}
	return (struct datum){ .kind = DATUM_NULL };
}
