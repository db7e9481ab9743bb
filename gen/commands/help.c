/* SPDX-License-Identifier: MIT
 *
 * What the options mean, from options.def: --help, the man page, and complaints about a command line.
 */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "commands/commands.h"
#include "build/say.h"

struct option_help {
	const char *name, *argument, *text[2];
	unsigned use;
};

static const struct option_help option_helps[] = {
#define OPTION(member, name, argument, chinese, english, use) { name, argument, { chinese, english }, (unsigned)(use) },
#include "build/options.def"
#undef OPTION
};
#define OPTION_HELPS (sizeof option_helps / sizeof *option_helps)

static int columns_of(const char *string)
{
	struct text text = text_from(string);
	int columns = 0;
	for (size_t offset = 0; offset < text.size;)
		columns += utf8_width(utf8_next(text, &offset));
	return columns;
}

static void print_row(const char *left, const char *right, int width)
{
	int gap = width - columns_of(left);
	printf("  %s%*s%s\n", left, gap > 2 ? gap : 2, "", right);
}

static void print_options(unsigned use, enum diag_language language)
{
	for (size_t i = 0; i < OPTION_HELPS; i++) {
		char left[64];
		const struct option_help *option = &option_helps[i];
		if (!(option->use & use))
			continue;
		snprintf(left, sizeof left, "--%s%s%s", option->name, option->argument ? " " : "", option->argument ? option->argument : "");
		print_row(left, option->text[language], 24);
	}
}

static void print_commands(enum diag_language language)
{
	for (size_t i = 0; i < command_count; i++) {
		char left[96];
		snprintf(left, sizeof left, "%s %s", commands[i].name, commands[i].arguments);
		print_row(left, commands[i].summary[language], 40);
	}
}

void help_print(const struct command *command, enum diag_language language)
{
	static const char *const intro[2] = {
		"xingji 星级：由评估结果生成诊断书、年度报告和星级名单\n",
		"xingji: assessment results become diagnoses, an annual report and a star list\n",
	};
	static const char *const heads[2][3] = { { "用法", "命令", "选项" }, { "usage", "commands", "options" } };
	static const char *const exits[2] = {
		"\n退出码：0 正常，1 数据有问题，2 用法不对，3 环境问题（磁盘、字体、内存）\n",
		"\nexit codes: 0 clean, 1 problems in the input, 2 usage, 3 the world (disk, font, memory)\n",
	};
	if (command) {
		printf("%s: xingji %s %s\n%s\n\n%s:\n", heads[language][0], command->name, command->arguments, command->summary[language], heads[language][2]);
		print_options(command->use, language);
	} else {
		printf("%s\n%s: xingji COMMAND [OPTIONS]\n\n%s:\n", intro[language], heads[language][0], heads[language][1]);
		print_commands(language);
		printf("\n%s:\n", heads[language][2]);
		print_options(~0u, language);
	}
	fputs(exits[language], stdout);
}

/* ---- manual page ------------------------------------------------------------ */

static void print_roff(const char *text)
{
	if (*text == '.' || *text == '\'')
		fputs("\\&", stdout);
	for (; *text; text++) {
		if (*text == '\\')
			fputs("\\e", stdout);
		else if (*text == '-')
			fputs("\\-", stdout);
		else
			putchar(*text);
	}
}

static void print_item(const char *left, const char *right)
{
	fputs(".TP\n.B ", stdout);
	print_roff(left);
	putchar('\n');
	print_roff(right);
	putchar('\n');
}

static const char *const sections[2][8] = {
	{ "名称", "由评估结果生成诊断书、年度报告和星级名单", "用法", "命令", "选项", "退出码", "消息", "文件" },
	{ "NAME", "assessment results become diagnoses, an annual report and a star list", "SYNOPSIS", "COMMANDS", "OPTIONS", "EXIT STATUS", "DIAGNOSTICS", "FILES" },
};

static void print_lists(enum diag_language language)
{
	printf(".SH %s\n", sections[language][3]);
	for (size_t i = 0; i < command_count; i++) {
		char left[96];
		snprintf(left, sizeof left, "%s %s", commands[i].name, commands[i].arguments);
		print_item(left, commands[i].summary[language]);
	}
	printf(".SH %s\n", sections[language][4]);
	for (size_t i = 0; i < OPTION_HELPS; i++) {
		char left[64];
		snprintf(left, sizeof left, "--%s %s", option_helps[i].name, option_helps[i].argument ? option_helps[i].argument : "");
		print_item(left, option_helps[i].text[language]);
	}
}

static void print_diagnostics(enum diag_language language)
{
	printf(".SH %s\n", sections[language][6]);
	for (int kind = 0; kind < (int)DIAG_KINDS; kind++) {
		const struct diag_row *row = diag_row((enum diag_kind)kind);
		fputs(".TP\n.B ", stdout);
		print_roff(row->code);
		putchar('\n');
		print_roff(row->message[language]);
		fputs("\n.br\n", stdout);
		print_roff(row->remedy[language]);
		putchar('\n');
	}
}

int command_manual(const struct options *options)
{
	enum diag_language language = options->environment.language;
	const char *const *words = sections[language];
	printf(".TH XINGJI 1 \"\" \"xingji %s\"\n.SH %s\nxingji \\- %s\n.SH %s\n.B xingji\n.I COMMAND\n[OPTIONS]\n", XINGJI_VERSION, words[0], words[1], words[2]);
	print_lists(language);
	printf(".SH %s\n", words[5]);
	puts("0 clean, 1 problems in the input, 2 usage, 3 the world (disk, font, memory)");
	printf(".SH %s\n", words[7]);
	print_item("data/<year>/", "campaign.xml, enterprises.csv, participations.csv, results/ …");
	print_item("out/<year>/public/", "the star list: copy it to a web server");
	print_item("out/<year>/internal/", "report/, diagnosis/<city>/, data-problems.{txt,csv,html}");
	print_item("out/<year>/manifest.txt", "sha256, size and path of every file");
	print_diagnostics(language);
	return EXIT_CLEAN;
}
