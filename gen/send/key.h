/* SPDX-License-Identifier: MIT
 *
 * The key of a year's passwords, in a file of its own that stays with one person: the only user of
 * libsodium.
 *
 * Every enterprise's password follows from the key, the year and its credit code (BLAKE2b, keyed),
 * so none is kept anywhere and the list can be printed again.  Neither key nor password ever goes
 * into a message, a record or a file that the program writes: messages name the key by its
 * fingerprint.  This is the one place beside main.c where chance enters, since nothing that is
 * chosen at random here is printed or reproduced.
 */
#ifndef XINGJI_SEND_KEY_H
#define XINGJI_SEND_KEY_H

#include <stdbool.h>

#include "base/text.h"

struct diag;

enum {
	KEY_BYTES = 32,
	KEY_FINGERPRINT_SIZE = 11, /* ten hexadecimal digits and a NUL */
	KEY_PASSWORD_SIZE = 17,    /* sixteen characters of 32 (80 bits) and a NUL */
	KEY_OWNER_SIZE = 33,
};

struct key {
	unsigned char bytes[KEY_BYTES];
	char fingerprint[KEY_FINGERPRINT_SIZE]; /* may be told: a batch says by it with which key it was made */
};

/*
 * Makes a random key and writes it into a new file of mode 0600, on the disk when this returns.  A file
 * that is there is never replaced (KEY_EXISTS): the passwords that went out with it would be lost.
 * False after reporting; then there is no file.
 */
bool key_new(const char *path, struct diag *diag);
/*
 * Reads the key.  Refused and reported: a file that others than its owner may read (KEY_OPEN), one
 * that is no key or was changed (KEY_DAMAGED).  On failure *key is all zeros.
 */
bool key_load(const char *path, struct key *key, struct diag *diag);
/*
 * The password of one enterprise in one year: lower-case letters and digits without 0 o 1 l, as a
 * person can copy it from paper.  The same key, year and code always give the same one.
 */
void key_password(const struct key *key, struct text year, struct text credit_code, char out[KEY_PASSWORD_SIZE]);
/* A password that nobody shall know, at random: an owner password that is empty opens without one. */
void key_owner_password(char out[KEY_OWNER_SIZE]);
/* Bytes that nobody can foretell: salts, keys of one copy. */
void key_random(void *bytes, size_t size);
/* Overwrites what was secret; also for passwords (any memory). */
void key_wipe(struct key *key);
void key_wipe_bytes(void *bytes, size_t size);

#endif
