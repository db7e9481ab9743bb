/* SPDX-License-Identifier: MIT
 *
 * A trace explains one decision: clause → observations → which counted → area →
 * level → shortest way up.  It adds nothing to the decision but places, order and what
 * the ledger made of it, so what it says is what was decided.
 */
#ifndef XINGJI_ASSESS_TRACE_H
#define XINGJI_ASSESS_TRACE_H

#include "assess/chronicle.h"
#include "assess/closure.h"
#include "assess/scanned.h"
#include "base/diag.h"

struct trace_observation {
	const struct observation *observation;
	struct place place;
	bool is_counted;
};

/* Open items, areas: indexes into the catalogue. */
struct trace_list {
	int32_t *at;
	size_t count;
};

/* One level's condition under threshold. */
struct trace_share {
	decimal_sum numerator, denominator; /* as decimal_product gives them */
	struct decimal required;
	bool has_required, is_reached;
	struct trace_list failed_vetoes;
};

/* One row of the ledger up to the day D that concerns the participation: its own, and the names of its enterprise. */
struct trace_turn {
	const struct ledger *row;
	int8_t before, after; /* the level shown before and behind it; of a 增补 both the level that it brings */
	struct text former;   /* of a 更名: the name before it */
};

struct trace {
	const struct model *model;
	const struct compiled_rule *rule;
	const struct catalogue *catalogue;
	const struct participation *participation;
	const struct enterprise *enterprise; /* NULL when unknown */
	const struct decision *decision;
	bool is_entry;             /* the decision or a 增补 puts it on the list; then */
	struct standing standing;  /* how it stands there on the day D */
	const struct ledger *turn; /* and the row that changed it last; NULL: none did */
	struct trace_turn *turns;  /* all that happened to it, in the order of the ledger */
	size_t turn_count;
	struct text former;        /* its name before that of the ledger; empty: no other */
	struct trace_observation *observations; /* by item, then round, then date: the superseded ones too */
	size_t observation_count;
	size_t *first_of_item; /* item_count + 1 entries into observations */
	struct trace_share shares[LEVELS_MOST + 1]; /* 1 … level_count under threshold, else unused */
	struct trace_list limiting_areas, deciding_items;
	const struct closure *closures; /* what was to be rectified, by item */
	size_t closure_count;
	const struct scanned *scanned; /* what scanners found of items, by item */
	size_t scanned_count;
};

/*
 * Explains participation `index`.  Lives in arena; borrows the assessment, its model and `list`, the
 * list on the day D (chronicle_assessment; NULL: it is as decided).
 */
const struct trace *trace_new(struct arena *arena, const struct assessment *assessment, size_t index,
			      const struct sources *sources, const struct assessment *list);

/* The look that settled a closure of this trace; NULL while 待复核. */
const struct trace_observation *trace_settling(const struct trace *trace, const struct closure *closure);

#endif
