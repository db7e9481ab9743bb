/* SPDX-License-Identifier: MIT
 *
 * What a city bureau or an agency gets of the year: `xingji build packs` (data/FORMATS.md §12).
 *
 *	internal/packs/<city>/简报.pdf              two pages on its own enterprises
 *	internal/packs/<city>/附件4-….pdf           the agencies that it recommends, to be stamped
 *	internal/packs/<city>/数据.xlsx             its own rows
 *	internal/packs/<city>/诊断书/               the diagnoses of its enterprises, byte for byte
 *	internal/packs/<code>-<agency>/…            brief and rows of an agency
 *
 * Everything is asked in scope city or agency; before a file is written it is searched for everybody else's
 * names, codes and contacts.  What check --packs hands out (packs.h) is another thing: what is to be mended.
 */
#ifndef XINGJI_BUILD_HANDOUT_H
#define XINGJI_BUILD_HANDOUT_H

#include "base/buf.h"
#include "build/build.h"
#include "check/owner.h"

#define HANDOUT_BRIEF     "简报.pdf"
#define HANDOUT_ANNEX     "附件4-自评估咨询机构推荐表.pdf"
#define HANDOUT_ROWS      "数据.xlsx"
#define HANDOUT_DOCUMENTS "诊断书/"

/* The city or agency of a task. */
struct owner handout_owner(const struct model *model, const struct task *task);
/* "internal/packs/苏州市/", in arena. */
struct text handout_folder(struct arena *arena, struct owner owner);
/* Are the diagnoses that this run hands on there, and from the same inputs?  False after reporting. */
bool handout_has_documents(struct build *build);
/* One pack; false after reporting. */
bool make_handout(struct build *build, const struct task *task);

/* handout_rows.c: the workbook of the chosen city or agency; false after reporting. */
bool handout_write_rows(struct build *build, enum facts_scope scope, struct buf *buf);

#endif
