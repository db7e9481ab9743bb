/* SPDX-License-Identifier: MIT */
#include "commands/state_page.h"

#include "assess/duty_count.h"
#include "base/buf.h"
#include "base/personal.h"

struct state_page {
	const struct run *run;
	struct duty_view view;
	struct buf *body;
	bool is_chinese;
};

static const char *say(const struct state_page *page, const char *chinese, const char *english)
{
	return page->is_chinese ? chinese : english;
}

/* ---- one duty ------------------------------------------------------------------------ */

static void write_deadline(const struct state_page *page, enum duty duty)
{
	const struct stage *stage = duty_stage(&page->run->model->campaign, duty);
	buf_string(page->body, "<p class=\"deadline\">");
	if (!stage || date_is_missing(stage->deadline)) {
		buf_string(page->body, say(page, "没有截止日期。</p>\n", "no deadline</p>\n"));
		return;
	}
	int32_t days = date_days(stage->deadline) - date_days(page->view.day);
	buf_string(page->body, say(page, "截止 ", "due "));
	date_write_iso(page->body, stage->deadline);
	if (days >= 0 && page->is_chinese)
		buf_format(page->body, "，还有 %d 天；没交的还没有到期。</p>\n", days);
	else if (days >= 0)
		buf_format(page->body, ", in %d days: what is missing is not late yet</p>\n", days);
	else if (page->is_chinese)
		buf_format(page->body, "，已过 %d 天。</p>\n", -days);
	else
		buf_format(page->body, ", %d days ago</p>\n", -days);
}

static void write_names(const struct state_page *page, const struct duty_group *group, enum duty_state state)
{
	static const char *const labels[DUTY_STATES][2] = {
		[DUTY_LATE] = { "逾期完成", "late" }, [DUTY_OVERDUE] = { "逾期未交", "overdue" },
		[DUTY_AHEAD] = { "未到期", "not due yet" },
	};
	const char *label = say(page, labels[state][0], labels[state][1]);
	size_t count = 0;
	for (size_t i = 0; i < group->name_count; i++) {
		if (group->names[i].state != state)
			continue;
		if (count++ == 0)
			buf_format(page->body, "<p><b>%s</b> ", label);
		else
			buf_string(page->body, "、");
		buf_html(page->body, group->names[i].name);
	}
	if (count)
		buf_string(page->body, "</p>\n");
}

static void write_row(const struct state_page *page, enum duty duty, const struct duty_group *group)
{
	const int64_t numbers[] = { duty_expected(group), duty_done(group), group->by_state[DUTY_ON_TIME],
				    group->by_state[DUTY_LATE], group->by_state[DUTY_OVERDUE] + group->by_state[DUTY_AHEAD] };
	buf_string(page->body, "<tr><th scope=\"row\">");
	buf_html(page->body, group->name);
	buf_string(page->body, "</th>");
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		buf_format(page->body, "<td class=\"number\">%lld</td>", (long long)numbers[i]);
	buf_string(page->body, "<td class=\"names\">");
	if (group->name_count) {
		buf_format(page->body, "<details data-key=\"duty-%d ", (int)duty);
		buf_html(page->body, group->name);
		buf_format(page->body, "\"><summary>%zu</summary>\n", group->name_count);
		write_names(page, group, DUTY_OVERDUE);
		write_names(page, group, DUTY_LATE);
		write_names(page, group, DUTY_AHEAD);
		buf_string(page->body, "</details>");
	}
	buf_string(page->body, "</td></tr>\n");
}

static void write_duty(const struct state_page *page, enum duty duty)
{
	static const char *const headings[2][5] = {
		{ "应完成", "已完成", "按期", "逾期", "未交" }, { "expected", "done", "on time", "late", "missing" },
	};
	struct duty_group *groups;
	size_t count = duty_groups(&page->view, duty, &groups);
	bool is_by_agency = page->view.is_by_agency;
	buf_string(page->body, "<section class=\"duty\"><h2>");
	buf_html(page->body, duty_name(&page->run->model->campaign, duty));
	buf_string(page->body, "</h2>\n");
	write_deadline(page, duty);
	buf_string(page->body, "<div class=\"scroll\"><table class=\"figures-table\">\n<thead><tr>");
	buf_format(page->body, "<th scope=\"col\">%s</th>",
		   is_by_agency ? say(page, "机构", "agency") : say(page, "设区市", "city"));
	for (size_t i = 0; i < 5; i++)
		buf_format(page->body, "<th scope=\"col\" class=\"number\">%s</th>", headings[!page->is_chinese][i]);
	buf_format(page->body, "<th scope=\"col\" class=\"names-head\">%s</th></tr></thead>\n<tbody>\n",
		   say(page, "名单", "names"));
	for (size_t i = 0; i + 1 < count; i++)
		write_row(page, duty, &groups[i]);
	buf_string(page->body, "</tbody>\n<tfoot>\n");
	write_row(page, duty, &groups[count - 1]);
	buf_string(page->body, "</tfoot></table></div></section>\n");
}

/* ---- the page -------------------------------------------------------------------------- */

/* False after saying why there is nothing to say. */
static bool has_state(const struct state_page *page)
{
	const struct run *run = page->run;
	const char *missing = NULL;
	if (!run->model || !run->model->participation_count)
		missing = say(page, "还没有读到参评的企业，先看“问题”。",
			      "nobody takes part as far as could be read: see the problems");
	else if (date_is_missing(run->today))
		missing = say(page, "没有公布日期，不知道算到哪一天：用 xingji serve --date 2021-11-30 写明日期。",
			      "there is no publication date: name the day with xingji serve --date 2021-11-30");
	if (missing)
		buf_format(page->body, "<p>%s</p>\n", missing);
	return !missing;
}

static void write_day(const struct state_page *page)
{
	size_t errors = diag_count(page->run->diag, SEVERITY_ERROR) + diag_count(page->run->diag, SEVERITY_WORLD);
	buf_string(page->body, say(page, "<p>截至 <time>", "<p>as of <time>"));
	date_write_iso(page->body, page->view.day);
	buf_string(page->body, say(page, "</time>。换一天看：启动时加 --date 2021-06-30。到期以前，没交不算逾期；这里不评判结果。</p>\n",
				   "</time>; for another day start with --date 2021-06-30. "
				   "Nothing is late before its deadline, and no result is judged here.</p>\n"));
	if (errors && page->is_chinese)
		buf_format(page->body, "<p class=\"notice\">数据有 %zu 个错误，有的行没有读进来，下面的数可能不全。</p>\n", errors);
	else if (errors)
		buf_format(page->body, "<p class=\"notice\">The data have %zu errors: "
				       "rows may be left out of these numbers.</p>\n", errors);
}

void state_page_write(const struct run *run, bool is_by_agency, struct buf *body)
{
	size_t start = body->size;
	struct state_page page = { .run = run, .body = body,
				   .is_chinese = run->options->environment.language == LANGUAGE_CHINESE };
	if (!has_state(&page))
		return;
	page.view = (struct duty_view){ .arena = run->arena, .model = run->model, .day = run->today,
					.is_by_agency = is_by_agency,
					.is_withdrawn = duty_withdrawn(run->arena, run->model, run->today) };
	write_day(&page);
	for (int duty = 0; duty < DUTIES; duty++)
		write_duty(&page, (enum duty)duty);
	personal_mask(body->at + start, body->size - start);
}
