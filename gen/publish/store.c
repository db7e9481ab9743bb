/* SPDX-License-Identifier: MIT */
#include "publish/store.h"

#include <errno.h>
#include <stdio.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/chacha.h"
#include "base/file.h"
#include "base/hash.h"
#include "publish/slot.h"

#define FIRST_LINE "# xingji store 2\n"

enum { BLOCK = 32, BLOCKS = 2 * BLOCK }; /* bytes of a hash, of the salt, of the check; of both */

static struct text block_text(const unsigned char block[BLOCK])
{
	return (struct text){ (const char *)block, BLOCK };
}

static void key_of(const unsigned char salt[BLOCK], struct text seal, unsigned char key[BLOCK])
{
	struct hash hash;
	hash_init(&hash);
	hash_add(&hash, TEXT(FIRST_LINE));
	hash_add(&hash, block_text(salt));
	hash_add(&hash, seal);
	hash_finish_bytes(&hash, key);
}

/* There and back. */
static void mix(const unsigned char key[BLOCK], const char *from, char *to, size_t size)
{
	struct chacha chacha = { .block = 0 }; /* a key is of one file alone: its salt is */
	memcpy(chacha.key, key, BLOCK);
	chacha_mix(&chacha, from, to, size);
}

static void check_of(const unsigned char key[BLOCK], struct text mixed, unsigned char check[BLOCK])
{
	struct hash hash;
	hash_init(&hash);
	hash_add(&hash, TEXT("check"));
	hash_add(&hash, block_text(key));
	hash_add(&hash, mixed);
	hash_finish_bytes(&hash, check);
}

static bool unseal(struct arena *arena, struct text file, struct text seal, struct text *notes)
{
	const size_t head = strlen(FIRST_LINE);
	unsigned char salt[BLOCK], key[BLOCK], check[BLOCK];
	if (!text_starts(file, FIRST_LINE) || file.size < head + BLOCKS)
		return false;
	struct text mixed = text_slice(file, head + BLOCKS, file.size);
	memcpy(salt, file.at + head, BLOCK);
	key_of(salt, seal, key);
	check_of(key, mixed, check);
	if (memcmp(check, file.at + head + BLOCK, BLOCK) != 0)
		return false;
	char *room = arena_room(arena, mixed.size + 1);
	mix(key, mixed.at, room, mixed.size);
	*notes = (struct text){ room, mixed.size };
	return true;
}

bool store_read(struct arena *arena, const char *path, struct text seal, struct text *notes)
{
	struct file_bytes file;
	*notes = NO_TEXT;
	if (!file_is_regular_here(path) || file_read(path, BUF_LIMIT_FILE, NULL, &file))
		return false;
	bool is_open = unseal(arena, file.text, seal, notes);
	file_release(&file);
	return is_open;
}

static int replace(struct arena *arena, const char *path, struct text bytes)
{
	const char *beside = text_format(arena, "%s.new", path).at;
	if (unlink(beside) && errno != ENOENT)
		return errno;
	int error = file_write(beside, bytes, SECRET_FILE);
	if (!error && rename(beside, path))
		error = errno;
	if (error)
		unlink(beside);
	return error;
}

int store_write(struct arena *arena, const char *path, struct text seal, struct text notes)
{
	const size_t head = strlen(FIRST_LINE) + BLOCKS, size = head + notes.size;
	unsigned char salt[BLOCK], key[BLOCK], check[BLOCK];
	char *room = arena_room(arena, size);
	if (getrandom(salt, sizeof salt, 0) != (ssize_t)sizeof salt)
		return EIO;
	key_of(salt, seal, key);
	mix(key, notes.at, room + head, notes.size);
	check_of(key, (struct text){ room + head, notes.size }, check);
	memcpy(room, FIRST_LINE, strlen(FIRST_LINE));
	memcpy(room + strlen(FIRST_LINE), salt, BLOCK);
	memcpy(room + strlen(FIRST_LINE) + BLOCK, check, BLOCK);
	int error = replace(arena, path, (struct text){ room, size });
	if (error)
		unlink(path);
	return error;
}
