/* SPDX-License-Identifier: MIT
 *
 * SHA-256 (FIPS 180-4) for the manifest and for asset names.  Our own 90 lines
 * rather than a crypto library: nothing here is a secret, and it must be the same
 * everywhere.  Where the processor can do it itself (hash_x86.h), it does.
 */
#ifndef XINGJI_BASE_HASH_H
#define XINGJI_BASE_HASH_H

#include "base/text.h"

struct hash {
	uint32_t state[8];
	uint64_t size;
	unsigned char block[64];
	size_t used;
	bool is_portable; /* set by hash_init: not with the processor's own instructions */
};

void hash_init(struct hash *hash);
void hash_add(struct hash *hash, struct text bytes);
void hash_finish_bytes(struct hash *hash, unsigned char bytes[32]);
/* 64 lower-case hex digits and a NUL. */
void hash_finish(struct hash *hash, char hex[65]);
void hash_of(struct text bytes, char hex[65]);

#endif
