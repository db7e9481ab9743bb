"""Each way in which a server answers, breaks off or hides, and the state that it leaves."""
import os, signal, subprocess, time


def certificates(test):
    """A CA of our own, a certificate of localhost, one of another name, one that nobody vouches for."""
    folder = test.folder("certificates")

    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "9", "-subj", "/CN=ca")
    for name, host in (("good", "DNS:localhost,IP:127.0.0.1"), ("other", "DNS:mail.example.com")):
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", name + ".key", "-out", name + ".csr", "-subj", "/CN=x")
        with open(os.path.join(folder, name + ".ext"), "w") as f:
            f.write("subjectAltName=" + host)
        openssl("x509", "-req", "-in", name + ".csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "9",
                "-out", name + ".pem", "-extfile", name + ".ext")
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "own.key", "-out", "own.pem", "-days", "9",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
    return folder


def kinds(test):
    server = test.serve(tls="none")
    cases = [
        ("ok-1", "accepted", "250 2.0.0 taken as 12345"), ("later-2", "deferred", "450 4.2.0 greylisted, come back"),
        ("never-3", "refused", "550 5.1.1 no such 5.1.1 user"), ("laterdata-4", "deferred", "451 4.3.0 try later"),
        ("neverdata-5", "refused", "550 5.7.1 refused"), ("busy-6", "deferred", "421 4.7.0 too fast"),
        ("ok-7", "accepted", "250 2.0.0 taken as 12345"), ("noanswer-8", "uncertain", None), ("ok-9", "accepted", None),
        ("cut-10", "uncertain", None), ("ok-11", "accepted", None), ("nodata-12", "deferred", None),
        ("mute-13", "uncertain", None), ("ok-14", "accepted", None),
    ]
    # A domain each, so that none suffers from another's.
    batch = test.batch(["%s@d%d.example.org" % (kind, i) for i, (kind, _, _) in enumerate(cases)])
    outcome = batch.post(url=server.url, reply=2)
    test.expect("states", [state for _, state, _ in cases], batch.last())
    for i, (kind, _, detail) in enumerate(cases):
        if detail:
            test.expect("the server's words: " + kind, detail, batch.detail(i))
    test.expect("what is uncertain says so", True, batch.detail(7).startswith("内容已开始发送"))
    test.expect("what did not leave says so", True, batch.detail(11).startswith("没有发出"))
    test.expect("every one claimed first", True, all(states[0][0] == "claimed" for states in batch.noted().values()))
    test.expect("the end", ("left", 1), (outcome.end, outcome.code))
    before = server.taken()
    again = batch.post(url=server.url, reply=2)
    test.expect("again: what is settled is not touched", [], [c for c in server.taken()[len(before):]])
    test.expect("again: the deferred are tried", 4, again.tally["to_send"])
    test.expect("no message twice", len(set(server.taken())), len(server.taken()))
    test.expect("one session for several", True, sum(l.startswith("EHLO") for l in server.lines("asked")) < len(cases) + 6)
    test.expect("no password, no text in what is printed", False, "领取" in outcome.text + outcome.errors)
    server.stop()


def bulk(test):
    server = test.serve(tls="none")
    batch = test.batch(["bulk-1@163.example", "ok-2@163.example", "ok-3@QQ.example", "ok-4@163.EXAMPLE"])
    outcome = batch.post(url=server.url)
    test.expect("554 stops its domain", ["refused", "", "accepted", ""], batch.last())
    test.expect("554: who was left out is counted", (2, "left"), (outcome.tally["stopped"], outcome.end))
    batch.post(url=server.url)
    test.expect("554: only for the run", ["refused", "accepted", "accepted", "accepted"], batch.last())
    server.stop()


def words(test):
    server = test.serve(tls="none")
    batch = test.batch(["rude-1@example.org"])
    batch.post(url=server.url)
    test.expect("a rude answer", ["accepted"], batch.last())
    detail = batch.detail(0)
    test.expect("its escapes", True, detail.startswith("250 first ·[31m·red xxx") and "\x1b" not in detail and "\u202e" not in detail)
    test.expect("its length", True, len(detail.encode()) < 260)
    server.stop()


def sizes(test):
    for enforce in ("yes", "no"):
        server = test.serve(tls="none", size=40000, enforce=enforce)
        batch = test.batch(["ok-1@example.org", "ok-2@example.org"], size=60000)
        outcome = batch.post(url=server.url)
        test.expect("too large for the server", ["refused", "refused"], batch.last())
        test.expect("too large: the size is named", True, "大于服务器的限制：SIZE " in batch.detail(0))
        test.expect("too large: nothing asked", [], [l for l in server.lines("asked") if l.startswith("MAIL")])
        test.expect("too large: the end", "finished", outcome.end)
        server.stop()
    # The server counts itself where it has not told the limit yet when the size was looked at.
    server = test.serve(tls="none", size=200000)
    batch = test.batch(["ok-1@example.org"], size=60000)
    batch.post(url=server.url)
    test.expect("small enough", ["accepted"], batch.last())
    test.expect("told in MAIL", 1, sum("SIZE=" in l for l in server.lines("asked")))
    server.stop()


def unreachable(test):
    batch = test.batch(["ok-1@example.org", "ok-2@example.org"])
    server = test.serve(tls="none")
    server.stop()
    outcome = batch.post(url=server.url)
    test.expect("nobody listens", ("unreachable", []), (outcome.end, list(batch.noted())))
    for options, stage in ((dict(greeting="554"), "1\t554"), (dict(greeting="421"), "1\t421"), (dict(greeting="close"), "0\t0"),
                           (dict(hello="close"), "2\t0")):
        server = test.serve(tls="none", **options)
        outcome = batch.post(url=server.url, reply=2)
        test.expect("not let in: %s" % options, ("unreachable", [], stage),
                    (outcome.end, list(batch.noted()), "\t".join(outcome.reply.split("\t")[:2])))
        server.stop()
    server = test.serve(tls="none", sender="550")
    outcome = batch.post(url=server.url)
    test.expect("our own address is refused: nobody else's fault", (["deferred", ""], "unreachable"), (batch.last(), outcome.end))
    server.stop()
    server = test.serve(tls="none", noop="close")
    outcome = batch.post(url=server.url)
    test.expect("a server without NOOP", (["accepted", "accepted"], "finished"), (batch.last(), outcome.end))
    server.stop()
    batch = test.batch(["noanswer-%d@example.org" % i for i in range(6)])
    server = test.serve(tls="none")
    outcome = batch.post(url=server.url)
    test.expect("three without an answer end the run", (["uncertain"] * 3 + [""] * 3, "silent"), (batch.last(), outcome.end))
    server.stop()


def encryption(test):
    folder = certificates(test)
    ca = os.path.join(folder, "ca.pem")

    def serve(name, **options):
        return test.serve(cert=os.path.join(folder, name + ".pem"), key=os.path.join(folder, name + ".key"), **options)

    def one(name, wanted, server, scheme="smtp", host="127.0.0.1", **options):
        batch = test.batch(["ok-1@example.org"])
        outcome = batch.post(url="%s://%s:%d" % (scheme, host, server.port), **options)
        test.expect(name, wanted, (outcome.end, batch.last()[0]))
        mail = [l for l in server.lines("asked") if l.startswith(("MAIL", "AUTH over NOTHING"))]
        if wanted[0] != "finished":
            test.expect(name + ": nothing told", [], mail)
        test.expect(name + ": no password shown", False, "hidden-word" in outcome.text + outcome.errors + str(batch.noted()))
        server.stop()

    good, bad = ("finished", "accepted"), ("unreachable", "")
    one("smtps", good, serve("good", tls="smtps"), "smtps", ca=ca)
    one("smtps by name", good, serve("good", tls="smtps"), "smtps", "localhost", ca=ca)
    one("smtps, nobody vouches", bad, serve("own", tls="smtps"), "smtps", ca=ca)
    one("smtps without our CA", bad, serve("good", tls="smtps"), "smtps")
    one("smtps of another name", bad, serve("other", tls="smtps"), "smtps", ca=ca)
    one("smtps that speaks plainly", bad, test.serve(tls="none"), "smtps", ca=ca, reply=2, message=4)
    one("STARTTLS", good, serve("good", tls="starttls"), ca=ca)
    one("STARTTLS of another name", bad, serve("other", tls="starttls"), ca=ca)
    one("STARTTLS, nobody vouches", bad, serve("own", tls="starttls"))
    secret = dict(user="office", password="hidden-word")
    one("a password over smtps", good, serve("good", tls="smtps", auth="office:hidden-word"), "smtps", ca=ca, **secret)
    one("a password over STARTTLS", good, serve("good", tls="starttls", auth="office:hidden-word"), ca=ca, **secret)
    one("a wrong password", bad, serve("good", tls="smtps", auth="office:another"), "smtps", ca=ca, **secret)
    one("a password without TLS", bad, test.serve(tls="none", auth="office:hidden-word"), ca=ca, **secret)
    for url in ("http://127.0.0.1:25", "smtp://a@b:25", "smtp://127.0.0.1:0", "smtp://127.0.0.1:99999", "smtp://", "smtp://a b",
                "smtp://127.0.0.1:25/x", "smtp://127.0.0.1:+25", "smtp://a?b", "smtps:/a", "smtp://[::1", "smtp://%31:25"):
        test.expect("refused: " + url, 2, test.batch(["ok-1@example.org"]).post(url=url).code)
    test.expect("a missing CA", 2, test.batch(["ok-1@example.org"]).post(url="smtps://localhost:25", ca="/nothing").code)
    test.expect("a user alone", 2, test.batch(["ok-1@example.org"]).post(url="smtps://localhost:25", user="a").code)


def modes(test):
    server = test.serve(tls="none")
    addresses = ["ok-1@example.org", "never-2@example.org", "ok-3@example.org"]
    batch = test.batch(addresses, size=5000)
    outcome = batch.post(mode="dry", url=server.url)
    test.expect("dry", ("finished", {}, [], True), (outcome.end, batch.noted(), server.lines("asked"), outcome.tally["bytes"] > 15000))
    outcome = batch.post(test="me@example.org", url=server.url)
    test.expect("test", ("finished", {}, ["me@example.org"] * 3),
                (outcome.end, batch.noted(), [l.split("\t")[0] for l in server.lines("taken")]))
    before = len(server.taken())
    outcome = batch.post(live=2, url=server.url)
    test.expect("another count", ("count", {}, before), (outcome.end, batch.noted(), len(server.taken())))
    # A file that changed, one to somebody else, one of another copy, one with a copy to a third.
    folder, jobs = batch.folder, batch.jobs
    first = os.path.join(folder, jobs[0][0] + ".eml")
    with open(first, "ab") as f:
        f.write(b"\n")
    test.expect("dry: a changed file", [jobs[0][0]], batch.post(mode="dry", url=server.url).unfit())
    outcome = batch.post(url=server.url)
    test.expect("live: a changed file", ([jobs[0][0]], ["", "refused", "accepted"]), (outcome.unfit(), batch.last()))
    for name, old, new in (("to another", b"<ok-1@example.org>", b"<ok-9@example.org>"), ("another copy", b"Copy: 2021-00000000", b"Copy: 2021-00000001"),
                           ("a second To", b"Subject:", b"To: <x@example.org>\r\nSubject:"), ("a Cc", b"Subject:", b"Cc: <x@example.org>\r\nSubject:")):
        batch = test.batch(["ok-1@example.org"])
        path = os.path.join(batch.folder, batch.jobs[0][0] + ".eml")
        with open(path, "rb") as f:
            content = f.read()
        with open(path, "wb") as f:
            f.write(content.replace(old, new, 1))
        batch.record()
        test.expect(name, ([batch.jobs[0][0]], [""]), (batch.post(url=server.url).unfit(), batch.last()))
    os.remove(first)
    test.expect("a missing file", True, jobs[0][0] in test_missing(batch, first, jobs[0]))
    server.stop()


def test_missing(batch, path, job):
    with open(batch.path, "a") as f:
        f.write("\t".join([job[0], "x", job[1], path, "0" * 64]) + "\n")
    return batch.post(mode="dry", url="smtp://127.0.0.1:25").unfit()


def patience(test):
    server = test.serve(tls="none")
    batch = test.batch(["ok-%d@example.org" % i for i in range(4)])
    start = time.monotonic()
    batch.post(url=server.url, rate=120, patience=2000)
    test.expect("two a second", True, 1.4 < time.monotonic() - start < 4)
    test.expect("two a second: all", ["accepted"] * 4, batch.last())
    batch = test.batch(["ok-1@example.org", "ok-2@example.org"])
    outcome = batch.post(url=server.url, rate=1, patience=100)
    test.expect("no patience", (["accepted", ""], "left"), (batch.last(), outcome.end))
    server.stop()
    # The server closes a connection that is idle: the next message goes over a new one.
    server = test.serve(tls="none", idle=300)
    batch = test.batch(["ok-%d@example.org" % i for i in range(3)])
    batch.post(url=server.url, rate=60, patience=2000)
    test.expect("idle connections", ["accepted"] * 3, batch.last())
    test.expect("idle connections: they were closed", True, server.lines("asked").count("(idle)") >= 2)
    server.stop()


def interrupts(test):
    server = test.serve(tls="none")
    for signals, wanted in ((1, (["accepted", ""], "interrupted")), (2, (["claimed", ""], ""))):
        batch = test.batch(["slow-1@example.org", "ok-2@example.org"])
        process = subprocess.Popen(batch.command(url=server.url), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for _ in range(200):
            if batch.noted() and len(server.taken()) == signals:
                break
            time.sleep(0.02)
        for _ in range(signals):
            process.send_signal(signal.SIGINT)
            time.sleep(0.2)
        out, _ = process.communicate(timeout=30)
        end = "".join(l.split("\t")[1] for l in out.splitlines() if l.startswith("end"))
        test.expect("%d interrupts in the middle of a message" % signals, wanted, (batch.last(), end))
    outcome = batch.post(url=server.url)
    test.expect("after the second", (["uncertain", "accepted"], 1), (batch.last(), outcome.tally["was_claimed"]))
    server.stop()
    # In a wait the first one ends it at once.
    server = test.serve(tls="none")
    batch = test.batch(["ok-1@example.org", "ok-2@example.org"])
    process = subprocess.Popen(batch.command(url=server.url, rate=1, patience=100000), stdout=subprocess.PIPE, text=True)
    process.stdout.readline()
    start = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=30)
    test.expect("interrupted in a wait", (True, True), ("end\tinterrupted" in out, time.monotonic() - start < 5))
    server.stop()


def run(test):
    for part in (kinds, bulk, words, sizes, unreachable, encryption, modes, patience, interrupts):
        part(test)
