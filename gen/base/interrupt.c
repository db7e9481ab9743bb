/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* sigaction, which -std=c11 hides otherwise */
#include "base/interrupt.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { NOTICE_S = 1, PUT_AWAY_S = 10, EXIT_INTERRUPTED = 3, EXIT_SIGNAL = 128 };

static const int caught[] = { SIGINT, SIGTERM, SIGHUP };
enum { CAUGHT = sizeof caught / sizeof *caught };

static volatile sig_atomic_t is_deferred, is_requested, is_noticed, notice_s = NOTICE_S;

static _Noreturn void end(int number)
{
	static const char line[] = "xingji: 运行被中断，可重新运行 the run was interrupted; run again\n";
	ssize_t ignored = write(STDERR_FILENO, line, sizeof line - 1);
	(void)ignored, (void)number;
	_exit(EXIT_INTERRUPTED);
}

static void install(int number, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler };
	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

/* But a hang-up that the caller has asked to be spared (nohup). */
static void install_all(void (*handler)(int))
{
	for (int i = 0; i < CAUGHT; i++) {
		struct sigaction now;
		if (sigaction(caught[i], NULL, &now) == 0 && caught[i] == SIGHUP && now.sa_handler == SIG_IGN)
			continue;
		install(caught[i], handler);
	}
}

static void note(int number)
{
	if (is_requested) {
		install(number, SIG_DFL);
		raise(number); /* comes when this handler returns */
		return;
	}
	is_requested = 1;
	if (!is_deferred)
		end(number);
	alarm((unsigned)notice_s);
}

void interrupt_catch(void)
{
	install_all(note);
	install(SIGALRM, end);
}

void interrupt_defer(void)
{
	is_deferred = 1;
}

void interrupt_notice(unsigned seconds)
{
	notice_s = (sig_atomic_t)seconds;
}

bool interrupt_requested(void)
{
	if (is_requested && !is_noticed) {
		is_noticed = 1;
		alarm(PUT_AWAY_S);
	}
	return is_requested;
}

void interrupt_follow(int number)
{
	prctl(PR_SET_PDEATHSIG, number);
}

void interrupt_forked(pid_t parent)
{
	install_all(SIG_DFL);
	install(SIGALRM, SIG_DFL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	is_deferred = 0;
	/* The parent may have died, or been told to end, before it could pass that on. */
	if (getppid() != parent || is_requested)
		_exit(EXIT_SIGNAL + SIGTERM);
}
