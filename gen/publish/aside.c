/* SPDX-License-Identifier: MIT */
#include "publish/aside.h"

#include <errno.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "publish/slot.h"
#include "publish/tree.h"

static const char *const folders[] = { TREE_DISPATCH, TREE_CERTIFICATES, TREE_CERTIFICATES_NEXT };
enum { FOLDERS = sizeof folders / sizeof *folders };

bool aside_holds(struct text path)
{
	for (size_t i = 0; i < FOLDERS; i++) {
		struct text folder = text_from(folders[i]);
		struct text name = text_slice(folder, 0, folder.size - 1); /* without the slash behind it */
		if (text_equal(path, name) || text_starts(path, folders[i]))
			return true;
	}
	return false;
}

static int carry_file(const char *from, const char *to)
{
	struct file_bytes bytes;
	if (link(from, to) == 0)
		return 0;
	int error = file_map(from, SIZE_MAX / 2, &bytes);
	if (error)
		return error;
	error = file_write(to, bytes.text, SECRET_FILE);
	file_release(&bytes);
	return error;
}

static int carry_folder(struct arena *arena, const char *from, const char *to)
{
	struct text *names;
	size_t count;
	int error = file_list(arena, from, NULL, &names, &count);
	if (!error)
		error = file_make_folder(to, SECRET_FOLDER);
	for (size_t i = 0; i < count && !error; i++) {
		const char *source = file_join(arena, from, names[i]), *target = file_join(arena, to, names[i]);
		if (file_is_folder_here(source))
			error = carry_folder(arena, source, target);
		else if (file_is_regular_here(source))
			error = carry_file(source, target);
	}
	return error;
}

int aside_remove(struct arena *arena, const char *tree)
{
	int error = 0;
	for (size_t i = 0; i < FOLDERS && !error; i++)
		error = file_remove_tree(file_join(arena, tree, text_from(folders[i])));
	return error;
}

int aside_carry(struct arena *arena, const char *from, const char *to)
{
	int error = 0;
	for (size_t i = 0; i < FOLDERS && !error; i++) {
		const char *source = file_join(arena, from, text_from(folders[i]));
		if (file_is_folder_here(source))
			error = carry_folder(arena, source, file_join(arena, to, text_from(folders[i])));
	}
	return error;
}
