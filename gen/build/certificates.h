/* SPDX-License-Identifier: MIT
 *
 * Certificates of the list in force on the day D, and the list of plaques, into out/<year>/internal/certificates/.
 *
 *	<number>.pdf         one for each entry, made of what the public is told of it
 *	plaques.csv, .xlsx, .pdf   every certificate there has been, the void ones too, with the words of its plaque
 *
 * Numbers are the register's (EVENT_CERTIFIED): an entry keeps its own as long as what stands on the certificate
 * is so.  Another level or name: a new number that names the old one.  Off the list: the number is void, and nothing is
 * made; back on it: a new number.  No number is ever given twice, whatever became of its first holder.
 *
 * The order is that of a batch (batch.h): files beside their place, the register, then the name of the folder.  A run
 * killed in between leaves nothing to mend: the next makes the same files under the numbers that are on record.
 */
#ifndef XINGJI_BUILD_CERTIFICATES_H
#define XINGJI_BUILD_CERTIFICATES_H

#include <stdbool.h>
#include <stddef.h>

struct build;

struct certificates_result {
	const char *path;
	size_t count;    /* in force */
	size_t added;    /* numbers given by this run; of them … */
	size_t replaced; /* … in place of another */
	size_t voided;   /* numbers that this run made void without a new one */
};

/*
 * `folder`: out/<year>, which finished_check has found good; the lock of the tree is held (slot_hold).
 * False after reporting (CERTIFICATE_STATE, CERTIFICATE_EARLIER, or what the disk or the register says).
 */
bool certificates_make(struct build *build, const char *folder, struct certificates_result *result);

#endif
