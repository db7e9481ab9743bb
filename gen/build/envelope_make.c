/* SPDX-License-Identifier: MIT */
#include "build/envelope_make.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "build/batch_lists.h"
#include "build/build.h"
#include "build/envelope_answer.h"
#include "build/envelope_mail.h"
#include "build/envelope_words.h"
#include "build/envelopes.h"
#include "build/key_used.h"
#include "send/guard.h"
#include "send/key.h"
#include "send/pdf_pages.h"
#include "send/protect.h"

struct envelope_maker {
	struct build *build;
	struct envelope_maker_options options;
	struct text year;
	struct key key;
	struct guard *guard;
};

/* ---- opening ----------------------------------------------------------------------------- */

static void know_names(struct envelope_maker *maker)
{
	const struct model *model = maker->build->run.model;
	maker->guard = guard_new(maker->build->run.arena);
	for (size_t i = 0; i < model->enterprise_count; i++)
		guard_add_enterprise(maker->guard, model->enterprises[i].name, model->enterprises[i].code);
	guard_allow(maker->guard, model->campaign.publisher);
	for (size_t i = 0; i < model->agency_count; i++)
		guard_allow(maker->guard, model->agencies[i].name);
	envelope_words_know(maker->build, maker->guard);
}

struct envelope_maker *envelope_maker_open(struct build *build, const struct envelope_maker_options *options)
{
	struct arena *arena = build->run.arena;
	struct envelope_maker *maker = ARENA_NEW(arena, struct envelope_maker);
	*maker = (struct envelope_maker){ .build = build, .options = *options };
	maker->year = text_format(arena, "%lld", (long long)build->run.model->campaign.year);
	if (!key_load(options->key, &maker->key, build->run.diag))
		return NULL;
	if (!key_used_check(&build->run, &maker->key) || !forms_load(build, FORM_LETTER, FORM_ATTACHMENT) ||
	    !files_load_text(build, "diagnosis.md") || !press_open_faces(build)) {
		key_wipe(&maker->key);
		return NULL;
	}
	know_names(maker);
	return maker;
}

struct text envelope_maker_key(const struct envelope_maker *maker)
{
	return text_from(maker->key.fingerprint);
}

struct guard *envelope_maker_guard(struct envelope_maker *maker)
{
	return maker->guard;
}

void envelope_maker_close(struct envelope_maker *maker)
{
	if (!maker)
		return;
	key_wipe(&maker->key);
	guard_free(maker->guard);
	edition_close_facts(&maker->build->edition);
	press_close(&maker->build->press);
}

/* ---- one file ------------------------------------------------------------------------------ */

/* What one envelope is made of and held against. */
struct making {
	struct envelope_maker *maker;
	struct envelope *envelope;
	const struct enterprise *enterprise;
	struct text archive; /* the finished document */
	struct text mark;    /* words that every protected page has: for whom it is */
	char password[KEY_PASSWORD_SIZE];
};

static bool doubt(struct making *making, const char *reason)
{
	DIAG(making->maker->build->run.diag, DIAG_DISPATCH_HELD, .span = making->enterprise->place,
	     .a = making->enterprise->name, .b = text_from(reason));
	return false;
}

static bool is_plain_code(struct text code)
{
	for (size_t i = 0; i < code.size; i++)
		if (!((code.at[i] >= '0' && code.at[i] <= '9') || (code.at[i] >= 'A' && code.at[i] <= 'Z')))
			return false;
	return code.size > 0;
}

/* ASCII alone: platforms and media lose other names. */
static void name_file(struct making *making)
{
	struct recorded_copy *copy = &making->envelope->copy;
	bool is_mail = making->envelope->channel == CHANNEL_NOTICE || making->envelope->channel == CHANNEL_ATTACHMENT;
	struct text stem = !is_mail && is_plain_code(copy->code) ? copy->code : copy->copy;
	copy->file = text_format(making->maker->build->run.arena, "%s%.*s%s",
				 batch_channel_folder(making->envelope->channel), TEXT_ARGS(stem),
				 is_mail ? ".eml" : ".pdf");
}

static bool protect(struct making *making, struct buf *bytes)
{
	struct build *build = making->maker->build;
	const struct recorded_copy *copy = &making->envelope->copy;
	char owner[KEY_OWNER_SIZE];
	struct buf mark, form;
	buf_init(&form, BUF_LIMIT_FILE);
	if (!envelope_answer_make(build, making->envelope, making->maker->options.day, &form)) {
		buf_clear(&form);
		return doubt(making, "整改反馈表没有做成\037the form for the answer was not made");
	}
	const struct protect_attachment attachment = {
		.name = copy->form, .description = TEXT("填好后送回"), .type = ENVELOPE_ANSWER_TYPE,
		.bytes = buf_view(&form),
	};
	struct text words = text_format(build->run.arena, "%.*s　份号 %.*s", TEXT_ARGS(making->enterprise->name),
					TEXT_ARGS(copy->copy));
	buf_init(&mark, BUF_LIMIT_PAGE);
	bool is_good = make_recipient(build, words, making->enterprise->place, &mark);
	key_owner_password(owner);
	const struct protect_job job = { .what = copy->number, .archive = making->archive, .mark = buf_view(&mark),
					 .user_password = making->password, .owner_password = owner,
					 .attachments = &attachment, .attachment_count = copy->form.size > 0 };
	is_good = is_good && protect_pdf(&job, bytes, build->run.diag);
	key_wipe_bytes(owner, sizeof owner);
	buf_clear(&mark);
	buf_clear(&form);
	arena_clear(build->scratch);
	making->mark = copy->copy;
	return is_good;
}

/* ---- mail ------------------------------------------------------------------------------------ */

static bool make_mail(struct making *making, struct buf *bytes)
{
	struct envelope_maker *maker = making->maker;
	struct buf attachment;
	bool has_attachment = making->envelope->channel == CHANNEL_ATTACHMENT;
	buf_init(&attachment, BUF_LIMIT_PAGE);
	bool is_good = !has_attachment || protect(making, &attachment);
	const struct envelope_mail mail = {
		.build = maker->build, .attachment = buf_view(&attachment),
		.copy = { .envelope = making->envelope, .batch = maker->options.batch, .day = maker->options.day },
	};
	struct text doubtful = NO_TEXT;
	if (is_good)
		doubtful = envelope_mail_write(&mail, bytes);
	buf_clear(&attachment);
	return is_good && (!doubtful.size || doubt(making, doubtful.at));
}

/* ---- the guard --------------------------------------------------------------------------------- */

static bool is_sound(struct making *making, struct text bytes)
{
	const struct envelope *envelope = making->envelope;
	bool is_notice = envelope->channel == CHANNEL_NOTICE, is_paper = envelope->channel == CHANNEL_PAPER;
	const struct guard_want want = {
		.envelope = text_format(making->maker->build->run.arena, "%.*s %.*s", TEXT_ARGS(envelope->copy.code),
					TEXT_ARGS(envelope->copy.file)),
		.name = making->enterprise->name, .credit_code = making->enterprise->code,
		.lacks_name = is_notice, .lacks_code = is_notice, .number = envelope->copy.number,
		.archive = is_notice ? NO_TEXT : making->archive, .sha256 = is_notice ? NO_TEXT : envelope->copy.sha256,
		.form = { envelope->copy.form_sha256, making->maker->year },
		.mark = making->mark, .password = is_paper || is_notice ? NULL : making->password,
	};
	return guard_check(making->maker->guard, bytes, &want, making->maker->build->run.diag);
}

static bool make_bytes(struct making *making, struct buf *bytes)
{
	switch ((enum channel)making->envelope->channel) {
	case CHANNEL_PAPER: /* printed and sealed: cover letter, receipt and label go with it */
		buf_text(bytes, making->archive);
		return true;
	case CHANNEL_PLATFORM:
	case CHANNEL_MEDIUM:
		return protect(making, bytes);
	case CHANNEL_NOTICE:
	case CHANNEL_ATTACHMENT:
		return make_mail(making, bytes);
	case CHANNELS:
		break;
	}
	return false;
}

/* The bytes that the build made and the manifest names. */
static bool is_the_document(const struct making *making)
{
	char hash[65];
	hash_of(making->archive, hash);
	return text_is(making->envelope->document->sha256, hash);
}

static bool make_forms(struct making *making)
{
	const struct envelope_maker *maker = making->maker;
	struct build *build = maker->build;
	struct forms_job job = {
		.build = build, .guard = maker->guard, .folder = maker->options.next, .envelope = making->envelope,
		.copy = { .envelope = making->envelope, .batch = maker->options.batch, .day = maker->options.day,
			  .password = making->password, .page_count = pdf_pages_count(making->archive) },
	};
	return forms_of_copy(&job);
}

bool envelope_make(struct envelope_maker *maker, struct envelope *envelope, struct buf *bytes)
{
	struct run *run = &maker->build->run;
	struct making making = { .maker = maker, .envelope = envelope,
				 .enterprise = &run->model->enterprises[envelope->enterprise] };
	struct file_bytes file;
	struct text path = make_diagnosis_path(run->arena, run->model, envelope->enterprise);
	const char *full = file_join(run->arena, maker->options.folder, path);
	int error = file_read(full, BUF_LIMIT_FILE, NULL, &file);
	if (error) {
		DIAG(run->diag, DIAG_FILE_UNREADABLE, .a = text_from(full), .b = file_reason(error));
		return false;
	}
	making.archive = file.text;
	key_password(&maker->key, maker->year, envelope->copy.code, making.password);
	name_file(&making);
	bool is_good = is_the_document(&making)
			       ? make_bytes(&making, bytes) && !bytes->overflowed && is_sound(&making, buf_view(bytes))
			       : doubt(&making, "诊断书在读取时变了\037the diagnosis changed while it was read");
	is_good = is_good && make_forms(&making);
	key_wipe_bytes(making.password, sizeof making.password);
	file_release(&file);
	return is_good;
}
