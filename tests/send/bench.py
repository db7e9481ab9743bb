"""What the parts of tests/send/mail share: expectations, servers, batches."""
import hashlib, os, subprocess, sys, time

here = os.path.dirname(os.path.abspath(__file__))


class Bench:
    def __init__(self, tool, work, name="mail"):
        self.tool, self.work, self.name = tool, work, name
        self.passed = self.failed = 0
        self.skipped, self.servers, self.count = [], [], 0

    def expect(self, name, wanted, got):
        if wanted == got:
            self.passed += 1
        else:
            self.failed += 1
            print("%s: %s:\n  wanted %r\n  got    %r" % (self.name, name, wanted, got))

    def skip(self, what, package):
        self.skipped.append("%s (apt-get install %s)" % (what, package))

    def folder(self, name):
        self.count += 1
        path = os.path.join(self.work, "%s-%d" % (name, self.count))
        os.mkdir(path)
        return path

    # ---- servers

    def serve(self, **options):
        folder = self.folder("server")
        process = subprocess.Popen([sys.executable, os.path.join(here, "server.py"), folder] +
                                   ["%s=%s" % o for o in options.items()])
        self.servers.append(process)
        port = self.wait_for(os.path.join(folder, "port"))
        return Server(folder, int(port), process)

    def wait_for(self, path, seconds=20):
        for _ in range(seconds * 50):
            if os.path.exists(path):
                with open(path) as f:
                    return f.read()
            time.sleep(0.02)
        raise SystemExit("mail: %s did not come up" % path)

    def stop_all(self):
        for process in self.servers:
            process.kill()
            process.wait()

    # ---- the tool

    def write(self, messages):
        """Dictionaries copy, id, date, from, to (pairs), subject, body, attachments → folder with .eml, sizes."""
        folder = self.folder("written")
        rows = []
        for m in messages:
            body = self.put(folder, m["body"].encode())
            row = [m["copy"], m["id"], m["date"], *m["from"], *m["to"], m["subject"], body]
            for name, kind, content in m["attachments"]:
                row += [name, kind, self.put(folder, content)]
            rows.append("\t".join(row))
        spec = self.put(folder, ("\n".join(rows) + "\n").encode())
        out = subprocess.run([self.tool, "write", spec, folder], capture_output=True, text=True, check=True).stdout
        return folder, dict(line.split("\t") for line in out.splitlines())

    def put(self, folder, content):
        self.count += 1
        path = os.path.join(folder, "f%d" % self.count)
        with open(path, "wb") as f:
            f.write(content)
        return path

    def batch(self, addresses, size=0):
        """A batch of one message to each address; the copy is named after its place."""
        messages = [simple("2021-%08X" % i, address, size) for i, address in enumerate(addresses)]
        folder, _ = self.write(messages)
        return Batch(self, folder, [(m["copy"], m["to"][1]) for m in messages])


def simple(copy, address, size=0):
    attachments = [("诊断书.pdf", "application/pdf", b"%PDF" + os.urandom(size))] if size else []
    return dict(copy=copy, id="%s.b1@example.org" % copy, date="2021-12-20", to=("示例公司", address),
                subject="星级培育通知", body="您好：\n请到平台领取。\n", attachments=attachments,
                **{"from": ("示例办公室", "office@example.org")})


class Server:
    def __init__(self, folder, port, process):
        self.folder, self.port, self.process = folder, port, process
        self.url = "smtp://127.0.0.1:%d" % port

    def lines(self, name):
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            return []
        with open(path) as f:
            return f.read().splitlines()

    def taken(self):
        """The copies that were taken, in order."""
        return [line.split("\t")[1] for line in self.lines("taken")]

    def stop(self):
        self.process.kill()
        self.process.wait()


class Batch:
    def __init__(self, bench, folder, jobs):
        self.bench, self.folder, self.jobs = bench, folder, jobs
        self.path, self.states = os.path.join(folder, "batch"), os.path.join(folder, "states")
        self.record()

    def record(self):
        with open(self.path, "w") as f:
            for copy, address in self.jobs:
                path = os.path.join(self.folder, copy + ".eml")
                with open(path, "rb") as message:
                    digest = hashlib.sha256(message.read()).hexdigest()
                f.write("\t".join([copy, "91320000XX" + copy[-8:], address, path, digest]) + "\n")

    def command(self, **options):
        return [self.bench.tool, "post", self.path, self.states] + ["%s=%s" % o for o in options.items()]

    def post(self, **options):
        done = subprocess.run(self.command(**options), capture_output=True, text=True, timeout=300)
        return Outcome(done)

    def noted(self):
        """Copy → its states in order, with what was noted beside the last."""
        found = {}
        if os.path.exists(self.states):
            with open(self.states) as f:
                for line in f.read().splitlines():
                    copy, state, detail = line.split("\t")
                    found.setdefault(copy, []).append((state, detail))
        return found

    def last(self):
        """The last state of each in the order of the batch; '' for one that has none."""
        noted = self.noted()
        return [noted[copy][-1][0] if copy in noted else "" for copy, _ in self.jobs]

    def detail(self, place):
        return self.noted()[self.jobs[place][0]][-1][1]


class Outcome:
    def __init__(self, done):
        self.code, self.text, self.errors = done.returncode, done.stdout, done.stderr
        self.end = self.reply = ""
        self.tally = {}
        for line in done.stdout.splitlines():
            word, _, rest = line.partition("\t")
            if word == "end":
                self.end = rest
            elif word == "reply":
                self.reply = rest
            elif word == "tally":
                self.tally = {k: int(v) for k, v in (pair.split("=") for pair in rest.split())}

    def unfit(self):
        return [line.split("\t")[1] for line in self.text.splitlines() if line.startswith("unfit")]
