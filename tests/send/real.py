"""A mail server of Debian's (Exim), started here for nobody but us: what it delivers is what was written."""
import getpass, glob, grp, os, shutil, socket, subprocess, time

import answers

CONFIGURATION = """
exim_user = {user}
exim_group = {group}
never_users =
primary_hostname = mail.example.org
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
tls_advertise_hosts = *
tls_certificate = {cert}
tls_privatekey = {key}
message_size_limit = 300K
keep_environment =
smtp_accept_queue_per_connection = 0
host_lookup =
rfc1413_query_timeout = 0s
acl_smtp_rcpt = recipients
acl_smtp_data = texts
begin acl
recipients:
  deny local_parts = never
       message = no such user here
  defer local_parts = later
       message = come back
  accept
texts:
  deny condition = ${{if eq{{$recipients}}{{bulk@example.org}}}}
       message = DT:SPM
  accept
begin routers
bounced:
  driver = accept
  senders = :
  transport = returned
failing:
  driver = redirect
  allow_fail
  local_parts = gone
  data = :fail: the mailbox is closed
all:
  driver = accept
  transport = box
begin transports
box:
  driver = appendfile
  directory = {folder}/box
  maildir_format
  user = {user}
  group = {group}
returned:
  driver = appendfile
  directory = {folder}/returned
  maildir_format
  user = {user}
  group = {group}
"""


def start(test, certificates):
    program = shutil.which("exim4") or next((p for p in ("/usr/sbin/exim4", "/usr/sbin/exim") if os.path.exists(p)), None)
    if not program:
        test.skip("a real mail server", "--no-install-recommends exim4-daemon-light")
        return None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = test.folder("exim")
    # Exim gives up root's rights; who it becomes must reach its folder.
    user = "Debian-exim" if os.getuid() == 0 else getpass.getuser()
    group = "Debian-exim" if os.getuid() == 0 else grp.getgrgid(os.getgid()).gr_name
    for name in ("spool", "log", "box"):
        os.mkdir(os.path.join(folder, name))
    for name in ("good.pem", "good.key"):
        shutil.copy(os.path.join(certificates, name), folder)
    path = os.path.join(folder, "exim.conf")
    with open(path, "w") as f:
        f.write(CONFIGURATION.format(user=user, group=group, folder=folder, port=port, cert=folder + "/good.pem", key=folder + "/good.key"))
    if os.getuid() == 0:
        os.chmod(test.work, 0o711)
        for top, folders, files in os.walk(folder):
            for name in [top] + [os.path.join(top, n) for n in folders + files]:
                shutil.chown(name, user, group)
        os.chown(path, 0, 0)
    os.chmod(path, 0o644)
    process = subprocess.Popen([program, "-C", path, "-bdf"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    test.servers.append(process)
    for _ in range(200):
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as s:
                if s.recv(100).startswith(b"220"):
                    return folder, port
        except OSError:
            time.sleep(0.05)
        if process.poll() is not None:
            break
    process.kill()
    test.skip("a real mail server: Exim does not start (%s)" % process.stderr.read().strip()[:200], "exim4-daemon-light")
    return None


def read(path):
    with open(path, "rb") as f:
        return f.read()


def wait_for(pattern, count):
    for _ in range(200):
        found = glob.glob(pattern)
        if len(found) >= count:
            break
        time.sleep(0.05)
    return sorted(found)


def run(test):
    certificates = answers.certificates(test)
    started = start(test, certificates)
    if not started:
        return
    folder, port = started
    addresses = ["one@example.org", "never@d2.example.org", "later@d3.example.org", "two@example.org", "gone@d4.example.org",
                 "three@d5.example.org", "bulk@example.org"]
    batch = test.batch(addresses, size=20000)
    outcome = batch.post(url="smtp://localhost:%d" % port, ca=os.path.join(certificates, "ca.pem"), reply=20)
    test.expect("Exim: states", ["accepted", "refused", "deferred", "accepted", "accepted", "accepted", "refused"], batch.last())
    test.expect("Exim: the words", ("550 no such user here", "451 come back"), (batch.detail(1), batch.detail(2)))
    test.expect("Exim: its answer", True, batch.detail(0).startswith("250 OK id="))
    boxed = [read(path) for path in wait_for(folder + "/box/new/*", 3)]
    sent = [read(os.path.join(batch.folder, batch.jobs[place][0] + ".eml")) for place in (0, 3, 5)]
    test.expect("Exim: as many as were accepted for a mailbox", 3, len(boxed))
    test.expect("Exim: encrypted", True, all(b"with esmtps" in b for b in boxed))
    # It adds lines above and changes nothing else.
    for i, message in enumerate(sent):
        test.expect("Exim: the bytes of message %d" % i, 1, sum(b.replace(b"\n", b"\r\n").endswith(message) for b in boxed))
    back = wait_for(folder + "/returned/new/*", 1)
    test.expect("Exim: one came back", 1, len(back))
    reports = test.folder("reports")
    shutil.copy(back[0], os.path.join(reports, "a.eml"))
    out = subprocess.run([test.tool, "reports", reports], capture_output=True, text=True, check=True).stdout.rstrip("\n").split("\t")
    copy = batch.jobs[4][0]
    test.expect("Exim: its report", ["a.eml", "0", "%s.b1@example.org" % copy, copy, "gone@d4.example.org", "0"], out[:6])
    test.expect("Exim: its status", "5.0.0", out[6])
    large = test.batch(["one@example.org"], size=400000)
    large.post(url="smtp://localhost:%d" % port, ca=os.path.join(certificates, "ca.pem"), reply=20)
    test.expect("Exim: too large", (["refused"], True), (large.last(), "SIZE" in large.detail(0)))
    untrusted = test.batch(["one@example.org"])
    outcome = untrusted.post(url="smtp://localhost:%d" % port, reply=20)
    test.expect("Exim: a certificate nobody vouches for", ("unreachable", [""]), (outcome.end, untrusted.last()))
    many = test.batch(["many@example.org"] * 60, size=3000)
    many.post(url="smtp://localhost:%d" % port, ca=os.path.join(certificates, "ca.pem"), reply=20)
    test.expect("Exim: sixty", ["accepted"] * 60, many.last())
    test.expect("Exim: sixty arrive", 60, len(wait_for(folder + "/box/new/*", 63)) - 3)
