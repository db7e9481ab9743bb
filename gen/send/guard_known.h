/* SPDX-License-Identifier: MIT
 *
 * Names that are words, too: whoever is called 工业信息安全 stands in each 工业信息安全诊断书, and there it is no name.
 *
 * Looked for in the texts from which all documents are made.  Only where the word goes on is it excused, and only a
 * name without a form (公司, 厂 …): a text that says 示例有限公司 means that firm, and is stopped.
 */
#ifndef XINGJI_SEND_GUARD_KNOWN_H
#define XINGJI_SEND_GUARD_KNOWN_H

#include "base/text.h"

struct arena;
struct diag;
struct guard_known;

struct guard_known *guard_known_new(struct arena *arena);
void guard_known_free(struct guard_known *known);
/* All before the first guard_known_read; borrowed. */
void guard_known_add(struct guard_known *known, struct text name);
/* Calls back for each run of letters around such a name in the text; it may be the name itself. */
typedef void guard_known_found(void *context, struct text name, struct text phrase);
void guard_known_read(struct guard_known *known, struct text text, guard_known_found *found, void *context,
		      struct diag *diag);

#endif
