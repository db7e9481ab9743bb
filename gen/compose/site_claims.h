/* SPDX-License-Identifier: MIT
 *
 * What site.xml itself says: titles, words of the menu, and what its queries hold between quotes.  Nothing can be
 * claimed there, so words that compare, rank or generalise are reported (claim_words.h).
 */
#ifndef XINGJI_COMPOSE_SITE_CLAIMS_H
#define XINGJI_COMPOSE_SITE_CLAIMS_H

struct diag;
struct site;

void site_claims_check(struct diag *diag, const struct site *site);

#endif
