/* SPDX-License-Identifier: MIT
 *
 * xingji template rectification --for ID: the form in which one enterprise answers the advice, with its own open items.
 */
#ifndef XINGJI_COMMANDS_TEMPLATE_ANSWERS_H
#define XINGJI_COMMANDS_TEMPLATE_ANSWERS_H

#include "build/options.h"

/* To --output or standard output, as a workbook or as CSV (build/reply_form.h); an exit code. */
int template_answers(const struct options *options, bool is_csv);

#endif
