"""Random edits, each built twice: with the notes of the last run, and without any (tests/receipts/run).

Both trees have the same history, since a build without --pictures keeps pictures that an earlier one made.
"""
import filecmp, hashlib, os, random, re, shutil, signal, struct, subprocess, sys, time

from structure import Structure, files, read, restore_later, write

xingji, work, fonts, edits, seed = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
rng = random.Random(seed)
year = os.path.join(work, "data", "2021")
flags = {}
STORES, READ = [".2021.receipts", ".2021.searched.receipts"], ".2021.read.receipts"
counts = {"same": 0, "taken": 0, "quick": 0, "failed": 0, "killed": 0, "store": 0}


# ---- edits: each returns what it did and the way back -------------------------------------------

def tables():
    names = ("enterprises.csv", "participations.csv", "rectifications.csv", "nominations.csv", "agencies.csv")
    return [path for path in files(year, ".csv") if os.path.basename(path) in names or "/results/" in path]


def edit_cell():
    path = rng.choice(tables())
    back = restore_later(path)
    lines = read(path).split(b"\n")
    number = rng.randrange(1, max(2, len(lines) - 1))
    cells = lines[number].split(b",")
    at = rng.randrange(len(cells))
    other = lines[rng.randrange(1, max(2, len(lines) - 1))].split(b",")
    cells[at] = other[at] if at < len(other) and rng.random() < 0.7 else "示例改动".encode("gb18030" if b"\xb7" in lines[0] else "utf-8")
    lines[number] = b",".join(cells)
    write(path, b"\n".join(lines))
    return "cell %d of line %d in %s" % (at, number + 1, path), back


def edit_row():
    path = rng.choice(tables())
    back = restore_later(path)
    lines = read(path).split(b"\n")
    number = rng.randrange(1, max(2, len(lines) - 1))
    if rng.random() < 0.6:
        del lines[number]
    else:
        lines.insert(rng.randrange(1, len(lines)), lines[number])
    write(path, b"\n".join(lines))
    return "row %d of %s" % (number + 1, path), back


def edit_result():
    found = files(os.path.join(year, "results"), ".xml")
    if not found:
        return edit_cell()
    path = rng.choice(found)
    back = restore_later(path)
    text = read(path).decode()
    spots = [m for m in re.finditer(r'value="[^"]*"(?:/>|><note>)', text)]
    if not spots:
        return edit_cell()
    spot = rng.choice(spots)
    if spot.group().endswith("<note>"):
        text = text[:spot.end()] + "示例" + text[spot.end():]
    else:
        value = rng.choice(['value="符合"/>', 'value="不符合"><note>示例缺陷</note></result>', 'value="部分符合"><note>示例</note></result>'])
        text = text[:spot.start()] + value + text[spot.end():]
    write(path, text.encode())
    return "result at byte %d of %s" % (spot.start(), path), back


def edit_file():
    path = rng.choice(files(os.path.join(year, "results"), ".csv", ".xml"))
    back = restore_later(path)
    os.remove(path)
    return "without %s" % path, back


def edit_text():
    path = rng.choice([os.path.join(work, "content", "diagnosis.md")] + files(os.path.join(work, "content", "report"), ".md")
                      + files(os.path.join(work, "content", "site"), ".md"))
    back = restore_later(path)
    write(path, read(path) + "\n\n这一句是示例。\n".encode())
    return "text %s" % path, back


def edit_remarks():
    codes = re.findall(rb"9132\w{14}", read(os.path.join(year, "enterprises.csv")))
    folder = os.path.join(work, "content", "remarks")
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, rng.choice(codes).decode() + ".md")
    back = restore_later(path)
    write(path, ("示例评语之%d。\n" % rng.randrange(100)).encode())
    return "remarks %s" % path, back


def edit_theme():
    path = os.path.join(work, "themes", "default", rng.choice(["theme.xml", "site.css"]))
    if not os.path.exists(path):
        path = os.path.join(work, "themes", "default", "theme.xml")
    back = restore_later(path)
    if path.endswith(".css"):
        write(path, read(path) + b"\n/* example */\n")
    else:
        text = read(path).decode()
        colours = [m for m in re.finditer(r"#[0-9A-Fa-f]{6}", text)]
        spot = rng.choice(colours)
        write(path, (text[:spot.start()] + "#%06X" % rng.randrange(0x400000) + text[spot.end():]).encode())
    return "theme %s" % path, back


def edit_catalogue():
    path = rng.choice(files(os.path.join(work, "data", "models"), ".xml"))
    back = restore_later(path)
    text = read(path).decode()
    spot = rng.choice([m for m in re.finditer(r"</requirement>", text)] or [m for m in re.finditer(r"</item>", text)])
    if spot.group() == "</requirement>":
        text = text[:spot.start()] + "（示例）" + text[spot.start():]
    write(path, text.encode())
    return "catalogue %s" % path, back


def edit_option():
    name = rng.choice(["--draft", "--archive", "--public", "--tear-out", "--pictures", "--reply-forms", "--date", "--all", "--lang"])
    was = dict(flags)
    if name in flags:
        del flags[name]
    else:
        flags[name] = {"--date": "2021-12-%02d" % rng.randrange(10, 28), "--lang": "en"}.get(name, "")

    def back():
        flags.clear()
        flags.update(was)
    return "option %s" % name, back


def edit_nothing():
    return "nothing", lambda: None


def edit_touch():
    path = rng.choice(tables())
    write(path, read(path))
    return "saved again %s" % path, lambda: None


kinds = [edit_cell] * 5 + [edit_result] * 6 + [edit_row] * 3 + [edit_file, edit_text, edit_text, edit_remarks, edit_remarks, edit_theme,
                                                              edit_catalogue, edit_option, edit_option, edit_nothing, edit_touch]
kinds += Structure(year, work, rng).kinds()

# ---- building ------------------------------------------------------------------------------------------


def command(out, jobs):
    words = [xingji, "build", "--data", os.path.join(work, "data"), "--content", os.path.join(work, "content"), "--themes",
             os.path.join(work, "themes"), "--fonts", fonts, "--out", out, "--quiet", "--jobs", str(jobs)]
    for name, value in sorted(flags.items()):
        words += [name] + ([value] if value else [])
    return words


def build(out, jobs):
    done = subprocess.run(command(out, jobs), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout.decode().replace(out + "/", "OUT/")


def build_anew():
    """Without any notes."""
    for name in STORES:
        store = os.path.join(fresh, name)
        os.path.exists(store) and os.remove(store)
    shutil.rmtree(os.path.join(fresh, READ), ignore_errors=True)
    return build(fresh, 2)


def kill_one(out, jobs):
    child = subprocess.Popen(command(out, jobs), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(rng.random() * 1.2)
    child.send_signal(signal.SIGKILL)
    child.wait()


def differ(a, b):
    """The first path that is not the same in both trees."""
    pairs = filecmp.dircmp(a, b)
    for name in sorted(pairs.left_only + pairs.right_only + pairs.funny_files):
        return os.path.join(a, name)
    for name in sorted(pairs.common_files):
        one, other = os.path.join(a, name), os.path.join(b, name)
        if read(one) != read(other) or os.stat(one).st_mode != os.stat(other).st_mode:
            return one
    for name in sorted(pairs.common_dirs):
        found = differ(os.path.join(a, name), os.path.join(b, name))
        if found:
            return found
    return None


def spoil_store(store):
    """None: some files of what was read of the results, or two of them take each other's place."""
    if not store:
        found = files(os.path.join(out, READ), "")
        for path in rng.sample(found, min(len(found), 5)):
            spoil_store(path)
        if len(found) > 1 and all(map(os.path.exists, found)):
            os.rename(found[0], found[1])
        return
    if not os.path.exists(store):
        return
    data = bytearray(read(store))
    way = rng.randrange(4)
    if way == 0:
        os.remove(store)
    elif way == 1:
        del data[rng.randrange(len(data)):]
        write(store, bytes(data))
    elif way == 2:
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        write(store, bytes(data))
    else:
        write(store, os.urandom(rng.randrange(2000)))
    counts["store"] += 1


def alter_output(out):
    """Somebody changes a finished file, keeping size and time of writing; how it is taken back."""
    found = [path for path in files(os.path.join(out, "2021", "internal", "diagnosis"), ".pdf") if not path.endswith("-整改单.pdf")]
    if found:
        path = rng.choice(found)
        status = os.stat(path)
        data = bytearray(read(path))

        def change():
            data[len(data) // 2] ^= 1
            with open(path, "r+b") as file:
                file.write(data)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        change()
        return change
    return None


def fail(step, what, why):
    if os.environ.get("KEEP"):
        shutil.rmtree(os.environ["KEEP"], ignore_errors=True)
        shutil.copytree(work, os.environ["KEEP"], symlinks=True)
    print("receipts: seed %d, edit %d (%s): %s" % (seed, step, what, why))
    sys.exit(1)


def inodes(out):
    return {os.stat(path).st_ino for path in files(os.path.join(out, "2021"), ".pdf")} if os.path.isdir(out) else set()


def compare(step, what, jobs, take_back=None):
    """The build that takes over what it can, against one that makes everything; the exit code of both."""
    code, said = build(out, jobs)
    if code and take_back:
        take_back() # nothing was built, so what lies there is what lay there
    wanted, words = build_anew()
    if code != wanted:
        fail(step, what, "exit code %d instead of %d\n%s" % (code, wanted, said[-500:]))
    if said != words:
        fail(step, what, "other words\n--- instead of\n%s\n--- said\n%s" % (words[-1500:], said[-1500:]))
    if os.path.isdir(os.path.join(fresh, "2021")):
        found = differ(os.path.join(out, "2021"), os.path.join(fresh, "2021"))
        if found:
            fail(step, what, "not the same: %s" % found)
    return code, said


ways_back = []
out, fresh = os.path.join(work, "out"), os.path.join(work, "fresh")
for step in range(edits + 1):
    what, back = ("the beginning", lambda: None) if step == 0 else (None, None)
    if step and ways_back and rng.random() < 0.35:
        what, back = "back", lambda: None
        ways_back.pop()()
    elif step:
        what, back = rng.choice(kinds)()
        ways_back.append(back)
    if step and rng.random() < 0.15:
        kill_one(out, 1 + step % 2)
        counts["killed"] += 1
        what += ", killed once"
    if step and rng.random() < 0.10:
        spoil_store(rng.choice([os.path.join(out, name) for name in STORES] + [None]))
        what += ", store spoilt"
    take_back = None
    if step and rng.random() < 0.10:
        take_back = alter_output(out)
        what += ", a file altered"
    before = inodes(out)
    code, said = compare(step, what, 1 + step % 2, take_back)
    if code == 0:
        counts["same"] += 1
        counts["taken"] += len(before & inodes(out))
    else:
        counts["failed"] += 1
        # Edits that nobody can build are taken back, so that the next ones count.
        while ways_back:
            ways_back.pop()()
# ---- notes that are wrong -----------------------------------------------------------------------------

FIRST = b"# xingji store 2\n"


def chacha_block(words):
    """RFC 8439, 2.3: one block of the stream, written as the standard writes it."""
    state = list(words)
    for _ in range(10):
        for a, b, c, d in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
                           (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            for x, y, z, by in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                state[x] = state[x] + state[y] & 0xFFFFFFFF
                turned = state[z] ^ state[x]
                state[z] = (turned << by | turned >> 32 - by) & 0xFFFFFFFF
    return struct.pack("<16I", *(one + other & 0xFFFFFFFF for one, other in zip(state, words)))


def mixed(key, data):
    head = (0x61707865, 0x3320646E, 0x79622D32, 0x6B206574) + struct.unpack("<8I", key)
    blocks = (chacha_block(head + (number, 0, 0, 0)) for number in range(len(data) // 64 + 1))
    return bytes(a ^ b for a, b in zip(data, b"".join(blocks)))


def open_store():
    data, seal = read(os.path.join(out, ".2021.receipts")), read(os.path.join(out, "2021", "manifest.txt"))
    key = hashlib.sha256(FIRST + data[len(FIRST):len(FIRST) + 32] + seal).digest()
    return key, data[:len(FIRST) + 32], mixed(key, data[len(FIRST) + 64:])


def forge():
    """Another file stands in the place of each document, and the notes call it by its hash."""
    key, head, notes = open_store()
    for line in re.findall(rb"file .*", notes):
        _, was, size, stamp, path = line.split(b" ", 4)
        full = os.path.join(out, "2021", path.decode())
        data = read(full)[:-1] + b"X"
        write(full, data)
        notes = notes.replace(line, b" ".join([b"file", hashlib.sha256(data).hexdigest().encode(), size, b"-", path]))
    sealed = mixed(key, notes)
    write(os.path.join(out, ".2021.receipts"), head + hashlib.sha256(b"check" + key + sealed).digest() + sealed)


def taken_wrongly():
    """Of such notes a run that compares takes nothing, and says so; one that trusts them would have been deceived."""
    flags.clear()
    wanted, _ = build(out, 2)
    if wanted or b"\ntask " not in open_store()[2]:
        fail(edits, "the store", "it holds no notes, or nothing could be built")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(os.path.join(out, "2021"), os.path.join(fresh, "2021"))
    forge()
    flags["--trust"] = "all"
    code, said = build(out, 2)
    if code != 1 or "[receipt-wrong]" not in said:
        fail(edits, "forged notes", "exit code %d, and not said\n%s" % (code, said[-800:]))
    if differ(os.path.join(out, "2021"), os.path.join(fresh, "2021")):
        fail(edits, "forged notes", "what was made anew is not the same")
    code, said = build(out, 1)
    if code or b"\ntask " not in open_store()[2]:
        fail(edits, "after forged notes", "exit code %d" % code)
    flags["--trust"] = "some"
    if build(out, 1)[0] != 2:
        fail(edits, "--trust some", "was understood")
    flags.clear()


# ---- tables that say that their rows follow from their own records ----------------------------------------


def followed_tables():
    found = set()
    for path in files("gen/facts", ".c"):
        text = read(path).decode()
        for row in re.findall(r"\n\t\{ ([^}]*FOLLOWED) \}", text):
            found.add(re.search(r'"([a-z_]+)"', row).group(1))
    return sorted(found)


def asked(code, tables):
    base = [xingji, "query", "--data", os.path.join(work, "data"), "--scope", "firm:" + code, "--format", "csv"]
    return [subprocess.run(base + ["select * from " + table], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout for table in tables]


def follow():
    """Whatever the results of the others: of such a table an enterprise sees the same rows."""
    tables = followed_tables()
    sheets = [path for path in files(os.path.join(year, "results"), ".xml")]
    codes = sorted(set(re.findall(r'enterprise="(\w+)"', "".join(read(path).decode() for path in sheets))))
    one = rng.choice(codes)
    before = asked(one, tables)
    for path in sheets:
        parts = re.split(r"(?=<assessment )", read(path).decode())
        parts = [part if 'enterprise="%s"' % one in part else part.replace('value="符合"/>', 'value="不符合"><note>示例</note></result>')
                 for part in parts]
        write(path, "".join(parts).encode())
    for table, was, now in zip(tables, before, asked(one, tables)):
        if was != now:
            fail(edits, "results of others", "%s of %s changed" % (table, one))
    if len(tables) < 12 or not any(rows.count(b"\n") > 100 for rows in before):
        fail(edits, "results of others", "there was nothing to look at: %s" % tables)


def notes_alone():
    """
    Another word in every note moves no count: only what an enterprise's own rows say is different, and site and report
    are not made again.
    """
    flags.clear()
    build(out, 2)
    flags["--trust"] = "none"  # nor are they of the sample that is
    before = places()
    for path in files(os.path.join(year, "results"), ".xml"):
        write(path, read(path).replace(b"<note>", "<note>示例".encode()))
    if compare(edits, "another word in every note", 2)[0] == 0 and places() != before:
        fail(edits, "another word in every note", "site or report were made again")


def places():
    """The numbers of the files of the site and of the report, which change where they are made again."""
    tree = os.path.join(out, "2021")
    found = files(os.path.join(tree, "public"), "") + files(os.path.join(tree, "internal", "report"), ".pdf")
    return {path: os.stat(path).st_ino for path in found}


def printed_sentence():
    """A long sentence of a page with a number in it: it stands whole in no text and no template, only in what came of them."""
    texts = "".join(read(path).decode() for folder in ("content", "themes")
                    for path in files(os.path.join(work, folder), ".md", ".html", ".xml", ".sql"))
    for path in files(os.path.join(out, "2021", "public", "levels"), ".html"):
        for sentence in re.findall(r">([^<>。；&\"]{20,})<", re.sub(r"<(script|style).*?</\1>", "", read(path).decode(), flags=re.S)):
            sentence = sentence.strip()
            if len(sentence.encode()) >= 60 and re.search(r"\d", sentence) and sentence not in texts:
                return sentence
    return fail(edits, "a sentence to be leaked", "there is none")


def added_value():
    """What becomes confidential is looked for in files that were searched before and have not changed since."""
    flags.clear()
    build(out, 1)
    path = [path for path in files(os.path.join(year, "results"), ".xml") if b"<note>" in read(path)][0]
    was, sentence = read(path), printed_sentence()
    write(path, re.sub(rb"<note>[^<]*", ("<note>" + sentence).encode(), was, count=1))
    code, said = compare(edits, "a note that a page has printed already", 2)
    if code != 1 or "[leak]" not in said:
        fail(edits, "a note that a page has printed already", "exit code %d, and no leak told\n%s" % (code, said[-800:]))
    write(path, was)


def figures():
    """A name that the site prints, and results that move a median of the report: both are made again."""
    path = os.path.join(year, "enterprises.csv")
    before = places()
    text = read(path)
    write(path, text.replace("有限公司".encode(), "股份公司".encode()))
    code, _ = compare(edits, "other names", 1)
    if code == 0 and places() == before:
        fail(edits, "other names", "the site was taken over")
    for path in files(os.path.join(year, "results"), ".xml"):
        write(path, read(path).replace('value="部分符合"'.encode(), 'value="不符合"'.encode()))
    compare(edits, "fewer points for everybody", 2)


def edition_kept():
    """
    The public edition is kept by a build without --public and compared where it comes of the same inputs: not after a note
    was changed, which neither site nor report show, and again when the note is back.
    """
    path = [path for path in files(os.path.join(year, "results"), ".xml") if b"<note>" in read(path)][0]
    was = read(path)
    other = was.replace(b"<note>", "<note>示例".encode(), 1)
    for options, bytes in (({"--public": ""}, was), ({}, was), ({}, other), ({}, was)):
        flags.clear()
        flags.update(options)
        write(path, bytes)
        compare(edits, "the public edition is kept: %s" % options, 2)


notes_alone()
added_value()
edition_kept()
figures()
taken_wrongly()
follow()
if counts["taken"] == 0 or counts["same"] < edits / 3:
    fail(edits, "the end", "nothing was taken over, or little was built: %s" % counts)
print("receipts: %d edits, %d trees the same (%d not built), %d documents taken over, %d kills, %d spoilt stores"
      % (edits, counts["same"], counts["failed"], counts["taken"], counts["killed"], counts["store"]))
