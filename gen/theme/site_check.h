/* SPDX-License-Identifier: MIT
 *
 * What only the whole of a site.xml shows: names of queries that hide each other, cards
 * without a query.
 */
#ifndef XINGJI_THEME_SITE_CHECK_H
#define XINGJI_THEME_SITE_CHECK_H

#include <stdbool.h>

struct diag;
struct site;

/* False after reporting everything that is wrong. */
bool site_check(const struct site *site, struct diag *diag);

#endif
