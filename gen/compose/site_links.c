/* SPDX-License-Identifier: MIT */
#include "compose/site_links.h"

#include "base/arena.h"
#include "theme/site.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct text address_of(struct text path)
{
	bool is_index = text_is(path, "index.html") || text_ends(path, "/index.html");
	return text_slice(path, 0, is_index ? path.size - strlen("index.html") : path.size);
}

/* `above`: the page that stands for `here` where it is not listed itself; NULL: none. */
static struct datum describe_link(const struct site_links *links, const struct site_page *above, struct datum words,
				  size_t index)
{
	static const struct text names[] = { TEXT_INIT("title"), TEXT_INIT("link"), TEXT_INIT("is_here"), TEXT_INIT("is_above") };
	const struct site_page *page = &links->site->pages[index];
	struct datum *values = ARENA_ARRAY(links->arena, struct datum, COUNT(names));
	struct text address = address_of(page->path);
	values[0] = words;
	values[1] = datum_text(text_format(links->arena, "%.*s%.*s", TEXT_ARGS(links->root), TEXT_ARGS(address)));
	values[2] = datum_boolean(links->here == page);
	values[3] = datum_boolean(page == above);
	return datum_object(names, values, COUNT(names));
}

static struct text words_of(const struct site_page *page, bool is_foot)
{
	return is_foot ? page->foot : page->menu;
}

struct datum site_links_menu(const struct site_links *links, bool is_foot)
{
	const struct site_page *here = links->here;
	const struct site *site = links->site;
	struct datum *all = ARENA_ARRAY(links->arena, struct datum, site->page_count);
	int listed = (int)(here - site->pages);
	while (listed >= 0 && words_of(&site->pages[listed], is_foot).size == 0)
		listed = site->pages[listed].above;
	const struct site_page *above = listed >= 0 && &site->pages[listed] != here ? &site->pages[listed] : NULL;
	size_t count = 0;
	for (size_t i = 0; i < site->page_count; i++) {
		struct text words = words_of(&site->pages[i], is_foot);
		if (words.size && links->shown[i])
			all[count++] = describe_link(links, above, datum_text(words), i);
	}
	return datum_list(all, count);
}

/* From the top down to the page above this one. */
struct datum site_links_crumbs(const struct site_links *links)
{
	const struct site_page *here = links->here;
	size_t count = 0;
	for (int i = here->above; i >= 0; i = links->site->pages[i].above)
		count += links->shown[i];
	struct datum *all = ARENA_ARRAY(links->arena, struct datum, count);
	size_t at = count;
	for (int i = here->above; i >= 0; i = links->site->pages[i].above)
		if (links->shown[i])
			all[--at] = describe_link(links, NULL, datum_text(links->site->pages[i].title), (size_t)i);
	return datum_list(all, count);
}

struct datum site_links_self(const struct site_links *links, struct text path)
{
	const struct site_page *page = links->here;
	static const struct text names[] = { TEXT_INIT("id"), TEXT_INIT("title"), TEXT_INIT("description"), TEXT_INIT("path"),
					     TEXT_INIT("address") };
	struct datum *values = ARENA_ARRAY(links->arena, struct datum, COUNT(names));
	values[0] = datum_text(page->id);
	values[1] = datum_text(page->title);
	values[2] = datum_text(page->description);
	values[3] = datum_text(path);
	values[4] = datum_text(address_of(path));
	return datum_object(names, values, COUNT(names));
}

struct datum site_links_made(struct arena *arena, const struct text *paths, size_t count)
{
	static const struct text names[] = { TEXT_INIT("path") };
	struct datum *all = ARENA_ARRAY(arena, struct datum, count);
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		struct text address = address_of(paths[i]);
		if (address.size == paths[i].size)
			continue;
		struct datum *value = ARENA_NEW(arena, struct datum);
		*value = datum_text(address);
		all[kept++] = datum_object(names, value, COUNT(names));
	}
	return datum_list(all, kept);
}
