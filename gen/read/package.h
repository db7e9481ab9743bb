/* SPDX-License-Identifier: MIT
 *
 * The parts of an office package (a ZIP file of XML files), one at a time and bounded.
 *
 * Nothing is unpacked to the disk: names of parts are only compared, so a name
 * cannot lead anywhere.  A part is inflated, checked against its CRC, read by read/xml.h
 * and forgotten.  Whatever is wrong is told once, of the file as a whole, since nobody can
 * mend a part by hand.
 */
#ifndef XINGJI_READ_PACKAGE_H
#define XINGJI_READ_PACKAGE_H

#include "base/inflate.h"
#include "read/xml.h"

struct reader;

enum {
	PACKAGE_MEMBERS_MOST = 4096,
	PACKAGE_MB_MOST = 256,   /* of all parts that are read, inflated */
	PACKAGE_RATIO_MOST = 100, /* of one part; sheets are packed ten to twenty times, bombs a thousand */
	PACKAGE_MB_FREE = 16,    /* below this the ratio does not matter */
};

struct package {
	const struct reader *reader; /* told what is wrong; borrowed */
	uint32_t source;             /* the file, for that */
	struct arena *arena;         /* what the reading of parts takes */
	struct inflate_member *members;
	size_t count;
	size_t left;                 /* bytes that may still come */
	bool is_told;                /* what is wrong */
};

/* The list of parts; bytes are borrowed until package_close, which must follow in any case.  False after reporting. */
bool package_open(struct package *package, const struct reader *reader, uint32_t source, struct text bytes);
void package_close(struct package *package);

bool package_has(const struct package *package, struct text name);
/*
 * Hands the events of a part over; spans in them are of no use behind the handler.  True when it was
 * read to its end or the handler wanted no more; else false after reporting.
 */
bool package_parse(struct package *package, struct text name, xml_handler *handler, void *context);
/* Says, once, that the file is no sound workbook: `part` tells where. */
bool package_damaged(struct package *package, struct text part);

#endif
