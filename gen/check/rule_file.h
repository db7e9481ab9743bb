/* SPDX-License-Identifier: MIT
 *
 * A rule to be tried: the rules of another file in place of those of a year.
 *
 * The file is a campaign.xml or any XML file whose root is or holds <track id="…"> with a
 * <rule>; of it only tracks and their rules are read.  What model it names does not matter:
 * the catalogues stay those of the year.
 */
#ifndef XINGJI_CHECK_RULE_FILE_H
#define XINGJI_CHECK_RULE_FILE_H

#include "check/load.h"

/*
 * Replaces the rules of the tracks that the file names, in a model that load_model made or
 * a copy of one; the others stay.  False when something was wrong, which is reported: no
 * track, a track that the year does not hold or that has no rule here, a wrong rule.
 */
bool rule_file_apply(struct arena *arena, struct sources *sources, struct diag *diag, const char *path,
		     struct model *model);

#endif
