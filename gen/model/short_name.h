/* SPDX-License-Identifier: MIT
 *
 * How an enterprise is called by who does not write its whole name: without brackets and what
 * stands in them, without the legal form at its end (有限公司), without the places at its
 * beginning (and 示例, which says that the data are fictional).
 */
#ifndef XINGJI_MODEL_SHORT_NAME_H
#define XINGJI_MODEL_SHORT_NAME_H

#include "model/model.h"

struct arena;

enum {
	SHORT_NAME_LEAST = 4, /* characters: fewer are a word of the language */
	SHORT_NAMES = 2,
};

/*
 * Writes the shortest forms that are long enough, and none that is the name: one where what is
 * left of all (宏晟轮胎) is, else one with the place before it (苏州恒力) and one with the legal
 * form behind it (恒力有限公司).  Returns how many; they live in arena.
 */
size_t short_names(struct arena *arena, const struct model *model, struct text name, struct text forms[SHORT_NAMES]);

#endif
