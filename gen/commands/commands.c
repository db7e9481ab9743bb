/* SPDX-License-Identifier: MIT */
#include "build/say.h"
#include "commands/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

const struct command commands[] = {
	{ "build", "[all|site|report|diagnosis|packs]", { "生成诊断书、年度报告和星级名单", "make diagnoses, annual report and star list" }, FOR_BUILD, 0, 1, command_build },
	{ "plan", "[all|site|report|diagnosis] -o P",
	  { "读一次数据，把一年的工作分成许多份（多机分工）",
		"read the data once and cut the year into jobs for many machines" },
	  FOR_PLAN, 0, 1, command_plan },
	{ "merge", "P",
	  { "把各份结果合成一年的输出，与一台机器做的相同",
		"put the parts of a plan together: the same as one machine makes" },
	  FOR_MERGE, 1, 1, command_merge },
	{ "check", "", { "只读取和检查数据", "read and check the data only" }, FOR_CHECK, 0, 0, command_check },
	{ "explain", "ID|CODE|图3-2|值2-15", { "说明一家企业为何是这个星级、一个消息代码的含义，或文书中一张图表、一个数字的出处", "why this star, clause by clause; what a message code means; or where a figure or a number of a document comes from" }, FOR_EXPLAIN, 0, 2, command_explain },
	{ "query", "'select …'", { "用 SQL 查询事实", "ask the facts in SQL" }, FOR_QUERY, 1, 1, command_query },
	{ "diff", "A [B|--rule F]", { "比较两份数据（数据文件夹或年度文件夹），或一份数据换一种规则、与已公布的名单：谁的级别变了，因哪一条、哪些条目",
	  "compare two folders of data (or of a year), or one with another rule or with what was published:"
	  " who changes level, by which clause and which items" }, FOR_DIFF, 0, 2, command_diff },
	{ "status", "", { "某日各阶段的进展：各设区市或机构已完成、逾期、未交的有哪些（仅供内部）",
	  "where the year stands on a day: by stage and city or agency, who has done what, late or not at all (internal)" },
	  FOR_STATUS, 0, 0, command_status },
	{ "new", "YEAR|model NAME --from F", { "建立新年度的文件夹：campaign.xml 沿用上年（日期待填），机构和设区市沿用，其余为空表；"
	  "new model 由填好的条目表建立目录",
	  "a folder for a new year: last year's campaign.xml with its dates to fill in,"
	  " its agencies and cities, else empty tables; new model: a catalogue from a table that was filled in" },
	  FOR_NEW, 1, 2, command_new },
	{ "serve", "", { "在本机预览网站、文书、数据的问题和进展，改动后自动刷新",
	  "preview site, documents, problems and progress on this machine, reloading on change" },
	  FOR_BUILD | FOR_SERVE, 0, 0, command_serve },
	{ "publish", "", { "登记这次生成的名单：发布的是什么，由程序记下", "record the version of the list that this build shows" },
	  FOR_PUBLISH, 0, 0, command_publish },
	{ "certificates", "",
	  { "按现行名单做证书和牌匾清单，编号记入登记簿",
		"make the certificates of the list in force and the list of plaques; numbers are recorded" },
	  FOR_PUBLISH, 0, 0, command_certificates },
	{ "key", "new FILE|list",
	  { "生成密钥，或列出由它得出的各企业打开密码", "make a key, or list the passwords that follow from it" },
	  FOR_DISPATCH, 1, 2, command_key },
	{ "dispatch", "prepare|send|status|received|answered|returned|void [CODE] [DATE], reports DIR",
	  { "备好要发给企业的文书、发邮件、登记回执，查看送达情况",
	  "prepare what goes to the enterprises, send mail, note receipts, show where each copy is" },
	  FOR_DISPATCH, 1, 3, command_dispatch },
	{ "register", "", { "显示登记簿：发布过的各版名单", "show the register: what was published, and when" }, FOR_REGISTER, 0, 0,
	  command_register },
	{ "verify", "DIR", { "核对输出文件夹与清单", "compare a tree with its manifest" }, FOR_VERIFY, 1, 1, command_verify },
	{ "template", "[NAME]", { "输出带表头的空表（CSV；--format xlsx 为工作簿）", "an empty table with the right headings (CSV; --format xlsx: a workbook)" }, FOR_TEMPLATE, 0, 1, command_template },
	{ "manual", "", { "输出手册页（roff）", "write the manual page (roff)" }, FOR_TEMPLATE, 0, 0, command_manual },
};
const size_t command_count = sizeof commands / sizeof *commands;

struct option_row {
	const char *name;
	size_t offset;
	unsigned use;
	const char *argument; /* NULL: it takes none; "…" at its end: it may come again, and all are joined by commas */
};

static const struct option_row option_rows[] = {
#define OPTION(member, name, argument, chinese, english, use) \
	{ name, offsetof(struct options, member), (unsigned)(use), argument },
#include "build/options.def"
#undef OPTION
};
#define OPTION_ROWS (sizeof option_rows / sizeof *option_rows)

static const struct option_row *find_option(const char *name, size_t size)
{
	for (size_t i = 0; i < OPTION_ROWS; i++)
		if (strlen(option_rows[i].name) == size && memcmp(option_rows[i].name, name, size) == 0)
			return &option_rows[i];
	return NULL;
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static bool is_repeated(const struct option_row *row)
{
	return row->argument && text_ends(text_from(row->argument), "…");
}

/* Kept to the end of the program, as what argv holds is. */
static const char *join(const char *before, const char *value)
{
	static char *joined;
	size_t size = strlen(before), more = strlen(value) + 1;
	char *room = memory_resize(NULL, size + 1 + more);
	memcpy(room, before, size);
	room[size] = ',';
	memcpy(room + size + 1, value, more);
	free(joined);
	return joined = room;
}

static void store(struct options *options, const struct option_row *row, const char *value)
{
	const char *before;
	memcpy(&before, (const char *)options + row->offset, sizeof before);
	if (before && is_repeated(row))
		value = join(before, value);
	memcpy((char *)options + row->offset, &value, sizeof value);
}

/* One "--name", "--name=value" or "--name value"; 0 or EXIT_USAGE. */
static int parse_option(struct options *options, char **argv, int argc, int *index)
{
	const char *name = argv[*index] + 2, *equals = strchr(name, '=');
	size_t size = equals ? (size_t)(equals - name) : strlen(name);
	const struct option_row *row = find_option(name, size);
	if (!row)
		return say_usage(options, "没有这个选项", "unknown option", argv[*index]);
	if (!row->argument && equals)
		return say_usage(options, "这个选项不带参数", "this option takes no argument", argv[*index]);
	const char *value = "";
	if (row->argument && equals)
		value = equals + 1;
	else if (row->argument)
		value = ++*index < argc ? argv[*index] : NULL;
	if (!value)
		return say_usage(options, "这个选项缺少参数", "this option needs an argument", argv[*index - 1]);
	store(options, row, value);
	return 0;
}

static int parse(struct options *options, int argc, char **argv)
{
	bool only_arguments = false;
	for (int i = 1; i < argc; i++) {
		if (!only_arguments && strcmp(argv[i], "--") == 0)
			only_arguments = true;
		else if (!only_arguments && (strcmp(argv[i], "-h") == 0))
			options->help = "";
		else if (!only_arguments && strncmp(argv[i], "--", 2) == 0) {
			int code = parse_option(options, argv, argc, &i);
			if (code)
				return code;
		} else if (!only_arguments && strcmp(argv[i], "-o") == 0) {
			if (++i >= argc)
				return say_usage(options, "这个选项缺少参数", "this option needs an argument", argv[i - 1]);
			options->output = argv[i];
		} else if (options->argument_count == ARGUMENTS_MOST)
			return say_usage(options, "参数太多", "too many arguments", argv[i]);
		else
			options->arguments[options->argument_count++] = argv[i];
	}
	return 0;
}

/* An option that the command does not know would be silently without effect: refuse it. */
static int check_use(const struct options *options, const struct command *command)
{
	for (size_t i = 0; i < OPTION_ROWS; i++) {
		const char *value;
		memcpy(&value, (const char *)options + option_rows[i].offset, sizeof value);
		if (value && !(option_rows[i].use & command->use))
			return say_usage(options, "这个命令不用此选项", "this command does not take the option", option_rows[i].name);
	}
	if (options->argument_count < command->least)
		return say_usage(options, "缺少参数", "an argument is missing", command->arguments);
	if (options->argument_count > command->most)
		return say_usage(options, "参数太多", "too many arguments", options->arguments[command->most]);
	return 0;
}

static int choose_language(struct options *options)
{
	if (!options->lang)
		return 0;
	if (strcmp(options->lang, "zh") == 0)
		options->environment.language = LANGUAGE_CHINESE;
	else if (strcmp(options->lang, "en") == 0)
		options->environment.language = LANGUAGE_ENGLISH;
	else
		return say_usage(options, "语言只能是 zh 或 en", "the language is zh or en", options->lang);
	return 0;
}

int format_find(const void *formats, size_t count, size_t size, const char *asked)
{
	for (size_t i = 0; i < count; i++) {
		const char *name;
		memcpy(&name, (const char *)formats + i * size, sizeof name);
		if (!asked || strcmp(name, asked) == 0)
			return (int)i;
	}
	return -1;
}

int commands_main(int argc, char **argv, const struct environment *environment)
{
	struct options options = { .environment = *environment };
	int code = parse(&options, argc, argv);
	if (!code)
		code = choose_language(&options);
	if (code)
		return code;
	if (options.version) {
		puts("xingji " XINGJI_VERSION);
		return EXIT_CLEAN;
	}
	const struct command *command = options.argument_count ? find_command(options.arguments[0]) : NULL;
	if (options.help || options.argument_count == 0) {
		help_print(command, options.environment.language);
		return options.help ? EXIT_CLEAN : EXIT_USAGE;
	}
	if (!command)
		return say_usage(&options, "没有这个命令", "unknown command", options.arguments[0]);
	memmove(options.arguments, options.arguments + 1, sizeof options.arguments - sizeof *options.arguments);
	options.argument_count--;
	code = check_use(&options, command);
	return code ? code : command->run(&options);
}
