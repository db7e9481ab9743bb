/* SPDX-License-Identifier: MIT
 *
 * The encryption of a PDF by passwords, AES-256 of revision 6 (ISO 32000-2, 7.6.4): its key and what the file
 * says of it, strings and streams.  The only user of Nettle.
 *
 * Nettle and no other: its functions compute and do nothing else, without a state of their own, and it is on
 * every machine that runs this program (libqpdf's GnuTLS is made of it).  libsodium has no AES-CBC; OpenSSL's
 * general interface asks for an object and a look-up for each of the several hundred short hashes of a password.
 */
#ifndef XINGJI_SEND_CIPHER_H
#define XINGJI_SEND_CIPHER_H

#include "base/text.h"

struct buf;
struct cipher;

enum { CIPHER_PASSWORD_MOST = 127 /* bytes of UTF-8; what is longer readers cut off */ };

/* What one who opens the file with the user's password may do (7.6.4.2, table 22). */
enum cipher_permission {
	CIPHER_PRINT = 1 << 2, CIPHER_CHANGE = 1 << 3, CIPHER_COPY = 1 << 4, CIPHER_ANNOTATE = 1 << 5,
	CIPHER_FILL_IN = 1 << 8, CIPHER_READ_ALOUD = 1 << 9, CIPHER_ASSEMBLE = 1 << 10, CIPHER_PRINT_FINE = 1 << 11,
};

/*
 * A key at random, which either password opens; neither is empty nor longer than CIPHER_PASSWORD_MOST.
 * Some 280 rounds of hashing, 5 ms.  cipher_free overwrites what was secret; NULL allowed.
 */
struct cipher *cipher_new(const char *user_password, const char *owner_password, unsigned permissions);
void cipher_free(struct cipher *cipher);

/* Appends the dictionary that the file's /Encrypt refers to; its strings are not encrypted. */
void cipher_write_dict(const struct cipher *cipher, struct buf *out);
/* Appends a string's or a stream's bytes encrypted, cipher_size of them: an initial vector at random before. */
void cipher_add(const struct cipher *cipher, struct text bytes, struct buf *out);
size_t cipher_size(size_t bytes);

#endif
