/* SPDX-License-Identifier: MIT */
#include "theme/font_files.h"

#include "base/arena.h"
#include "base/file.h"

enum {
	DEEPEST = 8,         /* also ends loops of symbolic links */
	MOST_FILES = 50000,  /* a design studio's machine has a tenth of it */
	MOST_FOLDERS = 5000,
};

struct font_file {
	struct text name;
	char *path;
	struct font_file *next;
};

struct font_files {
	struct arena *arena;
	struct font_file *first, *last;
	size_t file_count, folder_count;
};

static bool is_font(struct text name)
{
	static const char *const suffixes[] = { ".ttf", ".otf", ".ttc", ".otc", ".TTF", ".OTF", ".TTC" };
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
		if (text_ends(name, suffixes[i]))
			return true;
	return false;
}

static void add_folder(struct font_files *files, const char *folder, int depth)
{
	struct text *names;
	size_t count;
	if (depth > DEEPEST || files->folder_count++ > MOST_FOLDERS || file_list(files->arena, folder, NULL, &names, &count))
		return;
	for (size_t i = 0; i < count && files->file_count < MOST_FILES; i++) {
		char *path = file_join(files->arena, folder, names[i]);
		if (!is_font(names[i])) {
			if (file_is_folder(path))
				add_folder(files, path, depth + 1);
			continue;
		}
		struct font_file *file = ARENA_NEW(files->arena, struct font_file);
		*file = (struct font_file){ names[i], path, NULL };
		*(files->last ? &files->last->next : &files->first) = file;
		files->last = file;
		files->file_count++;
	}
}

struct font_files *font_files_new(struct arena *arena, const char *const *folders)
{
	struct font_files *files = ARENA_NEW(arena, struct font_files);
	files->arena = arena;
	for (; folders && *folders; folders++)
		add_folder(files, *folders, 0);
	return files;
}

char *font_files_find(const struct font_files *files, struct text name)
{
	for (const struct font_file *file = files->first; file; file = file->next)
		if (text_equal(file->name, name))
			return file->path;
	return NULL;
}
