/* SPDX-License-Identifier: MIT */
#include "theme/theme_draft.h"

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "read/xmltree.h"

#define PT_PER_MM (72 / 25.4)

const char *const theme_draft_roles[ROLES] = { [ROLE_SONG] = "song", [ROLE_HEI] = "hei", [ROLE_KAI] = "kai",
					       [ROLE_FANG] = "fang", [ROLE_TITLE] = "title" };
static const char *const align_names[] = { "justify", "left", "centre", "right" };
static const char *const switch_names[] = { "no", "yes" };
static const char *const number_places[] = { "centre", "outside" };
static const char *const paper_names[] = { "A4", "A3", "A5", "B5" };
static const double paper_mm[][2] = { { 210, 297 }, { 297, 420 }, { 148, 210 }, { 176, 250 } };
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- values ------------------------------------------------------------ */

static struct text joined(struct arena *arena, const char *const *names, size_t count)
{
	struct buf buf;
	buf_init(&buf, 4096);
	for (size_t i = 0; i < count; i++) {
		buf_string(&buf, i ? " " : "");
		buf_string(&buf, names[i]);
	}
	struct text text = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

/* The index of the value among the names; -1 after reporting. */
static int read_choice(struct theme_draft *draft, const struct xml_attribute *attribute, const char *const *names,
		       size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(attribute->value, names[i]))
			return (int)i;
	DIAG(draft->diag, DIAG_THEME_UNKNOWN_NAME, .span = attribute->span, .a = attribute->name, .b = attribute->value,
	     .c = joined(draft->arena, names, count));
	return -1;
}

/* A number with an optional unit; millimetres become points. */
static bool read_length(struct theme_draft *draft, const struct xml_attribute *attribute, double *value)
{
	struct text number = attribute->value;
	double unit = 1;
	if (text_ends(number, "mm") || text_ends(number, "pt") || text_ends(number, "em")) {
		unit = text_ends(number, "mm") ? PT_PER_MM : 1;
		number.size -= 2;
	}
	struct decimal decimal;
	if (!decimal_parse(text_trim(number), &decimal) || decimal.units < 0 ||
	    decimal.units > INT64_C(5000000000000)) {
		DIAG(draft->diag, DIAG_THEME_BAD_VALUE, .span = attribute->span, .a = attribute->name,
		     .b = attribute->value,
		     .c = TEXT("17, 17pt, 6mm (0-5000)"));
		return false;
	}
	*value = (double)decimal.units / 1e9 * unit;
	return true;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void read_colour(struct theme_draft *draft, const struct xml_attribute *attribute, struct colour *colour)
{
	struct text value = attribute->value;
	int bytes[3] = { 0, 0, 0 };
	bool is_good = value.size == 7 && value.at[0] == '#';
	for (size_t i = 0; is_good && i < 3; i++) {
		int high = hex_digit(value.at[1 + i * 2]), low = hex_digit(value.at[2 + i * 2]);
		is_good = high >= 0 && low >= 0;
		bytes[i] = high * 16 + low;
	}
	if (is_good)
		*colour = (struct colour){ (uint8_t)bytes[0], (uint8_t)bytes[1], (uint8_t)bytes[2] };
	else
		DIAG(draft->diag, DIAG_THEME_BAD_VALUE, .span = attribute->span, .a = attribute->name, .b = value,
		     .c = TEXT("#rrggbb"));
}

/* ---- attributes by table ------------------------------------------------ */

enum value_kind { VALUE_TEXT, VALUE_LENGTH, VALUE_CHOICE /* to int8_t */, VALUE_SWITCH /* to bool */, VALUE_COLOUR,
		  VALUE_SKIP };

struct attribute_row {
	const char *name;
	enum value_kind kind;
	size_t offset; /* in the struct that is filled */
	const char *const *choices;
	size_t choice_count;
};

static void read_value(struct theme_draft *draft, const struct xml_attribute *attribute,
		       const struct attribute_row *row, void *target)
{
	char *place = (char *)target + row->offset;
	int choice;
	switch (row->kind) {
	case VALUE_TEXT:
		*(struct text *)(void *)place = attribute->value;
		return;
	case VALUE_LENGTH:
		read_length(draft, attribute, (double *)(void *)place);
		return;
	case VALUE_CHOICE:
		choice = read_choice(draft, attribute, row->choices, row->choice_count);
		if (choice >= 0)
			*(int8_t *)place = (int8_t)choice;
		return;
	case VALUE_SWITCH:
		choice = read_choice(draft, attribute, row->choices, row->choice_count);
		if (choice >= 0)
			*(bool *)(void *)place = choice == 1;
		return;
	case VALUE_COLOUR:
		read_colour(draft, attribute, (struct colour *)(void *)place);
		return;
	case VALUE_SKIP:
		return;
	}
}

static void read_attributes(struct theme_draft *draft, const struct xml_node *element, const struct attribute_row *rows,
			    size_t count,
			    void *target)
{
	for (size_t i = 0; i < element->attribute_count; i++) {
		const struct xml_attribute *attribute = &element->attributes[i];
		size_t row = 0;
		while (row < count && !text_is(attribute->name, rows[row].name))
			row++;
		if (row < count) {
			read_value(draft, attribute, &rows[row], target);
			continue;
		}
		const char *names[24];
		for (row = 0; row < count && row < COUNT(names); row++)
			names[row] = rows[row].name;
		DIAG(draft->diag, DIAG_THEME_UNKNOWN_NAME, .span = attribute->name_span,
		     .a = text_format(draft->arena, "<%.*s>", TEXT_ARGS(element->name)),
		     .b = attribute->name, .c = joined(draft->arena, names, row));
	}
}

/* The attribute that identifies an entry; reported when missing or empty. */
static const struct xml_attribute *required(struct theme_draft *draft, const struct xml_node *element, const char *name)
{
	const struct xml_attribute *attribute = xmltree_attribute(element, name);
	if (attribute && attribute->value.size)
		return attribute;
	DIAG(draft->diag, DIAG_THEME_INCOMPLETE, .span = element->span,
	     .a = text_format(draft->arena, "<%.*s>", TEXT_ARGS(element->name)),
	     .b = text_from(name));
	return NULL;
}

static void report_element(struct theme_draft *draft, const struct xml_node *element, const char *parent,
			   const char *known)
{
	DIAG(draft->diag, DIAG_THEME_UNKNOWN_NAME, .span = element->span, .a = text_from(parent), .b = element->name,
	     .c = text_from(known));
}

static void report_full(struct theme_draft *draft, const struct xml_node *element, int64_t most)
{
	DIAG(draft->diag, DIAG_THEME_BAD_VALUE, .span = element->span, .a = TEXT("<theme>"), .b = element->name,
	     .c = text_format(draft->arena, "<= %lld", (long long)most));
}

/* ---- entries ------------------------------------------------------------- */

static void read_face(struct theme_draft *draft, const struct xml_node *element)
{
	static const struct attribute_row rows[] = {
		{ "id", VALUE_TEXT, offsetof(struct draft_face, id), NULL, 0 },
		{ "family", VALUE_TEXT, offsetof(struct draft_face, family), NULL, 0 },
		{ "style", VALUE_TEXT, offsetof(struct draft_face, style), NULL, 0 },
		{ "file", VALUE_TEXT, offsetof(struct draft_face, file), NULL, 0 },
	};
	const struct xml_attribute *id = required(draft, element, "id");
	if (!id)
		return;
	size_t i = 0;
	while (i < draft->face_count && !text_equal(draft->faces[i].id, id->value))
		i++;
	if (i == DRAFT_FACES) {
		report_full(draft, element, DRAFT_FACES);
		return;
	}
	draft->face_count = i == draft->face_count ? i + 1 : draft->face_count;
	draft->faces[i].span = element->span;
	read_attributes(draft, element, rows, COUNT(rows), &draft->faces[i]);
}

static void read_role(struct theme_draft *draft, const struct xml_node *element)
{
	static const struct attribute_row rows[] = {
		{ "name", VALUE_SKIP, 0, NULL, 0 },
		{ "regular", VALUE_TEXT, offsetof(struct draft_role, faces[0]), NULL, 0 },
		{ "bold", VALUE_TEXT, offsetof(struct draft_role, faces[1]), NULL, 0 },
	};
	const struct xml_attribute *name = required(draft, element, "name");
	int role = name ? read_choice(draft, name, theme_draft_roles, ROLES) : -1;
	if (role < 0)
		return;
	read_attributes(draft, element, rows, COUNT(rows), &draft->roles[role]);
	for (size_t i = 0; i < 2; i++) {
		const struct xml_attribute *attribute = xmltree_attribute(element, i ? "bold" : "regular");
		if (attribute)
			draft->roles[role].spans[i] = attribute->span;
	}
}

static void read_colour_entry(struct theme_draft *draft, const struct xml_node *element)
{
	static const struct attribute_row rows[] = {
		{ "name", VALUE_TEXT, offsetof(struct theme_colour, name), NULL, 0 },
		{ "light", VALUE_COLOUR, offsetof(struct theme_colour, light), NULL, 0 },
		{ "dark", VALUE_COLOUR, offsetof(struct theme_colour, dark), NULL, 0 },
	};
	const struct xml_attribute *name = required(draft, element, "name");
	if (!name)
		return;
	size_t i = 0;
	while (i < draft->colour_count && !text_equal(draft->colours[i].name, name->value))
		i++;
	if (i == DRAFT_COLOURS) {
		report_full(draft, element, DRAFT_COLOURS);
		return;
	}
	bool is_new = i == draft->colour_count;
	draft->colour_count += is_new;
	if (is_new && (!required(draft, element, "light") || !required(draft, element, "dark")))
		return;
	read_attributes(draft, element, rows, COUNT(rows), &draft->colours[i]);
}

static void read_style(struct theme_draft *draft, struct draft_page *page, const struct xml_node *element)
{
#define IN_STYLE(field) offsetof(struct draft_style, style.field)
	static const struct attribute_row rows[] = {
		{ "name", VALUE_TEXT, IN_STYLE(name), NULL, 0 },
		{ "role", VALUE_CHOICE, IN_STYLE(role), theme_draft_roles, ROLES },
		{ "size", VALUE_LENGTH, IN_STYLE(size_pt), NULL, 0 },
		{ "line", VALUE_LENGTH, IN_STYLE(line_pt), NULL, 0 },
		{ "bold", VALUE_SWITCH, IN_STYLE(is_bold), switch_names, COUNT(switch_names) },
		{ "align", VALUE_CHOICE, IN_STYLE(align), align_names, COUNT(align_names) },
		{ "before", VALUE_LENGTH, IN_STYLE(before_pt), NULL, 0 },
		{ "after", VALUE_LENGTH, IN_STYLE(after_pt), NULL, 0 },
		{ "indent", VALUE_LENGTH, IN_STYLE(indent_em), NULL, 0 },
		{ "first-indent", VALUE_LENGTH, IN_STYLE(first_indent_em), NULL, 0 },
		{ "right", VALUE_LENGTH, IN_STYLE(right_em), NULL, 0 },
		{ "keep", VALUE_SWITCH, IN_STYLE(keeps_with_next), switch_names, COUNT(switch_names) },
		{ "colour", VALUE_TEXT, offsetof(struct draft_style, colour), NULL, 0 },
	};
	const struct xml_attribute *name = required(draft, element, "name");
	const char *names[STYLES];
	for (int kind = 0; kind < STYLES; kind++)
		names[kind] = style_name((enum style_kind)kind);
	int kind = name ? read_choice(draft, name, names, STYLES) : -1;
	if (kind < 0)
		return;
	struct draft_style *style = &page->styles[kind];
	if (!style->is_given)
		*style = (struct draft_style){ .style = { .align = ALIGN_LEFT }, .colour = TEXT("ink"), .is_given = true };
	style->span = element->span;
	read_attributes(draft, element, rows, COUNT(rows), style);
	if (style->style.size_pt <= 0 || style->style.line_pt <= 0) {
		DIAG(draft->diag, DIAG_THEME_BAD_VALUE, .span = element->span, .a = TEXT("size, line"), .b = TEXT("0"),
		     .c = TEXT("> 0"));
		style->style.size_pt = style->style.line_pt = 10.5;
	}
}

static void check_page(struct theme_draft *draft, struct draft_page *page)
{
	const struct page_style *style = &page->page;
	if (style->inner_pt + style->outer_pt + 72 <= style->width_pt &&
	    style->top_pt + style->bottom_pt + 72 <= style->height_pt)
		return;
	DIAG(draft->diag, DIAG_THEME_BAD_VALUE, .span = page->span, .a = TEXT("<page>"), .b = style->name,
	     .c = TEXT("width - inner - outer >= 72pt, height - top - bottom >= 72pt"));
}

/* A page that is like another has its geometry and styles but for what it says itself. */
static void copy_page(struct theme_draft *draft, const struct xml_node *element, struct draft_page *page)
{
	const struct xml_attribute *like = xmltree_attribute(element, "like");
	size_t i = 0;
	while (like && i < draft->page_count && !text_equal(draft->pages[i].page.name, like->value))
		i++;
	if (!like)
		return;
	if (i == draft->page_count || &draft->pages[i] == page)
		DIAG(draft->diag, DIAG_THEME_INCOMPLETE, .span = like->span, .a = TEXT("<page>"), .b = like->value);
	else
		*page = draft->pages[i];
}

static struct draft_page *find_page(struct theme_draft *draft, const struct xml_node *element)
{
	const struct xml_attribute *name = required(draft, element, "name");
	if (!name)
		return NULL;
	for (size_t i = 0; i < draft->page_count; i++)
		if (text_equal(draft->pages[i].page.name, name->value))
			return &draft->pages[i];
	if (draft->page_count == DRAFT_PAGES) {
		report_full(draft, element, DRAFT_PAGES);
		return NULL;
	}
	return &draft->pages[draft->page_count++];
}

static void read_page(struct theme_draft *draft, const struct xml_node *element)
{
#define IN_PAGE(field) offsetof(struct draft_page, page.field)
	static const struct attribute_row rows[] = {
		{ "name", VALUE_TEXT, IN_PAGE(name), NULL, 0 },
		{ "paper", VALUE_SKIP, 0, NULL, 0 },
		{ "width", VALUE_LENGTH, IN_PAGE(width_pt), NULL, 0 },
		{ "height", VALUE_LENGTH, IN_PAGE(height_pt), NULL, 0 },
		{ "top", VALUE_LENGTH, IN_PAGE(top_pt), NULL, 0 },
		{ "bottom", VALUE_LENGTH, IN_PAGE(bottom_pt), NULL, 0 },
		{ "inner", VALUE_LENGTH, IN_PAGE(inner_pt), NULL, 0 },
		{ "outer", VALUE_LENGTH, IN_PAGE(outer_pt), NULL, 0 },
		{ "head", VALUE_LENGTH, IN_PAGE(head_pt), NULL, 0 },
		{ "foot", VALUE_LENGTH, IN_PAGE(foot_pt), NULL, 0 },
		{ "line", VALUE_LENGTH, IN_PAGE(line_pt), NULL, 0 },
		{ "numbers", VALUE_SWITCH, IN_PAGE(numbers_outside), number_places, COUNT(number_places) },
		{ "like", VALUE_SKIP, 0, NULL, 0 },
		{ "bare", VALUE_SWITCH, IN_PAGE(is_bare), switch_names, COUNT(switch_names) },
		{ "folds", VALUE_SWITCH, IN_PAGE(has_folds), switch_names, COUNT(switch_names) },
		{ "frame", VALUE_LENGTH, IN_PAGE(frame_pt), NULL, 0 },
	};
	struct draft_page *page = find_page(draft, element);
	if (!page)
		return;
	copy_page(draft, element, page);
	page->span = element->span;
	const struct xml_attribute *paper = xmltree_attribute(element, "paper");
	int size = paper ? read_choice(draft, paper, paper_names, COUNT(paper_names)) : -1;
	if (size >= 0) {
		page->page.width_pt = paper_mm[size][0] * PT_PER_MM;
		page->page.height_pt = paper_mm[size][1] * PT_PER_MM;
	}
	read_attributes(draft, element, rows, COUNT(rows), page);
	check_page(draft, page);
	for (const struct xml_node *child = element->first; child; child = child->next) {
		if (text_is(child->name, "style"))
			read_style(draft, page, child);
		else
			report_element(draft, child, "<page>", "style");
	}
}

static void read_place(struct theme_draft *draft, const struct xml_node *element)
{
#define IN_PLACE(field) offsetof(struct theme_place, field)
	static const char *const stands[] = { "top", "middle", "bottom" };
	static const struct attribute_row rows[] = {
		{ "name", VALUE_TEXT, IN_PLACE(name), NULL, 0 },
		{ "x", VALUE_LENGTH, IN_PLACE(x_pt), NULL, 0 },
		{ "y", VALUE_LENGTH, IN_PLACE(y_pt), NULL, 0 },
		{ "width", VALUE_LENGTH, IN_PLACE(width_pt), NULL, 0 },
		{ "height", VALUE_LENGTH, IN_PLACE(height_pt), NULL, 0 },
		{ "columns", VALUE_LENGTH, IN_PLACE(columns), NULL, 0 },
		{ "rows", VALUE_LENGTH, IN_PLACE(rows), NULL, 0 },
		{ "across", VALUE_LENGTH, IN_PLACE(across_pt), NULL, 0 },
		{ "down", VALUE_LENGTH, IN_PLACE(down_pt), NULL, 0 },
		{ "stand", VALUE_CHOICE, IN_PLACE(stand), stands, COUNT(stands) },
		{ "reserve", VALUE_LENGTH, IN_PLACE(reserve_pt), NULL, 0 },
	};
	const struct xml_attribute *name = required(draft, element, "name");
	if (!name)
		return;
	size_t i = 0;
	while (i < draft->place_count && !text_equal(draft->places[i].name, name->value))
		i++;
	if (i == DRAFT_PLACES) {
		report_full(draft, element, DRAFT_PLACES);
		return;
	}
	draft->place_count = i == draft->place_count ? i + 1 : draft->place_count;
	struct theme_place *place = &draft->places[i];
	read_attributes(draft, element, rows, COUNT(rows), place);
	if (place->width_pt <= 0 || place->height_pt <= 0)
		DIAG(draft->diag, DIAG_THEME_BAD_VALUE, .span = element->span, .a = TEXT("width, height"),
			.b = TEXT("0"),
		     .c = TEXT("> 0"));
}

static void read_hyphenation(struct theme_draft *draft, const struct xml_node *element)
{
	static const struct attribute_row rows[] = {
		{ "dictionary", VALUE_TEXT, offsetof(struct theme_draft, hyphens_file), NULL, 0 },
		{ "loosest", VALUE_LENGTH, offsetof(struct theme_draft, loosest_em), NULL, 0 },
	};
	draft->hyphens_span = element->span;
	read_attributes(draft, element, rows, COUNT(rows), draft);
}

void theme_draft_read(struct theme_draft *draft, const struct xml_node *root)
{
	static const struct {
		const char *name;
		void (*read)(struct theme_draft *draft, const struct xml_node *element);
	} entries[] = { { "face", read_face }, { "role", read_role }, { "colour", read_colour_entry },
	                { "hyphenation", read_hyphenation }, { "page", read_page }, { "place", read_place } };
	for (const struct xml_node *child = root->first; child; child = child->next) {
		size_t i = 0;
		while (i < COUNT(entries) && !text_is(child->name, entries[i].name))
			i++;
		if (i < COUNT(entries))
			entries[i].read(draft, child);
		else
			report_element(draft, child, "<theme>", "face role colour hyphenation page place");
	}
}
