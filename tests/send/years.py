"""One command after another as a year brings them: shards and packs, the archive form, two years, corrections after the ledger, another
machine, another key."""
import os, re, shutil, subprocess

import office as offices

FIRMS = [("平台", ""), ("邮件通知", "ok-1@example.org"), ("邮件附件", "ok-2@example.org"), ("纸质", ""), ("介质", ""), ("邮件通知", "ok-5@example.org")]


def firms(level=3):
    return [offices.Firm(i, channel=channel, mail=mail, level=level, address="江苏省南京市示例路%d号" % (i + 1))
            for i, (channel, mail) in enumerate(FIRMS)]


def made(test, program):
    office = offices.Office(program, test.folder("years"))
    office.year(firms(), agencies=["示例检测中心"])
    return office


def replace(path, old, new):
    with open(path) as f:
        text = f.read()
    assert old in text, old
    with open(path, "w") as f:
        f.write(text.replace(old, new))


def two_years(test, program):
    office = made(test, program)
    server = test.serve(tls="none")
    office.build()
    office.must("publish")
    office.prepare()
    office.must("dispatch", "send", "--batch", "2021-11-30-1", "--smtp", server.url, "--live", "3")
    numbers = list(office.copies())
    for number in numbers[:2]:
        office.must("dispatch", "received", number, "2021-12-08")
    office.must("dispatch", "answered", numbers[0], "2021-12-20")
    # The ledger withdraws one and corrects another: their diagnoses go as 更正, what was sent is named, the others stay.
    with open(os.path.join(office.data, "2021", "ledger.csv"), "w") as f:
        f.write("日期,统一社会信用代码,参培类型,类别,更正后级别,公开说明,内部备注\n2021-12-25,%s,工控,更正,2,示例说明,\n" % offices.code(1))
    office.build()
    office.must("publish")
    said = office.prepare()
    copies = office.copies()
    new = list(copies)[len(numbers):]
    test.expect("ledger: one is corrected", [(offices.code(1), copies[numbers[1]]["sha256"])],
                [(copies[n]["code"], copies[n].get("was_sha256")) for n in new])
    test.expect("ledger: on its day", ["20211225-0001"], new)
    office.must("dispatch", "send", "--batch", "2021-12-25-1", "--smtp", server.url, "--live", "1")
    test.expect("ledger: what was received stays so", ["送达", "已收下"], [office.status()[n]["状态"] for n in (numbers[1], new[0])])
    first = open(office.register(), "rb").read()

    # The next year begins; each year has a register and batches of its own.
    office.year(firms(), year=2022, agencies=["示例检测中心"])
    office.build(2022)
    office.must("publish", year=2022)
    office.prepare(year=2022)
    office.must("dispatch", "send", "--batch", "2022-11-30-1", "--smtp", server.url, "--live", "3", year=2022)
    test.expect("two years: the first one's register stays", True, first == open(office.register(), "rb").read())
    test.expect("two years: each its copies", (7, 6), (len(office.status(year=2021)), len(office.status(year=2022))))
    test.expect("two years: the newest is asked by default", list(office.copies(2022)), list(office.status()))
    day = lambda year, date: sorted(r["状态"] for r in office.status("--date", date, year=year).values())
    test.expect("a day before anything", [], day(2021, "2021-11-29"))
    test.expect("the day of sending", ["已备"] * 3 + ["已收下"] * 3, day(2021, "2021-11-30"))
    test.expect("the day of receipts", ["已备"] * 2 + ["已收下"] * 2 + ["送达"] * 2, day(2021, "2021-12-08"))
    test.expect("the day of the answer", ["已备"] * 2 + ["已收下"] * 2 + ["答复"] + ["送达"], day(2021, "2021-12-20"))
    test.expect("in the second year, the first as it was", ["已备"] * 2 + ["已收下"] * 3 + ["答复", "送达"], day(2021, "2022-12-31"))
    test.expect("the second year", ["已备"] * 3 + ["已收下"] * 3, day(2022, "2022-12-31"))
    test.expect("two years: passwords differ", 2, len({office.must("key", "list", "--key", office.key, year=y).split()[1] for y in (2021, 2022)}))
    # A receipt of last year's copy is noted there, while this year goes on.
    office.must("dispatch", "received", numbers[2], "2022-01-08", year=2021)
    office.build(2021)
    test.expect("nothing of last year goes again", (0, 7), (office.run("dispatch", "prepare", "--key", office.key, year=2021)[0], len(office.copies())))
    server.stop()


def parts(test, program):
    """Built in shards, with packs, with the archive form: a batch all the same."""
    office = made(test, program)
    for shard in ("1/2", "2/2"):
        office.must("build", "--shard", shard)
    before = office.must("verify", os.path.join(office.out, "2021"))
    office.must("build", "packs")
    code, said = office.run("build", "packs", "--shard", "1/2")
    test.expect("packs in shards: made, or told why not", True, code in (0, 2))
    code, said = office.run("build", "packs", "--all-years")
    test.expect("packs with all years: made, or told why not", True, code in (0, 2))
    packs = os.path.join(office.out, "2021/internal/packs")
    test.expect("packs are there", True, os.path.isdir(packs) and len(os.listdir(packs)) > 0)
    office.must("verify", os.path.join(office.out, "2021"))
    office.prepare()
    test.expect("shards: a batch of all", 6, len(office.copies()))
    office = made(test, program)
    office.must("build", "--archive")
    office.prepare()
    test.expect("the archive form: a batch of all", 6, len(office.copies()))
    office.build()
    said = office.prepare("--day", "2021-12-01")
    # Other bytes are another document: whoever changes the form is told how many go as 更正.
    test.expect("not the archive form any more", True, "6 份，其中更正 6 份" in said)


def machine(test, program):
    """The year's folders on another machine, without the key; then with one that is not it."""
    office = made(test, program)
    server = test.serve(tls="none")
    results = os.path.join("2021", "results", "all.csv")
    replace(os.path.join(office.data, results), "%s,工控,线上核查,A1-1-01,符合," % offices.code(0),
            "%s,工控,线上核查,A1-1-01,部分符合,示例现状" % offices.code(0))
    office.build()
    office.prepare()
    there = test.folder("elsewhere")
    for name in ("data", "out"):
        shutil.move(os.path.join(office.folder, name), there)
    key = office.key
    office.data, office.out, office.key = (os.path.join(there, n) for n in ("data", "out", "key"))
    before = open(office.register(), "rb").read()
    code, said = office.run("dispatch", "prepare", "--key", office.key, "--day", "2021-12-01")
    test.expect("another machine, nothing to prepare: no key is asked for", (0, True), (code, "没有要备的" in said))
    replace(os.path.join(office.data, results), "示例现状", "示例现状二")
    office.build()
    code, said = office.run("dispatch", "prepare", "--key", office.key)
    lines = [line for line in said.split("\n") if office.key in line]
    test.expect("no key: said", (3, ["错误: 无法读取“%s”：没有这个文件或文件夹 [file-unreadable]" % office.key]), (code, lines))
    test.expect("no key: nothing is recorded", True, before == open(office.register(), "rb").read())
    code, said = office.run("dispatch", "send", "--batch", "2021-11-30-1", "--smtp", server.url, "--live", "3")
    test.expect("no key: what is prepared can be sent", (0, 3), (code, len(server.taken())))
    # Another key: whoever has a password letter could not open the new file with it.
    subprocess.run([program, "key", "new", office.key], check=True, capture_output=True)
    before = open(office.register(), "rb").read()
    code, said = office.run("dispatch", "prepare", "--key", office.key)
    test.expect("another key: refused and said", (1, True, True), (code, "[key-other]" in said, "2021-11-30-1" in said))
    test.expect("another key: nothing is recorded", True, before == open(office.register(), "rb").read())
    test.expect("another key: nothing lies there", ["2021-11-30-1"], os.listdir(os.path.dirname(office.batch("x"))))
    code, said = office.run("key", "list", "--key", office.key)
    test.expect("another key: no list of wrong passwords", (1, True), (code, "[key-other]" in said))
    code, said = office.run("dispatch", "prepare", "--key", key)
    test.expect("the right key", (0, 7), (code, len(office.copies())))
    replace(os.path.join(office.data, results), "示例现状二", "示例现状三")
    office.build()
    code, said = office.run("dispatch", "prepare", "--key", office.key, "--new-key", "--day", "2021-12-02")
    test.expect("lost for good: the new one is taken when it is said so", (0, 8), (code, len(office.copies())))
    code, said = office.run("key", "list", "--key", office.key)
    test.expect("from then on the new one is the key", 0, code)
    server.stop()


def run(test, program):
    for part in (two_years, parts, machine):
        if os.environ.get("PART") in (None, "", part.__name__):
            part(test, program)
