"""Delivery reports of many makers, and what only looks like one: tests/send/reports."""
import os, subprocess

here = os.path.dirname(os.path.abspath(__file__))


def run(test):
    folder = os.path.join(here, "reports")
    got = subprocess.run([test.tool, "reports", folder], capture_output=True, text=True, check=True).stdout
    path = os.path.join(folder, "want.txt")
    if os.environ.get("UPDATE"):
        with open(path, "w") as f:
            f.write(got)
    with open(path) as f:
        wanted = f.read()
    for one, other in zip(wanted.splitlines(), got.splitlines()):
        test.expect("report " + one.split("\t")[0], one, other)
    test.expect("as many reports", wanted.count("\n"), got.count("\n"))
    test.expect("none is left out", sorted(n for n in os.listdir(folder) if n.endswith(".eml")), [l.split("\t")[0] for l in got.splitlines()])
    # A folder instead of a file, and a file nobody may be sure of, are told too.
    odd = test.folder("odd")
    os.mkdir(os.path.join(odd, "a.eml"))
    with open(os.path.join(odd, "B.EML"), "w") as f:
        f.write("\0" * 5000)
    with open(os.path.join(odd, "c.txt"), "w") as f:
        f.write("no mail")
    out = subprocess.run([test.tool, "reports", odd], capture_output=True, text=True, check=True).stdout
    test.expect("odd files", [["B.EML", "2"], ["a.eml", "1"]], [l.split("\t")[:2] for l in out.splitlines()])
