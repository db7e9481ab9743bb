/* SPDX-License-Identifier: MIT */
#include "model/recorded.h"

#include <stddef.h>

#define FIELD(record, member, form, chinese, english) \
	{ #member, offsetof(struct record, member), RECORDED_##form, { chinese, english } },
#define ENTRY_FIELD(member, ...) FIELD(recorded_entry, member, __VA_ARGS__)
#define ROW_FIELD(member, ...) FIELD(recorded_row, member, __VA_ARGS__)
#define COPY_FIELD(member, ...) FIELD(recorded_copy, member, __VA_ARGS__)
#define STEP_FIELD(member, ...) FIELD(recorded_step, member, __VA_ARGS__)
#define CERTIFICATE_FIELD(member, ...) FIELD(recorded_certificate, member, __VA_ARGS__)
#define DOCUMENT_FIELD(member, ...) FIELD(recorded_document, member, __VA_ARGS__)

const struct recorded_field recorded_entry_fields[RECORDED_ENTRY_FIELDS] = { RECORDED_ENTRY(ENTRY_FIELD) };
const struct recorded_field recorded_row_fields[RECORDED_ROW_FIELDS] = { RECORDED_ROW(ROW_FIELD) };
const struct recorded_field recorded_document_fields[RECORDED_DOCUMENT_FIELDS] = { RECORDED_DOCUMENT(DOCUMENT_FIELD) };
const struct recorded_field recorded_copy_fields[RECORDED_COPY_FIELDS] = { RECORDED_COPY(COPY_FIELD) };
const struct recorded_field recorded_step_fields[RECORDED_STEP_FIELDS] = { RECORDED_STEP(STEP_FIELD) };
const struct recorded_field recorded_certificate_fields[RECORDED_CERTIFICATE_FIELDS] = {
	RECORDED_CERTIFICATE(CERTIFICATE_FIELD)
};

struct text *recorded_member(void *record, const struct recorded_field *field)
{
	return (struct text *)(void *)((char *)record + field->offset);
}

struct text recorded_value(const void *record, const struct recorded_field *field)
{
	struct text value;
	memcpy(&value, (const char *)record + field->offset, sizeof value);
	return value;
}
