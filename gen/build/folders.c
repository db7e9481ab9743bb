/* SPDX-License-Identifier: MIT */
#include "build/folders.h"

#include "base/arena.h"
#include "base/file.h"
#include "build/run.h"

static struct text parent_of(struct text path)
{
	while (path.size && path.at[path.size - 1] != '/')
		path.size--;
	while (path.size && path.at[path.size - 1] == '/')
		path.size--;
	return path;
}

/* The checkout of a program that was built and not installed: out/bin/xingji, out/asan/bin/xingji; else nothing. */
static struct text checkout_of(struct text program)
{
	struct text folder = parent_of(program);
	for (int up = 0; up < 2; up++) {
		folder = parent_of(folder);
		if (text_ends(folder, "/out"))
			return parent_of(folder);
	}
	return NO_TEXT;
}

/* What came with the program; NULL when nobody knows where that is. */
static const char *own_folder(struct arena *arena, const struct options *options)
{
	if (!options->environment.program)
		return NULL;
	struct text program = text_from(options->environment.program), checkout = checkout_of(program);
	const char *share = text_format(arena, "%.*s/share/xingji", TEXT_ARGS(parent_of(parent_of(program)))).at;
	const char *root = checkout.size ? text_string(arena, checkout) : NULL;
	return root && !file_is_folder(share) && file_is_folder(file_join(arena, root, TEXT("themes"))) ? root : share;
}

/* NULL when it is not there. */
static const char *own(struct arena *arena, const struct options *options, struct text name)
{
	const char *folder = own_folder(arena, options);
	const char *found = folder ? file_join(arena, folder, name) : NULL;
	return found && file_is_folder(found) ? found : NULL;
}

const char *folders_content(struct arena *arena, const struct options *options)
{
	const char *installed = options->content || file_is_folder("content") ? NULL : own(arena, options, TEXT("content"));
	if (options->content)
		return options->content;
	return installed ? installed : "content";
}

struct text folders_content_places(struct arena *arena, const struct options *options)
{
	const char *folder = own_folder(arena, options);
	if (options->content)
		return text_from(options->content);
	return folder ? text_format(arena, "content, %s/content", folder) : TEXT("content");
}

const char *folders_themes(const struct options *options)
{
	return options->themes ? options->themes : "themes";
}

const char *folders_more_themes(struct arena *arena, const struct options *options)
{
	const char *folder = options->themes ? NULL : own_folder(arena, options);
	return folder ? file_join(arena, folder, TEXT("themes")) : NULL;
}

const char *folders_models(struct arena *arena, const struct options *options)
{
	if (file_is_folder(file_join(arena, run_data_folder(options), TEXT("models"))))
		return NULL;
	const char *installed = own(arena, options, TEXT("models"));
	return installed ? installed : own(arena, options, TEXT("data/models"));
}

const char *folders_shared(struct arena *arena, const struct options *options)
{
	const char *installed = own(arena, options, TEXT("lists"));
	return installed ? installed : own(arena, options, TEXT("data"));
}

const char *const *folders_fonts(struct arena *arena, const struct options *options)
{
	enum { MOST = 7 };
	const char **fonts = ARENA_ARRAY(arena, const char *, MOST);
	size_t count = 0;
	const char *places[] = { options->fonts, "out/fonts", own(arena, options, TEXT("fonts")), own(arena, options, TEXT("out/fonts")),
				 "/usr/share/fonts", "/usr/local/share/fonts" };
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (places[i])
			fonts[count++] = places[i];
	fonts[count] = NULL;
	return fonts;
}
