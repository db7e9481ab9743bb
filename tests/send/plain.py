#!/usr/bin/python3
"""No byte of an archive copy stands in its protected copy as it was: plain.py ARCHIVE COPY

Takes both apart by the words "obj", "stream" and /Length alone.  Of every stream of the archive copy no piece of
24 bytes is in the other file; every stream there but the table of places has a size that AES-CBC makes; strings
outside of streams are hexadecimal and of such a size; names of keys that only objects in object streams have are
nowhere to be seen.
"""
import re
import sys
import zlib

PIECE = 24
OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(<<.*?>>)\s*stream\r?\n", re.S)
HIDDEN = (b"/MediaBox", b"/Title", b"/Lang", b"/StructElem", b"/Filespec", b"/UF", b"xpacket", b"CANARY", b"/Alt",
          b"/ActualText")


def streams(file):
    """(number, dictionary, bytes) of each; goes on behind it, so that nothing within is taken for another."""
    at = 0
    while match := OBJECT.search(file, at):
        size = int(re.search(rb"/Length (\d+)", match[2])[1])
        at = match.end() + size
        yield int(match[1]), match[2], file[match.end():at]


def main():
    archive, copy = (open(path, "rb").read() for path in sys.argv[1:3])
    wrong, seen, outside = [], 0, copy
    pieces = {data[i:i + PIECE] for _, _, data in streams(archive) for i in range(0, len(data) - PIECE, PIECE)}
    if any(copy[i:i + PIECE] in pieces for i in range(len(copy) - PIECE)):
        wrong.append("bytes of the archive copy")
    for number, said, data in streams(copy):
        seen += 1
        outside = outside.replace(data, b"")
        if b"/XRef" in said:
            continue
        if len(data) < 32 or len(data) % 16:
            wrong.append(f"stream {number} has {len(data)} bytes")
        if b"/FlateDecode" in said:
            try:
                zlib.decompress(data)
                wrong.append(f"stream {number} can be read")
            except zlib.error:
                pass
        for string in re.findall(rb"(?<!<)<([0-9a-fA-F]+)>(?!>)", said):
            if len(string) < 64 or len(string) % 32:
                wrong.append(f"a string of stream {number}")
        if b"(" in said:
            wrong.append(f"a string of stream {number} in plain")
    wrong += [f"{word.decode()} is to be seen" for word in HIDDEN if word in outside]
    if seen < 5 or len(pieces) < 100:
        wrong.append("too little to look at")
    if wrong:
        print("plain.py: " + "; ".join(wrong[:5]))
    return 1 if wrong else 0


sys.exit(main())
