/* SPDX-License-Identifier: MIT */
#include "build/forms.h"

#include "base/buf.h"
#include "base/hash.h"
#include "build/batch_lists.h"
#include "build/build.h"
#include "build/envelopes.h"
#include "doc/plain_text.h"
#include "render/canvas.h"
#include "send/guard.h"
#include "send/qr.h"

static const struct {
	const char *file;
	enum facts_scope scope;
} forms[FORMS] = {
	[FORM_LETTER] = { "dispatch/letter.md", SCOPE_FIRM },
	[FORM_RECEIPT] = { "dispatch/receipt.md", SCOPE_FIRM },
	[FORM_PASSWORD] = { "dispatch/password.md", SCOPE_PUBLIC },
	[FORM_LABELS] = { "dispatch/labels.md", SCOPE_PUBLIC },
	[FORM_REGISTER] = { "dispatch/register.md", SCOPE_PUBLIC },
	[FORM_NOTICE] = { "dispatch/mail-notice.md", SCOPE_PUBLIC },
	[FORM_ATTACHMENT] = { "dispatch/mail-attachment.md", SCOPE_PUBLIC },
	[FORM_CERTIFICATE] = { "certificate.md", SCOPE_PUBLIC },
	[FORM_PLAQUES] = { "plaques.md", SCOPE_PUBLIC },
};

bool forms_load(struct build *build, enum form first, enum form last)
{
	bool is_good = files_load_shared(build);
	for (int form = (int)first; form <= (int)last && is_good; form++) {
		build->press.forms[form] = files_load_text(build, forms[form].file);
		is_good = build->press.forms[form] != NULL;
	}
	return is_good;
}

static const struct doc *compose(struct build *build, const struct form_wish *wish)
{
	const struct compose_source source = edition_source(build, forms[wish->form].scope);
	const struct document_options options = {
		.template = build->press.forms[wish->form], .source = &source, .extra = wish->extra,
			.diag = build->run.diag,
	};
	return document_compose(build->scratch, &options);
}

bool forms_make_table(struct build *build, const struct form_wish *wish, struct buf *pdf, const struct table **table)
{
	size_t errors = diag_count(build->run.diag, SEVERITY_ERROR);
	const struct doc *doc = compose(build, wish);
	const struct pages *pages = make_pages(build, doc);
	if (diag_count(build->run.diag, SEVERITY_ERROR) > errors)
		return false;
	struct canvas *canvas = haru_canvas_new(build->press.theme, build->press.fonts, pdf);
	bool is_good = canvas_paint(canvas, pages);
	if (!is_good)
		DIAG(build->run.diag, DIAG_PDF_FAILED, .a = wish->what, .b = text_from(canvas_error(canvas)));
	canvas_free(canvas);
	*table = NULL;
	for (const struct node *node = doc->root; node && !*table; node = node_after(doc->root, node))
		*table = node->kind == NODE_TABLE ? node->table : NULL;
	return is_good;
}

bool forms_make(struct build *build, const struct form_wish *wish, struct buf *pdf)
{
	const struct table *table;
	return forms_make_table(build, wish, pdf, &table);
}

bool forms_make_mail(struct build *build, const struct form_wish *wish, struct text *subject, struct buf *body)
{
	size_t errors = diag_count(build->run.diag, SEVERITY_ERROR);
	const struct doc *doc = compose(build, wish);
	*subject = doc->subject;
	return plain_text_write(doc->root, build->run.diag, body) &&
	       diag_count(build->run.diag, SEVERITY_ERROR) == errors;
}

/* ---- what a form is told of a copy ---------------------------------------------------------- */

struct text forms_day(struct arena *arena, struct date day)
{
	struct buf buf;
	buf_init(&buf, 64);
	date_write_cn(&buf, day);
	struct text words = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return words;
}

/* What the code on a receipt says (send/qr.h), in arena; 更 in a document's number is written G there. */
static struct text forms_qr(struct arena *arena, const struct copy_form *copy)
{
	const struct recorded_copy *recorded = &copy->envelope->copy;
	const struct text sign = TEXT("更");
	struct buf number;
	buf_init(&number, 256);
	for (size_t i = 0; i < recorded->number.size;) {
		bool is_sign = text_equal(text_slice(recorded->number, i, sign.size), sign);
		buf_byte(&number, is_sign ? 'G' : recorded->number.at[i]);
		i += is_sign ? sign.size : 1;
	}
	const struct qr_payload payload = { .number = buf_view(&number), .sha256 = recorded->sha256,
		.batch = copy->batch,
					    .copy = recorded->copy };
	struct text words = qr_payload(arena, &payload);
	buf_clear(&number);
	return words;
}

/* "k7m2 9x4p h3wd 8tqe": in groups of four, as one copies it from paper. */
static struct text grouped(struct arena *arena, const char *password)
{
	enum { GROUP = 4 };
	char words[64];
	size_t count = 0;
	for (size_t i = 0; password && password[i] && count + 2 < sizeof words; i++) {
		if (i && i % GROUP == 0)
			words[count++] = ' ';
		words[count++] = password[i];
	}
	return text_copy(arena, (struct text){ words, count });
}

enum { COPY_MEMBERS = 22 };

struct datum forms_copy(struct arena *arena, const struct build *build, const struct copy_form *copy)
{
	const struct model *model = build->run.model;
	const struct recorded_copy *recorded = &copy->envelope->copy;
	const struct enterprise *enterprise = &model->enterprises[copy->envelope->enterprise];
	const struct delivery none = { 0 };
	const struct delivery *delivery = enterprise->delivery >= 0 ? &model->deliveries[enterprise->delivery] : &none;
	int64_t days = model->campaign.sending.reply_days;
	const struct date last = date_from_days(date_days(copy->day) + (int32_t)days);
	bool has_address = delivery->address.size > 0;
	const struct {
		struct text name;
		struct datum item;
	} members[] = {
		{ TEXT("number"), datum_text(recorded->copy) }, { TEXT("document"), datum_text(recorded->number) },
		{ TEXT("batch"), datum_text(copy->batch) }, { TEXT("day"), datum_text(forms_day(arena, copy->day)) },
		{ TEXT("reply_by"), datum_text(forms_day(arena, last)) },
		{ TEXT("reply_days"), datum_number(arena, days) }, { TEXT("sha256"), datum_text(recorded->sha256) },
		{ TEXT("pages"), datum_number(arena, (int64_t)copy->page_count) },
		{ TEXT("channel"), datum_text(text_from(choice_word(SET_CHANNEL, copy->envelope->channel))) },
		{ TEXT("name"), datum_text(enterprise->name) }, { TEXT("code"), datum_text(enterprise->code) },
		{ TEXT("address"), datum_text(delivery->address) }, { TEXT("has_address"), datum_boolean(has_address) },
		{ TEXT("sent_to"), datum_text(recorded->address) },
		{ TEXT("postcode"), datum_text(delivery->postcode) },
		{ TEXT("unit"), datum_text(delivery->unit.size ? delivery->unit : enterprise->name) },
		{ TEXT("department"), datum_text(delivery->department) },
		{ TEXT("recipient"), datum_text(delivery->recipient) },
		{ TEXT("form"), datum_text(recorded->form) },
		{ TEXT("was"), datum_text(recorded->was) }, { TEXT("qr"), datum_text(forms_qr(arena, copy)) },
		{ TEXT("password"), datum_text(grouped(arena, copy->password)) }, /* the last */
	};
	_Static_assert(sizeof members / sizeof *members == COPY_MEMBERS, "as many as there is room for");
	struct text *names = ARENA_ARRAY(arena, struct text, COPY_MEMBERS);
	struct datum *items = ARENA_ARRAY(arena, struct datum, COPY_MEMBERS);
	for (size_t i = 0; i < COPY_MEMBERS; i++) {
		names[i] = members[i].name;
		items[i] = members[i].item;
	}
	/* A form that does not bring the password does not know its name either. */
	return datum_object(names, items, copy->password ? COPY_MEMBERS : COPY_MEMBERS - 1);
}

/* ---- the forms of a copy ------------------------------------------------------------------------ */

/* Which go with a copy by its channel: on paper and by hand a letter and a receipt, of what is protected a password. */
static size_t forms_for(int8_t channel, enum form wanted[ENVELOPE_FORMS])
{
	size_t count = 0;
	bool is_handed = channel == CHANNEL_PAPER || channel == CHANNEL_MEDIUM;
	if (is_handed) {
		wanted[count++] = FORM_LETTER;
		wanted[count++] = FORM_RECEIPT;
	}
	if (channel == CHANNEL_PLATFORM || channel == CHANNEL_MEDIUM || channel == CHANNEL_ATTACHMENT)
		wanted[count++] = FORM_PASSWORD;
	return count;
}

/* Beside the document, ASCII as its name; a password never lies where the document does. */
static struct text name_of(struct arena *arena, const struct envelope *envelope, enum form form)
{
	if (form == FORM_PASSWORD)
		return text_format(arena, "password/%.*s.pdf", TEXT_ARGS(envelope->copy.copy));
	struct text stem = text_slice(envelope->copy.file, 0, envelope->copy.file.size - strlen(".pdf"));
	return text_format(arena, "%.*s-%s.pdf", TEXT_ARGS(stem), form == FORM_LETTER ? "letter" : "receipt");
}

static bool is_sound(const struct forms_job *job, enum form form, struct text what, struct text bytes)
{
	const struct build *build = job->build;
	const struct envelope *envelope = job->envelope;
	const struct enterprise *enterprise = &build->run.model->enterprises[envelope->enterprise];
	const struct guard_want want = {
		.envelope = text_format(build->run.arena, "%.*s %.*s", TEXT_ARGS(envelope->copy.code), TEXT_ARGS(what)),
		.name = enterprise->name, .credit_code = enterprise->code, .lacks_code = form == FORM_PASSWORD,
		.number = form == FORM_PASSWORD ? NO_TEXT : envelope->copy.number,
		.page_count = 1, .mark = envelope->copy.copy,
		.qr = form == FORM_RECEIPT ? forms_qr(build->run.arena, &job->copy) : NO_TEXT,
	};
	return guard_check(job->guard, bytes, &want, build->run.diag);
}

static bool make_one(const struct forms_job *job, enum form form, struct text file, struct buf *pdf)
{
	struct build *build = job->build;
	struct copy_form copy = job->copy;
	static const struct text names[] = { TEXT_INIT("copy") };
	if (form != FORM_PASSWORD)
		copy.password = NULL;
	const struct datum items[] = { forms_copy(build->scratch, build, &copy) };
	const struct datum extra = datum_object(names, items, 1);
	const struct form_wish wish = { form, file, &extra };
	if (forms_make(build, &wish, pdf) && is_sound(job, form, file, buf_view(pdf)))
		return true;
	DIAG(build->run.diag, DIAG_DISPATCH_HELD,
		.span = build->run.model->enterprises[job->envelope->enterprise].place,
	     .a = build->run.model->enterprises[job->envelope->enterprise].name,
	     .b = TEXT("随附的函、回证或口令信没有做成\037its letter, receipt or password letter was not made"));
	return false;
}

static bool write_form(const struct forms_job *job, struct text file, struct text bytes)
{
	struct arena *arena = job->build->run.arena;
	struct envelope_form *form = &job->envelope->forms[job->envelope->form_count++];
	char hash[65];
	hash_of(bytes, hash);
	*form = (struct envelope_form){ file, text_copy(arena, text_from(hash)) };
	return batch_write(&job->build->run, job->folder, file, bytes);
}

bool forms_of_copy(const struct forms_job *job)
{
	struct build *build = job->build;
	enum form wanted[ENVELOPE_FORMS];
	struct text files[ENVELOPE_FORMS];
	struct buf made[ENVELOPE_FORMS];
	size_t count = forms_for(job->envelope->channel, wanted);
	bool is_good = true;
	struct facts *facts = count ? edition_facts(build, SCOPE_FIRM) : NULL;
	if (count && !facts)
		return false;
	if (facts)
		facts_choose_firm(facts, job->envelope->enterprise);
	for (size_t i = 0; i < count; i++) {
		buf_init(&made[i], BUF_LIMIT_PAGE);
		files[i] = name_of(build->run.arena, job->envelope, wanted[i]);
		is_good = is_good && make_one(job, wanted[i], files[i], &made[i]);
		arena_clear(build->scratch);
	}
	for (size_t i = 0; i < count; i++) {
		is_good = is_good && write_form(job, files[i], buf_view(&made[i]));
		buf_clear(&made[i]);
	}
	return is_good;
}
