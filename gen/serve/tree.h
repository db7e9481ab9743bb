/* SPDX-License-Identifier: MIT
 *
 * Files below a folder, reached part by part without following a link, so that nothing
 * outside it is ever read, also while somebody changes the folder.
 */
#ifndef XINGJI_SERVE_TREE_H
#define XINGJI_SERVE_TREE_H

#include "base/text.h"

struct buf;

enum tree_kind { TREE_NOTHING, TREE_FOLDER, TREE_FILE };

/*
 * What stands at `path` below `root`; TREE_NOTHING also for links, devices, "..", empty
 * parts and what cannot be opened.  `root` itself may be a link.  The bytes of a file are
 * appended to body (NULL: not wanted); they are read, not mapped, so a file that shrinks
 * meanwhile is only short.
 */
enum tree_kind tree_read(const char *root, struct text path, struct buf *body);

#endif
