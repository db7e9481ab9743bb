/* SPDX-License-Identifier: MIT
 *
 * A batch: the files that go to the enterprises, made of a finished build into out/<year>/internal/dispatch/<batch>/.
 *
 *	batch.csv            one row a copy
 *	platform/<code>.pdf  protected, with index.csv: for the province's platform
 *	medium/<code>.pdf    protected, with index.csv: for a medium that is handed over
 *	paper/<code>.pdf     to be printed, with index.csv
 *	mail/<copy>.eml      a notice, or the protected document attached; sent by xingji dispatch send
 *	<…>-letter.pdf       beside what goes on paper or by hand: cover letter and, as -receipt.pdf, 送达回证
 *	password/<copy>.pdf  letters with the passwords, to go apart from what they open
 *	forms.csv            what letters, receipts and password letters there are
 *	labels.pdf           the addresses on sheets of labels; register.pdf all copies, to be signed
 *	overdue.csv          copies of earlier batches that nobody signed for in time, to be sent on paper
 *
 * The order is the safety: the files are on the disk beside their place (".<batch>.next"), then the register has the
 * line, then the folder gets its name.  A run that is killed before the line leaves what the next one removes;
 * one that is killed behind it, what the next one gives its name.  So no copy's number ever stands for two.
 */
#ifndef XINGJI_BUILD_BATCH_H
#define XINGJI_BUILD_BATCH_H

#include "base/date.h"
#include "base/text.h"

struct build;

struct batch_options {
	const char *folder; /* out/<year>, which finished_check has found good */
	const char *key;    /* file of the key (send/key.h) */
	struct date day;
	int32_t only;       /* one enterprise, or -1 */
};

struct batch_result {
	struct text batch;  /* missing: there was nothing to send */
	const char *path;
	size_t copies[5];   /* by enum channel */
	size_t corrected, sent, held, doubtful;
	size_t missing;     /* enterprises without a document in this build */
	size_t overdue;
};

/* The lock of the tree is held (slot_hold).  False after reporting: then no copy was recorded. */
bool batch_prepare(struct build *build, const struct batch_options *options, struct batch_result *result);
/*
 * Puts right what a killed run left: batches that the register has get their names, the others are removed.
 * False after reporting.
 */
bool batch_mend(struct build *build, const char *folder);

#endif
