/* SPDX-License-Identifier: MIT
 *
 * The place of an output on the disk: out/2021, what stands beside it, and who may write.
 *
 *	out/2021        what people see: replaced as a whole, in one step
 *	out/.2021.next  the new tree while it is made; taken away by the next run where it was left
 *	out/.2021.old   the tree before, for who is just copying it; becomes next when a run begins (renew.h)
 *	out/.2021.receipts, out/.2021.searched.receipts, out/.2021.fonts.receipts, out/.2021.read.receipts/
 *	                notes for the next run (store.h, build/receipt.h)
 *	out/.2021.lock  held while a run writes (lock.h)
 *
 * Where out/2021 is a link to a folder, all this happens at that folder, and the link stays.
 * Nothing is replaced or removed that is not ours: a folder is ours when it is empty or holds
 * a manifest of ours, and then every file in it must be one that a manifest names.
 */
#ifndef XINGJI_PUBLISH_SLOT_H
#define XINGJI_PUBLISH_SLOT_H

#include <stdint.h>

#include "publish/lock.h"

struct diag;
struct manifest;

enum { PUBLIC_FOLDER = 0755, PUBLIC_FILE = 0644, SECRET_FOLDER = 0700, SECRET_FILE = 0600 };

struct slot {
	struct arena *arena;
	const char *shown;  /* as the user named it: "out/2021" */
	const char *target; /* the same without links */
	const char *next, *old, *parent;
	struct lock lock;
	bool has_next;       /* made by this run and not published: to be removed */
	bool is_renewed;     /* from the tree before the last: what stands in next has to make way (renew.h) */
	unsigned mask;       /* mode bits that folders do not get */
	bool keeps_modes;
	bool was_unfinished; /* the tree that was replaced lacks shards: nobody's to copy */
	int64_t began_ns; /* when next was made, by the clock of the disk */
};

/*
 * Takes the lock, puts right what a killed run left, refuses what is not ours, and makes an
 * empty `next`.  *before is what the manifests in target say.  False after reporting; then
 * nothing was changed but what a killed run had left, and nothing is held.
 */
bool slot_open(struct slot *slot, struct arena *arena, const char *folder, struct manifest *before, struct diag *diag);
/* The lock alone, for who adds to a tree that stays: no build exchanges it meanwhile.  False after reporting. */
bool slot_hold(struct slot *slot, struct arena *arena, const char *folder, struct diag *diag);
/*
 * next becomes target: synced, exchanged, synced again; the tree before becomes old.  False
 * after reporting; target is as it was, but where the message says that the new tree may not
 * outlast a power cut.
 */
bool slot_replace(struct slot *slot, struct diag *diag);
/* Removes next where it was not published, and lets the lock go.  Only by the process that opened. */
void slot_close(struct slot *slot);

#endif
