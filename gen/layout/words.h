/* SPDX-License-Identifier: MIT
 *
 * The few words that layout itself prints: what depends on where pages end.
 */
#ifndef XINGJI_LAYOUT_WORDS_H
#define XINGJI_LAYOUT_WORDS_H

#define WORDS_PAGE_OF "第 %u 页　共 %u 页" /* page, pages */
#define WORDS_PAGE_DASHED "— %u —"
#define WORDS_CONTINUED "续"               /* before a table's number at its repeated head */
#define WORDS_CONTENTS "目　录"
#define WORDS_TABLES "表目录"
#define WORDS_FIGURES "图目录"
#define WORDS_COPIES "抄送："
#define WORDS_PRINTED "%.*s印发"            /* the day */
#define WORDS_UNIT "%.*s（%.*s）"          /* a column's heading and unit */

#endif
