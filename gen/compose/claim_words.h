/* SPDX-License-Identifier: MIT
 *
 * Words that compare, rank or generalise, and the kinds of claim that may say them.  What a text says
 * outside a claim, or in one of another kind, nobody has proved.
 */
#ifndef XINGJI_COMPOSE_CLAIM_WORDS_H
#define XINGJI_COMPOSE_CLAIM_WORDS_H

#include <stdbool.h>

#include "base/source.h"

struct diag;
struct mustache;

enum claim_markup {
	CLAIM_MARKDOWN, /* prose, headings, heads of fences whole, covers and what is signed are read */
	CLAIM_HTML,     /* all is read but comments, scripts and styles: an attribute is shown or read out, too */
};

/*
 * Reports each such word of a text that is read and stands in no claim of a kind that may say it.  In every
 * branch of the text, whatever this year's data print of it.  Of a query that is written in the text what stands
 * between quotes, as below: a claim around it, but a plain one, does not hold its words against rows.
 * What a fence says instead of no rows, empty="…", stands in a claim of kind empty: the fence proves it.
 */
void claim_words_check(struct diag *diag, const struct mustache *template, enum claim_markup markup);
/*
 * The same where nothing can be claimed: what SQL holds between quotes, since a query gives words for a text to
 * print; and a line of words.  span: where it stands in its source.
 */
void claim_words_check_query(struct diag *diag, const struct mustache *sql);
void claim_words_check_sql(struct diag *diag, struct text sql, struct span span);
void claim_words_check_line(struct diag *diag, struct text line, struct span span);
/* "free WHY": such words need no claims. */
bool claim_words_are_free(struct text value);
/* Such a word stands in the text: it is a sentence that somebody asks about, and no name. */
bool claim_words_are_in(struct text text);

#endif
