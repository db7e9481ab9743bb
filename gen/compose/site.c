/* SPDX-License-Identifier: MIT
 *
 * From site.xml to files.  A page's data is one object: what C knows of the page, the
 * rows all pages have, the row it is made for, and the rows of its own queries.
 */
#include "compose/site_inside.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/hash.h"
#include "compose/claim_hear.h"
#include "compose/claim_words.h"
#include "compose/downloads.h"
#include "compose/mustache.h"
#include "compose/site_colours.h"
#include "compose/site_escape.h"
#include "compose/site_links.h"
#include "compose/site_prose.h"
#include "compose/site_shown.h"
#include "theme/site.h"
#include "theme/theme.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Names that every page has, in the order in which describe_page sets them. */
enum page_name { NAME_ROOT, NAME_PAGE, NAME_MENU, NAME_FOOT, NAME_CRUMBS, NAME_ASSETS, NAME_DOWNLOADS,
		 NAME_TEXT, NAME_MADE, NAME_COLOUR, NAME_CARD, PAGE_NAMES };
static const struct text page_names[PAGE_NAMES] = {
	[NAME_ROOT] = TEXT_INIT("root"), [NAME_PAGE] = TEXT_INIT("page"), [NAME_MENU] = TEXT_INIT("menu"), [NAME_FOOT] = TEXT_INIT("foot"),
	[NAME_CRUMBS] = TEXT_INIT("crumbs"), [NAME_ASSETS] = TEXT_INIT("assets"), [NAME_DOWNLOADS] = TEXT_INIT("downloads"), [NAME_TEXT] = TEXT_INIT("text"),
	[NAME_MADE] = TEXT_INIT("made"), [NAME_COLOUR] = TEXT_INIT("colour"), [NAME_CARD] = TEXT_INIT("card"),
};

/* ---- templates ------------------------------------------------------------------- */

static const struct mustache *template_of(struct site_composer *composer, const struct site_file *file)
{
	const struct mustache **template = &composer->templates[file - composer->site->files];
	const bool is_new = !*template;
	if (is_new)
		*template = mustache_compile(composer->arena, composer->options->diag,
			&(struct mustache_text){ file->text, file->source, 0, MUSTACHE_NO_RAW, 0 });
	if (is_new && text_ends(file->name, ".html"))
		claim_words_check(composer->options->diag, *template, CLAIM_HTML);
	return *template;
}

/* {{> head}} is the theme's file head.html; nothing outside the theme has such a name. */
static const struct mustache *find_partial(void *context, struct text name)
{
	struct site_composer *composer = context;
	const struct site_file *file = site_file(composer->site, text_format(composer->scratch, "%.*s.html", TEXT_ARGS(name)));
	return file ? template_of(composer, file) : NULL;
}

static bool ask_in_template(void *context, struct text sql, struct span place, struct rows *rows)
{
	struct site_composer *composer = context;
	return composer->options->source.query(composer->options->source.context, composer->scratch, sql, place, rows);
}

/* What a page claims is held against its rows, as it was printed. */
static bool hear_claim(void *context, const struct mustache_claim *claim)
{
	const struct site_composer *composer = context;
	struct text words = claim_read_html(composer->scratch, claim->printed), path = buf_view(&composer->path);
	const uint32_t *page = map_find(&composer->paths, path);
	if (composer->options->heard && page)
		composer->options->heard(composer->options->heard_context,
			&(struct site_claim){ .kind = claim->kind, .subject = claim->subject, .words = words,
					      .path = path, .span = claim->span, .rows = claim->answer,
					      .page = &composer->site->pages[*page] });
	return claim_hear(composer->scratch, composer->options->diag, claim, words);
}

/* The HTML of the page's own text is known by where it lies; everything else is escaped. */
static void escape_page(void *context, struct buf *out, const struct datum *value)
{
	const struct site_composer *composer = context;
	if (value->text.size && value->text.at == composer->text.at)
		buf_text(out, value->text);
	else
		buf_html(out, value->text);
}

/*
 * What browsers read begins with the mark of UTF-8, which counts before whatever a server says of it: many are
 * set up for GB2312.  Not what programs read: JSON has none, XML says itself.
 */
static void begin_file(struct site_composer *composer, struct text name)
{
	buf_reset(&composer->out);
	if (text_ends(name, ".html") || text_ends(name, ".js") || text_ends(name, ".css"))
		buf_string(&composer->out, "\xEF\xBB\xBF");
}

static bool hand_over(struct site_composer *composer, struct text path)
{
	return composer->options->write(composer->options->write_context, path, buf_view(&composer->out));
}

/* name: of the file that comes of it. */
static bool render(struct site_composer *composer, struct text file, struct text name, const struct datum *datum,
		   mustache_escape *escape)
{
	begin_file(composer, name);
	const struct mustache_run run = {
		.datum = datum, .diag = composer->options->diag, .partial = find_partial, .query = ask_in_template,
		.escape = escape, .claim = hear_claim, .context = composer, .arena = composer->scratch,
		.drawn_least = composer->options->source.drawn_least,
	};
	return mustache_render(template_of(composer, site_file(composer->site, file)), &run, &composer->out);
}

/* ---- assets ------------------------------------------------------------------------ */

static bool ask(struct site_composer *composer, struct arena *arena, const struct site_query *query, struct site_row row, struct rows *rows)
{
	buf_reset(&composer->sql);
	return site_rows_bind(composer->options->diag, query->sql, query->span, row, &composer->sql) &&
	       composer->options->source.query(composer->options->source.context, arena, buf_view(&composer->sql), query->span, rows);
}

/* The colours and the rows of the asset's queries. */
static bool render_asset(struct site_composer *composer, const struct site_asset *asset, const struct datum *colours)
{
	struct arena *arena = composer->scratch;
	arena_clear(arena);
	size_t count = colours->count + asset->query_count;
	struct text *names = ARENA_ARRAY(arena, struct text, count);
	struct datum *values = ARENA_ARRAY(arena, struct datum, count);
	struct rows *rows = ARENA_ARRAY(arena, struct rows, asset->query_count);
	for (size_t i = 0; i < colours->count; i++) {
		names[i] = colours->names[i];
		values[i] = colours->items[i];
	}
	for (size_t i = 0; i < asset->query_count; i++) {
		if (!ask(composer, arena, &asset->queries[i], (struct site_row){ NULL, 0 }, &rows[i]))
			return false;
		names[colours->count + i] = asset->queries[i].name;
		values[colours->count + i] = datum_rows(&rows[i]);
	}
	const struct datum datum = datum_object(names, values, count);
	bool is_script = text_ends(asset->file, ".js") || text_ends(asset->file, ".json");
	return render(composer, asset->file, asset->file, &datum,
		      is_script ? site_escape_script : mustache_escape_html);
}

/* Where what is in composer->out goes, and how pages call it. */
static struct text address_asset(struct site_composer *composer, const struct site_asset *asset, struct datum *address)
{
	char hash[65];
	hash_of(buf_view(&composer->out), hash);
	if (asset->path.size) {
		*address = datum_text(text_format(composer->arena, "%.*s?v=%.10s", TEXT_ARGS(asset->path), hash));
		return asset->path;
	}
	size_t dot = asset->file.size;
	while (dot > 0 && asset->file.at[dot - 1] != '.')
		dot--;
	struct text stem = text_slice(asset->file, 0, dot ? dot - 1 : 0);
	struct text suffix = text_slice(asset->file, dot, asset->file.size);
	struct text path = text_format(composer->arena, "assets/%.*s.%.10s.%.*s", TEXT_ARGS(stem), hash, TEXT_ARGS(suffix));
	*address = datum_text(path);
	return path;
}

static bool write_asset(struct site_composer *composer, const struct site_asset *asset, const struct datum *colours, struct datum *address)
{
	const struct site_file *file = site_file(composer->site, asset->file);
	bool is_good = true;
	if (text_is(asset->template, "yes")) {
		is_good = render_asset(composer, asset, colours);
	} else {
		begin_file(composer, file->name);
		buf_text(&composer->out, file->text);
	}
	struct text path = address_asset(composer, asset, address);
	return is_good && hand_over(composer, path);
}

static bool write_assets(struct site_composer *composer)
{
	const struct site *site = composer->site;
	composer->colours = site_colours(composer->arena, composer->options->theme);
	struct text *names = ARENA_ARRAY(composer->arena, struct text, site->asset_count);
	struct datum *addresses = ARENA_ARRAY(composer->arena, struct datum, site->asset_count);
	bool is_good = true;
	for (size_t i = 0; i < site->asset_count; i++) {
		names[i] = site->assets[i].name;
		is_good &= write_asset(composer, &site->assets[i], &composer->colours, &addresses[i]);
	}
	composer->assets = datum_object(names, addresses, site->asset_count);
	return is_good;
}

/* ---- rows ------------------------------------------------------------------------------- */

static bool ask_common(struct site_composer *composer)
{
	const struct site *site = composer->site;
	bool is_good = true;
	composer->common = ARENA_ARRAY(composer->arena, struct rows, site->query_count);
	for (size_t i = 0; i < site->query_count; i++)
		is_good &= ask(composer, composer->arena, &site->queries[i], (struct site_row){ NULL, 0 }, &composer->common[i]);
	return is_good;
}

/* Asks the query once and makes the shares of all pages. */
static bool share_out(struct site_composer *composer, struct site_kind *kind, size_t index)
{
	const struct site_query *query = &kind->page->queries[index];
	struct diag *diag = composer->options->diag;
	struct rows rows;
	if (!ask(composer, kind->arena, query, (struct site_row){ NULL, 0 }, &rows))
		return false;
	int own = site_rows_column(diag, &kind->rows, query->by, query->span);
	int column = own < 0 ? -1 : site_rows_column(diag, &rows, query->by, query->span);
	if (column < 0)
		return false;
	kind->columns[index] = own;
	kind->shares[index] = site_rows_share(kind->arena, &rows, (size_t)column);
	return true;
}

bool site_kind_open(struct site_composer *composer, const struct site_page *page, struct site_kind *kind)
{
	*kind = (struct site_kind){ .page = page, .arena = arena_new() };
	kind->shares = ARENA_ARRAY(kind->arena, struct site_shares, page->query_count);
	kind->columns = ARENA_ARRAY(kind->arena, int, page->query_count);
	return page->repeat.name.size == 0 ||
	       ask(composer, kind->arena, &page->repeat, (struct site_row){ NULL, 0 }, &kind->rows);
}

static bool share_all(struct site_composer *composer, struct site_kind *kind)
{
	const struct site_page *page = kind->page;
	bool is_good = true;
	for (size_t i = 0; page->repeat.name.size && i < page->query_count; i++)
		if (page->queries[i].by.size)
			is_good &= share_out(composer, kind, i);
	return is_good;
}

/* The rows of a page's own query. */
static bool rows_of_page(struct site_composer *composer, const struct site_kind *kind, size_t index, struct site_row row, struct rows *rows)
{
	const struct site_query *query = &kind->page->queries[index];
	if (query->by.size == 0 || !row.rows)
		return ask(composer, composer->scratch, query, row, rows);
	const struct value *key = &row.rows->values[row.row * row.rows->column_count + (size_t)kind->columns[index]];
	*rows = site_rows_of(&kind->shares[index], key->text);
	return true;
}

/* ---- pages ------------------------------------------------------------------------------- */

/* What site.xml says of it; missing: relative links. */
static struct text root_of(const struct site_page *page, struct site_row row)
{
	if (!text_starts(page->root, "{"))
		return page->root;
	const struct datum datum = { .kind = DATUM_ROW, .rows = row.rows, .row = row.row };
	struct datum value = { .kind = DATUM_NULL };
	struct text column = text_slice(page->root, 1, page->root.size - 2);
	bool has_value = row.rows && datum_find(&datum, column, &value) == DATUM_FOUND;
	return has_value && value.kind != DATUM_NULL ? value.text : NO_TEXT;
}

static void set_root(struct site_composer *composer, const struct site_page *page, struct text path, struct site_row row)
{
	buf_reset(&composer->root);
	struct text root = root_of(page, row);
	buf_text(&composer->root, root);
	for (size_t i = 0; !root.size && i < path.size; i++)
		if (path.at[i] == '/')
			buf_string(&composer->root, "../");
	if (composer->root.size == 0)
		buf_string(&composer->root, "./");
}

struct object {
	struct text *names;
	struct datum *values;
	size_t count;
};

static void add(struct object *object, struct text name, struct datum value)
{
	object->names[object->count] = name;
	object->values[object->count++] = value;
}

static void describe_page(struct site_composer *composer, const struct site_page *page, struct text path, struct object *object)
{
	const struct site_links links = { composer->scratch, composer->site, page, composer->shown, buf_view(&composer->root) };
	const struct datum values[PAGE_NAMES] = {
		[NAME_ROOT] = datum_text(buf_view(&composer->root)),
		[NAME_PAGE] = site_links_self(&links, path),
		[NAME_MENU] = site_links_menu(&links, false),
		[NAME_FOOT] = site_links_menu(&links, true),
		[NAME_CRUMBS] = site_links_crumbs(&links),
		[NAME_ASSETS] = composer->assets,
		[NAME_DOWNLOADS] = composer->downloads, [NAME_COLOUR] = composer->colours.items[1],
		[NAME_TEXT] = { .kind = DATUM_NULL }, [NAME_CARD] = { .kind = DATUM_NULL },
		[NAME_MADE] = text_ends(path, ".xml") ? site_links_made(composer->scratch, composer->made.at, composer->made_count) : (struct datum){ .kind = DATUM_NULL },
	};
	for (size_t i = 0; i < PAGE_NAMES; i++)
		add(object, page_names[i], values[i]);
}

static bool describe_rows(struct site_composer *composer, const struct site_kind *kind, struct site_row row, struct object *object)
{
	const struct site *site = composer->site;
	const struct site_page *page = kind->page;
	for (size_t i = 0; i < site->query_count; i++)
		add(object, site->queries[i].name, datum_rows(&composer->common[i]));
	if (row.rows)
		add(object, page->repeat.name, (struct datum){ .kind = DATUM_ROW, .rows = row.rows, .row = row.row });
	struct rows *rows = ARENA_ARRAY(composer->scratch, struct rows, page->query_count);
	bool is_good = true;
	for (size_t i = 0; i < page->query_count; i++) {
		is_good &= rows_of_page(composer, kind, i, row, &rows[i]);
		add(object, page->queries[i].name, datum_rows(&rows[i]));
	}
	return is_good;
}

/* Sets the object's `card`, drawn from the first row of the query that the page, or else the site, names. */
static bool make_card(struct site_composer *composer, const struct site_page *page, struct object *object)
{
	struct text name = page->card.size ? page->card : composer->site->card;
	size_t i = PAGE_NAMES;
	while (i < object->count && !text_equal(object->names[i], name))
		i++;
	struct datum *card = &object->values[NAME_CARD];
	return i == object->count || site_cards_find(&composer->cards, &object->values[i], page->span, card);
}

bool site_kind_prepare(struct site_composer *composer, struct site_kind *kind)
{
	kind->is_prepared = share_all(composer, kind) && site_prose_prepare(composer, kind);
	return kind->is_prepared;
}

void site_kind_forget(struct site_kind *kind)
{
	for (size_t i = 0; i < kind->page->query_count; i++)
		site_rows_forget(&kind->shares[i]);
	arena_free(kind->arena);
}

static bool check_path(struct site_composer *composer, const struct site_page *page, struct text path)
{
	struct text kept = text_copy(composer->arena, path);
	uint32_t first = map_add(&composer->paths, kept, (uint32_t)(page - composer->site->pages));
	if (composer->paths.count > composer->made.count) {
		LIST_PUSH(&composer->made, kept);
		return true;
	}
	DIAG(composer->options->diag, DIAG_SITE_PATH_TWICE, .span = page->path_span, .a = path,
	     .other = composer->site->pages[first].path_span);
	return false;
}

bool site_page_name(struct site_composer *composer, const struct site_page *page, struct site_row row)
{
	buf_reset(&composer->path);
	return site_rows_path(composer->options->diag, page->path, page->path_span, row, &composer->path) &&
	       check_path(composer, page, buf_view(&composer->path));
}

bool site_page_make(struct site_composer *composer, const struct site_kind *kind, struct site_row row, size_t number)
{
	const struct site_page *page = kind->page;
	size_t most = PAGE_NAMES + composer->site->query_count + 1 + page->query_count;
	struct text path = composer->made.at[number];
	arena_clear(composer->scratch);
	composer->made_count = number + 1;
	set_root(composer, page, path, row);
	struct object object = { ARENA_ARRAY(composer->scratch, struct text, most), ARENA_ARRAY(composer->scratch, struct datum, most), 0 };
	describe_page(composer, page, path, &object);
	if (!describe_rows(composer, kind, row, &object))
		return false;
	const struct datum datum = datum_object(object.names, object.values, object.count);
	if (!site_prose_make(composer, kind, &datum, &object.values[NAME_TEXT]) || !make_card(composer, page, &object))
		return false;
	mustache_escape *escape = text_ends(path, ".json") ? site_escape_script : escape_page;
	return render(composer, page->template, path, &datum, escape) && hand_over(composer, path);
}

static bool make_page(struct site_composer *composer, const struct site_kind *kind, struct site_row row)
{
	return site_page_name(composer, kind->page, row) && site_page_make(composer, kind, row, composer->made.count - 1);
}

/* The first page that cannot be made ends its kind: the others would say the same. */
static bool make_pages(struct site_composer *composer, const struct site_page *page)
{
	struct site_kind kind;
	bool is_good = site_kind_open(composer, page, &kind) && site_kind_prepare(composer, &kind);
	if (is_good && page->repeat.name.size == 0)
		is_good = make_page(composer, &kind, (struct site_row){ NULL, 0 });
	for (size_t i = 0; is_good && i < kind.rows.row_count; i++)
		is_good = make_page(composer, &kind, (struct site_row){ &kind.rows, i });
	site_kind_forget(&kind);
	return is_good;
}

/* ---- the whole ---------------------------------------------------------------------------- */

bool site_composer_prepare(struct site_composer *composer)
{
	if (!write_assets(composer) || !ask_common(composer))
		return false;
	composer->shown = site_shown(composer->arena, composer->options, composer->site);
	return composer->shown != NULL;
}

bool site_composer_open(struct site_composer *composer, struct arena *arena, const struct site_options *options)
{
	*composer = (struct site_composer){ .options = options, .arena = arena, .site = options->site };
	const struct site_folders folders = { .theme = options->theme_folder, .inherited = options->default_folder,
					      .content = options->content };
	if (!composer->site)
		composer->site = site_load(arena, options->sources, options->diag, &folders);
	if (!composer->site)
		return false;
	composer->templates = ARENA_ARRAY(arena, const struct mustache *, composer->site->file_count);
	composer->scratch = arena_new();
	site_cards_init(&composer->cards, arena, options);
	buf_init(&composer->sql, BUF_LIMIT_PAGE);
	buf_init(&composer->path, BUF_LIMIT_PAGE);
	buf_init(&composer->root, BUF_LIMIT_PAGE);
	buf_init(&composer->text, BUF_LIMIT_PAGE);
	buf_init(&composer->out, BUF_LIMIT_PAGE);
	return true;
}

void site_composer_close(struct site_composer *composer)
{
	buf_clear(&composer->sql);
	buf_clear(&composer->path);
	buf_clear(&composer->root);
	buf_clear(&composer->text);
	buf_clear(&composer->out);
	map_clear(&composer->paths);
	site_cards_clear(&composer->cards);
	LIST_FREE(&composer->made);
	arena_free(composer->scratch);
}

bool site_compose(struct arena *arena, const struct site_options *options)
{
	struct site_composer composer;
	if (!site_composer_open(&composer, arena, options))
		return false;
	bool is_good = site_composer_prepare(&composer);
	if (is_good)
		is_good &= downloads_write(arena, options, &composer.downloads);
	for (size_t i = 0; composer.shown && i < composer.site->page_count; i++)
		is_good &= !composer.shown[i] || make_pages(&composer, &composer.site->pages[i]);
	site_composer_close(&composer);
	return is_good;
}
