/* SPDX-License-Identifier: MIT
 *
 * May what a tree shows be published?  Only where it is whole and as its manifest says, made
 * by this program from the inputs, texts and theme that lie there now, at the same day, and
 * neither a draft nor with participations left out.
 *
 * The register may have grown since: what was published and sent.  Of all that is made only the report's
 * section on sending tells of it, and the next build writes that anew.
 */
#ifndef XINGJI_BUILD_FINISHED_H
#define XINGJI_BUILD_FINISHED_H

#include <stdbool.h>

struct build;
struct manifest_part;

/* build->run is open.  False after reporting everything that speaks against it. */
bool finished_check(struct build *build, const char *folder);
/*
 * A command that works on the finished tree of its year: opens the run, holds the tree against every other
 * (publish/slot.h), and where nothing speaks against it calls `work` with its folder.  An exit code.
 */
struct options;
int finished_run(const struct options *options, void (*work)(struct build *build, const char *folder));
/* Was the site made with this part, and not kept from other inputs? */
bool finished_makes_site(const struct manifest_part *part);

#endif
