/* SPDX-License-Identifier: MIT
 *
 * A catalogue as the file models/<id>.xml (data/FORMATS.md §3): what is read from it is this catalogue again.
 */
#ifndef XINGJI_BUILD_MODEL_FILE_H
#define XINGJI_BUILD_MODEL_FILE_H

struct buf;
struct catalogue;

/* Appends it, indented as people write it; what has no value has no attribute. */
void model_file_write(const struct catalogue *catalogue, struct buf *buf);

#endif
