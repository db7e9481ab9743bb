/* SPDX-License-Identifier: MIT
 *
 * What was read of results (check/kept.h), kept in memory from one case to the next; for check_load.c.
 */
#ifndef XINGJI_TESTS_KEPT_FIXTURE_H
#define XINGJI_TESTS_KEPT_FIXTURE_H

#include <check.h>

#include "base/arena.h"
#include "base/list.h"
#include "check/kept.h"

struct kept_case {
	char name[64], key[65];
	struct buf bytes;
};

static LIST(struct kept_case) kept_cases;
static size_t kept_found, kept_differing;
static bool kept_is_doubted;
static uint32_t kept_spoiling; /* what the bytes are spoilt by; 0: they are not */

static bool kept_find(void *context, struct arena *in, struct text name, const char key[65], struct text *bytes,
		      bool *is_doubted)
{
	(void)context;
	*is_doubted = kept_is_doubted;
	for (size_t i = 0; i < kept_cases.count; i++) {
		if (!text_is(name, kept_cases.at[i].name) || strcmp(key, kept_cases.at[i].key) != 0)
			continue;
		char *copy = text_string(in, buf_view(&kept_cases.at[i].bytes));
		*bytes = (struct text){ copy, kept_cases.at[i].bytes.size };
		for (int change = 0; kept_spoiling && change < 2; change++) {
			kept_spoiling = kept_spoiling * 1664525u + 1013904223u;
			copy[(kept_spoiling >> 8) % bytes->size] ^= (char)(1u << kept_spoiling % 8);
			bytes->size -= kept_spoiling % 5 == 0 ? (kept_spoiling >> 12) % bytes->size : 0;
		}
		kept_found++;
		return true;
	}
	return false;
}

static void kept_keep(void *context, struct text name, const char key[65], struct text bytes)
{
	(void)context;
	if (!bytes.size || kept_spoiling)
		return;
	struct kept_case *one = LIST_ADD(&kept_cases);
	ck_assert_uint_lt(name.size, sizeof one->name);
	memcpy(one->name, name.at, name.size);
	memcpy(one->key, key, sizeof one->key);
	buf_init(&one->bytes, BUF_LIMIT_PAGE);
	buf_text(&one->bytes, bytes);
}

static void kept_differs(void *context, struct text name)
{
	(void)context;
	(void)name;
	kept_differing++;
}

/* Files of a case are written within one tick of the clock: the fixture never knows them unread. */
static bool kept_known(void *context, struct text name, const char *real, struct input_known *known)
{
	(void)context;
	(void)name;
	(void)real;
	(void)known;
	return false;
}

static void kept_note(void *context, struct text name, const char *real, const struct input_known *known)
{
	(void)context;
	(void)name;
	(void)real;
	(void)known;
}

static const struct kept_store kept_in_memory = {
	NULL, "program", kept_find, kept_keep, kept_differs, kept_known, kept_note, .is_fleeting = false,
};

#endif
