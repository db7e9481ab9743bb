/* SPDX-License-Identifier: MIT
 *
 * What scanners write, in events: XCCDF 1.1 and 1.2 test results, wherever in the file they
 * stand (as root, in a benchmark, in an ARF collection), and OSCAL 1.x assessment results.
 *
 * Knows these formats and nothing of ours: which item a rule speaks of, and what an
 * answer is worth, is for check/scans.h.  Holds the test that is being read, of OSCAL also
 * its observations; what else the file says (benchmark, OVAL, requests) goes by.
 */
#ifndef XINGJI_READ_SCAN_H
#define XINGJI_READ_SCAN_H

#include "base/source.h"
#include "base/text.h"

struct reader;

enum {
	SCAN_NAME_LARGEST = 512,        /* bytes of a host, a rule,
		an ident; what is longer is cut (no scanner writes such) */
	SCAN_ANSWERS_MOST = 4 << 20,    /* answers of one file,
		a rule on a host each: a thousand hosts with 4,000 rules */
};

/* One answer: of a rule-result, or of a finding for one of its hosts.  Lives until the handler returns. */
struct scan_said {
	struct text rule;               /* missing where the file names none */
	const struct text *idents;      /* other names of the rule: CCE-80644-8 */
	size_t ident_count;
	struct text answer;             /* as written,
		of OSCAL in the words of XCCDF where it has such; missing: none */
	struct span span;               /* the start tag */
	uint32_t host;                  /* of the test, from 0 */
};

/* Of whom a test was: told behind all its answers, once a host, of host 0 also without any.  Lives until the return. */
struct scan_target {
	uint32_t host;
	struct text name, address;      /* address: the first that is no loopback; missing: none */
	const struct text *others;      /* whatever else names the host or its users */
	size_t other_count;
	struct text format;             /* "XCCDF", "OSCAL" */
	struct text tool, benchmark, profile;
	struct text day;                /* when the test ended, else when it began, as written */
	struct span span;               /* the start tag of the test */
	bool is_last;                   /* of the hosts of this test */
};

struct scan_sink {
	void *context;
	void (*say)(void *context, const struct scan_said *said);
	void (*close)(void *context, const struct scan_target *target);
};

struct scan_file {
	struct text root;               /* name of the root element, in the reader's arena */
	struct span root_span;
	uint32_t tests;                 /* seen: 0 means that the file is no result of a scanner */
	bool is_whole;                  /* else the first fault, or that there is too much, was reported */
};

/* Reads source `number` into sink. */
struct scan_file scan_read(const struct reader *reader, uint32_t number, const struct scan_sink *sink);

#endif
