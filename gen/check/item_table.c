/* SPDX-License-Identifier: MIT */
#include "check/item_table.h"

#include <assert.h>

#include "base/arena.h"
#include "check/catalogue.h"
#include "check/field.h"
#include "check/tracks.h"
#include "model/track.h"
#include "read/clean.h"
#include "read/table.h"
#include "read/xmltree.h"

enum { ATTRIBUTES_MOST = 8 };

/* A class or an area of the tree, and where its children end. */
struct group {
	struct xml_node *node, *last;
	uint32_t parent;          /* of an area: its class */
	struct span place;        /* of its id, where it first stands */
};

struct building {
	struct check *check;
	struct xml_node *root, *last;
	struct text level_words[LEVELS_MOST + 1][2]; /* name and label */
	struct span heads[HEADS]; /* where a row of the second sheet says it */
	struct map classes, areas; /* by id */
	LIST(struct group) class_list;
	LIST(struct group) area_list;
};

/* ---- the tree -------------------------------------------------------------------------------- */

static struct xml_node *add_node(const struct building *building, const char *name, struct span span)
{
	struct xml_node *node = ARENA_NEW(building->check->reader.arena, struct xml_node);
	node->name = text_from(name);
	node->span = span;
	node->text_span = (struct span){ span.source, span.end, span.end };
	return node;
}

static void hang(struct xml_node *parent, struct xml_node **last, struct xml_node *node)
{
	node->parent = parent;
	if (*last)
		(*last)->next = node;
	else
		parent->first = node;
	*last = node;
}

static void set(const struct building *building, struct xml_node *node, const char *name, struct value value)
{
	struct arena *arena = building->check->reader.arena;
	assert(node->attribute_count < ATTRIBUTES_MOST);
	if (!node->attributes)
		node->attributes = ARENA_ARRAY(arena, struct xml_attribute, ATTRIBUTES_MOST);
	struct xml_attribute *own =
		(struct xml_attribute *)(uintptr_t)node->attributes; /* const for who reads the tree */
	own[node->attribute_count++] =
		(struct xml_attribute){ .name = text_from(name), .value = value.text, .span = value.span };
}

static struct text clean(const struct building *building, struct value value)
{
	return clean_text(building->check->reader.arena, value.text);
}

/* What must be there; reported where it is not, and then stands there as a dash: nothing is written any more. */
static struct value demand(const struct building *building, struct value value, const char *heading)
{
	if (clean(building, value).size)
		return value;
	PROBLEM(building->check, DIAG_FIELD_MISSING, .span = value.span, .a = text_from(heading));
	return (struct value){ TEXT("—"), value.span, true };
}

static const char *heading_of(enum entity_kind kind, size_t field)
{
	return schema_entity(kind)->fields[field].heading;
}

/* ---- the second sheet ------------------------------------------------------------------------ */

/* 工控 or ics → ics; what data/tracks.csv does not know must be an id. */
static struct text track_id_of(const struct building *building, struct text word, struct span span)
{
	struct check *check = building->check;
	for (size_t i = 0; i < check->known_count; i++)
		if (track_is_called(&check->known[i], word))
			return check->known[i].id;
	if (!tracks_is_id(word))
		PROBLEM(check, DIAG_TRACK_ID, .span = span, .a = word, .n = TRACK_ID_LONGEST);
	return word;
}

static struct value track_ids(const struct building *building, struct value value)
{
	struct arena *arena = building->check->reader.arena;
	struct text cleaned = clean(building, value), rest = cleaned, word, ids = NO_TEXT;
	for (size_t at = 0; (at = text_find(rest, TEXT("、"))) < rest.size;)
		rest = text_format(arena, "%.*s %.*s", TEXT_ARGS(text_slice(rest, 0, at)),
				   TEXT_ARGS(text_slice(rest, at + strlen("、"), rest.size)));
	while (text_next(&rest, ' ', &word))
		if (word.size)
			ids = text_format(arena, "%.*s%s%.*s", TEXT_ARGS(ids), ids.size ? " " : "",
					  TEXT_ARGS(track_id_of(building, word, value.span)));
	return (struct value){ ids, value.span, true };
}

static void add_level(struct building *building, const struct table *table, int number)
{
	struct value what = table_value(table, FIELD_head_what);
	struct value name = table_value(table, FIELD_head_value), label = table_value(table, FIELD_head_label);
	building->level_words[number][0] = clean(building, name);
	building->level_words[number][1] = clean(building, label);
	struct xml_node *node = add_node(building, "level", table_row(table));
	what.text = text_format(building->check->reader.arena, "%d", number);
	set(building, node, "n", what);
	set(building, node, "name", demand(building, name, heading_of(ENTITY_HEAD, FIELD_head_value)));
	set(building, node, "label", demand(building, label, heading_of(ENTITY_HEAD, FIELD_head_label)));
	hang(building->root, &building->last, node);
}

static bool is_said_twice(struct building *building, int what, struct span place)
{
	struct check *check = building->check;
	if (!building->heads[what].source) {
		building->heads[what] = place;
		return false;
	}
	PROBLEM(check, DIAG_HEAD_TWICE, .span = place, .a = text_from(choice_word(SET_HEAD, what)),
		.other = building->heads[what]);
	return true;
}

/* A row of the form that was left blank says nothing. */
static void take_head(struct building *building, const struct table *table)
{
	struct value value = table_value(table, FIELD_head_value), label = table_value(table, FIELD_head_label);
	if (!clean(building, value).size && !clean(building, label).size)
		return;
	int what = field_choice(building->check, &schema_entity(ENTITY_HEAD)->fields[FIELD_head_what],
				table_value(table, FIELD_head_what));
	if (what == MISSING || is_said_twice(building, what, table_row(table)))
		return;
	if (what >= HEAD_LEVEL_1)
		add_level(building, table, what - HEAD_LEVEL_1 + 1);
	else if (what == HEAD_TRACK)
		set(building, building->root, "track", track_ids(building, value));
	else
		set(building, building->root, choice_xml(SET_HEAD, what), value);
}

static bool take_rows(struct building *building, const char *path, enum entity_kind kind,
		      void (*take)(struct building *building, const struct table *table))
{
	struct check *check = building->check;
	struct table table;
	if (!table_open(&table, &check->reader, path, kind))
		return false;
	if (!building->root->span.source)
		building->root->span = table.header;
	while (table_next(&table)) {
		if (table.fault == DIAG_KINDS)
			take(building, &table);
		else
			problem_add(check, table.fault, table.fault_args);
	}
	return true;
}

/* ---- the items ------------------------------------------------------------------------------- */

/* The name that a group has, or a first one where none was given before. */
static void name_group(struct building *building, struct xml_node *node, const char *attribute, struct value value,
		       const char *heading)
{
	struct check *check = building->check;
	struct text name = clean(building, value);
	struct text id = clean_code(check->reader.arena, xmltree_attribute(node, "id")->value);
	const struct xml_attribute *before = xmltree_attribute(node, attribute);
	if (!name.size)
		return;
	if (!before)
		set(building, node, attribute, value);
	else if (!text_equal(clean_text(check->reader.arena, before->value), name))
		PROBLEM(check, DIAG_NAME_OTHERWISE, .span = value.span, .a = text_from(heading), .b = id, .c = name,
			.other = before->span);
}

static uint32_t class_of(struct building *building, const struct table *table, struct value id)
{
	struct text key = clean_code(building->check->reader.arena, id.text);
	uint32_t next = (uint32_t)building->class_list.count, index = map_add(&building->classes, key, next);
	if (index == next) {
		struct xml_node *node = add_node(building, "class", table_row(table));
		set(building, node, "id", id);
		hang(building->root, &building->last, node);
		LIST_PUSH(&building->class_list, ((struct group){ .node = node, .place = id.span }));
	}
	struct xml_node *node = building->class_list.at[index].node;
	name_group(building, node, "name", table_value(table, FIELD_item_row_class_name),
		   heading_of(ENTITY_ITEM_ROW, FIELD_item_row_class_name));
	name_group(building, node, "group", table_value(table, FIELD_item_row_class_group),
		   heading_of(ENTITY_ITEM_ROW, FIELD_item_row_class_group));
	return index;
}

static struct text class_id(const struct building *building, uint32_t class)
{
	const struct xml_attribute *id = xmltree_attribute(building->class_list.at[class].node, "id");
	return clean_code(building->check->reader.arena, id->value);
}

static struct group *area_of(struct building *building, const struct table *table, uint32_t class, struct value id)
{
	struct check *check = building->check;
	struct text key = clean_code(check->reader.arena, id.text);
	uint32_t next = (uint32_t)building->area_list.count, index = map_add(&building->areas, key, next);
	if (index == next) {
		struct xml_node *node = add_node(building, "area", table_row(table));
		struct group *parent = &building->class_list.at[class];
		set(building, node, "id", id);
		hang(parent->node, &parent->last, node);
		LIST_PUSH(&building->area_list, ((struct group){ .node = node, .parent = class, .place = id.span }));
	}
	struct group *area = &building->area_list.at[index];
	if (area->parent != class)
		PROBLEM(check, DIAG_AREA_TWO_CLASSES, .span = id.span, .a = key, .b = class_id(building, class),
			.c = class_id(building, area->parent), .other = area->place);
	name_group(building, area->node, "name", table_value(table, FIELD_item_row_area_name),
		   heading_of(ENTITY_ITEM_ROW, FIELD_item_row_area_name));
	return area;
}

/* A level may be written as its number, its name or its label. */
static struct value level_number(const struct building *building, struct value value)
{
	struct text word = clean(building, value);
	int what = choice_find(SET_HEAD, word);
	for (int n = 1; word.size && n <= LEVELS_MOST; n++) {
		const struct text *words = building->level_words[n];
		if (what == HEAD_LEVEL_1 + n - 1 || text_equal(word, words[0]) || text_equal(word, words[1]))
			value.text = text_format(building->check->reader.arena, "%d", n);
	}
	return value;
}

/* A child with a text; without one there is none. */
static struct xml_node *add_text(const struct building *building, struct xml_node *item, struct xml_node **last,
				 const char *name, struct value value)
{
	struct xml_node *node = add_node(building, name, item->span);
	node->text = value.text;
	node->text_span = value.span;
	hang(item, last, node);
	return node;
}

static void set_given(const struct building *building, struct xml_node *node, const char *name, struct value value)
{
	if (clean(building, value).size)
		set(building, node, name, value);
}

static void add_item(struct building *building, const struct table *table, struct group *area)
{
	struct xml_node *item = add_node(building, "item", table_row(table)), *last = NULL;
	set(building, item, "id", table_value(table, FIELD_item_row_id));
	set(building, item, "level", level_number(building, table_value(table, FIELD_item_row_level)));
	set(building, item, "element", table_value(table, FIELD_item_row_element));
	set_given(building, item, "weight", table_value(table, FIELD_item_row_weight));
	set_given(building, item, "risk", table_value(table, FIELD_item_row_risk));
	set_given(building, item, "veto", table_value(table, FIELD_item_row_veto));
	add_text(building, item, &last, "requirement", table_value(table, FIELD_item_row_requirement));
	struct xml_node *check = add_text(building, item, &last, "check", table_value(table, FIELD_item_row_check));
	set_given(building, check, "method", table_value(table, FIELD_item_row_check_method));
	struct xml_node *advice = add_text(building, item, &last, "advice", table_value(table, FIELD_item_row_advice));
	set_given(building, advice, "days", table_value(table, FIELD_item_row_advice_days));
	set_given(building, advice, "department", table_value(table, FIELD_item_row_advice_department));
	hang(area->node, &area->last, item);
}

static void take_item(struct building *building, const struct table *table)
{
	struct value class = table_value(table, FIELD_item_row_class_id);
	struct value area = table_value(table, FIELD_item_row_area_id);
	class = demand(building, class, heading_of(ENTITY_ITEM_ROW, FIELD_item_row_class_id));
	area = demand(building, area, heading_of(ENTITY_ITEM_ROW, FIELD_item_row_area_id));
	if (text_is(class.text, "—") || text_is(area.text, "—"))
		return;
	add_item(building, table, area_of(building, table, class_of(building, table, class), area));
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void demand_names(struct building *building)
{
	for (size_t i = 0; i < building->class_list.count + building->area_list.count; i++) {
		bool is_class = i < building->class_list.count;
		const struct group *group = is_class ? &building->class_list.at[i]
						     : &building->area_list.at[i - building->class_list.count];
		size_t field = is_class ? FIELD_item_row_class_name : FIELD_item_row_area_name;
		const struct value none = { NO_TEXT, group->place, true };
		if (!xmltree_attribute(group->node, "name"))
			set(building, group->node, "name", demand(building, none, heading_of(ENTITY_ITEM_ROW, field)));
	}
	const struct value none = { NO_TEXT, building->root->span, true };
	if (!xmltree_attribute(building->root, "track"))
		set(building, building->root, "track", demand(building, none, choice_word(SET_HEAD, HEAD_TRACK)));
}

static struct catalogue *read_tables(struct building *building, const struct item_table *from)
{
	building->root = add_node(building, "model", NO_SPAN);
	set(building, building->root, "id", (struct value){ from->id, NO_SPAN, true });
	bool is_good = take_rows(building, from->head ? from->head : from->items, ENTITY_HEAD, take_head);
	is_good = take_rows(building, from->items, ENTITY_ITEM_ROW, take_item) && is_good;
	if (!is_good)
		return NULL;
	demand_names(building);
	return catalogue_read(building->check, building->root, from->id);
}

/* Nobody looks up its items: it is shown or written as a whole. */
static const struct catalogue *finish(struct check *check, struct catalogue *catalogue)
{
	if (catalogue)
		map_clear(&catalogue->item_by_id);
	problems_report_merged(check);
	LIST_FREE(&check->problems);
	LIST_FREE(&check->merged);
	map_clear(&check->merged_by_subject);
	return catalogue;
}

const struct catalogue *item_table_read(const struct reader *reader, const struct item_table *from)
{
	struct check check = { .reader = *reader, .data = from->data, .shared = from->shared, .track = MISSING };
	struct building building = { .check = &check };
	check.reader.largest = XMLTREE_LIMIT; /* as of the file that it becomes */
	size_t before = diag_errors_told(reader->diag);
	tracks_read_known(&check);
	const struct catalogue *catalogue = finish(&check, read_tables(&building, from));
	map_clear(&building.classes);
	map_clear(&building.areas);
	LIST_FREE(&building.class_list);
	LIST_FREE(&building.area_list);
	return diag_errors_told(reader->diag) == before ? catalogue : NULL;
}

const struct catalogue *item_table_catalogue(const struct reader *reader, struct text id, const char *path)
{
	struct check check = { .reader = *reader, .track = MISSING };
	size_t before = diag_errors_told(reader->diag);
	const struct catalogue *catalogue = finish(&check, catalogue_read_file(&check, id, path));
	return diag_errors_told(reader->diag) == before ? catalogue : NULL;
}
