/* SPDX-License-Identifier: MIT
 *
 * Envelopes of a whole province, made and checked, and then made wrong.
 *	envelopes DATA YEAR OUT WORK FAULTS SEED
 *
 * Of every diagnosis below OUT/YEAR a protected copy with its recipient mark and a letter with its
 * QR code are made in memory and must pass the guard.  Then FAULTS times one of them is made wrong
 * in one of the ways of enum fault, and must be stopped.  Three copies, their archive copies and a
 * letter are left in WORK for other programs to look at, with their passwords (mode 0600).  The
 * last line says what was counted, and what a copy and a check cost in CPU time.  Exit code 1 where
 * the guard was wrong.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "build/build.h"
#include "build/envelope_words.h"
#include "build/reply_form.h"
#include "doc/number.h"
#include "model/copy_number.h"
#include "render/canvas.h"
#include "send/guard.h"
#include "send/key.h"
#include "send/pdf_pages.h"
#include "send/protect.h"
#include "send/qr.h"

enum { LEFT_THERE = 3, FAULTS_SHOWN = 10 };

enum fault {
	FAULT_SWAPPED, FAULT_SWAPPED_PASSWORD, FAULT_PAGE_REMOVED, FAULT_HASH, FAULT_ARCHIVE, FAULT_NUMBER,
	FAULT_NAME, FAULT_NAME_WIDE, FAULT_NAME_SPACED, FAULT_NAME_BRACKET, FAULT_CODE, FAULT_CODE_SPACED, FAULT_CODE_WIDE,
	FAULT_NAME_UNMARKED, FAULT_UNPROTECTED, FAULT_CUT,
	FAULT_FORM_SWAPPED, FAULT_FORM_ALTERED, FAULT_LETTER_QR, FAULT_LETTER_SWAPPED, FAULTS
};

struct envelope {
	int32_t enterprise;
	struct text name, code, copy, archive, qr;
	size_t page_count;
	char sha256[65], password[KEY_PASSWORD_SIZE];
};

struct province {
	struct build build;
	struct guard *guard;
	struct key key;
	struct envelope *envelopes;
	size_t count, wrong;
	struct buf mark, copy, letter, form;
	struct protect_attachment attached; /* no bytes: none */
	struct facts *facts;                /* of what an enterprise may know */
	struct diag *diag; /* of the guard, thrown away */
	unsigned long long seed;
	double protect_seconds, check_seconds;
	size_t protected_count, check_count;
};

static size_t draw(struct province *province, size_t limit)
{
	province->seed = province->seed * 6364136223846793005ull + 1442695040888963407ull;
	return (size_t)(province->seed >> 33) % limit;
}

static double cpu_seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- making ------------------------------------------------------------------------------------------- */

static bool protect(struct province *province, const struct envelope *envelope, struct text archive, const char *words)
{
	struct build *build = &province->build;
	char owner[KEY_OWNER_SIZE];
	buf_reset(&province->mark);
	buf_reset(&province->copy);
	key_owner_password(owner);
	struct text line = words ? text_from(words)
				 : text_format(build->scratch, "%.*s　份号 %.*s　2021年12月20日", TEXT_ARGS(envelope->name), TEXT_ARGS(envelope->copy));
	double start = cpu_seconds();
	bool is_good = make_recipient(build, line, NO_SPAN, &province->mark);
	const struct protect_job job = { .what = envelope->code, .archive = archive, .mark = buf_view(&province->mark),
					 .user_password = envelope->password, .owner_password = owner,
					 .attachments = &province->attached,
					 .attachment_count = province->attached.bytes.size > 0 };
	is_good = is_good && protect_pdf(&job, &province->copy, build->run.diag);
	province->protect_seconds += cpu_seconds() - start;
	province->protected_count++;
	return is_good;
}

/* The form for the answer of whomever, with whatever number, to be attached from now on; its hash. */
static bool attach_form(struct province *province, const struct envelope *envelope, char sha256[65])
{
	struct build *build = &province->build;
	const struct reply_form form = { .model = build->run.model, .facts = province->facts,
					 .today = build->run.today, .number = envelope->copy };
	size_t items;
	facts_choose_firm(form.facts, envelope->enterprise);
	bool is_good = reply_form_write(&form, build->scratch, &province->form, &items);
	hash_of(buf_view(&province->form), sha256);
	province->attached = (struct protect_attachment){ .name = TEXT("整改反馈表.xlsx"), .type = "application/zip",
							  .bytes = buf_view(&province->form) };
	return is_good;
}

static struct node *add(struct arena *arena, struct node *parent, enum node_kind kind, struct text text)
{
	struct node *node = node_new(arena, kind);
	node->text = text;
	node_append(parent, node);
	return node;
}

/* A letter: to whom, which document, and the code of it. */
static bool write_letter(struct province *province, const struct envelope *envelope, struct text qr)
{
	struct build *build = &province->build;
	struct arena *arena = build->scratch;
	struct doc doc = { .root = node_new(arena, NODE_DOCUMENT), .title = TEXT("送达回证"), .language = TEXT("zh-CN"),
			   .date = TEXT("2021-12-20"), .page_style = TEXT("report"), .numbering = TEXT("chinese") };
	const struct text lines[] = { envelope->name, envelope->code, envelope->copy };
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		add(arena, add(arena, doc.root, NODE_PARAGRAPH, NO_TEXT), NODE_TEXT, lines[i]);
	struct node *code = add(arena, doc.root, NODE_QR, qr);
	code->level = 25;
	code->title = TEXT("送达回证二维码");
	add(arena, add(arena, doc.root, NODE_PARAGRAPH, NO_TEXT), NODE_TEXT, TEXT("收到后请签字寄回。"));
	const struct pages *pages = make_pages(build, &doc);
	struct canvas *canvas = haru_canvas_new(build->press.theme, build->press.fonts, &province->letter);
	buf_reset(&province->letter);
	bool is_good = canvas_paint(canvas, pages);
	canvas_free(canvas);
	return is_good;
}

/* ---- checking -------------------------------------------------------------------------------------------- */

static struct guard_want want_of(const struct envelope *envelope)
{
	return (struct guard_want){ .envelope = envelope->code, .name = envelope->name, .credit_code = envelope->code,
				    .number = envelope->copy, .page_count = envelope->page_count, .archive = envelope->archive,
				    .sha256 = text_from(envelope->sha256), .mark = envelope->copy, .password = envelope->password };
}

static struct guard_want want_of_letter(const struct envelope *envelope)
{
	return (struct guard_want){ .envelope = envelope->code, .name = envelope->name, .credit_code = envelope->code,
				    .number = envelope->copy, .qr = envelope->qr };
}

static bool check(struct province *province, struct text bytes, const struct guard_want *want, struct diag *diag)
{
	double start = cpu_seconds();
	bool is_clean = guard_check(province->guard, bytes, want, diag);
	province->check_seconds += cpu_seconds() - start;
	province->check_count++;
	return is_clean;
}

/* ---- wrong in one way ---------------------------------------------------------------------------------------- */

/* Every character but Han in its full width. */
static const char *widened(struct arena *arena, struct text text)
{
	struct buf out;
	buf_init(&out, BUF_LIMIT_PAGE);
	for (size_t at = 0; at < text.size;) {
		uint32_t character = utf8_next(text, &at);
		utf8_write(&out, character > ' ' && character < 0x7F ? character + 0xFEE0 : character);
	}
	const char *made = text_string(arena, buf_view(&out));
	buf_clear(&out);
	return made;
}

/* The text between after its first `count` characters. */
static const char *with(struct arena *arena, struct text text, size_t count, const char *between)
{
	size_t size = utf8_prefix(text, count).size;
	struct text rest = text_slice(text, size, text.size);
	return text_string(arena, text_format(arena, "%.*s%s%.*s", (int)size, text.at, between, TEXT_ARGS(rest)));
}

/* The copy without its second page, protected as before. */
static bool remove_page(struct buf *copy, const char *password)
{
	qpdf_data opened = qpdf_init();
	bool is_good = !(qpdf_read_memory(opened, "pdf", copy->at, copy->size, password) & QPDF_ERRORS);
	is_good = is_good && !(qpdf_remove_page(opened, qpdf_get_page_n(opened, 1)) & QPDF_ERRORS);
	is_good = is_good && !(qpdf_init_write_memory(opened) & QPDF_ERRORS) && !(qpdf_write(opened) & QPDF_ERRORS);
	struct buf shorter;
	buf_init(&shorter, BUF_LIMIT_FILE);
	if (is_good)
		buf_add(&shorter, qpdf_get_buffer(opened), qpdf_get_buffer_length(opened));
	qpdf_cleanup(&opened);
	buf_reset(copy);
	buf_text(copy, buf_view(&shorter));
	buf_clear(&shorter);
	return is_good;
}

/* The mark says another's name or code, in one spelling or another. */
static bool protect_naming(struct province *province, const struct envelope *own, const struct envelope *other, enum fault fault)
{
	struct arena *arena = province->build.scratch;
	const char *words = text_string(arena, other->name);
	if (fault == FAULT_NAME_WIDE)
		words = widened(arena, other->name);
	else if (fault == FAULT_NAME_SPACED)
		words = with(arena, other->name, 3, "　");
	else if (fault == FAULT_NAME_BRACKET)
		words = with(arena, other->name, 4, "（");
	else if (fault == FAULT_CODE)
		words = text_string(arena, other->code);
	else if (fault == FAULT_CODE_SPACED)
		words = with(arena, other->code, 8, " ");
	else if (fault == FAULT_CODE_WIDE)
		words = widened(arena, other->code);
	return protect(province, own, own->archive,
	               text_string(arena, text_format(arena, "份号 %.*s　%s", TEXT_ARGS(own->copy), words)));
}

/* False when the guard lets it through. */
static bool is_stopped(struct province *province, const struct envelope *own, const struct envelope *other, enum fault fault)
{
	struct arena *arena = province->build.scratch;
	struct guard_want want = want_of(own), letter = want_of_letter(own);
	char sha256[65], form[65];
	bool is_good = true;
	memcpy(sha256, own->sha256, sizeof sha256);
	struct text bytes;
	switch (fault) {
	case FAULT_SWAPPED: is_good = protect(province, other, other->archive, NULL); break;
	case FAULT_SWAPPED_PASSWORD: /* only the words are looked at */
		is_good = protect(province, other, other->archive, NULL);
		want.password = other->password;
		want.archive = want.sha256 = want.number = want.mark = NO_TEXT;
		want.page_count = 0;
		break;
	case FAULT_PAGE_REMOVED:
		is_good = protect(province, own, own->archive, NULL) && remove_page(&province->copy, own->password);
		break;
	case FAULT_HASH:
		is_good = protect(province, own, own->archive, NULL);
		sha256[draw(province, 64)] ^= 1;
		want.sha256 = text_from(sha256);
		break;
	case FAULT_ARCHIVE: /* another's pages under our mark, or ours changed by a byte */
		is_good = protect(province, own, other->archive, NULL);
		break;
	case FAULT_NUMBER: is_good = protect(province, own, own->archive, NULL), want.number = TEXT("2021-00000000"); break;
	case FAULT_NAME: case FAULT_NAME_WIDE: case FAULT_NAME_SPACED: case FAULT_NAME_BRACKET: case FAULT_CODE: case FAULT_CODE_SPACED:
	case FAULT_CODE_WIDE: is_good = protect_naming(province, own, other, fault); break;
	case FAULT_NAME_UNMARKED:
		is_good = protect_naming(province, own, other, FAULT_NAME);
		want.mark = NO_TEXT;
		break;
	case FAULT_UNPROTECTED: buf_reset(&province->copy), buf_text(&province->copy, own->archive); break;
	case FAULT_CUT:
		is_good = protect(province, own, own->archive, NULL);
		province->copy.size -= 1 + draw(province, province->copy.size - 1);
		break;
	case FAULT_FORM_SWAPPED: /* recorded as it is: nothing but its words is wrong */
		is_good = attach_form(province, other, form) && protect(province, own, own->archive, NULL);
		want.form = (struct guard_form){ text_from(form), TEXT("2021") };
		break;
	case FAULT_FORM_ALTERED:
		is_good = attach_form(province, own, form);
		form[draw(province, 64)] ^= 1;
		is_good = is_good && protect(province, own, own->archive, NULL);
		want.form = (struct guard_form){ text_from(form), TEXT("2021") };
		break;
	case FAULT_LETTER_QR: is_good = write_letter(province, own, other->qr), want = letter; break;
	case FAULT_LETTER_SWAPPED: is_good = write_letter(province, other, own->qr), want = letter; break;
	case FAULTS: break;
	}
	bytes = fault < FAULT_LETTER_QR ? buf_view(&province->copy) : buf_view(&province->letter);
	bool is_caught = !is_good || !check(province, bytes, &want, province->diag);
	if (!is_good)
		fprintf(stderr, "envelopes: fault %d could not be made\n", (int)fault);
	province->attached = (struct protect_attachment){ .bytes = NO_TEXT };
	arena_clear(arena);
	return is_caught && is_good;
}

/* ---- the province ---------------------------------------------------------------------------------------------- */

static void leave(const struct province *province, const char *folder, size_t number, const struct envelope *envelope)
{
	char path[4200];
	const struct {
		const char *name;
		struct text bytes;
	} files[] = { { "archive", envelope->archive }, { "copy", buf_view(&province->copy) } };
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s/%s-%zu.pdf", folder, files[i].name, number);
		file_write(path, files[i].bytes, 0600);
	}
}

static bool read_envelope(struct province *province, struct envelope *envelope, const char *out)
{
	struct build *build = &province->build;
	const struct model *model = build->run.model;
	const struct enterprise *enterprise = &model->enterprises[envelope->enterprise];
	struct text path = make_diagnosis_path(build->scratch, model, envelope->enterprise);
	char *file = text_string(build->scratch, text_format(build->scratch, "%s/%lld/%.*s", out, (long long)model->campaign.year, TEXT_ARGS(path)));
	struct file_bytes bytes;
	struct pdf_pages pages;
	char room[COPY_NUMBER_SIZE];
	if (file_read(file, BUF_LIMIT_FILE, build->run.arena, &bytes))
		return false;
	envelope->archive = bytes.text;
	envelope->name = enterprise->name;
	envelope->code = enterprise->code;
	envelope->copy = text_copy(build->run.arena, copy_number(model->campaign.year, enterprise->code, room));
	hash_of(bytes.text, envelope->sha256);
	key_password(&province->key, TEXT("2021"), enterprise->code, envelope->password);
	envelope->qr = qr_payload(build->run.arena, &(struct qr_payload){ envelope->copy, text_from(envelope->sha256), TEXT("B1"), TEXT("1") });
	if (!pdf_pages_read(build->scratch, bytes.text, NULL, &pages))
		return false;
	envelope->page_count = pages.count;
	return true;
}

static void open_guard(struct province *province)
{
	const struct model *model = province->build.run.model;
	province->guard = guard_new(province->build.run.arena);
	for (size_t i = 0; i < model->enterprise_count; i++)
		guard_add_enterprise(province->guard, model->enterprises[i].name, model->enterprises[i].code);
	for (size_t i = 0; i < model->agency_count; i++)
		guard_allow(province->guard, model->agencies[i].name);
	guard_allow(province->guard, model->campaign.publisher);
	envelope_words_know(&province->build, province->guard);
}

static void check_clean(struct province *province, const char *work)
{
	FILE *passwords = NULL;
	char path[4200];
	snprintf(path, sizeof path, "%s/passwords.txt", work);
	file_write(path, NO_TEXT, 0600);
	passwords = fopen(path, "w");
	for (size_t i = 0; i < province->count; i++) {
		const struct envelope *envelope = &province->envelopes[i];
		struct guard_want want = want_of(envelope), letter = want_of_letter(envelope);
		char form[65];
		bool is_good = attach_form(province, envelope, form);
		want.form = (struct guard_form){ text_from(form), TEXT("2021") };
		is_good = is_good && protect(province, envelope, envelope->archive, NULL);
		is_good = is_good && check(province, buf_view(&province->copy), &want, province->build.run.diag);
		if (i < LEFT_THERE) {
			leave(province, work, i, envelope);
			fprintf(passwords, "%s %.*s %.*s %.*s\n", envelope->password, TEXT_ARGS(envelope->copy), TEXT_ARGS(envelope->qr), TEXT_ARGS(envelope->name));
		}
		is_good = write_letter(province, envelope, envelope->qr) && is_good;
		is_good = check(province, buf_view(&province->letter), &letter, province->build.run.diag) && is_good;
		province->wrong += !is_good;
		if (i == 0) {
			snprintf(path, sizeof path, "%s/letter.pdf", work);
			file_write(path, buf_view(&province->letter), 0600);
		}
		arena_clear(province->build.scratch);
	}
	province->attached = (struct protect_attachment){ .bytes = NO_TEXT };
	fclose(passwords);
}

static size_t check_wrong(struct province *province, size_t count)
{
	size_t passed = 0;
	for (size_t i = 0; i < count; i++) {
		size_t own = draw(province, province->count), other = (own + 1 + draw(province, province->count - 1)) % province->count;
		enum fault fault = (enum fault)(i % FAULTS);
		struct envelope *envelopes = province->envelopes;
		if (!is_stopped(province, &envelopes[own], &envelopes[other], fault) && passed++ < FAULTS_SHOWN)
			printf("let through: fault %d of %.*s with %.*s\n", (int)fault, TEXT_ARGS(envelopes[own].name), TEXT_ARGS(envelopes[other].name));
	}
	return passed;
}

static bool open_facts(struct province *province)
{
	const struct run *run = &province->build.run;
	const struct facts_options options = { .assessment = run->assessment, .list = run->shown, .diag = run->diag,
					       .scope = SCOPE_FIRM, .today = run->today, .sources = run->sources };
	province->facts = facts_open(&options);
	return province->facts != NULL;
}

static bool open_province(struct province *province, char **argv, const struct options *options)
{
	struct build *build = &province->build;
	*build = (struct build){ .options = options, .plan.parts = PART_DIAGNOSIS };
	build->scratch = arena_new();
	if (run_open(&build->run, options) || !build->run.model)
		return false;
	press_choose_folders(build);
	if (!press_open(build))
		return false;
	char path[4200];
	snprintf(path, sizeof path, "%s/test.key", argv[4]);
	if (!key_new(path, build->run.diag) || !key_load(path, &province->key, build->run.diag))
		return false;
	province->envelopes = ARENA_ARRAY(build->run.arena, struct envelope, build->run.model->enterprise_count);
	for (size_t i = 0; i < build->run.model->enterprise_count; i++) {
		province->envelopes[province->count].enterprise = (int32_t)i;
		province->count += read_envelope(province, &province->envelopes[province->count], argv[3]);
		arena_clear(build->scratch);
	}
	buf_init(&province->mark, BUF_LIMIT_FILE);
	buf_init(&province->copy, BUF_LIMIT_FILE);
	buf_init(&province->letter, BUF_LIMIT_FILE);
	buf_init(&province->form, BUF_LIMIT_FILE);
	province->diag = diag_new(build->run.arena, build->run.sources);
	return province->count > 1 && open_facts(province);
}

int main(int argc, char **argv)
{
	if (argc != 7)
		return 2;
	/* What ships with the program lies around this one too. */
	const struct options options = { .data = argv[1], .year = argv[2],
					 .environment = { .processors = 1, .program = realpath(argv[0], NULL) } };
	static struct province province;
	province.seed = strtoull(argv[6], NULL, 10);
	if (!open_province(&province, argv, &options)) {
		fprintf(stderr, "envelopes: cannot open the province\n");
		if (province.build.run.diag)
			run_report_errors(&province.build.run);
		return 3;
	}
	double start = cpu_seconds();
	open_guard(&province);
	double opening = cpu_seconds() - start;
	check_clean(&province, argv[4]);
	size_t clean_checks = province.check_count, faults = strtoull(argv[5], NULL, 10);
	double clean = province.check_seconds;
	size_t passed = check_wrong(&province, faults);
	if (province.wrong)
		run_report_errors(&province.build.run);
	printf("%zu envelopes, %zu stopped without cause; %zu made wrong, %zu let through; a copy %.1f ms, a check %.1f ms, the guard %.1f ms of CPU\n",
	       province.count, province.wrong, faults, passed, province.protect_seconds * 1000 / (double)province.protected_count,
	       clean * 1000 / (double)clean_checks, opening * 1000);
	return province.wrong || passed;
}
