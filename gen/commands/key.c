/* SPDX-License-Identifier: MIT
 *
 * xingji key: a new key, and the list of the passwords that follow from one.
 *
 * The list goes to standard output alone, for whoever hands the passwords over apart from the documents: no message
 * of the program holds any, and no file but the password letters of a batch.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "build/key_used.h"
#include "build/run.h"
#include "build/say.h"
#include "commands/commands.h"
#include "model/model.h"
#include "send/key.h"

static int make(const struct options *options, const char *path)
{
	struct run run = { .options = options, .arena = arena_new() };
	run.sources = sources_new(run.arena);
	run.diag = diag_new(run.arena, run.sources);
	if (key_new(path, run.diag))
		say_line(stdout, options->environment.language == LANGUAGE_ENGLISH
			 ? "made: %s; keep it apart from the data, with one person, and a copy in a safe"
			 : "已生成：%s。由一人保管，不与数据放在一起，另存一份在保险柜里", path);
	fflush(stdout);
	int code = run_report(&run);
	run_close(&run);
	return code;
}

static void print_list(struct run *run, const struct key *key)
{
	struct text year = text_format(run->arena, "%lld", (long long)run->model->campaign.year);
	char password[KEY_PASSWORD_SIZE];
	fputs("\xEF\xBB\xBF统一社会信用代码,口令\r\n", stdout);
	for (size_t i = 0; i < run->model->enterprise_count; i++) {
		struct text code = run->model->enterprises[i].code;
		key_password(key, year, code, password);
		printf("%.*s,%s\r\n", TEXT_ARGS(code), password);
	}
	key_wipe_bytes(password, sizeof password);
}

static int list(const struct options *options)
{
	struct run run;
	struct key key;
	if (!options->key)
		return say_usage(options, "请用 --key 写明密钥文件", "name the file of the key", "--key");
	int code = run_open(&run, options);
	if (!code && run.model && key_load(options->key, &key, run.diag)) {
		if (key_used_check(&run, &key))
			print_list(&run, &key);
		key_wipe(&key);
	}
	if (!code)
		code = fflush(stdout) ? EXIT_WORLD : run_report_errors(&run);
	run_close(&run);
	return code;
}

int command_key(const struct options *options)
{
	struct text word = text_from(options->arguments[0]);
	if (text_is(word, "new") && options->argument_count == 2)
		return make(options, options->arguments[1]);
	if (text_is(word, "list") && options->argument_count == 1)
		return list(options);
	return say_usage(options, "写 key new 文件，或 key list --key 文件", "key new FILE, or key list --key FILE",
			 options->arguments[0]);
}
