/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* CMSG_SPACE */
#include "serve/handing.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

/* Aligned as the system wants the head of what is handed. */
union room {
	char bytes[CMSG_SPACE(sizeof(int))];
	struct cmsghdr head;
};

bool handing_give(int socket, char letter, int descriptor)
{
	union room room = { { 0 } };
	struct iovec part = { .iov_base = &letter, .iov_len = 1 };
	struct msghdr message = {
		.msg_iov = &part, .msg_iovlen = 1, .msg_control = room.bytes, .msg_controllen = sizeof room.bytes,
	};
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof descriptor);
	memcpy(CMSG_DATA(head), &descriptor, sizeof descriptor);
	return sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == 1;
}

int handing_take(int socket, char *letter)
{
	union room room = { { 0 } };
	struct iovec part = { .iov_base = letter, .iov_len = 1 };
	struct msghdr message = {
		.msg_iov = &part, .msg_iovlen = 1, .msg_control = room.bytes, .msg_controllen = sizeof room.bytes,
	};
	int descriptor;
	ssize_t size;
	do
		size = recvmsg(socket, &message, 0);
	while (size < 0 && errno == EINTR);
	const struct cmsghdr *head = size == 1 ? CMSG_FIRSTHDR(&message) : NULL;
	if (!head || head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS)
		return -1;
	memcpy(&descriptor, CMSG_DATA(head), sizeof descriptor);
	return descriptor;
}
