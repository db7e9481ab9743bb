"""A province of small firms in a folder of its own, and the commands of an office at work on it."""
import collections, csv, hashlib, io, json, os, shutil, subprocess

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ALL = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ITEMS = ("A1-1-01", "A1-2-02", "A2-1-01", "A2-3-02")
CAMPAIGN = """<campaign year="{year}" title="示例省{year}年度星级培育" province="江苏省" publisher="示例厅">
  <publication state="公布" date="{year}-11-30" base-url="https://example.org/stars/"/>
  <delivery default="平台" mail-attachment="yes" reply-days="30" sender="示例办公室 &lt;office@example.org&gt;"/>
  <track id="ics" model="ics-g"><rule method="given" rounds="online onsite"/></track>
</campaign>
"""


def code(n):
    """A credit code (GB 32100-2015) that no firm has."""
    middle = "XX%06d" % n
    sum_of = sum(ALL.index(c) * w for c, w in zip(middle, (3, 7, 9, 10, 5, 8, 4, 2)))
    digits = "91320100" + middle + "0123456789X"[-sum_of % 11]
    return digits + DIGITS[(31 - sum(DIGITS.index(c) * pow(3, i, 31) for i, c in enumerate(digits)) % 31) % 31]


def cell(text):
    return '"%s"' % text.replace('"', '""')


class Firm:
    def __init__(self, n, name=None, channel="邮件通知", mail="", level=3, address=""):
        self.code, self.name = code(n), name or "示例第%d厂" % n
        self.channel, self.mail, self.level, self.address = channel, mail, level, address


class Office:
    """data/, out/ and a key; run() is the program, everything else reads what it left."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.data, self.out, self.key = (os.path.join(folder, n) for n in ("data", "out", "key"))
        os.makedirs(os.path.join(self.data, "models"))
        shutil.copy(os.path.join(root, "tests/golden/given/data/models/ics-g.xml"), os.path.join(self.data, "models"))
        subprocess.run([program, "key", "new", self.key], check=True, capture_output=True)

    def year(self, firms, year=2021, agencies=()):
        folder = os.path.join(self.data, str(year))
        os.makedirs(os.path.join(folder, "results"), exist_ok=True)

        def put(name, *lines):
            with open(os.path.join(folder, name), "w") as f:
                f.write("\n".join(lines) + "\n")

        put("campaign.xml", CAMPAIGN.format(year=year).rstrip())
        put("agencies.csv", "机构代码,机构名称,设区市,省级支撑机构,服务承诺书日期",
            *("JG%03d,%s,南京市,是,%d-08-20" % (i + 1, cell(name), year) for i, name in enumerate(agencies)))
        put("enterprises.csv", "统一社会信用代码,企业名称,设区市,行业代码,服务承诺书日期",
            *("%s,%s,南京市,C34,%d-09-01" % (f.code, cell(f.name), year) for f in firms))
        put("participations.csv", "统一社会信用代码,参培类型,核定级别", *("%s,工控,%d" % (f.code, f.level) for f in firms))
        put("results/all.csv", "统一社会信用代码,参培类型,轮次,条目编号,结果,现状说明",
            *("%s,工控,线上核查,%s,符合," % (f.code, item) for f in firms for item in ITEMS))
        put("delivery.csv", "统一社会信用代码,渠道,收件人,地址,邮政编码,电子邮箱",
            *("%s,%s,示例收件人,%s,210000,%s" % (f.code, f.channel, cell(f.address), f.mail) for f in firms))

    # ---- the program

    def command(self, *words, year=None):
        return [self.program, *words, "--data", self.data, "--out", self.out, "--lang", "zh"] + (["--year", str(year)] if year else [])

    def run(self, *words, year=None, before=()):
        """Exit code, and what it said on both."""
        done = subprocess.run([*before, *self.command(*words, year=year), "--quiet"], capture_output=True, text=True, timeout=900)
        return done.returncode, done.stdout + done.stderr

    def must(self, *words, year=None):
        got, said = self.run(*words, year=year)
        if got:
            raise SystemExit("%s: exit %d\n%s" % (" ".join(words), got, said[-2000:]))
        return said

    def build(self, year=None):
        self.must("build", year=year)

    def prepare(self, *words, year=None):
        return self.must("dispatch", "prepare", "--key", self.key, *words, year=year)

    # ---- what is there

    def register(self, year=2021):
        return os.path.join(self.data, str(year), "register.jsonl")

    def batch(self, name, year=2021):
        return os.path.join(self.out, str(year), "internal", "dispatch", name)

    def lines(self, year=2021):
        """The register's lines; each is whole, numbered on, and names the hash of the one before (data/FORMATS.md §7)."""
        with open(self.register(year), "rb") as f:
            text = f.read()
        if text and not text.endswith(b"\n"):
            raise ValueError("half a line: %r" % text[-80:])
        found, before = [], "0" * 64
        for n, raw in enumerate(text.split(b"\n")[:-1], 1):
            line = json.loads(raw)
            if line["n"] != n or line["previous"] != before:
                raise ValueError("line %d does not fit" % n)
            before = hashlib.sha256(raw).hexdigest()
            found.append(line)
        return found

    def copies(self, year=2021):
        """Every copy with its states in order; a number that stands twice is an error."""
        found = {}
        for line in self.lines(year):
            for copy in line.get("copies", []):
                if copy["copy"] in found:
                    raise ValueError("%s stands twice" % copy["copy"])
                found[copy["copy"]] = dict(copy, states=[], batch=line["batch"], details=[])
            if line["kind"] == "state":
                found[line["copy"]]["states"].append(line["state"])
                found[line["copy"]]["details"].append(line.get("detail", ""))
        return found

    def certificates(self, year=2021):
        return [c["number"] for line in self.lines(year) for c in line.get("certificates", []) if c.get("state") != "void"]

    def status(self, *words, year=None):
        """What `dispatch status` says: rows by copy, in its own words."""
        said = subprocess.run(self.command("dispatch", "status", "--format", "csv", *words, year=year), capture_output=True, text=True)
        rows = list(csv.DictReader(io.StringIO(said.stdout.lstrip("\ufeff"))))
        return collections.OrderedDict((row["份号"], row) for row in rows)
