/* SPDX-License-Identifier: MIT
 *
 * The stream of ChaCha20 (RFC 8439, 2.4): what is mixed with it once cannot be read, and mixed twice is as it was.
 * There is no check in it, so whoever opens a file needs one beside it.  Never the same key and number for two texts.
 */
#ifndef XINGJI_BASE_CHACHA_H
#define XINGJI_BASE_CHACHA_H

#include <stddef.h>
#include <stdint.h>

/* `number` is the nonce of the standard, whose count of blocks begins with `block`.  `to` may be `from`. */
struct chacha {
	unsigned char key[32], number[12];
	uint32_t block;
};

void chacha_mix(const struct chacha *chacha, const char *from, char *to, size_t size);

#endif
