/* SPDX-License-Identifier: MIT
 *
 * The preview's pages of paper: the report and each diagnosis as pictures below /__pages/,
 * for who works on their words.
 *
 *	/__pages/                          the documents by name
 *	/__pages/report/                   the report, its pages one below the other
 *	/__pages/report/3.png              its third page
 *	/__pages/diagnosis/<code>/         the same of one enterprise
 *
 * A document is laid out once, each page painted when the browser comes to it.  They show everything that
 * is confidential; nothing of them is ever written to a file.
 */
#ifndef XINGJI_COMMANDS_PAPER_H
#define XINGJI_COMMANDS_PAPER_H

#include "base/buf.h"
#include "commands/line.h"

struct build;
struct pages;

#define PAPER_ROOT "__pages"
#define PAPER_STYLES \
	"<link rel=\"stylesheet\" href=\"/__theme.css\">\n" \
	"<link rel=\"stylesheet\" href=\"/" PAPER_ROOT "/style.css\">\n"

extern const char paper_style[];

/* Is the path (http.h) below PAPER_ROOT? */
bool paper_owns(struct text path);

/* ---- in a process of the desk ---- */

struct paper {
	struct build *build;
	struct text chosen;        /* "report", "diagnosis/<code>": whose pages these are; missing: none yet */
	const struct pages *pages; /* in build->scratch */
	struct buf *body;          /* of the answer that is being made */
};

/* Texts and faces of a build whose data are read and whose theme is open; false after reporting. */
bool paper_open(struct paper *paper, struct build *build);
/* Appends what is at the path.  False after reporting: the build is then of no further use. */
bool paper_answer(struct paper *paper, struct text path, struct line_reply *reply, struct buf *body);

#endif
