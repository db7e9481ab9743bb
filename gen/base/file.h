/* SPDX-License-Identifier: MIT
 *
 * Files and folders.  Only read/, publish/ and send/ may call these (and commands/ to
 * find its folders); functions return 0 or an errno, never print.
 */
#ifndef XINGJI_BASE_FILE_H
#define XINGJI_BASE_FILE_H

#include "base/text.h"

struct arena;

struct file_bytes {
	struct text text;
	bool is_mapped; /* pages to unmap: of the file (file_map) or of ours (file_read); else nothing to release */
};

/*
 * Map a regular file for reading.  Files over `limit` bytes give EFBIG, folders
 * EISDIR, other kinds of file EINVAL.  Release with file_release.
 */
int file_map(const char *path, size_t limit, struct file_bytes *bytes);
void file_release(struct file_bytes *bytes);
/*
 * The same for a file that is ours: one of at most room_size bytes is read into room, and is
 * there until that is used again.
 */
int file_look(const char *path, char *room, size_t room_size, struct file_bytes *bytes);
/*
 * Read a regular file into memory of ours, so that nothing that happens to it later
 * changes a byte or ends the program, as it does with a mapping of a file that is
 * made shorter.  Errors as file_map; EAGAIN when size or time of the file changed
 * meanwhile: what was read may be half old and half new.  Release with file_release.
 * With an arena, small files lie in it: a mapping each would be thousands of them, and
 * pages that are given back only to be asked for again are half of what reading costs.
 */
int file_read(const char *path, size_t limit, struct arena *arena, struct file_bytes *bytes);

/*
 * Create or replace; mode as for open.  A short write (full disk) is an error.  Where the disk
 * keeps no modes that is none: who must know asks file_probe_modes.
 */
int file_write(const char *path, struct text bytes, unsigned mode);
/* mkdir -p with the mode for new folders. */
int file_make_folder(const char *path, unsigned mode);
/* rm -r; a missing path is fine; symbolic links are removed, not followed. */
int file_remove_tree(const char *path);
/* Exchange two folders in one step.  ENOSYS where the system or the disk cannot; nothing is changed then. */
int file_exchange(const char *path, const char *other);
/*
 * Everything below the folder and the folder itself is on the disk, not only on its way there.  Files that have other
 * links, too, and were written before `since_ns` (since 1970, by the clock of the disk; 0: none) are taken to be.  (Maybe more is.)
 */
int file_sync_tree(const char *path, int64_t since_ns);
/* The entries of one folder are. */
int file_sync_folder(const char *path);
/* Does the disk keep modes?  Memory sticks and many shares do not.  Tried on this folder of ours, which has `mode` in the end. */
int file_probe_modes(const char *folder, unsigned mode, bool *keeps);
/* Why something failed, in both languages for a message: Chinese, U+001F, English (diag.h). */
struct text file_reason(int error);
bool file_exists(const char *path);
/* Links are followed; with _here they are not. */
bool file_is_folder(const char *path);
bool file_is_folder_here(const char *path);
bool file_is_regular_here(const char *path);
/* The path without links, "." and "..", of which the last parts need not exist; in arena. */
char *file_real(struct arena *arena, const char *path);
/* Is `path` the folder or something in it?  Both as file_real gives them. */
bool file_is_within(const char *path, const char *folder);

/*
 * Names in a folder, sorted by bytes, without "." and "..", in the arena.  With
 * suffix, only names that end so (ASCII case ignored).
 */
int file_list(struct arena *arena, const char *path, const char *suffix, struct text **names, size_t *count);
struct file_entry {
	struct text name;
	bool is_folder; /* links are not followed */
};
/* The same of all, with what kind each is: asked of the disk once for the folder and not for every entry. */
int file_list_entries(struct arena *arena, const char *path, struct file_entry **entries, size_t *count);
/* "a/b", with one slash. */
char *file_join(struct arena *arena, const char *folder, struct text name);

#endif
