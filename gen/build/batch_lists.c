/* SPDX-License-Identifier: MIT */
#include "build/batch_lists.h"

#include "base/buf.h"
#include "build/run.h"

const char *batch_channel_folder(int8_t channel)
{
	static const char *const folders[CHANNELS] = {
		[CHANNEL_PLATFORM] = "platform/", [CHANNEL_PAPER] = "paper/", [CHANNEL_MEDIUM] = "medium/",
		[CHANNEL_NOTICE] = "mail/", [CHANNEL_ATTACHMENT] = "mail/",
	};
	return folders[channel];
}

static void write_row(struct buf *buf, const struct text *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_byte(buf, ',');
		buf_csv(buf, cells[i]);
	}
	buf_string(buf, "\r\n");
}
#define WRITE_ROW(buf, cells) write_row((buf), (cells), sizeof(cells) / sizeof *(cells))

/* With the mark that spreadsheets want before UTF-8. */
static void begin(struct buf *buf)
{
	buf_reset(buf);
	buf_string(buf, "\xEF\xBB\xBF");
}

static struct text channel_word(int8_t channel)
{
	return text_from(choice_word(SET_CHANNEL, channel));
}

static bool write_batch(const struct batch_contents *contents, struct buf *buf)
{
	static const struct text headings[] = {
		TEXT_INIT("统一社会信用代码"), TEXT_INIT("渠道"), TEXT_INIT("地址"), TEXT_INIT("文件"), TEXT_INIT("sha256"),
		TEXT_INIT("份号"), TEXT_INIT("文书"), TEXT_INIT("更正的文书"), TEXT_INIT("更正的 SHA-256"),
	};
	begin(buf);
	WRITE_ROW(buf, headings);
	for (size_t i = 0; i < contents->count; i++) {
		const struct recorded_copy *copy = &contents->at[i].copy;
		const struct text cells[] = { copy->code, channel_word(contents->at[i].channel), copy->address,
					      copy->file, copy->file_sha256, copy->copy, copy->number, copy->was,
					      copy->was_sha256 };
		WRITE_ROW(buf, cells);
	}
	return batch_write(contents->run, contents->folder, TEXT("batch.csv"), buf_view(buf));
}

/* The letters, receipts and password letters that go with the copies. */
static bool write_forms(const struct batch_contents *contents, struct buf *buf)
{
	static const struct text headings[] = { TEXT_INIT("份号"), TEXT_INIT("统一社会信用代码"), TEXT_INIT("文件"),
						TEXT_INIT("sha256") };
	size_t rows = 0;
	begin(buf);
	WRITE_ROW(buf, headings);
	for (size_t i = 0; i < contents->count; i++)
		for (size_t j = 0; j < contents->at[i].form_count; j++, rows++) {
			const struct envelope *envelope = &contents->at[i];
			const struct text cells[] = { envelope->copy.copy, envelope->copy.code, envelope->forms[j].file,
						      envelope->forms[j].sha256 };
			WRITE_ROW(buf, cells);
		}
	return !rows || batch_write(contents->run, contents->folder, TEXT("forms.csv"), buf_view(buf));
}

/* What lies beside the files: to whom each goes. */
static bool write_index(const struct batch_contents *contents, enum channel channel, struct buf *buf)
{
	static const struct text headings[] = {
		TEXT_INIT("份号"), TEXT_INIT("统一社会信用代码"), TEXT_INIT("企业名称"), TEXT_INIT("文书"), TEXT_INIT("文件"),
		TEXT_INIT("sha256"), TEXT_INIT("收件人"), TEXT_INIT("地址"), TEXT_INIT("邮政编码"), TEXT_INIT("更正的文书"),
	};
	const struct model *model = contents->run->model;
	struct text folder = text_from(batch_channel_folder((int8_t)channel));
	size_t rows = 0;
	begin(buf);
	WRITE_ROW(buf, headings);
	for (size_t i = 0; i < contents->count; i++) {
		const struct recorded_copy *copy = &contents->at[i].copy;
		const struct enterprise *enterprise = &model->enterprises[contents->at[i].enterprise];
		struct text postcode = NO_TEXT;
		if (contents->at[i].channel != (int8_t)channel)
			continue;
		if (enterprise->delivery >= 0)
			postcode = model->deliveries[enterprise->delivery].postcode;
		const struct text cells[] = {
			copy->copy, copy->code, enterprise->name, copy->number,
			text_slice(copy->file, folder.size, copy->file.size), copy->file_sha256, copy->recipient,
			copy->address, postcode, copy->was,
		};
		WRITE_ROW(buf, cells);
		rows++;
	}
	struct text name = text_format(contents->run->arena, "%.*sindex.csv", TEXT_ARGS(folder));
	return !rows || batch_write(contents->run, contents->folder, name, buf_view(buf));
}

static bool write_overdue(const struct batch_contents *contents, struct buf *buf, size_t *overdue)
{
	static const struct text headings[] = {
		TEXT_INIT("统一社会信用代码"), TEXT_INIT("企业名称"), TEXT_INIT("渠道"), TEXT_INIT("地址"), TEXT_INIT("份号"),
		TEXT_INIT("状态"), TEXT_INIT("日期"),
	};
	const struct model *model = contents->run->model;
	begin(buf);
	WRITE_ROW(buf, headings);
	for (size_t i = 0; i < contents->copies->list.count; i++) {
		const struct copy *copy = &contents->copies->list.at[i];
		const uint32_t *found = map_find(&model->enterprise_by_code, copy->copy->code);
		if (!copies_is_overdue(copy, contents->day, model->campaign.sending.reply_days))
			continue;
		struct text day = text_format(contents->run->arena, "%04d-%02d-%02d", copy->since.year,
			copy->since.month,
					      copy->since.day);
		const struct text cells[] = {
			copy->copy->code, found ? model->enterprises[*found].name : NO_TEXT,
				channel_word(copy->channel),
			copy->copy->address, copy->copy->copy, send_state_chinese(copy->state), day,
		};
		WRITE_ROW(buf, cells);
		++*overdue;
	}
	return !*overdue || batch_write(contents->run, contents->folder, TEXT("overdue.csv"), buf_view(buf));
}

bool batch_lists_write(const struct batch_contents *contents, size_t *overdue)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	bool is_good = write_batch(contents, &buf) && write_forms(contents, &buf) &&
		       write_index(contents, CHANNEL_PLATFORM, &buf) &&
		       write_index(contents, CHANNEL_PAPER, &buf) && write_index(contents, CHANNEL_MEDIUM, &buf) &&
		       write_overdue(contents, &buf, overdue);
	buf_clear(&buf);
	return is_good;
}
