/* SPDX-License-Identifier: MIT */
#include "send/pace.h"

#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/map.h"
#include "send/ascii.h"
#include "send/mailbox.h"

enum { MINUTE_MS = 60 * 1000, NOBODY = -1 };

struct message {
	uint32_t domain;
	int32_t before, behind; /* in its domain's queue */
	uint64_t due_ms;        /* 0: not tried yet */
	uint64_t waited_ms;     /* before this run */
	uint64_t first_ms;      /* when it was first put off in this run */
	unsigned tries;         /* in this run, that were put off */
};

/* A queue in the order of due_ms: what was not tried yet stands first, in the order given. */
struct domain {
	int32_t first, last;
	uint64_t next_ms;
	bool is_stopped;
};

struct pace {
	struct pace_rules rules;
	struct arena *arena;
	struct map names; /* domain → index */
	struct message *messages;
	struct domain *domains;
	size_t most, count, domain_count;
};

struct pace *pace_new(const struct pace_rules *rules, size_t most)
{
	struct arena *arena = arena_new();
	struct pace *pace = ARENA_NEW(arena, struct pace);
	*pace = (struct pace){ .rules = *rules, .arena = arena, .most = most };
	pace->messages = ARENA_ARRAY(arena, struct message, most);
	pace->domains = ARENA_ARRAY(arena, struct domain, most);
	return pace;
}

void pace_free(struct pace *pace)
{
	if (!pace)
		return;
	map_clear(&pace->names);
	arena_free(pace->arena);
}

static uint32_t domain_of(struct pace *pace, struct text address)
{
	char *name = text_string(pace->arena, mailbox_domain(address));
	for (char *at = name; *at; at++)
		*at = ascii_lower(*at);
	uint32_t index = map_add(&pace->names, text_from(name), (uint32_t)pace->domain_count);
	if (index == pace->domain_count)
		pace->domains[pace->domain_count++] = (struct domain){ .first = NOBODY, .last = NOBODY };
	return index;
}

/* Behind all that are due earlier or at the same time. */
static void enqueue(struct pace *pace, size_t job)
{
	struct message *message = &pace->messages[job];
	struct domain *domain = &pace->domains[message->domain];
	int32_t before = domain->last;
	while (before != NOBODY && pace->messages[before].due_ms > message->due_ms)
		before = pace->messages[before].before;
	int32_t behind = before == NOBODY ? domain->first : pace->messages[before].behind;
	message->before = before;
	message->behind = behind;
	*(before == NOBODY ? &domain->first : &pace->messages[before].behind) = (int32_t)job;
	*(behind == NOBODY ? &domain->last : &pace->messages[behind].before) = (int32_t)job;
}

static void dequeue_first(struct pace *pace, struct domain *domain)
{
	int32_t behind = pace->messages[domain->first].behind;
	domain->first = behind;
	*(behind == NOBODY ? &domain->last : &pace->messages[behind].before) = NOBODY;
}

size_t pace_add(struct pace *pace, struct text address, uint64_t waited_ms)
{
	assert(pace->count < pace->most && pace->most < INT32_MAX);
	size_t job = pace->count++;
	pace->messages[job] = (struct message){ .domain = domain_of(pace, address), .waited_ms = waited_ms };
	enqueue(pace, job);
	return job;
}

/* When its first message may go. */
static uint64_t ready_ms(const struct pace *pace, const struct domain *domain)
{
	uint64_t due_ms = pace->messages[domain->first].due_ms;
	return due_ms > domain->next_ms ? due_ms : domain->next_ms;
}

enum pace_step pace_next(struct pace *pace, uint64_t now_ms, size_t *job, uint64_t *wait_ms)
{
	struct domain *chosen = NULL;
	uint64_t soonest_ms = UINT64_MAX;
	for (size_t i = 0; i < pace->domain_count; i++) {
		struct domain *domain = &pace->domains[i];
		if (domain->is_stopped || domain->first == NOBODY)
			continue;
		uint64_t ready = ready_ms(pace, domain);
		if (ready <= now_ms && (!chosen || domain->first < chosen->first))
			chosen = domain;
		if (ready < soonest_ms)
			soonest_ms = ready;
	}
	*wait_ms = 0;
	if (chosen) {
		*job = (size_t)chosen->first;
		dequeue_first(pace, chosen);
		chosen->next_ms = pace->rules.per_minute ? now_ms + MINUTE_MS / pace->rules.per_minute : 0;
		return PACE_SEND;
	}
	if (soonest_ms == UINT64_MAX)
		return PACE_DONE;
	*wait_ms = soonest_ms - now_ms;
	return *wait_ms > pace->rules.patience_ms ? PACE_REST : PACE_WAIT;
}

/* Twice as long each time; the last try falls on the end of the 72 hours. */
static bool put_off(struct pace *pace, size_t job, uint64_t now_ms)
{
	struct message *message = &pace->messages[job];
	if (message->tries++ == 0)
		message->first_ms = now_ms;
	uint64_t waited_ms = message->waited_ms + (now_ms - message->first_ms);
	if (waited_ms >= PACE_GIVEN_UP_MS)
		return false;
	uint64_t wait_ms = PACE_FIRST_MS;
	for (unsigned i = 1; i < message->tries && wait_ms < PACE_LONGEST_MS; i++)
		wait_ms *= 2;
	if (wait_ms > PACE_LONGEST_MS)
		wait_ms = PACE_LONGEST_MS;
	if (wait_ms > PACE_GIVEN_UP_MS - waited_ms)
		wait_ms = PACE_GIVEN_UP_MS - waited_ms;
	message->due_ms = now_ms + wait_ms;
	enqueue(pace, job);
	return true;
}

bool pace_tell(struct pace *pace, size_t job, enum pace_news news, uint64_t now_ms)
{
	struct domain *domain = &pace->domains[pace->messages[job].domain];
	if (news == PACE_BULK)
		domain->is_stopped = true;
	if (news == PACE_LATER_REST && domain->next_ms < now_ms + PACE_REST_MS)
		domain->next_ms = now_ms + PACE_REST_MS;
	return news == PACE_LATER || news == PACE_LATER_REST ? put_off(pace, job, now_ms) : true;
}

static size_t count_left(const struct pace *pace, bool is_stopped_only)
{
	size_t count = 0;
	for (size_t i = 0; i < pace->domain_count; i++)
		if (pace->domains[i].is_stopped || !is_stopped_only)
			for (int32_t at = pace->domains[i].first; at != NOBODY; at = pace->messages[at].behind)
				count++;
	return count;
}

size_t pace_left(const struct pace *pace)
{
	return count_left(pace, false);
}

size_t pace_stopped(const struct pace *pace)
{
	return count_left(pace, true);
}
