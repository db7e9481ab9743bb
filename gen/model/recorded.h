/* SPDX-License-Identifier: MIT
 *
 * What the register says of the list: each of its lines, and of a version that was published
 * every entry in the words that stood there (data/FORMATS.md §7).
 *
 * Read by check/ from register.jsonl; made by build/ of the present inputs, to be compared
 * with what was read and to be written.
 */
#ifndef XINGJI_MODEL_RECORDED_H
#define XINGJI_MODEL_RECORDED_H

#include "base/date.h"
#include "base/source.h"
#include "base/text.h"

/*
 * The members of an entry, in the order in which they are written:
 *	F(member, form, "表头", "heading")
 * NUMBER is written without quotes, SPARSE only where it is not empty.
 */
#define RECORDED_ENTRY(F) \
	F(name, TEXT, "企业名称", "name") \
	F(city, TEXT, "设区市", "city") \
	F(industry, TEXT, "行业", "industry") \
	F(track, TEXT, "参培类型", "track") \
	F(level, NUMBER, "级别序号", "number of the level") \
	F(label, TEXT, "级别", "level") \
	F(change, TEXT, "变化", "change") \
	F(status, SPARSE, "状态", "status") \
	F(first, SPARSE, "原级别", "first level") \
	F(former, SPARSE, "原名称", "former name") \
	F(address, TEXT, "链接", "address") \
	F(code, TEXT, "统一社会信用代码", "credit code")

/* Of a row of the ledger that the version went by: what the public was told of it. */
#define RECORDED_ROW(F) \
	F(date, TEXT, "日期", "date") \
	F(code, TEXT, "统一社会信用代码", "credit code") \
	F(track, TEXT, "参培类型", "track") \
	F(kind, TEXT, "类别", "kind") \
	F(label, SPARSE, "更正后级别", "level") \
	F(name, SPARSE, "企业名称", "name") \
	F(reason, TEXT, "公开说明", "reason")

/*
 * Of a document that left with the version, as it stands from then on under its number: of whom (a credit
 * code, or one of the two words below), number, day D and hash; of one that took the place of another also
 * the number and the hash of that, and why.
 */
#define RECORDED_DOCUMENT(F) \
	F(code, TEXT, "文书", "document") \
	F(number, TEXT, "编号", "number") \
	F(date, TEXT, "日期", "date") \
	F(sha256, TEXT, "SHA-256", "SHA-256") \
	F(was, SPARSE, "替换的编号", "replaces number") \
	F(was_sha256, SPARSE, "替换的 SHA-256", "replaces SHA-256") \
	F(reason, SPARSE, "更正原因", "reason")

/*
 * Of a copy that was prepared to be sent: its number, to whom, by which channel (its id) and to which address,
 * which document with which hash, the file that is handed over, the form for the answer that is within it, and of one
 * that corrects an earlier one what that was.
 */
#define RECORDED_COPY(F) \
	F(copy, TEXT, "份号", "copy") \
	F(code, TEXT, "统一社会信用代码", "credit code") \
	F(channel, TEXT, "渠道", "channel") \
	F(address, TEXT, "地址", "address") \
	F(recipient, SPARSE, "收件人", "recipient") \
	F(number, TEXT, "文书", "document") \
	F(sha256, TEXT, "SHA-256", "SHA-256") \
	F(file, TEXT, "文件", "file") \
	F(file_sha256, TEXT, "文件 SHA-256", "SHA-256 of the file") \
	F(form, SPARSE, "反馈表", "form for the answer") \
	F(form_sha256, SPARSE, "反馈表 SHA-256", "SHA-256 of the form") \
	F(was, SPARSE, "更正的文书", "corrects document") \
	F(was_sha256, SPARSE, "更正的 SHA-256", "corrects SHA-256")

/*
 * Of a state that a copy got into (send/state.h): on which day, what was said of it, and the hash of a
 * scanned receipt.
 */
#define RECORDED_STEP(F) \
	F(copy, TEXT, "份号", "copy") \
	F(state, TEXT, "状态", "state") \
	F(date, TEXT, "日期", "date") \
	F(detail, SPARSE, "说明", "detail") \
	F(scan, SPARSE, "回执 SHA-256", "SHA-256 of the receipt")

/*
 * Of a certificate: its number, of whom and of which track, what stands on it, its day; of one in place of another
 * the number of
 * that; `state` RECORDED_VOID instead of a new one says that a number is withdrawn (the other members are repeated).
 */
#define RECORDED_CERTIFICATE(F) \
	F(number, TEXT, "证书编号", "certificate") \
	F(code, TEXT, "统一社会信用代码", "credit code") \
	F(track, TEXT, "参培类型", "track") \
	F(name, TEXT, "企业名称", "name") \
	F(city, TEXT, "设区市", "city") \
	F(level, NUMBER, "级别序号", "number of the level") \
	F(label, TEXT, "级别", "level") \
	F(date, TEXT, "发证日期", "date") \
	F(was, SPARSE, "取代的编号", "replaces number") \
	F(state, SPARSE, "状态", "state")

#define RECORDED_VOID "void"

#define RECORDED_REPORT        "report"
#define RECORDED_REPORT_PUBLIC "report-public"

/* Why one was replaced, as `reason` says it. */
#define RECORDED_BY_LEDGER  "名单变动"
#define RECORDED_BY_CONTENT "内容重新编制"

#define RECORDED_MEMBER(member, form, chinese, english) struct text member;

struct recorded_entry {
	RECORDED_ENTRY(RECORDED_MEMBER)
};

struct recorded_row {
	RECORDED_ROW(RECORDED_MEMBER)
};

struct recorded_document {
	RECORDED_DOCUMENT(RECORDED_MEMBER)
	struct date day; /* `date` */
};

struct recorded_copy {
	RECORDED_COPY(RECORDED_MEMBER)
};

struct recorded_step {
	RECORDED_STEP(RECORDED_MEMBER)
	struct date day; /* `date` */
};

struct recorded_certificate {
	RECORDED_CERTIFICATE(RECORDED_MEMBER)
	struct date day; /* `date` */
};

enum recorded_form { RECORDED_TEXT, RECORDED_NUMBER, RECORDED_SPARSE };

/* One member, to be found in a record by its offset. */
struct recorded_field {
	const char *key;
	size_t offset;
	enum recorded_form form;
	const char *heading[2]; /* Chinese, English */
};

#define RECORDED_COUNT(member, form, chinese, english) +1
enum {
	RECORDED_ENTRY_FIELDS = 0 RECORDED_ENTRY(RECORDED_COUNT), RECORDED_ROW_FIELDS = 0 RECORDED_ROW(RECORDED_COUNT),
	RECORDED_DOCUMENT_FIELDS = 0 RECORDED_DOCUMENT(RECORDED_COUNT),
	RECORDED_COPY_FIELDS = 0 RECORDED_COPY(RECORDED_COUNT), RECORDED_STEP_FIELDS = 0 RECORDED_STEP(RECORDED_COUNT),
	RECORDED_CERTIFICATE_FIELDS = 0 RECORDED_CERTIFICATE(RECORDED_COUNT),
};

extern const struct recorded_field recorded_entry_fields[RECORDED_ENTRY_FIELDS];
extern const struct recorded_field recorded_row_fields[RECORDED_ROW_FIELDS];
extern const struct recorded_field recorded_document_fields[RECORDED_DOCUMENT_FIELDS];
extern const struct recorded_field recorded_copy_fields[RECORDED_COPY_FIELDS];
extern const struct recorded_field recorded_step_fields[RECORDED_STEP_FIELDS];
extern const struct recorded_field recorded_certificate_fields[RECORDED_CERTIFICATE_FIELDS];
/* The member of an entry or a row. */
struct text *recorded_member(void *record, const struct recorded_field *field);
struct text recorded_value(const void *record, const struct recorded_field *field);

/*
 * One line; of an event other than EVENT_PUBLISHED only the first five members, of EVENT_REPLACED the documents too,
 * of EVENT_DISPATCHED those, batch and copies, of EVENT_STATE the step, of EVENT_CERTIFIED the certificates.
 */
struct recorded {
	int64_t n;
	struct date day;
	int8_t event;      /* enum event */
	struct text line;  /* as it stands in the file */
	struct span place; /* its beginning */
	struct date version;
	int8_t state;      /* enum state */
	struct recorded_entry *entries;
	size_t entry_count;
	struct recorded_row *rows;
	size_t row_count;
	struct recorded_document *documents; /* none in lines older than their recording */
	size_t document_count;
	struct text batch;
	struct text key; /* fingerprint of the key from which its passwords follow; missing in older lines */
	struct recorded_copy *copies;
	size_t copy_count;
	struct recorded_step step;
	struct recorded_certificate *certificates;
	size_t certificate_count;
};

#endif
