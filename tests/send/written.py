"""Messages as two parsers that are not ours read them: Python's email and Perl's MIME::Tools."""
import email, email.header, email.policy, email.utils, hashlib, json, os, random, re, subprocess

here = os.path.dirname(os.path.abspath(__file__))

NAMES = [
    "report.pdf", "诊断书.pdf", "𠮷野家（示例）有限公司.pdf", "（示例）“诊断书”《2021》.pdf", "a \"b\" c.pdf", "百分%20号;=*'.pdf",
    "说明", "诊断书.tar.gz", "é à ü.docx", "名" * 196 + ".pdf", "𠮷" * 196 + ".pdf", "x" * 196 + ".pdf", "=?UTF-8?B?eA==?=.pdf",
    "a" * 44 + "𠮷.pdf", "a" * 45 + "𠮷.pdf", "a" * 46 + "𠮷.pdf", "a" * 47 + "𠮷.pdf", "两  空.pdf", "2021年度诊断书-91320100XX00000197.pdf",
]
NAMES += ["%s%s.pdf" % ("b" * n, "星" * 30) for n in range(12)]
PEOPLE = [
    "示例公司", "Example", 'The "Example", Ltd.', "𠮷田（示例）有限公司", "back\\slash", "a@b <c>", "示" * 120, "x" * 100, "=?x?=",
    "名 称,;:", "",
]
ADDRESSES = ["a@example.org", "first.last+tag@sub.example.org", "l" * 64 + "@" + ".".join(["d" * 60] * 3) + ".cn", "o'neil_{x}@a-b.cn"]
SUBJECTS = ["星级培育诊断书", "Plain words", "示" * 300, "𠮷" * 61, "a" * 300, "=?UTF-8?Q?no?=", "（更正）2021年度 诊断书: 第1号", "two  blanks", "Re: 1"]
SUBJECTS += ["c" * n + "𠮷" * 40 for n in range(8)]
BODIES = ["您好：\n\n请到平台领取。\n", ".\n..\n.dot\nFrom here\n", "一" * 5000 + "\n", "no end", "tab\there  \n \n", "--=_x\n\n--\n"]


def messages():
    found = []
    most = max(len(NAMES), len(PEOPLE) * len(ADDRESSES), len(SUBJECTS), len(BODIES))
    for i in range(most):
        name = NAMES[i % len(NAMES)]
        contents = [b"", b"\0\r\n.\r\n--\r\n" * 7, bytes(range(256)) * (i * 3 + 1)]
        attachments = [(name, "application/pdf", contents[i % 3]), (NAMES[(i * 7 + 3) % len(NAMES)], "text/csv", contents[(i + 1) % 3])]
        found.append(dict(
            copy="2021-%08X" % i, id="2021-%08X.b2021-12-20@example.org" % i, date="2021-12-%02d" % (1 + i % 31),
            to=(PEOPLE[i % len(PEOPLE)], ADDRESSES[i % len(ADDRESSES)]), subject=SUBJECTS[i % len(SUBJECTS)],
            body=BODIES[i % len(BODIES)], attachments=attachments[:i % 3],
            **{"from": (PEOPLE[(i * 5 + 1) % len(PEOPLE)], "office@example.org")}))
    return found


# What names of firms and of files are made of at random: beyond the BMP, in brackets and quotes, of commas, signs of the header
# itself, blanks in a row, marks that join, right-to-left letters.
PIECES = ["示例", "𠮷", "𡈽", "（", "）", "(", ")", ",", "，", '"', "“", "”", "'", "‘", "’", "\\", ";", ":", "@", "<", ">", "=?", "?=", "=?UTF-8?B?",
          "%", "%20", "*", "&", "/", "·", "—", "…", " ", "  ", "　", "é", "e\u0301", "\u200d", "ש", "ﷺ", "🀄", "A", "z", "0", "_", "=", "?", "厂", "公司",
          "[", "]", "{", "}", "#", "~", "`", "|", "^", "$", "!", "+", "-", "."]


def at_random(count, seed):
    """Messages whose names, subjects and file names nobody thought of."""
    chance = random.Random(seed)

    def word(most):
        made = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, most))).strip()
        return made or "示例"

    def file_name():
        # What is refused (mail_check): what leads to another folder, or is shown as another name.
        plain = word(30).translate({ord(c): "·" for c in "/\\\u200d"}).lstrip(". 　").rstrip()
        return (plain or "示例") + chance.choice([".pdf", ".xlsx", ""])

    found = []
    for i in range(count):
        attachments = [(file_name(), "application/pdf", chance.randbytes(chance.randint(0, 400))) for _ in range(chance.randint(0, 2))]
        found.append(dict(
            copy="2022-%08X" % i, id="2022-%08X.b2022-12-20@example.org" % i, date="2022-12-%02d" % (1 + i % 31), to=(word(24), "a%d@example.org" % i),
            subject=word(60), body="贵单位：\n\n" + word(40) + "\n", attachments=attachments, **{"from": (word(12), "office@example.org")}))
    return found


def lines(test, message, raw):
    test.expect("ASCII", True, raw.isascii() and b"\0" not in raw)
    test.expect("CRLF alone", raw.count(b"\n"), len(re.findall(rb"\r\n", raw)))
    test.expect("CR alone", raw.count(b"\r"), raw.count(b"\r\n"))
    header = raw.split(b"\r\n\r\n")[0]
    free = [message["to"][1], message["id"]]
    long = [l for l in raw.decode().split("\r\n") if len(l) > 78 and not any(f in l for f in free)]
    test.expect("lines of %s" % message["copy"], [], long)
    test.expect("no blank line within the header", [], [l for l in header.split(b"\r\n") if not l.strip()])
    for word in re.findall(r"=\?UTF-8\?B\?[^?]*\?=", raw.decode()):
        test.expect("an encoded-word", True, len(word) <= 75)
        email.header.decode_header(word)[0][0].decode("utf-8", "strict")
    for l in raw.decode().split("\r\n"):
        if "=?UTF-8?B?" in l and len(l) > 76:
            test.expect("a line with an encoded-word", "", l)
    test.expect("headers", ["Date", "From", "To", "Subject", "Message-ID", "X-Xingji-Copy", "Auto-Submitted", "X-Auto-Response-Suppress",
                            "MIME-Version", "Content-Type"] + ([] if message["attachments"] else ["Content-Transfer-Encoding"]),
                re.findall(r"^([A-Za-z-]+):", header.decode(), re.M))


def complaints(part):
    """But that our encoded-words stand in quotes, which is meant."""
    found = [type(d).__name__ for d in part.defects]
    for name, value in part.items():
        if name != "Content-Type" and name != "Content-Disposition":
            found += [name + " " + type(d).__name__ for d in value.defects]
    return found


def read_python(test, message, raw):
    got = email.message_from_bytes(raw, policy=email.policy.default)
    who = message["copy"]
    for field in ("from", "to"):
        one = got[field].addresses
        test.expect("%s of %s" % (field, who), [message[field][1]], [a.addr_spec for a in one])
        # Python's new parser leaves the blank between two encoded-words in a name, against RFC 2047 §6.2; its old one does not.
        test.expect("%s of %s" % (field, who), "".join(message[field][0].split()), "".join(one[0].display_name.split()))
        name, address = email.utils.parseaddr(email.message_from_bytes(raw)[field].replace("\r\n", ""))
        name = "".join(p.decode(c or "ascii") if isinstance(p, bytes) else p for p, c in email.header.decode_header(name))
        test.expect("%s of %s" % (field, who), message[field], (name, address))
    test.expect("subject of " + who, message["subject"], str(got["subject"]))
    test.expect("id of " + who, "<%s>" % message["id"], str(got["message-id"]).strip())
    test.expect("date of " + who, message["date"] + "T09:00:00+08:00", got["date"].datetime.isoformat())
    parts = list(got.iter_attachments()) if got.is_multipart() else []
    body = next(got.iter_parts()) if got.is_multipart() else got
    test.expect("body of " + who, message["body"].replace("\n", "\r\n"), body.get_payload(decode=True).decode())
    test.expect("type of the body", ("text/plain", "utf-8"), (body.get_content_type(), body.get_content_charset()))
    test.expect("attachments of " + who, [(n, t, hashlib.sha256(c).hexdigest()) for n, t, c in message["attachments"]],
                [(p.get_filename(), p.get_content_type(), hashlib.sha256(p.get_payload(decode=True)).hexdigest()) for p in parts])
    test.expect("no complaint about " + who, [], [d for part in got.walk() for d in complaints(part)])


def ways(test, message, raw):
    """Each of the three ways on its own, as a program reads it that knows only that one."""
    got = email.message_from_bytes(raw, policy=email.policy.compat32)
    parts = got.get_payload()[1:] if got.is_multipart() else []
    for (name, _, _), part in zip(message["attachments"], parts):
        word = part.get_param("name").replace("\r\n", "")
        decoded = "".join(p.decode(c or "ascii") if isinstance(p, bytes) else p for p, c in email.header.decode_header(word))
        test.expect("name of %r" % name, name, decoded)
        raw_disposition = part.get("content-disposition")
        plain = re.search(r'filename="((?:[^"\\]|\\.)*)"', raw_disposition)[1].replace("\\", "")
        extended = "".join(re.findall(r"filename\*(?:\d+\*)?=([^;\s]*)", raw_disposition))
        test.expect("an ASCII filename", True, plain.isascii() and len(plain) < 64)
        if extended:
            ending = re.search(r"\.[A-Za-z0-9]{1,7}$", name)
            test.expect("its ending", True, not ending or plain.endswith(ending[0]))
            charset, _, coded = extended.partition("''")
            from urllib.parse import unquote
            test.expect("filename* of %r" % name, ("UTF-8", name), (charset, unquote(coded, errors="strict")))
        else:
            test.expect("filename of %r" % name, name, plain)


def read_perl(test, found, paths):
    if subprocess.run(["perl", "-MMIME::Parser", "-e", "1"], capture_output=True).returncode != 0:
        test.skip("messages read by MIME::Tools", "libmime-tools-perl")
        return
    out = subprocess.run(["perl", os.path.join(here, "parse.pl"), *paths], capture_output=True, text=True, check=True).stdout
    for message, got in zip(found, json.loads(out)):
        who = "Perl: " + message["copy"]
        test.expect(who + " subject", message["subject"], got["Subject"])
        test.expect(who + " to", True, got["To"].endswith("<%s>" % message["to"][1]) and got["To"].count("@") - message["to"][0].count("@") == 1)
        test.expect(who + " names", [n for n, _, _ in message["attachments"]], [p["filename"] for p in got["parts"][1:]])
        test.expect(who + " names of the type", [n for n, _, _ in message["attachments"]], [p["name"] for p in got["parts"][1:]])
        test.expect(who + " types", ["text/plain"] + [t for _, t, _ in message["attachments"]], [p["type"] for p in got["parts"]])
        wanted = [message["body"].replace("\n", "\r\n").encode()] + [c for _, _, c in message["attachments"]]
        test.expect(who + " bytes", [hashlib.sha256(w).hexdigest() for w in wanted], [p["sha256"] for p in got["parts"]])
        test.expect(who + " complaints", [], got["complaints"])


def run(test):
    found = messages() + at_random(int(os.environ.get("NAMES", "500")), int(os.environ.get("SEED", "1")))
    folder, sizes = test.write(found)
    test.expect("none refused", [], [(c, n) for c, n in sizes.items() if n.startswith("-")])
    twin, _ = test.write(found)
    paths = [os.path.join(folder, m["copy"] + ".eml") for m in found]
    boundaries = set()
    for message, path in zip(found, paths):
        with open(path, "rb") as f:
            raw = f.read()
        with open(os.path.join(twin, message["copy"] + ".eml"), "rb") as f:
            test.expect("the same bytes again", raw, f.read())
        test.expect("the size", str(len(raw)), sizes[message["copy"]])
        lines(test, message, raw)
        read_python(test, message, raw)
        ways(test, message, raw)
        boundaries |= set(re.findall(rb'boundary="([^"]*)"', raw))
    test.expect("a boundary each", sum(1 for m in found if m["attachments"]), len(boundaries))
    read_perl(test, found, paths)
    refused = [dict(found[0], subject="a\rBcc: x@y.cn"), dict(found[0], to=("a\rb", "a@b.cn")), dict(found[0], to=("a", "汉@b.cn")),
               dict(found[0], to=("a", "a@b.cn,c@d.cn")), dict(found[0], to=("a", "a@b.cn\rBcc: c@d.cn"))]
    _, sizes = test.write(refused[:1])
    test.expect("refused", ["-6"], list(sizes.values()))
    for message in refused[1:]:
        _, sizes = test.write([message])
        test.expect("refused", ["-2"], list(sizes.values()))
