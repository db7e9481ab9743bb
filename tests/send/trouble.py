"""The world against the office: two runs at once, a colleague who notes receipts meanwhile, no room on the disk, a register that
cannot be written, days that go backwards; and deaths while batches, certificates and receipts are recorded."""
import collections, os, random, re, shutil, subprocess, threading, time

BATCH = "2021-11-30-1"


def sending(office, server, count, *words):
    return office.command("dispatch", "send", "--batch", BATCH, "--smtp", server.url, "--live", str(count), "--quiet", *words)


def states(office):
    return collections.Counter(row["状态"] for row in office.status().values())


def start(command):
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def wait_until(what, seconds=20):
    for _ in range(seconds * 200):
        if what():
            return True
        time.sleep(0.005)
    return False


def two_at_once(test, make):
    """The second is told; the first goes on to its end; nothing is uncertain."""
    office = make([("slow-%d@d%d.example.org" % (i, i), "邮件通知") for i in range(3)])
    server = test.serve(tls="none")
    first = start(sending(office, server, 3))
    wait_until(lambda: b"claimed" in open(office.register(), "rb").read())
    code, said = office.run("dispatch", "send", "--batch", BATCH, "--smtp", server.url, "--live", "3")
    out, _ = first.communicate(timeout=60)
    test.expect("two at once: the second is told", (3, True), (code, "dispatch-sending" in said))
    test.expect("two at once: the first ends", 0, first.returncode)
    test.expect("two at once: none uncertain, none twice", ({"已收下": 3}, 3), (dict(states(office)), len(server.taken())))
    server.stop()


def colleague(test, make):
    """Receipts noted, a message withdrawn while mail goes out: both are on record, and what was withdrawn stays here."""
    ways = [("slow-%d@d%d.example.org" % (i, i), "邮件通知") for i in range(4)] + [("", "平台")] * 8
    office = make(ways)
    server = test.serve(tls="none")
    numbers = list(office.copies())
    run = start(sending(office, server, 4))
    wait_until(lambda: b"claimed" in open(office.register(), "rb").read())
    codes = [office.run("dispatch", "received", number, "2021-12-08")[0] for number in numbers[4:]]
    withdrawn, _ = office.run("dispatch", "void", numbers[3], "2021-12-08")
    out, _ = run.communicate(timeout=60)
    test.expect("a colleague: receipts are noted", [0] * 8, codes)
    test.expect("a colleague: a message is withdrawn", 0, withdrawn)
    test.expect("a colleague: the mail goes on", 0, run.returncode)
    test.expect("a colleague: all on record", {"已收下": 3, "送达": 8, "作废": 1}, dict(states(office)))
    test.expect("a colleague: what was withdrawn stayed here", numbers[:3], server.taken())
    # While messages leave as fast as they can, notes still come through.
    office = make([("ok-%d@d%d.example.org" % (i, i % 7), "邮件通知") for i in range(150)] + [("", "平台")] * 10)
    numbers = list(office.copies())
    run = start(sending(office, server, 150))
    wait_until(lambda: b"claimed" in open(office.register(), "rb").read())
    codes = [office.run("dispatch", "received", number, "2021-12-08")[0] for number in numbers[150:]]
    out, _ = run.communicate(timeout=120)
    test.expect("a colleague beside fast mail", ([0] * 10, 0), (codes, run.returncode))
    test.expect("a colleague beside fast mail: all on record", {"已收下": 150, "送达": 10}, dict(states(office)))
    server.stop()


def outdated(test, make):
    """A newer batch corrects what an older one holds: the old messages stay here, also where the run that withdraws them died."""
    office = make([("ok-%d@d%d.example.org" % (i, i), "邮件通知") for i in range(6)])
    server = test.serve(tls="none")
    path = os.path.join(office.data, "2021", "results", "all.csv")
    with open(path) as f:
        text = f.read()
    with open(path, "w") as f:
        f.write(text.replace("线上核查,A1-1-01,符合,", "线上核查,A1-1-01,部分符合,示例现状"))
    office.build()
    office.prepare()
    whole = open(office.register(), "rb").read()
    test.expect("a newer batch: the old messages are withdrawn", {"作废": 6, "已备": 6}, dict(states(office)))
    lines = whole.split(b"\n")
    for left in (2, 4):  # died behind the batch, died on the way
        with open(office.register(), "wb") as f:
            f.write(b"\n".join(lines[:left]) + b"\n")
        office.run("dispatch", "send", "--batch", BATCH, "--smtp", server.url, "--live", "6")
        test.expect("a newer batch, killed after line %d: nothing old leaves" % left, [], server.taken())
    office.prepare()
    test.expect("the next prepare withdraws them", {"作废": 6, "已备": 6}, dict(states(office)))
    code, said = office.run("dispatch", "send", "--batch", "2021-11-30-2", "--smtp", server.url, "--live", "6")
    test.expect("the newer batch goes", (0, 6), (code, len(server.taken())))
    server.stop()


def uncertain(test, make):
    """Never repeated by itself; once a person has found out that it did not come, and says so, it is prepared anew."""
    office = make([("noanswer-a@a.example.org", "邮件通知"), ("never-b@b.example.org", "邮件通知")])
    server = test.serve(tls="none")
    office.run("dispatch", "send", "--batch", BATCH, "--smtp", server.url, "--live", "2")
    first, second = office.copies()
    test.expect("uncertain: it is", "不确定", office.status()[first]["状态"])
    office.prepare()
    test.expect("uncertain: nothing is prepared by itself", 2, len(office.copies()))
    office.must("dispatch", "void", first, "2021-12-08", "--detail", "示例：企业说没有收到")
    office.prepare("--day", "2021-12-09")
    test.expect("uncertain: withdrawn by a person, it goes anew", ["20211209-0001"], list(office.copies())[2:])
    office.must("dispatch", "void", second, "2021-12-10", "--detail", "示例：邮箱已开通")
    office.prepare("--day", "2021-12-11")
    test.expect("refused: the same", ["20211209-0001", "20211211-0001"], list(office.copies())[2:])
    server.stop()


def files(test, make):
    """What lies in the batch is what was prepared, or it does not leave; the others do."""
    office = make([("ok-%d@d%d.example.org" % (i, i), "邮件附件") for i in range(5)])
    server = test.serve(tls="none")
    mail = os.path.join(office.batch(BATCH), "mail")
    names = sorted(os.listdir(mail))
    names = [n for n in names if n.endswith(".eml")]
    with open(os.path.join(mail, names[0]), "r+b") as f:
        f.seek(2000)
        there = f.read(1)
        f.seek(2000)
        f.write(b"x" if there != b"x" else b"y")
    os.remove(os.path.join(mail, names[1]))
    shutil.copy(os.path.join(mail, names[3]), os.path.join(mail, names[2]))
    code, said = office.run("dispatch", "send", "--batch", BATCH, "--smtp", server.url, "--live", "5")
    test.expect("files: three are held and named", [True] * 3, ["没有发：份号 %s（" % n[:-4] in said for n in names[:3]])
    test.expect("files: the others leave", [n[:-4] for n in names[3:]], server.taken())
    test.expect("files: nothing is recorded of those", {"已备": 3, "已收下": 2}, dict(states(office)))
    # The table of addresses is edited between preparing and sending: who was prepared for is written to, and nobody else.
    office = make([("ok-a@a.example.org", "邮件通知"), ("ok-b@b.example.org", "邮件通知")])
    path = os.path.join(office.data, "2021", "delivery.csv")
    with open(path) as f:
        text = f.read()
    with open(path, "w") as f:
        f.write(text.replace("ok-a@a.example.org", "ok-c@c.example.org"))
    before = len(server.taken())
    _, said = office.run("dispatch", "send", "--batch", BATCH, "--smtp", server.url, "--live", "2")
    took = [line.split("\t")[0] for line in server.lines("taken")[before:]]
    test.expect("an address edited: who was prepared for there waits", (["ok-b@b.example.org"], {"已备": 1, "已收下": 1}), (took, dict(states(office))))
    test.expect("an address edited: said", True, "没有发：份号 %s（" % list(office.copies())[0] in said and "delivery.csv" in said)
    server.stop()


def room(test, make):
    """No room on the disk: nothing half written, nothing claimed that was not; with room again the same command goes on."""
    office = make([("ok-%d@d%d.example.org" % (i, i), "邮件通知") for i in range(20)])
    small = os.path.join(office.folder, "small")
    os.mkdir(small)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", small], capture_output=True).returncode:
        test.skip("a full disk: tmpfs cannot be mounted here", "nothing; run as root")
        return
    server = test.serve(tls="none")
    try:
        year = os.path.join(office.data, "2021")
        shutil.copy(office.register(), small)
        os.remove(office.register())
        whole = os.path.join(small, "register.jsonl")
        # The whole year on the small disk.
        for name in os.listdir(year):
            source = os.path.join(year, name)
            (shutil.copytree if os.path.isdir(source) else shutil.copy)(source, os.path.join(small, name))
        shutil.rmtree(year)
        os.mkdir(year)
        subprocess.run(["mount", "--bind", small, year], check=True)
        room_left = os.statvfs(year).f_bavail * os.statvfs(year).f_frsize
        with open(os.path.join(year, "results", "filler"), "wb") as f:
            f.write(b"\0" * max(0, room_left - 4096))
            f.flush()
        code, said = office.run("dispatch", "send", "--batch", BATCH, "--smtp", server.url, "--live", "20")
        taken = len(server.taken())
        found = office.copies()
        claimed = [c for c, copy in found.items() if copy["states"] and copy["states"][-1] == "claimed"]
        accepted = [c for c, copy in found.items() if "accepted" in copy["states"]]
        test.expect("no room: told", (3, True), (code, "不能登记" in said or "file-unwritable" in said))
        test.expect("no room: at most the one on its way", True, taken <= len(accepted) + 1 and len(claimed) <= 1)
        office.run("dispatch", "received", list(found)[-1], "2021-12-08")
        office.lines()
        os.remove(os.path.join(year, "results", "filler"))
        code, said = office.run("dispatch", "send", "--batch", BATCH, "--smtp", server.url, "--live", "20")
        told = states(office)
        test.expect("room again: the rest goes", (0, True), (code, told["已收下"] + told["不确定"] == 20 and told["不确定"] == len(claimed)))
        test.expect("room again: none twice", len(set(server.taken())), len(server.taken()))
    finally:
        subprocess.run(["umount", os.path.join(office.data, "2021")], capture_output=True)
        subprocess.run(["umount", small], capture_output=True)
        server.stop()


def read_only(test, make):
    office = make([("ok-%d@d%d.example.org" % (i, i), "邮件通知") for i in range(4)])
    server = test.serve(tls="none")
    register = office.register()
    before = open(register, "rb").read()
    bind = subprocess.run(["mount", "--bind", register, register], capture_output=True).returncode == 0
    bind = bind and subprocess.run(["mount", "-o", "remount,ro,bind", register], capture_output=True).returncode == 0
    if not bind and os.getuid() == 0:
        test.skip("a register that cannot be written: no bind mounts here", "nothing")
        server.stop()
        return
    if not bind:
        os.chmod(register, 0o444)
    try:
        code, said = office.run("dispatch", "send", "--batch", BATCH, "--smtp", server.url, "--live", "4")
        test.expect("read-only: nothing leaves", (3, [], True), (code, server.taken(), register in said or "register.jsonl" in said))
        code, said = office.run("dispatch", "received", list(office.copies())[0], "2021-12-08")
        test.expect("read-only: no receipt", 3, code)
        code, said = office.run("certificates")
        test.expect("read-only: no certificate", (3, False), (code, os.path.exists(os.path.join(office.out, "2021/internal/certificates"))))
        code, said = office.run("dispatch", "status")
        test.expect("read-only: status reads", 0, code)
        test.expect("read-only: the bytes stay", True, before == open(register, "rb").read())
    finally:
        subprocess.run(["umount", register] if bind else ["chmod", "644", register], capture_output=True)
    code, said = office.run("dispatch", "send", "--batch", BATCH, "--smtp", server.url, "--live", "4")
    test.expect("writable again: all go", (0, 4), (code, len(server.taken())))
    server.stop()


def backwards(test, make):
    """The day of a run lies before what is on record: the copy's last day counts, nothing goes twice, nothing unsound is written."""
    office = make([("ok-%d@d%d.example.org" % (i, i), "邮件通知") for i in range(3)])
    server = test.serve(tls="none")
    code, said = office.run("dispatch", "send", "--batch", BATCH, "--smtp", server.url, "--live", "3", "--day", "2021-11-01")
    test.expect("days backwards: sent", (0, {"已收下": 3}), (code, dict(states(office))))
    code, said = office.run("dispatch", "prepare", "--key", office.key, "--day", "2021-11-01")
    test.expect("days backwards: nothing is prepared twice", (0, 3), (code, len(office.copies())))
    code, said = office.run("dispatch", "received", list(office.copies())[0], "2021-11-01")
    test.expect("days backwards: a receipt from before", (1, True), (code, "dispatch-step" in said))
    test.expect("days backwards: the register is sound", 0, office.run("check")[0])
    server.stop()


def put_off(test, make):
    """What the other side puts off is tried again in later runs, and given up once three days have gone by since the first time."""
    office = make([("later-%d@d%d.example.org" % (i, i), "邮件通知") for i in range(2)])
    server = test.serve(tls="none")
    for day, want in (("2021-12-08", "暂时失败"), ("2021-12-10", "暂时失败"), ("2021-12-11", "拒收")):
        office.run("dispatch", "send", "--batch", BATCH, "--smtp", server.url, "--live", "2", "--day", day)
        test.expect("put off: on " + day, {want: 2}, dict(states(office)))
    server.stop()


def deaths_while_recording(test, make, deaths):
    """prepare, certificates, received, answered: the register whole after every death, no number twice, the files of each batch there."""
    office = make([("ok-%d@d%d.example.org" % (i, i), ("平台", "纸质", "邮件通知", "邮件附件")[i % 4]) for i in range(24)])
    os.remove(office.register())
    shutil.rmtree(os.path.join(office.out, "2021/internal/dispatch"))
    died = collections.Counter()

    def die(name, *words, most):
        process = subprocess.Popen(office.command(*words, "--quiet"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=random.random() * most)
        except subprocess.TimeoutExpired:
            process.kill()
            died[name] += 1
        process.wait()
        try:
            if os.path.exists(office.register()):
                office.copies()
                test.expect("deaths: no certificate twice", len(set(office.certificates())), len(office.certificates()))
        except ValueError as error:
            test.expect("deaths: %s: the register is whole" % name, "", str(error))

    took = time.monotonic()
    office.run("dispatch", "status")
    took = time.monotonic() - took
    for _ in range(deaths // 2):
        die("prepare", "dispatch", "prepare", "--key", office.key, most=1.6)
    office.prepare()
    copies = office.copies()
    test.expect("deaths: each firm once", 24, len({c["code"] for c in copies.values()}))
    test.expect("deaths: each copy's file is there", [], [n for n, c in copies.items() if not os.path.exists(os.path.join(office.batch(c["batch"]), c["file"]))])
    for _ in range(deaths // 2):
        die("certificates", "certificates", most=1.6)
    office.must("certificates")
    test.expect("deaths: a certificate each", 24, len(office.certificates()))
    folder = os.path.join(office.out, "2021/internal/certificates")
    test.expect("deaths: their files", 24, len([n for n in os.listdir(folder) if re.match(r"2021-\d+\.pdf$", n)]))
    numbers = [n for n, c in copies.items() if c["channel"] == "platform"]
    for number in numbers:
        for word, day in (("received", "2021-12-08"), ("answered", "2021-12-20")):
            for _ in range(max(1, deaths // 12)):
                die(word, "dispatch", word, number, day, most=took * 1.3)
            office.run("dispatch", word, number, day)
    steps = [office.copies()[n]["states"] for n in numbers]
    test.expect("deaths: each receipt and answer once", [["delivered", "answered"]] * len(numbers), steps)
    print("command: deaths while recording: " + ", ".join("%s %d" % pair for pair in sorted(died.items())))


def run(test, make, deaths):
    for part in (two_at_once, colleague, outdated, uncertain, files, room, read_only, backwards, put_off):
        if os.environ.get("PART") in (None, "", part.__name__):
            part(test, make)
    if os.environ.get("PART") in (None, "", "deaths"):
        deaths_while_recording(test, make, deaths)
