/* SPDX-License-Identifier: MIT */
#include "read/xml_reason.h"

#include <libxml/xmlerror.h>

#include "base/arena.h"

#define REASON(chinese, english) TEXT_INIT(chinese "\x1F" english)

static const struct {
	int code;
	struct text reason;
} reasons[] = {
	{ XML_ERR_DOCUMENT_EMPTY, REASON("内容不是以标签开始的", "it does not begin with a tag") },
	{ XML_ERR_DOCUMENT_END, REASON("根元素之后还有内容，一个文件只能有一个根元素",
				       "there is something behind the root element; a file has one") },
	{ XML_ERR_INVALID_HEX_CHARREF, REASON("&#x…; 里只能写十六进制数字", "only hexadecimal digits stand in &#x…;") },
	{ XML_ERR_INVALID_DEC_CHARREF, REASON("&#…; 里只能写数字", "only digits stand in &#…;") },
	{ XML_ERR_STRING_NOT_STARTED, REASON("这里应是引号", "a quote is expected here") },
	{ XML_ERR_STRING_NOT_CLOSED, REASON("引号没有配对", "a quote is never closed") },
	{ XML_ERR_LT_IN_ATTRIBUTE, REASON("属性值里不能有 <，写成 &lt;；也可能是前一个引号没有配对",
					 "< cannot stand in an attribute: write &lt;, or close the quote before it") },
	{ XML_ERR_ATTRIBUTE_NOT_STARTED, REASON("属性值要加引号", "the value of an attribute stands in quotes") },
	{ XML_ERR_ATTRIBUTE_NOT_FINISHED, REASON("属性值的引号没有配对", "the quote of an attribute is never closed") },
	{ XML_ERR_ATTRIBUTE_WITHOUT_VALUE, REASON("属性没有写值，应为 名称=\"值\"", "an attribute has no value: name=\"value\"") },
	{ XML_ERR_LITERAL_NOT_STARTED, REASON("这里应是引号", "a quote is expected here") },
	{ XML_ERR_LITERAL_NOT_FINISHED, REASON("引号没有配对", "a quote is never closed") },
	{ XML_ERR_COMMENT_NOT_FINISHED, REASON("注释没有结束，应以 --> 结束", "a comment is never closed by -->") },
	{ XML_ERR_PI_NOT_STARTED, REASON("<? 后面没有名称", "there is no name behind <?") },
	{ XML_ERR_PI_NOT_FINISHED, REASON("<? 开头的一段没有以 ?> 结束", "what <? began is never closed by ?>") },
	{ XML_ERR_XMLDECL_NOT_STARTED, REASON("<?xml …?> 的写法不对", "<?xml …?> is not well-formed") },
	{ XML_ERR_XMLDECL_NOT_FINISHED, REASON("<?xml …?> 没有以 ?> 结束", "<?xml …?> is never closed by ?>") },
	{ XML_ERR_MISPLACED_CDATA_END, REASON("文字里不能有 ]]>，写成 ]]&gt;", "]]> cannot stand in a text: write ]]&gt;") },
	{ XML_ERR_CDATA_NOT_FINISHED, REASON("<![CDATA[ 没有以 ]]> 结束", "<![CDATA[ is never closed by ]]>") },
	{ XML_ERR_RESERVED_XML_NAME, REASON("<?xml …?> 只能在文件的最开头，前面不能有空行", "<?xml …?> stands at the very beginning only, without a blank line before") },
	{ XML_ERR_SPACE_REQUIRED, REASON("两个属性之间要有空格", "a space is missing, as between two attributes") },
	{ XML_ERR_NAME_REQUIRED, REASON("< 后面没有标签名；文字里的 < 写成 &lt;", "there is no name behind <; in a text write &lt;") },
	{ XML_ERR_GT_REQUIRED, REASON("标签没有以 > 结束", "a tag is never closed by >") },
	{ XML_ERR_LTSLASH_REQUIRED, REASON("结束标签应以 </ 开头", "an end tag begins with </") },
	{ XML_ERR_EQUAL_REQUIRED, REASON("属性名后面应是 =", "= is expected behind the name of an attribute") },
	{ XML_ERR_STANDALONE_VALUE, REASON("standalone 只能是 yes 或 no", "standalone is yes or no") },
	{ XML_ERR_ENCODING_NAME, REASON("encoding 的写法不对", "the name in encoding is not well-formed") },
	{ XML_ERR_HYPHEN_IN_COMMENT, REASON("注释里不能有两个连写的减号 --", "-- cannot stand inside a comment") },
	{ XML_ERR_EXTRA_CONTENT, REASON("根元素之后还有内容，一个文件只能有一个根元素", "there is something behind the root element; a file has one") },
	{ XML_ERR_VERSION_MISSING, REASON("<?xml …?> 缺少 version=\"1.0\"", "<?xml …?> lacks version=\"1.0\"") },
	{ XML_ERR_UNKNOWN_VERSION, REASON("version 应为 1.0", "version should be 1.0") },
	{ XML_ERR_NAME_TOO_LONG, REASON("名称太长", "a name is too long") },
	{ XML_NS_ERR_UNDEFINED_NAMESPACE, REASON("名称中冒号前的前缀没有声明", "the prefix before the colon was never declared") },
	{ XML_NS_ERR_QNAME, REASON("名称中的冒号写得不对", "the colon in a name is out of place") },
	{ XML_NS_ERR_COLON, REASON("名称中不能有冒号", "a colon cannot stand in this name") },
};

struct text xml_reason(struct arena *arena, int code, struct text words)
{
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].code == code)
			return reasons[i].reason;
	return text_format(arena, "这一处不合 XML 的写法（XML 错误第 %d 号）\x1F%.*s (XML error %d)", code, TEXT_ARGS(words), code);
}
