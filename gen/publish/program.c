/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* dl_iterate_phdr */
#include "publish/program.h"

#include <elf.h>
#include <link.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/list.h"

enum { ID_MOST = 64 };

struct build_id {
	uint32_t size;
	unsigned char bytes[ID_MOST];
};

typedef LIST(struct build_id) id_list;

static size_t padded(size_t size)
{
	return (size + 3) & ~(size_t)3;
}

/* The notes of one segment: each a head, a name and what it says, padded to four bytes. */
static void take_notes(id_list *ids, const char *at, size_t size)
{
	ElfW(Nhdr) note;
	while (size >= sizeof note) {
		memcpy(&note, at, sizeof note);
		size_t name = padded(note.n_namesz), all = sizeof note + name + padded(note.n_descsz);
		if (all > size)
			return;
		if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && memcmp(at + sizeof note, "GNU", 4) == 0 &&
		    note.n_descsz <= ID_MOST) {
			struct build_id *id = LIST_ADD(ids);
			id->size = note.n_descsz;
			memcpy(id->bytes, at + sizeof note + name, note.n_descsz);
		}
		at += all;
		size -= all;
	}
}

/* The program itself has no name here and is hashed whole; the kernel's own (vdso) is the machine's. */
static int take_library(struct dl_phdr_info *info, size_t size, void *context)
{
	(void)size;
	if (!info->dlpi_name || info->dlpi_name[0] != '/')
		return 0;
	for (int i = 0; i < info->dlpi_phnum; i++)
		if (info->dlpi_phdr[i].p_type == PT_NOTE)
			take_notes(context, (const char *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr),
				   info->dlpi_phdr[i].p_memsz);
	return 0;
}

static int compare_ids(const void *left, const void *right)
{
	const struct build_id *a = left, *b = right;
	return memcmp(a, b, sizeof *a);
}

bool program_hash(const char *program, char hash[65])
{
	struct file_bytes bytes;
	struct hash all;
	id_list ids = { 0 };
	if (!program || file_map(program, SIZE_MAX / 2, &bytes))
		return false;
	hash_init(&all);
	hash_add(&all, bytes.text);
	file_release(&bytes);
	dl_iterate_phdr(take_library, &ids);
	if (ids.count)
		qsort(ids.at, ids.count, sizeof *ids.at, compare_ids);
	for (size_t i = 0; i < ids.count; i++)
		hash_add(&all, (struct text){ (const char *)ids.at[i].bytes, ids.at[i].size });
	LIST_FREE(&ids);
	hash_finish(&all, hash);
	return true;
}
