/* SPDX-License-Identifier: MIT
 *
 * With what a run makes its files: theme, faces and texts, loaded once and the same for all.
 */
#ifndef XINGJI_BUILD_PRESS_H
#define XINGJI_BUILD_PRESS_H

#include "base/map.h"
#include "build/forms.h"
#include "compose/document.h"

struct build;
struct fonts;
struct shaper;
struct site;
struct theme;

struct press {
	const char *content, *themes;                 /* the folders */
	const char *theme_folder;
	const char *default_folder;                   /* of the theme that others inherit; NULL when it is the theme */
	struct theme *theme;
	struct shaper *shaper;                        /* NULL where nothing is set: no paper, no card yet */
	struct fonts *fonts;
	bool is_warm;                                 /* press_warm */
	const struct document_template *diagnosis, *report;
	const struct document_template *report_public; /* NULL without --public */
	const struct document_template *tear_out;      /* NULL without --tear-out */
	const struct document_template *letter;        /* of check --packs alone */
	const struct document_template *brief_city, *brief_agency, *annex_agencies; /* of packs alone, like the next */
	struct document_file rows_city, rows_agency;   /* handout.h */
	const struct document_template *forms[FORMS];  /* forms_load */
	struct site *site;                            /* site.xml and its files */
	struct site *years;                           /* years.xml: the root over the years; NULL until that is made */
	struct document_file phrases;                 /* content/phrases.txt */
	struct document_file replaced;                /* content/replaced.md: the page of a 更正版 */
	struct document_file frame, frame_css;        /* document.html and document.css of the theme */
	struct map remarks_by_code;
	struct document_file *remarks;                /* content/remarks/<code>.md */
	size_t remark_count;
};

/* The folders: what the options say, or where they lie by default (folders.h). */
void press_choose_folders(struct build *build);
/* The theme alone, and what sets paper where the plan has some; false after reporting. */
bool press_open_looks(struct build *build);
/* What else documents need, where the looks were opened for a plan without any; false when something stops them. */
bool press_open_paper(struct build *build);
/* Theme, texts and the characters of the data; false when something stops the build. */
bool press_open(struct build *build);
/* Before so many documents are made: cuts the fonts once for all of them where that is worth it. */
void press_warm(struct build *build, size_t count);
/* Theme and faces alone, for who lays a line over finished pages; the folders are chosen.  False after reporting. */
bool press_open_faces(struct build *build);
void press_close(struct press *press);
/* The theme, and of the texts the letter alone, whatever errors the data have; false after reporting. */
bool press_open_letter(struct build *build);
/* The shaper, where a run that prints no paper needs one after all; false after reporting. */
bool press_open_shaper(struct build *build);

/* files.c: compiles content/diagnosis.md, tear-out.md and report/, reads the remarks.  False after reporting. */
bool files_load(struct build *build);
/* A file of the theme by its plain name, where it has none of the one that it inherits; false after reporting. */
bool files_open_theme(struct build *build, const char *name, struct document_file *file);
/* content/letter.md alone.  False after reporting. */
bool files_load_letter(struct build *build);
/* What all texts share; and then a document of one file of content/, NULL after reporting. */
bool files_load_shared(struct build *build);
const struct document_template *files_load_text(struct build *build, const char *name);
/* The pages of the root over the years.  False after reporting. */
bool files_load_years(struct build *build);
/* The texts of the report (with --public, of its public edition too) alone, for who wants its figures and no pages. */
bool files_load_report(struct build *build);

/*
 * characters.c: every text of the data that a document may print is looked through for
 * characters that no face of the theme has; each is reported at its place in the file.
 * Those of names that titles cannot set in bold are counted and named in one warning.
 */
void characters_check(struct build *build);
/* Adds the characters of all sources behind the first `behind` ones to a set (render/fonts.h). */
void characters_collect(const struct sources *sources, uint32_t behind, uint64_t *set);
/* Tells the fonts which characters the run may use; the scratch arena is cleared. */
void characters_note(struct build *build);

#endif
