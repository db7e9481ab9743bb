/* SPDX-License-Identifier: MIT */
#include "theme/theme.h"

#include <errno.h>

#include "base/arena.h"
#include "base/beneath.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "read/input.h"
#include "read/xmltree.h"
#include "theme/font_files.h"
#include "theme/sfnt.h"
#include "theme/theme_draft.h"

enum {
	DEEPEST_INHERITANCE = 8,
};
#define LOOSEST_EM 0.1 /* a theme that does not say */
#define FONT_LIMIT ((size_t)256 << 20) /* the largest collections have 120 MB */

static const char *const style_names[STYLES] = {
	[STYLE_BODY] = "body", [STYLE_H1] = "h1", [STYLE_H2] = "h2", [STYLE_H3] = "h3", [STYLE_H4] = "h4", [STYLE_LIST] = "list",
	[STYLE_QUOTE] = "quote", [STYLE_CODE] = "code", [STYLE_CAPTION] = "caption", [STYLE_TABLE_HEAD] = "table-head",
	[STYLE_TABLE_CELL] = "table-cell", [STYLE_NOTE] = "note", [STYLE_FOOTNOTE] = "footnote", [STYLE_TOC1] = "toc1",
	[STYLE_TOC2] = "toc2", [STYLE_TOC3] = "toc3", [STYLE_RUNNING_HEAD] = "running-head", [STYLE_PAGE_NUMBER] = "page-number",
	[STYLE_COVER_TITLE] = "cover-title", [STYLE_COVER_SUBTITLE] = "cover-subtitle", [STYLE_COVER_LINE] = "cover-line",
	[STYLE_CALLOUT] = "callout", [STYLE_CALLOUT_TITLE] = "callout-title", [STYLE_PANEL_LABEL] = "panel-label",
	[STYLE_PANEL_VALUE] = "panel-value", [STYLE_PANEL_NOTE] = "panel-note", [STYLE_CHART_LABEL] = "chart-label",
	[STYLE_CHART_VALUE] = "chart-value", [STYLE_RECORD_TITLE] = "record-title", [STYLE_RECORD_META] = "record-meta",
	[STYLE_RECORD_TEXT] = "record-text", [STYLE_ITEM_LIST] = "item-list",
};

/* What charts, pages and style sheets may rely on. */
static const char *const required_colours[] = {
	"ground", "ink", "soft", "hairline", "accent", "accent-soft", "star", "risk-high", "risk-medium", "risk-low", "good",
	"chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-6", "chart-7", "chart-8",
};
static const char *const required_pages[] = { "report", "official" };
#define COUNT(array) (sizeof(array) / sizeof *(array))

struct loader {
	struct theme_draft draft;
	const struct theme_options *options;
	const struct font_files *files;
	struct theme *theme;
	struct hash hash;
	int face_of[DRAFT_FACES]; /* index into theme.faces; -1 not looked for yet, -2 cannot be had */
	bool failed;
};

const char *style_name(enum style_kind kind)
{
	return style_names[kind];
}

/* ---- theme.xml and what it inherits ------------------------------------- */

static bool is_path(struct text name)
{
	return text_contains(name, TEXT("/")) || text_is(name, ".") || text_is(name, "..");
}

char *theme_find(struct arena *arena, const struct theme_options *options, struct text name)
{
	if (is_path(name))
		return text_string(arena, name);
	char *first = file_join(arena, options->themes, name);
	char *second = options->more_themes ? file_join(arena, options->more_themes, name) : first;
	return file_exists(file_join(arena, first, TEXT("theme.xml"))) || !file_exists(file_join(arena, second, TEXT("theme.xml"))) ? first : second;
}

static void report_missing(const struct loader *loader, struct text name, struct span span)
{
	const struct theme_options *options = loader->options;
	struct arena *arena = loader->draft.arena;
	struct text places = is_path(name) ? name : text_from(file_join(arena, options->themes, name));
	if (!is_path(name) && options->more_themes)
		places = text_format(arena, "%.*s, %s/%.*s", TEXT_ARGS(places), options->more_themes, TEXT_ARGS(name));
	DIAG(loader->draft.diag, DIAG_THEME_MISSING, .span = span, .a = name, .b = places);
}

static bool read_theme(struct loader *loader, struct text name, struct span span, int depth)
{
	struct theme_draft *draft = &loader->draft;
	char *folder = theme_find(draft->arena, loader->options, name);
	char *path = file_join(draft->arena, folder, TEXT("theme.xml"));
	if (depth == DEEPEST_INHERITANCE) {
		DIAG(draft->diag, DIAG_THEME_LOOP, .span = span, .a = name);
		return false;
	}
	if (!file_exists(path)) {
		report_missing(loader, name, span);
		return false;
	}
	struct reader reader = {
		.arena = draft->arena, .sources = draft->sources, .diag = draft->diag,
		.beneath = folder, .largest = INPUT_TEXT_LIMIT,
	};
	uint32_t number = input_open(&reader, path, INPUT_XML);
	const struct xml_node *root = number ? xmltree_parse(&reader, number) : NULL;
	if (!root)
		return false;
	hash_add(&loader->hash, sources_find(draft->sources, number)->text);
	for (size_t i = 0; i < root->attribute_count; i++) {
		const struct xml_attribute *attribute = &root->attributes[i];
		if (!text_is(attribute->name, "inherit"))
			DIAG(draft->diag, DIAG_THEME_UNKNOWN_NAME, .span = attribute->name_span, .a = TEXT("<theme>"),
			     .b = attribute->name,
			     .c = TEXT("inherit"));
		else if (!read_theme(loader, attribute->value, attribute->span, depth + 1))
			return false;
	}
	theme_draft_read(draft, root);
	loader->theme->folder = text_from(folder);
	return true;
}

/* ---- faces ---------------------------------------------------------------- */

/* Finds the declared face in the file; -1 with what there is in *others. */
static int find_face(struct arena *arena, struct text bytes, const struct draft_face *face, struct text *others)
{
	struct buf known;
	buf_init(&known, 4096);
	int found = -1;
	for (size_t i = 0; i < sfnt_count(bytes) && found < 0; i++) {
		struct sfnt_names names;
		if (!sfnt_names(arena, bytes, i, &names))
			continue;
		if (text_equal(names.family, face->family) && text_equal(names.style, face->style))
			found = (int)i;
		buf_format(&known, "%s%.*s %.*s", known.size ? ", " : "", TEXT_ARGS(names.family),
		           TEXT_ARGS(names.style));
	}
	*others = text_copy(arena, buf_view(&known));
	buf_clear(&known);
	return found;
}

/* The index of the face in an opened file; -1 after reporting. */
static int check_font(struct loader *loader, const struct draft_face *face, struct text bytes, const char *path)
{
	struct theme_draft *draft = &loader->draft;
	struct text others, wanted = text_format(draft->arena, "%.*s %.*s", TEXT_ARGS(face->family),
	                                         TEXT_ARGS(face->style));
	int index = find_face(draft->arena, bytes, face, &others);
	if (index >= 0)
		hash_add(&loader->hash, sfnt_directory(bytes, (size_t)index));
	else if (others.size)
		DIAG(draft->diag, DIAG_FONT_OTHER_FAMILY, .span = face->span, .a = text_from(path), .b = wanted,
		     .c = others);
	else
		DIAG(draft->diag, DIAG_FONT_DAMAGED, .span = face->span, .a = text_from(path));
	return index;
}

/* "out/fonts, /usr/share/fonts" */
static struct text font_places(const struct loader *loader)
{
	struct text places = NO_TEXT;
	for (const char *const *folder = loader->options->font_folders; folder && *folder; folder++)
		places = text_format(loader->draft.arena, "%.*s%s%s", TEXT_ARGS(places), places.size ? ", " : "",
		                     *folder);
	return places;
}

/* The index in theme.faces of a declared face, whose file is looked for once; negative after reporting. */
static int resolve_face(struct loader *loader, size_t declared)
{
	struct theme_draft *draft = &loader->draft;
	const struct draft_face *face = &draft->faces[declared];
	if (loader->face_of[declared] != -1)
		return loader->face_of[declared];
	loader->face_of[declared] = -2;
	char *path = font_files_find(loader->files, face->file);
	if (!path) {
		DIAG(draft->diag, DIAG_FONT_MISSING, .span = face->span, .a = face->file, .b = face->family,
		     .c = font_places(loader));
		return -2;
	}
	struct file_bytes bytes;
	int error = file_map(path, FONT_LIMIT, &bytes);
	if (error) {
		DIAG(draft->diag, DIAG_FILE_UNREADABLE, .span = face->span, .a = text_from(path),
		     .b = file_reason(error));
		return -2;
	}
	int index = check_font(loader, face, bytes.text, path);
	file_release(&bytes);
	if (index < 0)
		return -2;
	struct theme *theme = loader->theme;
	theme->faces[theme->face_count] = (struct face){ face->family, face->style, path, index };
	return loader->face_of[declared] = (int)theme->face_count++;
}

static int find_declared(const struct theme_draft *draft, struct text id)
{
	for (size_t i = 0; i < draft->face_count; i++)
		if (text_equal(draft->faces[i].id, id))
			return (int)i;
	return -1;
}

static void resolve_role(struct loader *loader, int role, int is_bold)
{
	struct theme_draft *draft = &loader->draft;
	struct span span = draft->roles[role].spans[is_bold];
	struct text rest = text_trim(draft->roles[role].faces[is_bold]), id;
	int *faces = loader->theme->role_faces[role][is_bold];
	size_t count = 0;
	for (size_t i = 0; i < ROLE_FACES_MOST; i++)
		faces[i] = -1;
	while (text_next(&rest, ' ', &id)) {
		int declared = id.size ? find_declared(draft, id) : -1;
		if (!id.size)
			continue;
		if (declared < 0 || count == ROLE_FACES_MOST) {
			DIAG(draft->diag, declared < 0 ? DIAG_THEME_INCOMPLETE : DIAG_THEME_BAD_VALUE, .span = span,
			     .a = TEXT("<face>"), .b = id,
			     .c = text_format(draft->arena, "<= %d", ROLE_FACES_MOST));
			continue;
		}
		int face = resolve_face(loader, (size_t)declared);
		if (face >= 0)
			faces[count++] = face;
	}
	if (count == 0)
		DIAG(draft->diag, DIAG_THEME_INCOMPLETE, .span = span, .a = TEXT("<role>"),
		     .b = text_format(draft->arena, "%s %s", theme_draft_roles[role], is_bold ? "bold" : "regular"));
}

static void resolve_faces(struct loader *loader)
{
	struct arena *arena = loader->draft.arena;
	loader->files = font_files_new(arena, loader->options->font_folders);
	loader->theme->faces = ARENA_ARRAY(arena, struct face, DRAFT_FACES);
	for (size_t i = 0; i < DRAFT_FACES; i++)
		loader->face_of[i] = -1;
	for (int role = 0; role < ROLES; role++)
		for (int is_bold = 0; is_bold < 2; is_bold++)
			resolve_role(loader, role, is_bold);
}

/* ---- colours and styles ------------------------------------------------- */

static const struct theme_colour *find_colour(const struct theme *theme, struct text name)
{
	for (size_t i = 0; i < theme->colour_count; i++)
		if (text_equal(theme->colours[i].name, name))
			return &theme->colours[i];
	return NULL;
}

static void resolve_colours(struct loader *loader)
{
	struct theme_draft *draft = &loader->draft;
	struct theme *theme = loader->theme;
	theme->colours = ARENA_ARRAY(draft->arena, struct theme_colour, draft->colour_count);
	theme->colour_count = draft->colour_count;
	if (draft->colour_count)
		memcpy(theme->colours, draft->colours, draft->colour_count * sizeof *theme->colours);
	for (size_t i = 0; i < COUNT(required_colours); i++)
		if (!find_colour(theme, text_from(required_colours[i])))
			DIAG(draft->diag, DIAG_THEME_INCOMPLETE, .a = TEXT("<colour>"),
			     .b = text_from(required_colours[i]));
}

static void resolve_page(struct loader *loader, const struct draft_page *source, struct page_style *page)
{
	struct theme_draft *draft = &loader->draft;
	*page = source->page;
	for (int kind = 0; kind < STYLES; kind++) {
		const struct draft_style *style = &source->styles[kind];
		page->styles[kind] = style->style;
		if (!style->is_given) {
			DIAG(draft->diag, DIAG_THEME_INCOMPLETE, .span = source->span, .a = TEXT("<style>"),
			     .b = text_from(style_names[kind]));
			continue;
		}
		const struct theme_colour *colour = find_colour(loader->theme, style->colour);
		if (colour)
			page->styles[kind].colour = colour->light;
		else
			DIAG(draft->diag, DIAG_THEME_INCOMPLETE, .span = style->span, .a = TEXT("<colour>"),
			     .b = style->colour);
	}
}

static void resolve_pages(struct loader *loader)
{
	struct theme_draft *draft = &loader->draft;
	struct theme *theme = loader->theme;
	theme->page_styles = ARENA_ARRAY(draft->arena, struct page_style, draft->page_count);
	theme->page_style_count = draft->page_count;
	for (size_t i = 0; i < draft->page_count; i++)
		resolve_page(loader, &draft->pages[i], &theme->page_styles[i]);
	for (size_t i = 0; i < COUNT(required_pages); i++)
		if (!theme_page_style(theme, text_from(required_pages[i])))
			DIAG(draft->diag, DIAG_THEME_INCOMPLETE, .a = TEXT("<page>"),
			     .b = text_from(required_pages[i]));
}

static void resolve_places(struct loader *loader)
{
	const struct theme_draft *draft = &loader->draft;
	struct theme *theme = loader->theme;
	theme->places = ARENA_ARRAY(draft->arena, struct theme_place, draft->place_count);
	theme->place_count = draft->place_count;
	if (draft->place_count)
		memcpy(theme->places, draft->places, draft->place_count * sizeof *theme->places);
}

/* A path as it is, a plain name in the theme's own folder. */
static void resolve_hyphens(struct loader *loader)
{
	const struct theme_draft *draft = &loader->draft;
	struct theme_hyphens *hyphens = &loader->theme->hyphens;
	hyphens->span = draft->hyphens_span;
	hyphens->loosest_em = draft->loosest_em > 0 ? draft->loosest_em : LOOSEST_EM;
	if (!draft->hyphens_file.size)
		return;
	hyphens->file = text_string(draft->arena, draft->hyphens_file);
	if (text_contains(draft->hyphens_file, TEXT("/")))
		return;
	struct beneath found;
	hyphens->file = file_join(draft->arena, loader->theme->folder.at, draft->hyphens_file);
	if (beneath_find(draft->arena, loader->theme->folder.at, hyphens->file, &found) == EXDEV)
		DIAG(draft->diag, DIAG_FILE_LINK_LEAVES, .span = hyphens->span, .a = text_from(found.link),
		     .b = text_from(found.target),
		     .c = loader->theme->folder);
}

/* ---- the whole ------------------------------------------------------------ */

static size_t blocking(const struct diag *diag)
{
	return diag_count(diag, SEVERITY_ERROR) + diag_count(diag, SEVERITY_WORLD);
}

struct theme *theme_load(struct arena *arena, struct sources *sources, struct diag *diag,
			 const struct theme_options *options)
{
	size_t before = blocking(diag);
	struct loader *loader = ARENA_NEW(arena, struct loader);
	loader->draft.arena = arena;
	loader->draft.sources = sources;
	loader->draft.diag = diag;
	loader->options = options;
	loader->theme = ARENA_NEW(arena, struct theme);
	hash_init(&loader->hash);
	struct text name = text_from(options->name_or_folder);
	if (!read_theme(loader, name, NO_SPAN, 0))
		return NULL;
	loader->theme->name = text_copy(arena, name);
	resolve_faces(loader);
	resolve_colours(loader);
	resolve_pages(loader);
	resolve_places(loader);
	resolve_hyphens(loader);
	hash_finish(&loader->hash, loader->theme->hash);
	return blocking(diag) == before ? loader->theme : NULL;
}

const struct page_style *theme_page_style(const struct theme *theme, struct text name)
{
	for (size_t i = 0; i < theme->page_style_count; i++)
		if (text_equal(theme->page_styles[i].name, name))
			return &theme->page_styles[i];
	return NULL;
}

const struct theme_place *theme_place(const struct theme *theme, struct text name)
{
	for (size_t i = 0; i < theme->place_count; i++)
		if (text_equal(theme->places[i].name, name))
			return &theme->places[i];
	return NULL;
}

struct colour theme_colour(const struct theme *theme, const char *name)
{
	const struct theme_colour *colour = find_colour(theme, text_from(name));
	return colour ? colour->light : (struct colour){ 0x1b, 0x1f, 0x24 };
}
