"""xingji dispatch send, killed at random points and started again, on a register that is one: none twice, none
lost, what is uncertain named as such and never repeated."""
import collections, email, glob, os, random, re, subprocess, time

import answers, real

# Of twenty, in this order; a domain each, so that no answer slows the others down.
KINDS = ["ok", "ok", "once", "ok", "ok", "never", "ok", "ok", "later", "ok", "ok", "laterdata", "ok", "ok", "neverdata", "ok", "noanswer",
         "ok", "nodata", "ok"]
FINAL = {"ok": "已收下", "once": "已收下", "slow": "已收下", "never": "拒收", "neverdata": "拒收", "bulk": "拒收", "later": "暂时失败", "laterdata": "暂时失败",
         "nodata": "暂时失败", "noanswer": "不确定", "cut": "不确定"}
UNKNOWN = "不确定"


def kind_of(address):
    return address.split("-")[0]


def claims(register):
    try:
        with open(register, "rb") as f:
            return f.read().count(b'"state":"claimed"')
    except FileNotFoundError:
        return 0


def kill_on_the_way(test, office, command, messages, deaths):
    """As many deaths; answers how many were in the middle of a message."""
    register, died, inside = office.register(), 0, 0
    begun = claims(register)
    while died < deaths:
        share = random.randint(0, max(0, 2 * (messages - begun) // (deaths - died + 1)))
        before = begun
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if random.random() < 0.85:
            while begun - before < share and process.poll() is None:
                time.sleep(0.0005)
                begun = claims(register)
        try:
            process.wait(timeout=random.random() * 0.04)
        except subprocess.TimeoutExpired:
            process.kill()
        code = process.wait()
        begun = claims(register)
        if code == -9:
            died += 1
            states = [c["states"] for c in office.copies().values()]
            inside += sum(1 for s in states if s and s[-1] == "claimed")
        elif code == 0:
            break
    return died, inside


def finish(office, command, tries=12):
    """Until there is nothing left to begin with; three without an answer end a run, so there may be several."""
    for _ in range(tries):
        done = subprocess.run(command, capture_output=True, text=True)
        if all(c["states"] and c["states"][-1] not in ("claimed", "prepared") for c in office.copies().values()):
            break
    # What was put off once is taken now.
    return subprocess.run(command, capture_output=True, text=True)


def judge(test, name, office, taken):
    """taken: (Message-ID, recipient) as the server stored them."""
    copies, status = office.copies(), office.status()
    told = {number: row["状态"] for number, row in status.items()}
    ids = collections.Counter(taken)
    reached = collections.Counter(re.search(r"\.(\d{8}-\d+)@", message_id)[1] for message_id, _ in taken)
    addresses = {number: copy["address"] for number, copy in copies.items()}
    test.expect(name + ": none twice", [], [key for key, n in ids.items() if n > 1] + [c for c, n in reached.items() if n > 1])
    test.expect(name + ": each to its own address", [], [(c, r) for c, r in ((re.search(r"\.(\d{8}-\d+)@", m)[1], r) for m, r in taken)
                                                         if addresses.get(c) != r])
    test.expect(name + ": status knows all", sorted(copies), sorted(told))
    test.expect(name + ": none lost", [], [c for c, s in told.items() if s == "已收下" and reached[c] != 1])
    test.expect(name + ": what the server has is accepted or uncertain", [], [(c, told[c]) for c in reached if told[c] not in ("已收下", UNKNOWN)])
    wrong = [(c, addresses[c], s) for c, s in told.items() if s not in (FINAL[kind_of(addresses[c])], UNKNOWN)]
    test.expect(name + ": each has an end that its answer explains", [], wrong)
    unsaid = [c for c, s in told.items() if s == UNKNOWN and not status[c]["应答"]]
    test.expect(name + ": each uncertain one says why", [], unsaid)
    repeated = [c for c, copy in copies.items() if "claimed" in copy["states"] and "uncertain" in copy["states"] and
                copy["states"].index("uncertain") != len(copy["states"]) - 1]
    test.expect(name + ": nothing follows what is uncertain", [], repeated)
    return collections.Counter(told.values()), sum(1 for c, s in told.items() if s == UNKNOWN and reached[c])


def report(name, messages, died, inside, seed, count, reached):
    print("command: %s: %d messages, killed %d times (%d within a message, seed %d): %s; of the uncertain %d had arrived" % (
        name, messages, died, inside, seed, "，".join("%s %d" % pair for pair in sorted(count.items())), reached))


def scripted(test, office, messages, deaths, seed):
    server = test.serve(tls="none", jitter=6)
    batch = "2021-11-30-1"
    command = office.command("dispatch", "send", "--batch", batch, "--smtp", server.url, "--live", str(messages), "--quiet")
    died, inside = kill_on_the_way(test, office, command, messages, deaths)
    finish(office, command)
    stored = [(line.split("\t")[4], line.split("\t")[0]) for line in server.lines("taken")]
    count, reached = judge(test, "scripted", office, stored)
    test.expect("scripted: as many deaths as there should be", True, died >= deaths * 0.8)
    test.expect("scripted: some within a message", True, inside > 0)
    code, said = office.run("register")
    test.expect("scripted: the register is sound", 0, code)
    subprocess.run(command, capture_output=True)
    test.expect("scripted: once more sends nothing again", len(stored), len(server.lines("taken")))
    test.expect("scripted: what is uncertain stays so", count[UNKNOWN], sum(r["状态"] == UNKNOWN for r in office.status().values()))
    report("a scripted server", messages, died, inside, seed, count, reached)
    server.stop()


def boxed(folder):
    stored = []
    for path in glob.glob(folder + "/box/new/*"):
        with open(path, "rb") as f:
            got = email.message_from_binary_file(f)
        stored.append((got["message-id"].strip(), re.search(r"\sfor (\S+?);", got["received"])[1]))
    return stored


def by_exim(test, office, messages, deaths, seed):
    certificates = answers.certificates(test)
    started = real.start(test, certificates)
    if not started:
        return
    folder, port = started
    command = office.command("dispatch", "send", "--batch", "2021-11-30-1", "--smtp", "smtp://localhost:%d" % port, "--live", str(messages),
                             "--ca", os.path.join(certificates, "ca.pem"), "--quiet")
    died, inside = kill_on_the_way(test, office, command, messages, deaths)
    finish(office, command)
    stored = boxed(folder)
    for _ in range(200):
        time.sleep(0.1)
        if len(stored) == len(boxed(folder)) and not glob.glob(folder + "/spool/input/*-D"):
            break
        stored = boxed(folder)
    count, reached = judge(test, "Exim", office, boxed(folder))
    test.expect("Exim: as many deaths as there should be", True, died >= deaths * 0.8)
    before = len(boxed(folder))
    subprocess.run(command, capture_output=True)
    test.expect("Exim: once more sends nothing again", before, len(boxed(folder)))
    report("Exim", messages, died, inside, seed, count, reached)


def untrusted(test, office, messages):
    """Nobody vouches for the server: not one line in the register, not one message."""
    folder = answers.certificates(test)
    server = test.serve(tls="starttls", cert=os.path.join(folder, "own.pem"), key=os.path.join(folder, "own.key"))
    before = len(office.lines())
    code, said = office.run("dispatch", "send", "--batch", "2021-11-30-1", "--smtp", server.url, "--live", str(messages),
                            "--ca", os.path.join(folder, "ca.pem"))
    test.expect("TLS: nobody vouches", (3, True, before, []), (code, "没有接通" in said, len(office.lines()), server.taken()))
    server.stop()


def run(test, make, messages, deaths, seed):
    random.seed(seed)
    mixed = make([("%s-%d@d%d.example.org" % (KINDS[i % 20], i, i), "邮件通知") for i in range(messages)])
    untrusted(test, mixed, messages)
    scripted(test, mixed, messages, deaths, seed)
    plain = make([("ok-%d@d%d.example.org" % (i, i % 7), "邮件附件" if i % 50 == 0 else "邮件通知") for i in range(messages)])
    by_exim(test, plain, messages, deaths, seed)
