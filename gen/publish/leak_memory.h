/* SPDX-License-Identifier: MIT
 *
 * What an earlier scan looked through and found clean, so that this one looks again only at what is new.
 *
 * Remembered are, by digest: each value that was hunted, as it was (is it a remark, has it several owners); each file,
 * by its path and bytes; and all that was looked at of them, through whatever view, as a set of bits: for eight bytes
 * of a text at least at every eighth place of it, and for every eight bytes in a row (every six, where short values
 * were looked for, too) of what values were looked for in in other encodings.
 *
 * A file that was clean of a value is clean of it while its bytes, the texts that are public by themselves and the
 * program are the same.  A value that is hunted for the first time can stand in such a file only where its form does:
 * there of any eight places of the form that follow each other one is in the set.  Where that is so of none, nobody
 * need look; where it may be (or the form is too short to tell: under 15 bytes), every file is looked through.  The set
 * may say yes to what never was there, never no to what was.
 * Where no file, no text that is searched and no text that is public by itself has changed, the values that were hunted
 * then are not even hunted again: only the new ones are looked for in those texts and, as above, in the files.
 *
 * One file in a hundred is looked through all the same; of scans that look through none, one in a hundred (by whoever
 * says so, looks_at_all) looks through all.
 * (What is escaped is seen with more on both sides than eight bytes and what may stand between them reach; what lies
 * further off was seen as it is.)
 */
#ifndef XINGJI_PUBLISH_LEAK_MEMORY_H
#define XINGJI_PUBLISH_LEAK_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/text.h"

struct arena;
struct leak;
struct output_file;

struct leak_memory {
	struct arena *arena;
	struct text program;       /* who scans: another program remembers nothing of this one's scans */
	bool is_there;             /* there was an earlier scan, of which is remembered … */
	struct map values, files;  /* digests */
	struct text context, texts_then;
	uint64_t *seen;            /* 1 << seen_bits words; of this scan, too */
	int seen_bits;
	/* This scan. */
	bool looks_at_all;         /* whoever scans wants it to be one of those that pass over nothing */
	bool is_recalled;          /* it passes over all files, and hunts only for what was not hunted for */
	bool is_used, is_kept;     /* it may pass over files; it found nothing */
	char *digests;             /* of its values */
	struct text texts;
	struct buf kept_values, kept_known, kept_files;
};

/* Nothing is remembered yet. */
void leak_memory_init(struct leak_memory *memory, struct arena *arena, struct text program);
void leak_memory_clear(struct leak_memory *memory);
/* What leak_memory_write wrote, borrowed; of other bytes nothing is remembered. */
void leak_memory_read(struct leak_memory *memory, struct text notes);
/* After a scan that found nothing. */
void leak_memory_write(const struct leak_memory *memory, struct buf *notes);

/*
 * For leak.c, where nothing may be remembered.  Before anything is hunted: are all files that are for outside as they
 * were when they were found clean, and the texts in which no value was found, and those that say what is no leak?  Then
 * what was hunted is marked as recalled, with what is no leak, and need not be hunted again.
 */
bool leak_memory_recall(struct leak *leak, const struct output_file *files, size_t count);
/*
 * When all is known that is hunted: may some of the files be passed over?  Where not, nothing that was recalled may be
 * left out.
 */
bool leak_memory_open(struct leak *leak, const struct output_file *files, size_t count);
/* Was the file clean, and is it still? */
bool leak_memory_passes(struct leak *leak, const struct output_file *file);
/* When everything was clean: what is remembered from now on are these values and all files that were asked for. */
void leak_memory_keep(struct leak *leak);
/* Bytes that are looked at now; for values in other encodings, too; for short ones in those. */
void leak_memory_see(struct leak_memory *memory, struct text bytes, bool is_other, bool is_narrow);
/* Of a text up to here, which is none of those, the part from `start` on: what begins before it was seen. */
void leak_memory_see_part(struct leak_memory *memory, struct text bytes, size_t start);

#endif
