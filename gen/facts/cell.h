/* SPDX-License-Identifier: MIT
 *
 * Getters that many tables share, and the setters they are made of.
 */
#ifndef XINGJI_FACTS_CELL_H
#define XINGJI_FACTS_CELL_H

#include "facts/table.h"

/* An empty text and a missing date stay NULL. */
void cell_text(struct cell *cell, struct text text);
void cell_string(struct cell *cell, const char *string);
void cell_integer(struct cell *cell, int64_t integer);
void cell_real(struct cell *cell, double real);
void cell_date(struct cell *cell, struct date date);
/* The quotient itself, so that percent() rounds once; NULL when denominator ≤ 0 or either is negative. */
void cell_quotient(struct cell *cell, int64_t numerator, int64_t denominator);
void cell_word(struct cell *cell, const struct view *view, enum choice_set set, int value);
/* What must stand beside a list of that state (enum state) while it may still change; NULL: nothing. */
void cell_state_note(struct cell *cell, const struct view *view, int state);
/* 1星, 未达标 for 0; NULL outside the scale. */
struct text level_label(const struct catalogue *catalogue, int level);
struct text level_name(const struct catalogue *catalogue, int level);

/* Of column->entity and column->field. */
cell_getter cell_field, cell_code, cell_flag, cell_label;
/* Of the row's indexes. */
cell_getter cell_participation_id, cell_enterprise_id, cell_track_code, cell_track, cell_ordinal, cell_inner_ordinal;
/* Of an entry of the list: its platform stands behind its name where the list shows several in the track. */
cell_getter cell_track_alone, cell_entry_name, cell_entry_enterprise, cell_entry_platform;
cell_getter cell_level, cell_level_label, cell_level_name, cell_round_code, cell_round, cell_element;
cell_getter cell_city_code, cell_city, cell_city_ordinal, cell_city_short, cell_city_tile;
cell_getter cell_area_id, cell_area, cell_class_id, cell_class, cell_class_group;
cell_getter cell_item_level_label, cell_result, cell_result_round, cell_movement;
/* a: enum result, TALLY_TOTAL or TALLY_APPLICABLE. */
enum { TALLY_TOTAL = RESULTS, TALLY_APPLICABLE };
cell_getter cell_tally, cell_rate, cell_median;
/* a: enum round. */
cell_getter cell_round_rate;
/* The observation behind the row (row->seen). */
cell_getter cell_seen_note, cell_seen_evidence, cell_seen_date;
/* 0 where a later one of its round took its place. */
cell_getter cell_seen_counts;
/* Of row->group; a, b: offsets of int64_t members, negative values are NULL. */
cell_getter cell_count, cell_ratio;

/* Fills the row from an index; each also sets what follows from it. */
/* A track that only earlier years held has a name and no catalogue. */
void row_set_track(struct row *row, int track);
void row_set_enterprise(struct row *row, int32_t enterprise);
void row_set_participation(struct row *row, int32_t participation);
void row_set_area(struct row *row, int32_t area);
/* Needs the track; with a decision also row->seen of its effective result. */
void row_set_item(struct row *row, int32_t item);
/* All observations of a participation, the superseded ones last; the row's from its outer and inner index. */
int32_t count_observations(struct view *view, int32_t participation);
void row_set_observation(struct row *row);

#endif
