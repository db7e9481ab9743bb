#!/usr/bin/env python3
"""A mail server that misbehaves as it is told to, for tests/send/mail.

Usage: server.py FOLDER NAME=VALUE…       writes its port into FOLDER/port and, a line each, what it
took into FOLDER/taken (recipient, X-Xingji-Copy, size, SHA-256 of the text) and what it was asked into FOLDER/asked.

What becomes of a message is told by the local part of its recipient, up to the first "-":
  ok, later (450 to RCPT), never (550 to RCPT), busy (421 to RCPT and goodbye), laterdata (451 after the text),
  neverdata (550 after the text), bulk (554 after the text), noanswer (takes it, closes without an answer),
  cut (closes in the middle of the text), mute (takes it and says nothing), nodata (closes at DATA), slow (answers
  after 2 s), late (after 3), rude (a long answer with escapes), once (450 the first time), early (closes on MAIL; the connection is idle)
Options: tls=smtps|starttls|none cert=FILE key=FILE auth=USER:PASSWORD size=N greeting=554|421|close hello=close
  sender=550 jitter=MILLISECONDS noop=close idle=MILLISECONDS (closes an idle connection) enforce=no
"""
import hashlib, os, random, re, socket, ssl, sys, threading, time, base64

folder = sys.argv[1]
options = dict(a.split("=", 1) for a in sys.argv[2:])
lock = threading.Lock()
seen_once = set()


def record(name, line):
    with lock:
        fd = os.open(os.path.join(folder, name), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.write(fd, line.encode("utf-8", "replace") + b"\n")
        os.close(fd)


class Gone(Exception):
    pass


class Session(threading.Thread):
    def __init__(self, sock):
        super().__init__(daemon=True)
        self.sock, self.data, self.secure, self.known = sock, b"", False, False

    def say(self, line):
        self.jitter()
        self.sock.sendall(line.encode("utf-8") + b"\r\n")

    def jitter(self):
        most = float(options.get("jitter", 0))
        if most:
            time.sleep(random.random() * most / 1000)

    def line(self):
        while b"\n" not in self.data:
            if "idle" in options:
                self.sock.settimeout(float(options["idle"]) / 1000)
            try:
                more = self.sock.recv(65536)
            except TimeoutError:
                record("asked", "(idle)")
                raise Gone
            if not more:
                raise Gone
            self.data += more
        line, self.data = self.data.split(b"\n", 1)
        return line.rstrip(b"\r").decode("latin-1")

    def encrypt(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options["cert"], options["key"])
        self.sock = context.wrap_socket(self.sock, server_side=True)
        self.secure = True

    def run(self):
        try:
            self.sock.settimeout(60)
            if options.get("tls") == "smtps":
                self.encrypt()
            self.talk()
        except (Gone, OSError, ssl.SSLError):
            pass
        finally:
            try:
                self.sock.close()
            except OSError:
                pass

    def hello(self):
        if options.get("hello") == "close":
            raise Gone
        lines = ["mail.example.org", "8BITMIME"]
        if "size" in options:
            lines.append("SIZE " + options["size"])
        if options.get("tls") == "starttls" and not self.secure:
            lines.append("STARTTLS")
        if "auth" in options and (self.secure or options.get("tls") == "none"):
            lines.append("AUTH PLAIN LOGIN")
        for i, line in enumerate(lines):
            self.say("250" + ("-" if i + 1 < len(lines) else " ") + line)

    def authenticate(self, line):
        words = line.split()
        if len(words) < 3:
            self.say("334 ")
            words.append(self.line())
        given = base64.b64decode(words[2]).decode().split("\0")
        self.known = ":".join(given[1:]) == options["auth"]
        record("asked", "AUTH over " + ("TLS" if self.secure else "NOTHING"))
        self.say("235 ok" if self.known else "535 5.7.8 who are you")

    def talk(self):
        greeting = options.get("greeting")
        if greeting == "close":
            raise Gone
        if greeting:
            self.say(greeting + " no service here")
            raise Gone
        self.say("220 mail.example.org")
        sender = recipient = None
        while True:
            line = self.line()
            verb = line.upper()
            if not verb.startswith("AUTH"):
                record("asked", line)
            if verb.startswith("EHLO") or verb.startswith("HELO"):
                self.hello()
            elif verb.startswith("STARTTLS"):
                self.say("220 go")
                self.encrypt()
                self.data = b""
            elif verb.startswith("AUTH"):
                self.authenticate(line)
            elif verb.startswith("NOOP"):
                if options.get("noop") == "close":
                    raise Gone
                self.say("250 ok")
            elif verb.startswith("MAIL"):
                sender = line
                size = re.search(r"SIZE=(\d+)", line)
                if "sender" in options:
                    self.say(options["sender"] + " 5.7.1 not you")
                elif size and "size" in options and options.get("enforce") != "no" and int(size[1]) > int(options["size"]):
                    self.say("552 5.3.4 too big")
                elif "auth" in options and not self.known:
                    self.say("530 5.7.0 log in first")
                else:
                    self.say("250 ok")
            elif verb.startswith("RCPT"):
                recipient = re.search(r"<(.*)>", line)[1]
                self.recipient(recipient)
            elif verb.startswith("DATA"):
                self.text(recipient)
            elif verb.startswith("QUIT"):
                self.say("221 bye")
                raise Gone
            elif verb.startswith("RSET"):
                self.say("250 ok")
            else:
                self.say("500 what")

    def recipient(self, recipient):
        kind = recipient.split("@")[0].split("-")[0]
        if kind == "later" or (kind == "once" and recipient not in seen_once):
            seen_once.add(recipient)
            self.say("450 4.2.0 greylisted, come back")
        elif kind == "never":
            self.say("550-5.1.1 no such\r\n550 5.1.1 user")
        elif kind == "busy":
            self.say("421 4.7.0 too fast")
            raise Gone
        else:
            self.say("250 ok")

    def text(self, recipient):
        kind = recipient.split("@")[0].split("-")[0]
        if kind == "nodata":
            raise Gone
        self.say("354 go on")
        if kind == "cut":
            self.sock.recv(10)
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            raise Gone
        lines = []
        while True:
            line = self.line()
            if line == ".":
                break
            lines.append(line[1:] if line.startswith(".") else line)
        whole = ("\r\n".join(lines) + "\r\n").encode("latin-1")
        self.jitter()
        if kind in ("laterdata", "neverdata", "bulk"):
            self.say({"laterdata": "451 4.3.0 try later", "neverdata": "550 5.7.1 refused",
                      "bulk": "554 DT:SPM 163 smtp example"}[kind])
            return
        copy, name = (re.search(rb"^%s: (.*)\r$" % field, whole, re.M) for field in (b"X-Xingji-Copy", b"Message-ID"))
        record("taken", "\t".join([recipient, copy[1].decode() if copy else "", str(len(whole)), hashlib.sha256(whole).hexdigest(),
                                   name[1].decode() if name else ""]))
        with open(os.path.join(folder, "last.eml"), "wb") as f:
            f.write(whole)
        self.jitter()
        if kind == "noanswer":
            raise Gone
        if kind == "mute":
            time.sleep(60)
        if kind == "late":
            time.sleep(3)
        if kind == "slow":
            time.sleep(2)
        if kind == "rude":
            self.say("250-first \x1b[31m\x07red\r\n250-" + "x" * 600 + "\r\n250 \u202eend")
            return
        self.say("250 2.0.0 taken as 12345")


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", 0))
listener.listen(64)
with open(os.path.join(folder, "port.new"), "w") as f:
    f.write(str(listener.getsockname()[1]))
os.rename(os.path.join(folder, "port.new"), os.path.join(folder, "port"))
while True:
    peer, _ = listener.accept()
    peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    Session(peer).start()
