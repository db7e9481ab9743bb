/* SPDX-License-Identifier: MIT */
#include "send/cipher.h"

#include <assert.h>
#include <nettle/aes.h>
#include <nettle/cbc.h>
#include <nettle/sha2.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "send/key.h"

enum {
	KEY_SIZE = 32, SALT_SIZE = 8, CHECK_SIZE = KEY_SIZE + 2 * SALT_SIZE /* of /U and /O */,
	REPEATS = 64, ROUNDS_LEAST = 64,
};
#define ONCE_MOST (CIPHER_PASSWORD_MOST + SHA512_DIGEST_SIZE + CHECK_SIZE)
/* Bits 7, 8 and 13 to 32 of /P are always set. */
#define ALWAYS_SET 0xFFFFF0C0U

struct cipher {
	struct aes256_ctx schedule;
	unsigned char key[KEY_SIZE];
	unsigned char user[CHECK_SIZE], user_key[KEY_SIZE];   /* /U, /UE */
	unsigned char owner[CHECK_SIZE], owner_key[KEY_SIZE]; /* /O, /OE */
	unsigned char permissions[AES_BLOCK_SIZE];            /* /Perms */
	int32_t permission_bits;                              /* /P */
};

/* ---- the hash of a password ------------------------------------------------------------------ */

/* What the hash is of: of the owner's password, the user's check as well. */
struct hashed {
	const char *password;
	const unsigned char *salt, *check; /* SALT_SIZE and CHECK_SIZE; NULL: none */
};

struct rounds {
	size_t size; /* of the digest */
	unsigned char digest[SHA512_DIGEST_SIZE];
	unsigned char bytes[REPEATS * ONCE_MOST];
};

static size_t append(unsigned char *out, size_t size, const void *bytes, size_t count)
{
	if (count)
		memcpy(out + size, bytes, count);
	return size + count;
}

static void first_digest(const struct hashed *hashed, struct rounds *rounds)
{
	struct sha256_ctx context;
	sha256_init(&context);
	sha256_update(&context, strlen(hashed->password), (const unsigned char *)hashed->password);
	sha256_update(&context, SALT_SIZE, hashed->salt);
	if (hashed->check)
		sha256_update(&context, CHECK_SIZE, hashed->check);
	sha256_digest(&context, SHA256_DIGEST_SIZE, rounds->digest);
	rounds->size = SHA256_DIGEST_SIZE;
}

/* Password, digest and check, 64 times, encrypted by the digest's own bytes.  Returns the size. */
static size_t fill(const struct hashed *hashed, struct rounds *rounds)
{
	struct aes128_ctx context;
	size_t once = append(rounds->bytes, 0, hashed->password, strlen(hashed->password));
	once = append(rounds->bytes, once, rounds->digest, rounds->size);
	once = append(rounds->bytes, once, hashed->check, hashed->check ? CHECK_SIZE : 0);
	for (size_t i = 1; i < REPEATS; i++)
		memcpy(rounds->bytes + i * once, rounds->bytes, once);
	aes128_set_encrypt_key(&context, rounds->digest);
	cbc_aes128_encrypt(&context, rounds->digest + AES128_KEY_SIZE, REPEATS * once, rounds->bytes, rounds->bytes);
	return REPEATS * once;
}

/* By which of three functions goes on: the first sixteen bytes as a number, of which 256 is 1 modulo 3. */
static void digest(struct rounds *rounds, size_t size)
{
	unsigned sum = 0;
	struct sha256_ctx narrow;
	struct sha512_ctx wide;
	for (size_t i = 0; i < AES_BLOCK_SIZE; i++)
		sum += rounds->bytes[i];
	if (sum % 3 == 0) {
		sha256_init(&narrow);
		sha256_update(&narrow, size, rounds->bytes);
		sha256_digest(&narrow, rounds->size = SHA256_DIGEST_SIZE, rounds->digest);
	} else if (sum % 3 == 1) {
		sha384_init(&wide);
		sha384_update(&wide, size, rounds->bytes);
		sha384_digest(&wide, rounds->size = SHA384_DIGEST_SIZE, rounds->digest);
	} else {
		sha512_init(&wide);
		sha512_update(&wide, size, rounds->bytes);
		sha512_digest(&wide, rounds->size = SHA512_DIGEST_SIZE, rounds->digest);
	}
}

/* Algorithm 2.B: until a round's last byte says so, 64 times at least. */
static void hash(const struct hashed *hashed, unsigned char out[KEY_SIZE])
{
	struct rounds rounds;
	first_digest(hashed, &rounds);
	for (unsigned done = 1;; done++) {
		size_t size = fill(hashed, &rounds);
		digest(&rounds, size);
		if (done >= ROUNDS_LEAST && rounds.bytes[size - 1] <= done - KEY_SIZE)
			break;
	}
	memcpy(out, rounds.digest, KEY_SIZE);
	key_wipe_bytes(&rounds, sizeof rounds);
}

/* ---- the key --------------------------------------------------------------------------------- */

/* Algorithms 8 and 9: a password's check with its two salts, and the key locked with that password. */
static void lock(const struct cipher *cipher, struct hashed hashed, unsigned char check[CHECK_SIZE],
		 unsigned char locked[KEY_SIZE])
{
	unsigned char intermediate[KEY_SIZE], vector[AES_BLOCK_SIZE] = { 0 };
	struct aes256_ctx context;
	key_random(check + KEY_SIZE, 2 * (size_t)SALT_SIZE);
	hashed.salt = check + KEY_SIZE;
	hash(&hashed, check);
	hashed.salt += SALT_SIZE;
	hash(&hashed, intermediate);
	aes256_set_encrypt_key(&context, intermediate);
	cbc_aes256_encrypt(&context, vector, KEY_SIZE, locked, cipher->key);
	key_wipe_bytes(intermediate, sizeof intermediate);
	key_wipe_bytes(&context, sizeof context);
}

/* Algorithm 10: nobody without the key can change what is permitted. */
static void seal_permissions(struct cipher *cipher)
{
	unsigned char block[AES_BLOCK_SIZE] = { [4] = 0xFF, 0xFF, 0xFF, 0xFF, 'T' /* metadata, too */, 'a', 'd', 'b' };
	for (int i = 0; i < 4; i++)
		block[i] = (unsigned char)((uint32_t)cipher->permission_bits >> 8 * i);
	key_random(block + 12, 4);
	aes256_encrypt(&cipher->schedule, sizeof block, cipher->permissions, block);
}

static bool is_password(const char *password)
{
	return password && *password && strlen(password) <= CIPHER_PASSWORD_MOST;
}

struct cipher *cipher_new(const char *user_password, const char *owner_password, unsigned permissions)
{
	assert(is_password(user_password) && is_password(owner_password));
	struct cipher *cipher = memory_resize(NULL, sizeof *cipher);
	*cipher = (struct cipher){ .permission_bits = (int32_t)(ALWAYS_SET | permissions) };
	key_random(cipher->key, sizeof cipher->key);
	aes256_set_encrypt_key(&cipher->schedule, cipher->key);
	lock(cipher, (struct hashed){ .password = user_password }, cipher->user, cipher->user_key);
	lock(cipher, (struct hashed){ .password = owner_password, .check = cipher->user }, cipher->owner,
	     cipher->owner_key);
	seal_permissions(cipher);
	return cipher;
}

void cipher_free(struct cipher *cipher)
{
	if (!cipher)
		return;
	key_wipe_bytes(cipher, sizeof *cipher);
	free(cipher);
}

/* ---- what is written ------------------------------------------------------------------------- */

static void write_hex(struct buf *out, const char *name, const unsigned char *bytes, size_t size)
{
	buf_string(out, name);
	buf_byte(out, '<');
	for (size_t i = 0; i < size; i++)
		buf_format(out, "%02x", bytes[i]);
	buf_byte(out, '>');
}

void cipher_write_dict(const struct cipher *cipher, struct buf *out)
{
	buf_format(out, "<</Filter/Standard/V 5/R 6/Length %d/P %d/EncryptMetadata true", 8 * KEY_SIZE,
		   (int)cipher->permission_bits);
	buf_format(out, "/CF<</StdCF<</AuthEvent/DocOpen/CFM/AESV3/Length %d>>>>/StmF/StdCF/StrF/StdCF", KEY_SIZE);
	write_hex(out, "/U", cipher->user, CHECK_SIZE);
	write_hex(out, "/UE", cipher->user_key, KEY_SIZE);
	write_hex(out, "/O", cipher->owner, CHECK_SIZE);
	write_hex(out, "/OE", cipher->owner_key, KEY_SIZE);
	write_hex(out, "/Perms", cipher->permissions, AES_BLOCK_SIZE);
	buf_string(out, ">>");
}

size_t cipher_size(size_t bytes)
{
	return AES_BLOCK_SIZE + (bytes / AES_BLOCK_SIZE + 1) * AES_BLOCK_SIZE;
}

/* Whole blocks from where they lie, then the last one, filled up with the number of bytes that it lacks (PKCS 7). */
void cipher_add(const struct cipher *cipher, struct text bytes, struct buf *out)
{
	unsigned char vector[AES_BLOCK_SIZE], last[AES_BLOCK_SIZE];
	size_t whole = bytes.size - bytes.size % AES_BLOCK_SIZE, rest = bytes.size - whole, at = out->size;
	key_random(vector, sizeof vector);
	buf_add(out, vector, sizeof vector);
	buf_text(out, bytes);
	memset(last, (int)(AES_BLOCK_SIZE - rest), sizeof last);
	buf_add(out, last, sizeof last - rest);
	if (out->overflowed)
		return;
	unsigned char *place = (unsigned char *)out->at + at + AES_BLOCK_SIZE;
	cbc_aes256_encrypt(&cipher->schedule, vector, out->size - at - AES_BLOCK_SIZE, place, place);
}
