/* SPDX-License-Identifier: MIT */
#include "theme/site.h"

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/list.h"
#include "read/input.h"
#include "read/xmltree.h"
#include "theme/site_check.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct loader {
	struct reader reader;
	struct site *site;
	LIST(struct site_query) queries;
	LIST(struct site_page) pages;
	LIST(struct site_asset) assets;
	bool failed;
};

static struct arena *memory(struct loader *loader)
{
	return loader->reader.arena;
}

#define FAIL(loader, kind, ...) ((loader)->failed = true, DIAG((loader)->reader.diag, kind, __VA_ARGS__))

/* ---- files ------------------------------------------------------------------ */

/* A name of one part that cannot leave its folder, hide or need quoting. */
static bool is_plain_name(struct text name)
{
	bool is_plain = name.size > 0 && name.size < 200 && name.at[0] != '.' && name.at[0] != '-';
	for (size_t i = 0; i < name.size && is_plain; i++) {
		char c = name.at[i];
		is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
	}
	return is_plain;
}

static const struct site_file *find_file(const struct site_file *files, size_t count, struct text name)
{
	for (size_t i = 0; i < count; i++)
		if (text_equal(files[i].name, name))
			return &files[i];
	return NULL;
}

const struct site_file *site_file(const struct site *site, struct text name)
{
	return find_file(site->files, site->file_count, name);
}

const struct site_file *site_content(const struct site *site, struct text name)
{
	return find_file(site->contents, site->content_count, name);
}

struct file_list {
	LIST(struct site_file) files;
};

/* Adds the files with that suffix, except those whose name is already there. */
static void read_folder(struct loader *loader, const char *folder, const char *suffix, struct file_list *list)
{
	struct input_names names;
	if (!input_list(&loader->reader, folder, suffix, &names)) {
		loader->failed = true;
		return;
	}
	if (names.error) {
		FAIL(loader, DIAG_FILE_UNREADABLE, .a = text_from(folder), .b = file_reason(names.error));
		return;
	}
	for (size_t i = 0; i < names.count; i++) {
		struct text name = names.at[i];
		if (!is_plain_name(name) || text_is(name, "theme.xml") || text_is(name, "site.xml") ||
		    text_is(name, "years.xml") ||
		    find_file(list->files.at, list->files.count, name))
			continue;
		uint32_t source = input_open(&loader->reader, file_join(memory(loader), folder, name), INPUT_XML);
		struct site_file file = { .name = name, .source = source };
		if (source)
			file.text = sources_find(loader->reader.sources, source)->text;
		else
			loader->failed = true;
		LIST_PUSH(&list->files, file); /* unread ones too: they are not unknown as well */
	}
}

static struct site_file *keep_files(struct loader *loader, struct file_list *list, size_t *count)
{
	struct site_file *files = ARENA_ARRAY(memory(loader), struct site_file, list->files.count);
	for (size_t i = 0; i < list->files.count; i++)
		files[i] = list->files.at[i];
	*count = list->files.count;
	LIST_FREE(&list->files);
	return files;
}

static void read_phrases(struct loader *loader, const char *path)
{
	bool is_there = file_exists(path);
	uint32_t source = is_there ? input_open(&loader->reader, path, INPUT_XML) : 0;
	loader->failed |= is_there && !source;
	if (source)
		loader->site->phrases = (struct site_file){ TEXT("phrases"), sources_find(loader->reader.sources, source)->text, source };
}

static void read_files(struct loader *loader, const struct site_folders *folders)
{
	static const char *const suffixes[] = { ".html", ".css", ".js", ".json", ".xml", ".txt", ".svg" };
	struct site *site = loader->site;
	struct file_list theme = { 0 }, content = { 0 };
	bool has_inherited = folders->inherited && strcmp(folders->inherited, folders->theme) != 0;
	for (size_t i = 0; i < COUNT(suffixes); i++) {
		loader->reader.beneath = folders->theme;
		read_folder(loader, folders->theme, suffixes[i], &theme);
		loader->reader.beneath = folders->inherited;
		if (has_inherited)
			read_folder(loader, folders->inherited, suffixes[i], &theme);
	}
	loader->reader.beneath = folders->content;
	char *texts = folders->content ? file_join(memory(loader), folders->content, TEXT("site")) : NULL;
	if (texts && file_exists(texts))
		read_folder(loader, texts, ".md", &content), read_folder(loader, texts, ".sql", &content);
	if (folders->content)
		read_phrases(loader, file_join(memory(loader), folders->content, TEXT("phrases.txt")));
	site->files = keep_files(loader, &theme, &site->file_count);
	site->contents = keep_files(loader, &content, &site->content_count);
}

/* ---- attributes by table ----------------------------------------------------- */

enum rule { MAY, MUST };

struct attribute_row {
	const char *name;
	size_t offset;      /* of a struct text */
	size_t span_offset; /* of a struct span, or SIZE_MAX */
	enum rule rule;
};

static struct text joined(struct arena *arena, const char *const *names, size_t count)
{
	struct buf buf;
	buf_init(&buf, 4096);
	for (size_t i = 0; i < count; i++)
		buf_format(&buf, "%s%s", i ? " " : "", names[i]);
	struct text text = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

static void report_attribute(struct loader *loader, const struct xml_node *element, const struct xml_attribute *attribute,
			     const struct attribute_row *rows)
{
	const char *names[16];
	size_t count = 0;
	for (; count < COUNT(names) && rows[count].name; count++)
		names[count] = rows[count].name;
	FAIL(loader, DIAG_SITE_UNKNOWN_NAME, .span = attribute->name_span, .a = element->name, .b = attribute->name,
	     .c = joined(memory(loader), names, count));
}

/* Fills texts of *target; rows end with a missing name. */
static void read_attributes(struct loader *loader, const struct xml_node *element, const struct attribute_row *rows, void *target)
{
	for (size_t i = 0; i < element->attribute_count; i++) {
		const struct xml_attribute *attribute = &element->attributes[i];
		const struct attribute_row *row = rows;
		while (row->name && !text_is(attribute->name, row->name))
			row++;
		if (!row->name) {
			report_attribute(loader, element, attribute, rows);
			continue;
		}
		*(struct text *)(void *)((char *)target + row->offset) = attribute->value;
		if (row->span_offset != SIZE_MAX)
			*(struct span *)(void *)((char *)target + row->span_offset) = attribute->span;
	}
	for (const struct attribute_row *row = rows; row->name; row++)
		if (row->rule == MUST && ((struct text *)(void *)((char *)target + row->offset))->size == 0)
			FAIL(loader, DIAG_SITE_INCOMPLETE, .span = element->span, .a = element->name, .b = text_from(row->name));
}

/* Words that templates may write between {{ and }}. */
static bool is_word(struct text word)
{
	for (size_t i = 0; i < word.size; i++) {
		char c = word.at[i];
		if (!((c >= 'a' && c <= 'z') || c == '_' || (i && c >= '0' && c <= '9')))
			return false;
	}
	return word.size > 0;
}

static void check_word(struct loader *loader, const struct xml_node *element, const char *attribute_name)
{
	const struct xml_attribute *attribute = xmltree_attribute(element, attribute_name);
	if (attribute && attribute->value.size && !is_word(attribute->value))
		FAIL(loader, DIAG_SITE_BAD_VALUE, .span = attribute->span, .a = attribute->name, .b = attribute->value,
		     .c = TEXT("a-z 0-9 _"));
}

/* ---- queries ------------------------------------------------------------------- */

/* Names that C gives to templates. */
static const char *const taken[] = { "root", "page", "menu", "foot", "crumbs", "assets", "colours", "text", "downloads",
				    "made", "card" };

static bool read_query(struct loader *loader, const struct xml_node *element, struct site_query *query)
{
	static const struct attribute_row rows[] = {
		{ "name", offsetof(struct site_query, name), SIZE_MAX, MUST },
		{ "by", offsetof(struct site_query, by), SIZE_MAX, MAY },
		{ NULL, 0, 0, MAY },
	};
	*query = (struct site_query){ .sql = element->text, .span = element->text_span };
	read_attributes(loader, element, rows, query);
	check_word(loader, element, "name");
	for (size_t i = 0; i < COUNT(taken); i++)
		if (text_is(query->name, taken[i]))
			FAIL(loader, DIAG_SITE_BAD_VALUE, .span = element->span, .a = TEXT("name"), .b = query->name,
			     .c = text_format(memory(loader), "!= %.*s", TEXT_ARGS(joined(memory(loader), taken, COUNT(taken)))));
	if (element->text.size == 0)
		FAIL(loader, DIAG_SITE_INCOMPLETE, .span = element->span, .a = element->name, .b = TEXT("select …"));
	return query->name.size > 0;
}

/* Reports a name that an earlier query of the page, or of all pages, has. */
static void check_query_name(struct loader *loader, const struct site_query *query, const struct site_query *others, size_t count,
			     const struct xml_node *element)
{
	for (size_t i = 0; others && i < count; i++)
		if (text_equal(others[i].name, query->name)) {
			FAIL(loader, DIAG_SITE_TWICE, .span = element->span, .a = query->name, .other = others[i].span);
			return;
		}
}

static void read_common_query(struct loader *loader, const struct xml_node *element)
{
	struct site_query query;
	if (!read_query(loader, element, &query))
		return;
	if (query.by.size)
		FAIL(loader, DIAG_SITE_BAD_VALUE, .span = element->span, .a = TEXT("by"), .b = query.by, .c = TEXT("<page>"));
	check_query_name(loader, &query, loader->queries.at, loader->queries.count, element);
	LIST_PUSH(&loader->queries, query);
}

/* ---- pages ----------------------------------------------------------------------- */

/* What is wrong with a page's path, or NULL. */
static const char *path_fault(struct text path)
{
	struct text rest = path, part;
	if (path.size == 0 || path.size > 200)
		return "1-200";
	while (text_next(&rest, '/', &part))
		if (part.size == 0 || part.at[0] == '.' || text_ends(part, "."))
			return "//, ./, ../";
	if (text_ends(path, "/"))
		return "/";
	bool in_column = false;
	for (size_t i = 0; i < path.size; i++) {
		char c = path.at[i];
		bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
		if (c == '{' || c == '}') {
			if (in_column == (c == '{') || (c == '}' && path.at[i - 1] == '{'))
				return "{}";
			in_column = c == '{';
		} else if (!is_letter && (in_column || !strchr("-./", c))) {
			return "a-z 0-9 - _ .";
		}
	}
	return in_column ? "{" : NULL;
}

static void check_path(struct loader *loader, const struct site_page *page)
{
	const char *fault = path_fault(page->path);
	bool has_column = text_contains(page->path, TEXT("{"));
	if (fault)
		FAIL(loader, DIAG_SITE_PATH_WRONG, .span = page->path_span, .a = page->path, .b = text_from(fault));
	else if (has_column != (page->repeat.name.size > 0))
		FAIL(loader, DIAG_SITE_INCOMPLETE, .span = page->span, .a = TEXT("page"),
		     .b = has_column ? TEXT("<repeat>") : TEXT("path=\"…{…}\""));
}

static void check_files(struct loader *loader, const struct site_page *page)
{
	if (page->template.size && !site_file(loader->site, page->template))
		FAIL(loader, DIAG_SITE_FILE_UNKNOWN, .span = page->span, .a = page->template, .b = TEXT("themes/"));
	if (page->content.size && !site_content(loader->site, page->content))
		FAIL(loader, DIAG_SITE_FILE_UNKNOWN, .span = page->span, .a = page->content, .b = TEXT("content/site/"));
}

/* repeat NULL: the element has none. */
static struct site_query *read_queries(struct loader *loader, const struct xml_node *element, struct site_query *repeat, size_t *count)
{
	LIST(struct site_query) queries = { 0 };
	for (const struct xml_node *child = element->first; child; child = child->next) {
		struct site_query query;
		bool is_repeat = repeat && text_is(child->name, "repeat");
		if (!is_repeat && !text_is(child->name, "query")) {
			FAIL(loader, DIAG_SITE_UNKNOWN_NAME, .span = child->span, .a = element->name, .b = child->name,
			     .c = repeat ? TEXT("repeat query") : TEXT("query"));
			continue;
		}
		if (!read_query(loader, child, &query))
			continue;
		check_query_name(loader, &query, queries.at, queries.count, child);
		check_query_name(loader, &query, repeat, repeat ? 1 : 0, child);
		if (is_repeat && repeat->name.size)
			FAIL(loader, DIAG_SITE_TWICE, .span = child->span, .a = child->name, .other = repeat->span);
		if (is_repeat)
			*repeat = query;
		else
			LIST_PUSH(&queries, query);
	}
	*count = queries.count;
	struct site_query *kept = ARENA_ARRAY(memory(loader), struct site_query, queries.count);
	for (size_t i = 0; i < queries.count; i++)
		kept[i] = queries.at[i];
	LIST_FREE(&queries);
	return kept;
}

/* Only pages that are many can share the rows of one query out among them. */
static void check_shares(struct loader *loader, const struct site_page *page)
{
	for (size_t i = 0; i < page->query_count; i++)
		if (page->queries[i].by.size && page->repeat.name.size == 0)
			FAIL(loader, DIAG_SITE_INCOMPLETE, .span = page->queries[i].span, .a = TEXT("page"), .b = TEXT("<repeat>"));
	if (page->repeat.by.size)
		FAIL(loader, DIAG_SITE_UNKNOWN_NAME, .span = page->repeat.span, .a = TEXT("repeat"), .b = TEXT("by"), .c = TEXT("name"));
}

/* The page above must come earlier, so the trail has an end, and be one page. */
static void find_above(struct loader *loader, struct site_page *page)
{
	page->above = -1;
	for (size_t i = 0; page->parent.size && i < loader->pages.count; i++)
		if (text_equal(loader->pages.at[i].id, page->parent) && loader->pages.at[i].repeat.name.size == 0)
			page->above = (int)i;
	if (page->parent.size && page->above < 0)
		FAIL(loader, DIAG_SITE_BAD_VALUE, .span = page->span, .a = TEXT("parent"), .b = page->parent, .c = TEXT("id (<page> ↑)"));
	if (page->repeat.name.size && (page->menu.size || page->foot.size))
		FAIL(loader, DIAG_SITE_BAD_VALUE, .span = page->span, .a = TEXT("menu, foot"), .b = page->menu.size ? page->menu : page->foot,
		     .c = TEXT("<page> - <repeat>"));
}

static void read_page(struct loader *loader, const struct xml_node *element)
{
#define IN_PAGE(member) offsetof(struct site_page, member)
	static const struct attribute_row rows[] = {
		{ "id", IN_PAGE(id), SIZE_MAX, MUST },
		{ "path", IN_PAGE(path), IN_PAGE(path_span), MUST },
		{ "template", IN_PAGE(template), SIZE_MAX, MUST },
		{ "title", IN_PAGE(title), IN_PAGE(title_span), MUST },
		{ "description", IN_PAGE(description), IN_PAGE(description_span), MAY },
		{ "text", IN_PAGE(content), SIZE_MAX, MAY },
		{ "menu", IN_PAGE(menu), IN_PAGE(menu_span), MAY },
		{ "foot", IN_PAGE(foot), IN_PAGE(foot_span), MAY },
		{ "parent", IN_PAGE(parent), SIZE_MAX, MAY },
		{ "root", IN_PAGE(root), SIZE_MAX, MAY },
		{ "card", IN_PAGE(card), SIZE_MAX, MAY },
		{ NULL, 0, 0, MAY },
	};
	struct site_page page = { .span = element->span, .path_span = element->span };
	read_attributes(loader, element, rows, &page);
	page.queries = read_queries(loader, element, &page.repeat, &page.query_count);
	check_shares(loader, &page);
	check_path(loader, &page);
	check_files(loader, &page);
	find_above(loader, &page);
	for (size_t i = 0; i < loader->pages.count; i++)
		if (text_equal(loader->pages.at[i].id, page.id))
			FAIL(loader, DIAG_SITE_TWICE, .span = element->span, .a = page.id, .other = loader->pages.at[i].span);
	LIST_PUSH(&loader->pages, page);
}

/* ---- assets, and the whole --------------------------------------------------------- */

static void read_asset(struct loader *loader, const struct xml_node *element)
{
	static const struct attribute_row rows[] = {
		{ "name", offsetof(struct site_asset, name), SIZE_MAX, MUST },
		{ "file", offsetof(struct site_asset, file), SIZE_MAX, MUST },
		{ "path", offsetof(struct site_asset, path), SIZE_MAX, MAY },
		{ "template", offsetof(struct site_asset, template), SIZE_MAX, MAY },
		{ NULL, 0, 0, MAY },
	};
	struct site_asset asset = { .span = element->span };
	read_attributes(loader, element, rows, &asset);
	check_word(loader, element, "name");
	asset.queries = read_queries(loader, element, NULL, &asset.query_count);
	for (size_t i = 0; i < asset.query_count; i++)
		if (asset.queries[i].by.size || !text_is(asset.template, "yes"))
			FAIL(loader, DIAG_SITE_INCOMPLETE, .span = asset.queries[i].span, .a = TEXT("asset"),
			     .b = asset.queries[i].by.size ? TEXT("<repeat>") : TEXT("template=\"yes\""));
	if (asset.template.size && !text_is(asset.template, "yes") && !text_is(asset.template, "no"))
		FAIL(loader, DIAG_SITE_BAD_VALUE, .span = element->span, .a = TEXT("template"), .b = asset.template, .c = TEXT("yes, no"));
	const char *fault = asset.path.size ? path_fault(asset.path) : NULL;
	if (fault || text_contains(asset.path, TEXT("{")))
		FAIL(loader, DIAG_SITE_PATH_WRONG, .span = element->span, .a = asset.path,
		     .b = text_from(fault ? fault : "{"));
	if (asset.file.size && !site_file(loader->site, asset.file))
		FAIL(loader, DIAG_SITE_FILE_UNKNOWN, .span = element->span, .a = asset.file, .b = TEXT("themes/"));
	for (size_t i = 0; i < loader->assets.count; i++)
		if (text_equal(loader->assets.at[i].name, asset.name))
			FAIL(loader, DIAG_SITE_TWICE, .span = element->span, .a = asset.name, .other = loader->assets.at[i].span);
	LIST_PUSH(&loader->assets, asset);
}

static void read_site(struct loader *loader, const struct xml_node *root)
{
	static const struct {
		const char *name;
		void (*read)(struct loader *loader, const struct xml_node *element);
	} entries[] = { { "asset", read_asset }, { "query", read_common_query }, { "page", read_page } };
	if (!text_is(root->name, "site"))
		FAIL(loader, DIAG_XML_ROOT, .span = root->span, .a = root->name, .b = TEXT("site"));
	static const struct attribute_row rows[] = {
		{ "card", offsetof(struct site, card), SIZE_MAX, MAY },
		{ NULL, 0, 0, MAY },
	};
	read_attributes(loader, root, rows, loader->site);
	loader->site->span = root->span;
	for (const struct xml_node *child = root->first; child; child = child->next) {
		size_t i = 0;
		while (i < COUNT(entries) && !text_is(child->name, entries[i].name))
			i++;
		if (i < COUNT(entries))
			entries[i].read(loader, child);
		else
			FAIL(loader, DIAG_SITE_UNKNOWN_NAME, .span = child->span, .a = root->name, .b = child->name, .c = TEXT("asset query page"));
	}
	if (loader->pages.count == 0)
		FAIL(loader, DIAG_SITE_INCOMPLETE, .span = root->span, .a = root->name, .b = TEXT("<page>"));
}

static void keep(struct loader *loader)
{
	struct site *site = loader->site;
	site->query_count = loader->queries.count;
	site->page_count = loader->pages.count;
	site->asset_count = loader->assets.count;
	site->queries = ARENA_ARRAY(memory(loader), struct site_query, site->query_count);
	site->pages = ARENA_ARRAY(memory(loader), struct site_page, site->page_count);
	site->assets = ARENA_ARRAY(memory(loader), struct site_asset, site->asset_count);
	for (size_t i = 0; i < site->query_count; i++)
		site->queries[i] = loader->queries.at[i];
	for (size_t i = 0; i < site->page_count; i++)
		site->pages[i] = loader->pages.at[i];
	for (size_t i = 0; i < site->asset_count; i++)
		site->assets[i] = loader->assets.at[i];
}

struct site *site_load(struct arena *arena, struct sources *sources, struct diag *diag, const struct site_folders *folders)
{
	struct loader loader = { .reader = { .arena = arena, .sources = sources, .diag = diag, .largest = INPUT_TEXT_LIMIT }, .site = ARENA_NEW(arena, struct site) };
	struct text pages = text_from(folders->pages ? folders->pages : "site.xml");
	const char *folder = folders->theme;
	if (folders->inherited && !file_exists(file_join(arena, folder, pages)))
		folder = folders->inherited;
	const char *path = file_join(arena, folder, pages);
	read_files(&loader, folders);
	loader.reader.beneath = folder;
	const struct xml_node *root = xmltree_load(&loader.reader, path);
	loader.failed |= root == NULL;
	if (root) {
		read_site(&loader, root);
		keep(&loader);
		loader.failed |= !site_check(loader.site, diag);
	}
	LIST_FREE(&loader.queries);
	LIST_FREE(&loader.pages);
	LIST_FREE(&loader.assets);
	return loader.failed ? NULL : loader.site;
}
