"""The guard of envelopes in provinces that are not the one it was tried on: nobody is stopped without cause, whatever
the names; and what is swapped, planted or altered is stopped still."""
import csv, os, shutil, subprocess

import office as offices

CHANNELS = ("平台", "纸质", "介质", "邮件通知", "邮件附件")
# A name that begins another's, that stands within one or across two words, that is a word of every document; that
# the words for an agency hold; with what mail and tables take for signs of their own.
NAMES = ["上海示例", "上海示例电子", "上海示例电子（集团）有限公司", "示例电子", "示例安全", "示例安全技术有限公司", "工业信息安全",
         "工业信息安全有限公司", "示例诊断", "示例（甲）厂", "ＥＸ示例科技", "示例龍电", "示例A-1公司", "示例“乙”厂", "示例, 丙 & Sons",
         "𠮷示例公司", "示例检测", "南京示例", "江苏省示例", "示例 丁厂", "设备安全", "人员管理与培训"]
# Equal but for width, brackets, blanks, traditional form.
TWINS = ["示例(甲)厂", "示例甲厂", "EX示例科技", "示例龙电", "示例A1公司", "示例丁厂"]
AGENCIES = ["示例检测中心", "上海示例电子检测有限公司", "示例安全测评院"]


def firms(names):
    return [offices.Firm(i, name, CHANNELS[i % 5], "n%d@example.org" % i, 1 + i % 3, "江苏省南京市示例路%d号" % (i + 1))
            for i, name in enumerate(names)]


def doubts(said):
    """The lines of what is held or stopped, and why."""
    return [line for line in said.split("\n") if "[guard-" in line and "[guard-word]" not in line or "[dispatch-held]" in line]


def hostile(test, program):
    for names in (NAMES + TWINS, TWINS + NAMES[::-1]):
        office = offices.Office(program, test.folder("names"))
        office.year(firms(names), agencies=AGENCIES)
        office.build()
        code, said = office.run("dispatch", "prepare", "--key", office.key)
        test.expect("hostile names: none is stopped", (0, []), (code, doubts(said)))
        test.expect("hostile names: all are prepared", len(names), len(office.copies()))
        test.expect("hostile names: who is a word is noted", True, "guard-word" in said)
        code, said = office.run("certificates")
        test.expect("hostile names: certificates", (0, len(names)), (code, len(office.certificates())))


def wrong(test, program, tool, faults):
    """Swapped, planted, altered: in the province of hostile names (without twins: they differ by code alone)."""
    office = offices.Office(program, test.folder("wrong"))
    office.year(firms(NAMES), agencies=AGENCIES)
    office.build()
    done = subprocess.run([tool, office.data, "2021", office.out, test.folder("left"), str(faults), "1"], capture_output=True, text=True)
    said = done.stdout.strip().split("\n")[-1]
    test.expect("hostile names: %d made wrong" % faults, (0, True), (done.returncode, " 0 let through" in said))
    if done.returncode:
        print(done.stdout[-1500:] + done.stderr[-500:])


def remark(test, program):
    """Another firm's name in what stands in every document is no word of it: all of them are stopped."""
    office = offices.Office(program, test.folder("remark"))
    office.year(firms(["示例甲机械有限公司", "示例乙机械有限公司"]))
    content = os.path.join(office.folder, "content")
    shutil.copytree(os.path.join(offices.root, "content"), content)
    with open(os.path.join(content, "diagnosis.md"), "a") as f:
        f.write("\n感谢示例乙机械有限公司的支持。\n")
    office.must("build", "--content", content)
    code, said = office.run("dispatch", "prepare", "--key", office.key, "--content", content)
    test.expect("a firm named in the text of all", (1, 1), (code, len(doubts(said))))
    test.expect("its own may leave", ["91320100XX00000197"], [c["code"] for c in office.copies().values()])


def generated(test, program, sample, provinces, seed):
    """As the generator makes them, all channels in turn."""
    for n in range(provinces):
        office = offices.Office(program, test.folder("generated"))
        shutil.rmtree(office.data)
        subprocess.run([sample, "--models", os.path.join(offices.root, "data/models"), "--enterprises", str(12 + 3 * n),
                        "--out", office.data, "--seed", str(seed + n)], check=True, capture_output=True)
        for name in ("models", "regions.csv", "tracks.csv"):
            source = os.path.join(offices.root, "data", name)
            (shutil.copytree if os.path.isdir(source) else shutil.copy)(source, os.path.join(office.data, name))
        year = os.path.join(office.data, "2021")
        with open(os.path.join(year, "enterprises.csv"), encoding="utf-8-sig") as f:
            rows = list(csv.DictReader(f))
        with open(os.path.join(year, "campaign.xml")) as f:
            text = f.read()
        with open(os.path.join(year, "campaign.xml"), "w") as f:
            f.write(text.replace("  <track ", '  <delivery default="平台" mail-attachment="yes" sender="示例 &lt;o@example.org&gt;"/>\n  <track ', 1))
        with open(os.path.join(year, "delivery.csv"), "w") as f:
            f.write("统一社会信用代码,渠道,收件人,地址,邮政编码,电子邮箱\n")
            for i, row in enumerate(rows):
                f.write("%s,%s,示例收件人,江苏省%s示例路%d号,210000,n%d@example.org\n" % (
                    row["统一社会信用代码"], CHANNELS[i % 5], row["设区市"], i + 1, i))
        office.build(2021)
        code, said = office.run("dispatch", "prepare", "--key", office.key, year=2021)
        test.expect("province %d of %d: none is stopped" % (n + 1, provinces), (0, []), (code, doubts(said)))
        test.expect("province %d of %d: all are prepared" % (n + 1, provinces), len(rows), len(office.copies()))


def run(test, program, tools, provinces, seed):
    hostile(test, program)
    wrong(test, program, os.path.join(tools, "envelopes"), 500 if provinces > 2 else 76)
    remark(test, program)
    generated(test, program, os.path.join(tools, "sample"), provinces, seed)
