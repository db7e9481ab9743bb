/* SPDX-License-Identifier: MIT */
#include "send/mime.h"

#include <assert.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "send/ascii.h"
#include "send/mime_words.h"
#include "send/transfer.h"

enum { COPY_MOST = 200, TYPE_MOST = 100, BOUNDARY_DIGITS = 32 };

/* ---- what may be written ---------------------------------------------------------------- */

struct text mail_fault_words(enum mail_fault fault)
{
	static const char *const words[MAIL_FAULT_COUNT] = {
		[MAIL_GOOD] = "\x1F",
		[MAIL_FROM] = "发件人地址或名称不合规\x1F" "the sender is malformed",
		[MAIL_TO] = "收件人地址或名称不合规\x1F" "the recipient is malformed",
		[MAIL_DATE] = "没有日期\x1F" "there is no date",
		[MAIL_MESSAGE_ID] = "Message-ID 不合规\x1F" "the Message-ID is malformed",
		[MAIL_COPY] = "份号不合规\x1F" "the copy's number is malformed",
		[MAIL_SUBJECT] = "主题为空、过长或含有控制字符\x1F"
			"the subject is empty, too long or holds a control character",
		[MAIL_BODY] = "正文为空或含有控制字符\x1F" "the text is empty or holds a control character",
		[MAIL_ATTACHMENT_NAME] = "附件名为空、过长或含有不能用于文件名的字符\x1F"
			"an attachment's name is empty, too long or holds what no file's name may",
		[MAIL_ATTACHMENT_TYPE] = "附件的媒体类型不合规\x1F" "an attachment's media type is malformed",
		[MAIL_ATTACHMENTS] = "附件过多\x1F" "there are too many attachments",
	};
	assert(fault < MAIL_FAULT_COUNT);
	return text_from(words[fault]);
}

static bool is_control(uint32_t character)
{
	return character < ' ' || (character >= 0x7F && character < 0xA0) || character == 0x2028 || character == 0x2029;
}

/* One line of at most so many characters, with something in it. */
static bool is_line(struct text text, size_t most)
{
	for (size_t at = 0; at < text.size;) {
		uint32_t character = utf8_next(text, &at);
		if (character == UTF8_BAD || is_control(character))
			return false;
	}
	return text_trim(text).size && utf8_count(text) <= most;
}

static bool is_body(struct text text)
{
	for (size_t at = 0; at < text.size;) {
		uint32_t character = utf8_next(text, &at);
		if (character == UTF8_BAD || (is_control(character) && character != '\n' && character != '\t'))
			return false;
	}
	return text.size > 0;
}

/* Not what leads elsewhere or is shown as another name. */
static bool is_file_name(struct text name)
{
	for (size_t at = 0; at < name.size;) {
		uint32_t character = utf8_next(name, &at);
		if (character == '/' || character == '\\' || utf8_is_invisible(character))
			return false;
	}
	return is_line(name, MAIL_NAME_MOST) && name.at[0] != '.' && text_equal(text_trim(name), name);
}

static bool is_ascii_word(struct text text, size_t most)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.at[i] <= ' ' || text.at[i] > '~')
			return false;
	return text.size && text.size <= most;
}

/* RFC 6838 §4.2. */
static bool is_media_type(struct text type)
{
	size_t slashes = 0;
	for (size_t i = 0; i < type.size; i++) {
		if (!ascii_is_alnum(type.at[i]) && (!type.at[i] || !strchr("/.+-", type.at[i])))
			return false;
		slashes += type.at[i] == '/';
	}
	return slashes == 1 && type.size <= TYPE_MOST && type.at[0] != '/' && !text_ends(type, "/");
}

static enum mail_fault check_attachments(const struct mail *mail)
{
	if (mail->attachment_count > MAIL_ATTACHMENTS_MOST)
		return MAIL_ATTACHMENTS;
	for (size_t i = 0; i < mail->attachment_count; i++) {
		if (!is_file_name(mail->attachments[i].name))
			return MAIL_ATTACHMENT_NAME;
		if (!is_media_type(mail->attachments[i].type))
			return MAIL_ATTACHMENT_TYPE;
	}
	return MAIL_GOOD;
}

enum mail_fault mail_check(const struct mail *mail)
{
	if (mailbox_check(&mail->from) != MAILBOX_NONE)
		return MAIL_FROM;
	if (mailbox_check(&mail->to) != MAILBOX_NONE)
		return MAIL_TO;
	if (date_is_missing(mail->date))
		return MAIL_DATE;
	if (mailbox_check_address(mail->message_id) != MAILBOX_NONE)
		return MAIL_MESSAGE_ID;
	if (!is_ascii_word(mail->copy, COPY_MOST))
		return MAIL_COPY;
	if (!is_line(mail->subject, MAIL_SUBJECT_MOST))
		return MAIL_SUBJECT;
	return is_body(mail->body) ? check_attachments(mail) : MAIL_BODY;
}

/* ---- writing ------------------------------------------------------------------------------ */

static void write_date(struct buf *buf, struct date date)
{
	/* 1970-01-01 was a Thursday. */
	static const char *const days[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
	static const char *const months[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
	};
	const char *day = days[(date_days(date) % 7 + 7) % 7], *month = months[date.month - 1];
	buf_format(buf, "Date: %s, %02d %s %04d 09:00:00 +0800\r\n", day, date.day, month, date.year);
}

/* Automatic, so that nobody's absence answers it; reports that it came back are wanted. */
static void write_header(struct buf *buf, const struct mail *mail)
{
	write_date(buf, mail->date);
	buf_string(buf, "From: ");
	mime_write_mailbox(buf, mail->from.name, mail->from.address);
	buf_string(buf, "\r\nTo: ");
	mime_write_mailbox(buf, mail->to.name, mail->to.address);
	buf_string(buf, "\r\nSubject: ");
	mime_write_text(buf, mail->subject);
	buf_format(buf, "\r\nMessage-ID: <%.*s>\r\n", TEXT_ARGS(mail->message_id));
	buf_format(buf, "X-Xingji-Copy: %.*s\r\n", TEXT_ARGS(mail->copy));
	buf_string(buf, "Auto-Submitted: auto-generated\r\n"
		"X-Auto-Response-Suppress: OOF, AutoReply\r\n"
		"MIME-Version: 1.0\r\n");
}

/*
 * Names the message, so that no two are alike.  No line of a body can be one: base64 has neither - nor _
 * (RFC 2045 §6.7 recommends "=_" for that reason).
 */
static void find_boundary(const struct mail *mail, char boundary[65])
{
	struct hash hash;
	hash_init(&hash);
	hash_add(&hash, mail->message_id);
	hash_add(&hash, mail->subject);
	hash_add(&hash, mail->body);
	for (size_t i = 0; i < mail->attachment_count; i++) {
		hash_add(&hash, mail->attachments[i].name);
		hash_add(&hash, mail->attachments[i].bytes);
	}
	hash_finish(&hash, boundary);
	boundary[BOUNDARY_DIGITS] = '\0';
}

static void write_body(struct buf *buf, struct text body)
{
	struct buf lines;
	buf_init(&lines, BUF_LIMIT_PAGE);
	for (struct text line; text_next(&body, '\n', &line);) {
		buf_text(&lines, line);
		if (body.at)
			buf_string(&lines, "\r\n");
	}
	assert(!lines.overflowed);
	buf_string(buf, "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
	transfer_write_base64_lines(buf, buf_view(&lines));
	buf_clear(&lines);
}

static void write_attachment(struct buf *buf, const struct mail_attachment *attachment, size_t number)
{
	buf_format(buf, "Content-Type: %.*s", TEXT_ARGS(attachment->type));
	mime_write_name(buf, attachment->name);
	buf_string(buf, "\r\nContent-Disposition: attachment");
	mime_write_filename(buf, attachment->name, number);
	buf_string(buf, "\r\nContent-Transfer-Encoding: base64\r\n\r\n");
	transfer_write_base64_lines(buf, attachment->bytes);
}

void mail_write(struct buf *buf, const struct mail *mail)
{
	assert(mail_check(mail) == MAIL_GOOD);
	write_header(buf, mail);
	if (!mail->attachment_count) {
		write_body(buf, mail->body);
		return;
	}
	char boundary[65];
	find_boundary(mail, boundary);
	buf_format(buf, "Content-Type: multipart/mixed;\r\n boundary=\"=_%s\"\r\n\r\n--=_%s\r\n", boundary, boundary);
	write_body(buf, mail->body);
	for (size_t i = 0; i < mail->attachment_count; i++) {
		buf_format(buf, "\r\n--=_%s\r\n", boundary);
		write_attachment(buf, &mail->attachments[i], i + 1);
	}
	buf_format(buf, "\r\n--=_%s--\r\n", boundary);
}

size_t mail_size(const struct mail *mail)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	mail_write(&buf, mail);
	size_t size = buf.overflowed ? SIZE_MAX : buf.size;
	buf_clear(&buf);
	return size;
}
