/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* MSG_DONTWAIT */
#include "commands/desk.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "build/say.h"
#include "commands/preview.h"

/* Who writes to the pipe, and the two ends of the socket; false with errno set. */
static bool open_ends(int told[2], int ends[2])
{
	if (pipe(told))
		return false;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0)
		return true;
	int error = errno;
	close(told[0]);
	close(told[1]);
	errno = error;
	return false;
}

bool desk_start(struct preview *preview, struct desk *desk, uint64_t of)
{
	int told[2], ends[2];
	uint64_t now = preview->options->environment.milliseconds();
	*desk = (struct desk){ .told = -1, .socket = -1, .of = of, .begun_ms = now };
	if (!open_ends(told, ends)) {
		say_reason(preview->options, "pipe", errno);
		return false;
	}
	fflush(NULL);
	pid_t parent = getpid();
	desk->pid = fork();
	if (desk->pid == 0) {
		interrupt_forked(parent);
		close(told[0]);
		close(ends[0]);
		preview_leave(preview);
		desk_run(preview->options, &preview->data, preview->out, told[1], ends[1]);
	}
	if (desk->pid < 0)
		say_reason(preview->options, "fork", errno);
	close(told[1]);
	close(ends[1]);
	desk->told = told[0];
	desk->socket = ends[0];
	if (desk->pid > 0)
		return true;
	desk->pid = 0;
	desk_end(desk);
	return false;
}

bool desk_is_there(const struct desk *desk)
{
	char byte;
	return desk->pid && recv(desk->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
	       (errno == EAGAIN || errno == EINTR);
}

void desk_end(struct desk *desk)
{
	if (desk->pid)
		kill(desk->pid, SIGKILL);
	desk_forget(desk);
}

void desk_forget(struct desk *desk)
{
	if (desk->told >= 0)
		close(desk->told);
	if (desk->socket >= 0)
		close(desk->socket);
	*desk = (struct desk){ .told = -1, .socket = -1, .of = desk->of };
}
