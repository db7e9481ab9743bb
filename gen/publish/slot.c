/* SPDX-License-Identifier: MIT */
#include "publish/slot.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/map.h"
#include "publish/aside.h"
#include "publish/manifest.h"
#include "publish/renew.h"

enum { STRANGERS_SHOWN = 3 };

static bool fail(struct diag *diag, enum diag_kind kind, const char *path, int error)
{
	DIAG(diag, kind, .a = text_from(path), .b = file_reason(error));
	return false;
}

/* "/x/out/2021" → "/x/out/.2021<suffix>". */
static const char *sibling(struct arena *arena, const char *folder, const char *suffix)
{
	const char *slash = strrchr(folder, '/');
	return text_format(arena, "%.*s/.%s%s", (int)(slash - folder), folder, slash + 1, suffix).at;
}

/* ---- whose it is ------------------------------------------------------------------ */

/* Left by editors and file managers while somebody looks at the output: nobody misses it. */
static bool is_litter(struct text name)
{
	return text_starts(name, ".~lock.") || text_starts(name, "~$") || text_is(name, ".DS_Store") ||
	       text_is(name, "Thumbs.db") ||
	       text_is(name, "desktop.ini");
}

struct strangers {
	struct arena *arena;
	struct map known;
	size_t count;
	struct text first[STRANGERS_SHOWN];
};

static void look_through(struct strangers *strangers, const char *folder, struct text prefix)
{
	struct file_entry *entries;
	size_t count;
	const char *path = prefix.size ? file_join(strangers->arena, folder, prefix) : folder;
	if (file_list_entries(strangers->arena, path, &entries, &count))
		return;
	for (size_t i = 0; i < count; i++) {
		struct text name = entries[i].name;
		if (prefix.size)
			name = text_format(strangers->arena, "%.*s/%.*s", TEXT_ARGS(prefix), TEXT_ARGS(name));
		if (aside_holds(name))
			continue;
		if (entries[i].is_folder)
			look_through(strangers, folder, name);
		else if (!map_find(&strangers->known, name) && !is_litter(entries[i].name) &&
		         (prefix.size || !manifest_is_name(strangers->arena, name))) {
			if (strangers->count < STRANGERS_SHOWN)
				strangers->first[strangers->count] = name;
			strangers->count++;
		}
	}
}

/* Files that no manifest of the folder names. */
static bool has_strangers(struct arena *arena, const struct slot *slot, const struct manifest *manifest,
			  struct diag *diag)
{
	struct strangers strangers = { .arena = arena };
	for (size_t i = 0; i < manifest->count; i++)
		map_add(&strangers.known, manifest->files[i].path, 1);
	look_through(&strangers, slot->target, NO_TEXT);
	map_clear(&strangers.known);
	struct text shown = NO_TEXT;
	for (size_t i = 0; i < strangers.count && i < STRANGERS_SHOWN; i++)
		shown = text_format(arena, "%.*s%s%.*s", TEXT_ARGS(shown), i ? "、" : "", TEXT_ARGS(strangers.first[i]));
	if (strangers.count)
		DIAG(diag, DIAG_OUTPUT_STRANGERS, .a = text_from(slot->shown), .b = shown,
		     .n = (int64_t)strangers.count);
	return strangers.count > 0;
}

static bool is_empty(struct arena *arena, const char *folder)
{
	struct text *names;
	size_t count;
	return file_list(arena, folder, NULL, &names, &count) == 0 && count == 0;
}

static bool is_ours(struct arena *arena, const char *folder)
{
	struct manifest manifest;
	if (!file_is_folder_here(folder))
		return false;
	manifest_load(arena, folder, &manifest);
	return manifest.is_there || is_empty(arena, folder);
}

/* ---- clearing away ---------------------------------------------------------------- */

/* The manifests go last, so that what a kill leaves of the folder can still be told to be ours. */
static int remove_tree(struct arena *arena, const char *folder)
{
	struct text *names;
	size_t count;
	int error = file_list(arena, folder, NULL, &names, &count);
	for (size_t i = 0; i < count && !error; i++)
		if (!manifest_is_name(arena, names[i]))
			error = file_remove_tree(file_join(arena, folder, names[i]));
	return error ? error : file_remove_tree(folder);
}

/* What earlier runs left beside the target; true when it is gone. */
static bool clear_away(struct arena *arena, const char *folder, struct diag *diag)
{
	if (!file_exists(folder))
		return true;
	if (!is_ours(arena, folder))
		return fail(diag, DIAG_OUTPUT_FOREIGN, folder, 0);
	int error = remove_tree(arena, folder);
	return !error || fail(diag, DIAG_FILE_UNWRITABLE, folder, error);
}

/* ---- opening ---------------------------------------------------------------------- */

static bool take_lock(struct slot *slot, struct arena *arena, struct diag *diag)
{
	struct text holder;
	int error;
	switch (lock_take(arena, sibling(arena, slot->target, ".lock"), &slot->lock, &holder, &error)) {
	case LOCK_TAKEN:
		return true;
	case LOCK_BUSY:
		if (holder.size)
			DIAG(diag, DIAG_OUTPUT_BUSY_FILE, .a = text_from(slot->shown), .b = holder,
			     .c = text_from(sibling(arena, slot->target, ".lock-file")));
		else
			DIAG(diag, DIAG_OUTPUT_BUSY, .a = text_from(slot->shown));
		return false;
	case LOCK_FAILED:
		break;
	}
	return fail(diag, DIAG_FILE_UNWRITABLE, sibling(arena, slot->target, ".lock"), error);
}

/* A run without exchange was killed between its two renames: the tree before goes back. */
static bool heal(struct slot *slot, struct arena *arena, struct diag *diag)
{
	if (file_exists(slot->target) || !file_exists(slot->old) || !is_ours(arena, slot->old))
		return true;
	return rename(slot->old, slot->target) == 0 || fail(diag, DIAG_FILE_UNWRITABLE, slot->target, errno);
}

static bool claim(struct slot *slot, struct arena *arena, struct manifest *before, struct diag *diag)
{
	*before = (struct manifest){ 0 };
	if (!file_exists(slot->target))
		return true;
	if (!file_is_folder_here(slot->target))
		return fail(diag, DIAG_OUTPUT_FOREIGN, slot->shown, 0);
	manifest_load(arena, slot->target, before);
	if (!before->is_there && !is_empty(arena, slot->target))
		return fail(diag, DIAG_OUTPUT_FOREIGN, slot->shown, 0);
	return !has_strangers(arena, slot, before, diag);
}

/* A tree that wants shards is replaced at once: nobody copies it. */
static bool is_unfinished(struct arena *arena, const struct manifest *manifest)
{
	for (size_t i = 0; i < manifest->part_count; i++) {
		const struct manifest_part *part = &manifest->parts[i];
		struct text rest = part->made, what;
		int64_t shard, shards;
		while (!part->is_kept && manifest_next_made(&rest, &what, &shard, &shards))
			if (shards > 1 &&
			    manifest_find_shards(manifest, part->head, what, ARENA_ARRAY(arena, bool, (size_t)shards),
			                         (size_t)shards))
				return true;
	}
	return false;
}

/* From the tree before the last, where there is one that can be used; else it is cleared away. */
static bool renew(struct slot *slot, struct arena *arena, const struct stat *made, int *error, struct diag *diag)
{
	if (file_exists(slot->old) && is_ours(arena, slot->old))
		slot->is_renewed = renew_begin(arena, slot->old, slot->next, made, error);
	return slot->is_renewed || clear_away(arena, slot->old, diag);
}

static bool make_next(struct slot *slot, struct arena *arena, struct diag *diag)
{
	struct stat made;
	int error = file_make_folder(slot->next, PUBLIC_FOLDER);
	slot->has_next = !error;
	if (!error && stat(slot->next, &made))
		error = errno;
	if (!error) {
		/* What has an older time and a link in the tree before was published with it. */
		slot->began_ns = (int64_t)made.st_mtim.tv_sec * 1000000000 + made.st_mtim.tv_nsec;
		slot->mask = PUBLIC_FOLDER & ~made.st_mode;
		if (!renew(slot, arena, &made, &error, diag))
			return false;
	}
	/* The sign that it is ours, should this run be killed; the manifest itself is written last. */
	if (!error && !slot->is_renewed)
		error = file_write(file_join(arena, slot->next, TEXT(MANIFEST_NAME)), TEXT(MANIFEST_FIRST_LINE),
		                   SECRET_FILE);
	if (!error)
		error = file_probe_modes(slot->next, PUBLIC_FOLDER, &slot->keeps_modes);
	if (error)
		return fail(diag, DIAG_FILE_UNWRITABLE, slot->next, error);
	if (!slot->keeps_modes)
		DIAG(diag, DIAG_OUTPUT_NO_MODES, .a = text_from(slot->shown));
	return true;
}

static bool prepare(struct slot *slot, struct arena *arena, struct manifest *before, struct diag *diag)
{
	if (!heal(slot, arena, diag) || !claim(slot, arena, before, diag))
		return false;
	slot->was_unfinished = is_unfinished(arena, before);
	return clear_away(arena, slot->next, diag) && make_next(slot, arena, diag);
}

bool slot_open(struct slot *slot, struct arena *arena, const char *folder, struct manifest *before, struct diag *diag)
{
	*slot = (struct slot){ .arena = arena, .shown = folder, .target = file_real(arena, folder), .lock = LOCK_NONE };
	slot->next = sibling(arena, slot->target, ".next");
	slot->old = sibling(arena, slot->target, ".old");
	size_t size = (size_t)(strrchr(slot->target, '/') - slot->target);
	slot->parent = size ? text_format(arena, "%.*s", (int)size, slot->target).at : "/";
	int error = file_make_folder(slot->parent, PUBLIC_FOLDER);
	if (error)
		return fail(diag, DIAG_FILE_UNWRITABLE, slot->parent, error);
	if (!take_lock(slot, arena, diag))
		return false;
	if (prepare(slot, arena, before, diag))
		return true;
	slot_close(slot);
	return false;
}

bool slot_hold(struct slot *slot, struct arena *arena, const char *folder, struct diag *diag)
{
	*slot = (struct slot){ .arena = arena, .shown = folder, .target = file_real(arena, folder), .lock = LOCK_NONE };
	return take_lock(slot, arena, diag);
}

/* ---- replacing -------------------------------------------------------------------- */

/* Without exchange there is a moment without target; what goes wrong in it is taken back. */
static int rename_both(const struct slot *slot, struct diag *diag)
{
	if (rename(slot->target, slot->old))
		return errno;
	if (rename(slot->next, slot->target) == 0)
		return 0;
	int error = errno;
	if (rename(slot->old, slot->target))
		DIAG(diag, DIAG_OUTPUT_ASIDE, .a = text_from(slot->shown), .b = text_from(slot->old));
	return error;
}

static int take_place(const struct slot *slot, struct diag *diag)
{
	if (!file_exists(slot->target))
		return rename(slot->next, slot->target) ? errno : 0;
	int error = file_exchange(slot->next, slot->target);
	if (error == ENOSYS)
		return rename_both(slot, diag);
	/* From here on what stands in next is the tree before. */
	if (!error && rename(slot->next, slot->old))
		DIAG(diag, DIAG_OUTPUT_OLD_LEFT, .a = text_from(slot->next), .b = file_reason(errno));
	return error;
}

bool slot_replace(struct slot *slot, struct diag *diag)
{
	int error = aside_carry(slot->arena, slot->target, slot->next);
	if (!error)
		error = file_sync_tree(slot->next, slot->began_ns);
	if (error)
		return fail(diag, DIAG_FILE_UNWRITABLE, slot->next, error);
	error = take_place(slot, diag);
	if (error)
		return fail(diag, DIAG_FILE_UNWRITABLE, slot->shown, error);
	slot->has_next = false;
	error = file_sync_folder(slot->parent);
	if (error)
		return fail(diag, DIAG_OUTPUT_UNSYNCED, slot->shown, error);
	error = slot->was_unfinished ? file_remove_tree(slot->old) : 0;
	if (error)
		DIAG(diag, DIAG_OUTPUT_OLD_LEFT, .a = text_from(slot->old), .b = file_reason(error));
	return true;
}

void slot_close(struct slot *slot)
{
	if (slot->has_next)
		remove_tree(slot->arena, slot->next);
	slot->has_next = false;
	lock_release(&slot->lock);
}
