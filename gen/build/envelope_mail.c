/* SPDX-License-Identifier: MIT */
#include "build/envelope_mail.h"

#include "base/buf.h"
#include "build/build.h"
#include "build/envelopes.h"
#include "send/mime.h"

/* The day that a copy's number begins with: the same after a restart. */
static struct date copy_day(struct text copy)
{
	struct date day = { 0 };
	date_parse(text_slice(copy, 0, 8), &day);
	return day;
}

static struct text message_id(const struct envelope_mail *job, const struct mailbox *from)
{
	struct text copy = job->copy.envelope->copy.copy;
	return text_format(job->build->scratch, "%lld.%.*s@%.*s", (long long)job->build->run.model->campaign.year,
			   TEXT_ARGS(copy), TEXT_ARGS(mailbox_domain(from->address)));
}

/* Its words; false after reporting. */
static bool compose(const struct envelope_mail *job, struct mail *mail, struct buf *body)
{
	struct build *build = job->build;
	static const struct text names[] = { TEXT_INIT("copy") };
	const struct datum items[] = { forms_copy(build->scratch, build, &job->copy) };
	const struct datum extra = datum_object(names, items, 1);
	const struct form_wish wish = { job->attachment.size ? FORM_ATTACHMENT : FORM_NOTICE,
					job->copy.envelope->copy.file, &extra };
	bool is_good = forms_make_mail(build, &wish, &mail->subject, body);
	mail->body = buf_view(body);
	return is_good;
}

static struct text write(const struct envelope_mail *job, struct buf *body, struct buf *bytes)
{
	struct build *build = job->build;
	struct text sender = build->run.model->campaign.sending.sender;
	const struct recorded_copy *copy = &job->copy.envelope->copy;
	struct mail mail = { .to = { .address = copy->address }, .copy = copy->copy, .date = copy_day(copy->copy) };
	if (!sender.size || mailbox_parse(sender, &mail.from) != MAILBOX_NONE)
		return TEXT("campaign.xml 的 <delivery> 没有写 sender（发件人）\037<delivery> of campaign.xml has no sender");
	if (!compose(job, &mail, body))
		return TEXT("邮件的正文没有做成\037the words of its mail were not made");
	bool is_named = text_contains(mail.body, copy->number) || text_contains(mail.subject, copy->number);
	if (!job->attachment.size && !is_named)
		return TEXT("通知里没有文书编号，措辞里写上 {{copy.document}}\037"
			    "the notice does not name the document: put {{copy.document}} into its words");
	const struct mail_attachment file = {
		.name = text_format(build->scratch, "%.*s.pdf", TEXT_ARGS(copy->copy)),
		.type = TEXT("application/pdf"), .bytes = job->attachment,
	};
	mail.message_id = message_id(job, &mail.from);
	mail.attachments = &file;
	mail.attachment_count = job->attachment.size > 0;
	enum mail_fault fault = mail_check(&mail);
	if (fault != MAIL_GOOD)
		return mail_fault_words(fault);
	mail_write(bytes, &mail);
	return NO_TEXT;
}

struct text envelope_mail_write(const struct envelope_mail *mail, struct buf *bytes)
{
	struct buf body;
	buf_init(&body, BUF_LIMIT_PAGE);
	struct text doubtful = write(mail, &body, bytes);
	buf_clear(&body);
	arena_clear(mail->build->scratch);
	return doubtful;
}
