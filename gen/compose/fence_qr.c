/* SPDX-License-Identifier: MIT
 *
 * ```qr {size=25 alt="…"}: the text of the fence as a QR code, `size` in millimetres without the white around it.
 */
#include "base/diag.h"
#include "base/qr.h"
#include "compose/fence.h"
#include "doc/attributes.h"
#include "doc/values.h"

/* Millimetres: below, a telephone cannot tell the modules of what we print apart; above is a poster. */
enum { SIZE_COMMON = 25, SIZE_LEAST = 15, SIZE_MOST = 150 };

void fence_qr(const struct fence_context *context, struct node *node)
{
	double size = SIZE_COMMON;
	struct text wanted = attributes_find(node, "size"), alternative = attributes_find(node, "alt");
	struct text text = text_trim(values_fill(context->arena, context->values, node->text));
	struct qr qr;
	if (wanted.size && (!fence_number(wanted, &size) || size < SIZE_LEAST || size > SIZE_MOST)) {
		DIAG(context->diag, DIAG_DOCUMENT_ATTRIBUTE, .span = node->span, .a = TEXT("size"), .b = wanted);
		size = SIZE_COMMON;
	}
	if (!qr_encode(context->arena, text, &qr)) {
		DIAG(context->diag, DIAG_DOCUMENT_ATTRIBUTE, .span = node->span, .a = node->name, .b = text);
		fence_say(context, node, NO_TEXT);
		return;
	}
	node->kind = NODE_QR;
	node->text = text;
	node->level = (int)size;
	node->title = values_fill(context->arena, context->values, alternative.size ? alternative : TEXT("二维码"));
}
