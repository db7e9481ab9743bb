/* SPDX-License-Identifier: MIT
 *
 * From site.xml to files.  A page's data is one object: what C knows of the page, the
 * rows all pages have, the row it is made for, and the rows of its own queries.
 */
#include "compose/site.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/map.h"
#include "compose/document.h"
#include "compose/downloads.h"
#include "compose/mustache.h"
#include "compose/site_card.h"
#include "compose/site_colours.h"
#include "compose/site_links.h"
#include "compose/site_rows.h"
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

/* Of one file of the theme; NULL: not compiled yet. */
struct compiled {
	const struct mustache *template;
};

struct composer {
	const struct site_options *options;
	struct arena *arena;   /* the run */
	struct arena *scratch; /* one page */
	const struct site *site;
	struct compiled *templates; /* by file of the theme */
	struct datum assets, downloads, colours;
	struct rows *common;   /* of the queries that all pages have */
	struct map paths;      /* of pages → index of the page's kind */
	LIST(struct text) made; /* its keys in order */
	const bool *shown;     /* per page of the site */
	struct site_cards cards;
	struct buf sql, path, root, text, out;
};

/* One kind of page while its pages are made. */
struct kind {
	const struct site_page *page;
	struct rows rows;          /* to repeat over */
	struct site_shares *shares; /* per query that shares its rows out */
	int *columns;              /* per query: the column of `rows` that says which share is whose */
	const struct document_template *text; /* NULL: none */
};

/* ---- templates ------------------------------------------------------------------- */

static const struct mustache *template_of(struct composer *composer, const struct site_file *file)
{
	struct compiled *compiled = &composer->templates[file - composer->site->files];
	if (!compiled->template)
		compiled->template = mustache_compile(
			composer->arena, composer->options->diag,
			&(struct mustache_text){ .text = file->text, .source = file->source, .flags = MUSTACHE_NO_RAW });
	return compiled->template;
}

/* {{> head}} is the theme's file head.html; nothing outside the theme has such a name. */
static const struct mustache *find_partial(void *context, struct text name)
{
	struct composer *composer = context;
	const struct site_file *file = site_file(composer->site, text_format(composer->scratch, "%.*s.html", TEXT_ARGS(name)));
	return file ? template_of(composer, file) : NULL;
}

static bool ask_in_template(void *context, struct text sql, struct span place, struct rows *rows)
{
	struct composer *composer = context;
	return composer->options->source.query(composer->options->source.context, composer->scratch, sql, place, rows);
}

/* The HTML of the page's own text is known by where it lies; everything else is escaped. */
static void escape_page(void *context, struct buf *out, const struct datum *value)
{
	const struct composer *composer = context;
	if (value->text.size && value->text.at == composer->text.at)
		buf_text(out, value->text);
	else
		buf_html(out, value->text);
}

/* As a string of JSON in which no markup stands: "<" is \u003c, wherever a browser might come across it. */
static void write_script_text(struct buf *out, struct text text)
{
	struct buf plain;
	buf_init(&plain, BUF_LIMIT_PAGE);
	buf_json(&plain, text);
	for (size_t i = 0; i < plain.size; i++) {
		if (plain.at[i] == '<')
			buf_string(out, "\\u003c");
		else
			buf_byte(out, plain.at[i]);
	}
	buf_clear(&plain);
}

static void escape_json(void *context, struct buf *out, const struct datum *value)
{
	(void)context;
	if (value->kind == DATUM_NUMBER || value->kind == DATUM_BOOLEAN)
		buf_text(out, value->text);
	else
		write_script_text(out, value->text);
}

static bool render(struct composer *composer, struct text file, const struct datum *datum, mustache_escape *escape)
{
	buf_reset(&composer->out);
	const struct mustache_run run = {
		.datum = datum, .diag = composer->options->diag, .partial = find_partial, .query = ask_in_template,
		.escape = escape, .context = composer, .arena = composer->scratch,
	};
	return mustache_render(template_of(composer, site_file(composer->site, file)), &run, &composer->out);
}

static bool hand_over(struct composer *composer, struct text path)
{
	return composer->options->write(composer->options->write_context, path, buf_view(&composer->out));
}

/* ---- assets ------------------------------------------------------------------------ */

static bool ask(struct composer *composer, struct arena *arena, const struct site_query *query, struct site_row row, struct rows *rows)
{
	buf_reset(&composer->sql);
	return site_rows_bind(composer->options->diag, query->sql, query->span, row, &composer->sql) &&
	       composer->options->source.query(composer->options->source.context, arena, buf_view(&composer->sql), query->span, rows);
}

/* The colours and the rows of the asset's queries. */
static bool render_asset(struct composer *composer, const struct site_asset *asset, const struct datum *colours)
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
	return render(composer, asset->file, &datum, is_script ? escape_json : mustache_escape_html);
}

static bool write_asset(struct composer *composer, const struct site_asset *asset, const struct datum *colours, struct datum *address)
{
	const struct site_file *file = site_file(composer->site, asset->file);
	bool is_good = true;
	if (text_is(asset->template, "yes")) {
		is_good = render_asset(composer, asset, colours);
	} else {
		buf_reset(&composer->out);
		buf_text(&composer->out, file->text);
	}
	char hash[65];
	hash_of(buf_view(&composer->out), hash);
	size_t dot = asset->file.size;
	while (dot > 0 && asset->file.at[dot - 1] != '.')
		dot--;
	struct text stem = text_slice(asset->file, 0, dot ? dot - 1 : 0), suffix = text_slice(asset->file, dot, asset->file.size);
	struct text path = text_format(composer->arena, "assets/%.*s.%.10s.%.*s", TEXT_ARGS(stem), hash, TEXT_ARGS(suffix));
	*address = datum_text(path);
	return is_good && hand_over(composer, path);
}

static bool write_assets(struct composer *composer)
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

static bool ask_common(struct composer *composer)
{
	const struct site *site = composer->site;
	bool is_good = true;
	composer->common = ARENA_ARRAY(composer->arena, struct rows, site->query_count);
	for (size_t i = 0; i < site->query_count; i++)
		is_good &= ask(composer, composer->arena, &site->queries[i], (struct site_row){ NULL, 0 }, &composer->common[i]);
	return is_good;
}

/* Asks the query once and makes the shares of all pages. */
static bool share_out(struct composer *composer, struct kind *kind, size_t index)
{
	const struct site_query *query = &kind->page->queries[index];
	struct diag *diag = composer->options->diag;
	struct rows rows;
	if (!ask(composer, composer->arena, query, (struct site_row){ NULL, 0 }, &rows))
		return false;
	int own = site_rows_column(diag, &kind->rows, query->by, query->span);
	int column = own < 0 ? -1 : site_rows_column(diag, &rows, query->by, query->span);
	if (column < 0)
		return false;
	kind->columns[index] = own;
	kind->shares[index] = site_rows_share(composer->arena, &rows, (size_t)column);
	return true;
}

static bool prepare_rows(struct composer *composer, struct kind *kind)
{
	const struct site_page *page = kind->page;
	bool is_good = true;
	kind->shares = ARENA_ARRAY(composer->arena, struct site_shares, page->query_count);
	kind->columns = ARENA_ARRAY(composer->arena, int, page->query_count);
	if (page->repeat.name.size == 0)
		return true;
	if (!ask(composer, composer->arena, &page->repeat, (struct site_row){ NULL, 0 }, &kind->rows))
		return false;
	for (size_t i = 0; i < page->query_count; i++)
		if (page->queries[i].by.size)
			is_good &= share_out(composer, kind, i);
	return is_good;
}

/* The rows of a page's own query. */
static bool rows_of_page(struct composer *composer, const struct kind *kind, size_t index, struct site_row row, struct rows *rows)
{
	const struct site_query *query = &kind->page->queries[index];
	if (query->by.size == 0 || !row.rows)
		return ask(composer, composer->scratch, query, row, rows);
	const struct value *key = &row.rows->values[row.row * row.rows->column_count + (size_t)kind->columns[index]];
	*rows = site_rows_of(&kind->shares[index], key->text);
	return true;
}

/* ---- pages ------------------------------------------------------------------------------- */

static void set_root(struct composer *composer, const struct site_page *page, struct text path)
{
	buf_reset(&composer->root);
	buf_text(&composer->root, page->root);
	for (size_t i = 0; !page->root.size && i < path.size; i++)
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

static void describe_page(struct composer *composer, const struct site_page *page, struct text path, struct object *object)
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
		[NAME_MADE] = text_ends(path, ".xml") ? site_links_made(composer->scratch, composer->made.at, composer->made.count) : (struct datum){ .kind = DATUM_NULL },
	};
	for (size_t i = 0; i < PAGE_NAMES; i++)
		add(object, page_names[i], values[i]);
}

static bool describe_rows(struct composer *composer, const struct kind *kind, struct site_row row, struct object *object)
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

/* Compiles the page's Markdown; false after reporting. */
static bool prepare_text(struct composer *composer, struct kind *kind)
{
	struct diag *diag = composer->options->diag;
	const struct site_file *file = site_content(composer->site, kind->page->content);
	if (!file || !composer->options->html)
		return true;
	const struct document_file body = site_text(composer->arena, composer->site, file);
	const struct site_file *phrases = &composer->site->phrases;
	const struct document_file words = { .text = phrases->text, .source = phrases->source };
	size_t before = diag_errors_told(diag);
	kind->text = document_compile(composer->arena, diag,
				      &(struct document_content){ .files = &body, .file_count = 1, .phrases = words });
	return diag_errors_told(diag) == before;
}

/* Sets the object's `text`, whose Markdown may use everything else in it. */
static bool make_text(struct composer *composer, const struct kind *kind, struct object *object)
{
	const struct site_options *options = composer->options;
	buf_reset(&composer->text);
	if (!kind->text)
		return true;
	const struct datum datum = datum_object(object->names, object->values, object->count);
	const struct document_options document = {
		.template = kind->text, .source = &options->source, .extra = &datum, .diag = options->diag,
	};
	size_t before = diag_errors_told(options->diag);
	struct doc *doc = document_compose(composer->scratch, &document);
	doc->title = NO_TEXT; /* the page has its own h1 */
	options->html(options->html_context, doc, &composer->text);
	object->values[NAME_TEXT] = datum_text(buf_view(&composer->text));
	return diag_errors_told(options->diag) == before;
}

/* Sets the object's `card`, drawn from the first row of the query that the page, or else the site, names. */
static bool make_card(struct composer *composer, const struct site_page *page, struct object *object)
{
	struct text name = page->card.size ? page->card : composer->site->card;
	size_t i = PAGE_NAMES;
	while (i < object->count && !text_equal(object->names[i], name))
		i++;
	struct datum *card = &object->values[NAME_CARD];
	return i == object->count || site_cards_find(&composer->cards, &object->values[i], page->span, card);
}

static bool check_path(struct composer *composer, const struct site_page *page, struct text path)
{
	uint32_t kind = (uint32_t)(page - composer->site->pages);
	size_t before = composer->paths.count;
	struct text kept = text_copy(composer->arena, path);
	uint32_t first = map_add(&composer->paths, kept, kind);
	if (composer->paths.count > before) {
		LIST_PUSH(&composer->made, kept);
		return true;
	}
	DIAG(composer->options->diag, DIAG_SITE_PATH_TWICE, .span = page->path_span, .a = path,
	     .other = composer->site->pages[first].path_span);
	return false;
}

static bool make_page(struct composer *composer, const struct kind *kind, struct site_row row)
{
	const struct site_page *page = kind->page;
	size_t most = PAGE_NAMES + composer->site->query_count + 1 + page->query_count;
	arena_clear(composer->scratch);
	buf_reset(&composer->path);
	if (!site_rows_path(composer->options->diag, page->path, page->path_span, row, &composer->path))
		return false;
	struct text path = text_copy(composer->scratch, buf_view(&composer->path));
	if (!check_path(composer, page, path))
		return false;
	set_root(composer, page, path);
	struct object object = { ARENA_ARRAY(composer->scratch, struct text, most), ARENA_ARRAY(composer->scratch, struct datum, most), 0 };
	describe_page(composer, page, path, &object);
	if (!describe_rows(composer, kind, row, &object) || !make_text(composer, kind, &object) ||
	    !make_card(composer, page, &object))
		return false;
	const struct datum datum = datum_object(object.names, object.values, object.count);
	mustache_escape *escape = text_ends(path, ".json") ? escape_json : escape_page;
	return render(composer, page->template, &datum, escape) && hand_over(composer, path);
}

/* The first page that cannot be made ends its kind: the others would say the same. */
static bool make_pages(struct composer *composer, const struct site_page *page)
{
	struct kind kind = { .page = page };
	bool is_good = prepare_rows(composer, &kind) && prepare_text(composer, &kind);
	if (is_good && page->repeat.name.size == 0)
		is_good = make_page(composer, &kind, (struct site_row){ NULL, 0 });
	for (size_t i = 0; is_good && i < kind.rows.row_count; i++)
		is_good = make_page(composer, &kind, (struct site_row){ &kind.rows, i });
	for (size_t i = 0; i < page->query_count; i++)
		site_rows_forget(&kind.shares[i]);
	return is_good;
}

/* ---- the whole ---------------------------------------------------------------------------- */

/* {{downloads.csv.bytes}}, {{downloads.csv.hash}}, and .digest, which is sha256: and the hash. */
static bool write_downloads(struct composer *composer)
{
	static const struct text names[] = { TEXT_INIT("bytes"), TEXT_INIT("hash"), TEXT_INIT("digest") };
	struct download *downloads = ARENA_ARRAY(composer->arena, struct download, DOWNLOADS);
	struct text *kinds = ARENA_ARRAY(composer->arena, struct text, DOWNLOADS + 1); /* the last: fields */
	struct datum *values = ARENA_ARRAY(composer->arena, struct datum, DOWNLOADS + 1);
	bool is_good = downloads_write(composer->arena, composer->options, downloads);
	for (size_t i = 0; i < DOWNLOADS && is_good; i++) {
		struct datum *about = ARENA_ARRAY(composer->arena, struct datum, COUNT(names));
		about[0] = datum_number(composer->arena, (int64_t)downloads[i].size);
		about[1] = datum_text(text_from(downloads[i].hash));
		about[2] = datum_text(text_format(composer->arena, "sha256:%s", downloads[i].hash));
		kinds[i] = text_from(downloads[i].name);
		values[i] = datum_object(names, about, COUNT(names));
	}
	kinds[DOWNLOADS] = TEXT("fields");
	values[DOWNLOADS] = downloads_fields(composer->arena);
	composer->downloads = datum_object(kinds, values, DOWNLOADS + 1);
	return is_good;
}

static bool compose_all(struct composer *composer)
{
	if (!write_assets(composer) || !ask_common(composer))
		return false;
	composer->shown = site_shown(composer->arena, composer->options, composer->site);
	bool is_good = composer->shown && (composer->options->has_no_downloads || write_downloads(composer));
	for (size_t i = 0; composer->shown && i < composer->site->page_count; i++)
		is_good &= !composer->shown[i] || make_pages(composer, &composer->site->pages[i]);
	return is_good;
}

static void clear(struct composer *composer)
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
	struct composer composer = { .options = options, .arena = arena, .site = options->site };
	const struct site_folders folders = { .theme = options->theme_folder, .inherited = options->default_folder,
					      .content = options->content };
	if (!composer.site)
		composer.site = site_load(arena, options->sources, options->diag, &folders);
	if (!composer.site)
		return false;
	composer.templates = ARENA_ARRAY(arena, struct compiled, composer.site->file_count);
	composer.scratch = arena_new();
	site_cards_init(&composer.cards, arena, options);
	buf_init(&composer.sql, BUF_LIMIT_PAGE);
	buf_init(&composer.path, BUF_LIMIT_PAGE);
	buf_init(&composer.root, BUF_LIMIT_PAGE);
	buf_init(&composer.text, BUF_LIMIT_PAGE);
	buf_init(&composer.out, BUF_LIMIT_PAGE);
	bool is_good = compose_all(&composer);
	clear(&composer);
	return is_good;
}
