#!/usr/bin/env python3
"""clang-tidy over the C files of the program, two at a time: tidy.py BUILD_FOLDER [FILE...]

The folder was configured and built with clang. A file that passed is not checked again until its own
text, a header of ours that it includes, .clang-tidy or clang-tidy itself has changed: BUILD_FOLDER/tidy
holds an empty file for each state that passed. With CI=true every file is checked.

The static analyzer takes 97 % of the time (15 files: 15.3 s of CPU with it, 0.5 s without), so the
stamps, not a shorter list of checks, are what makes a second run short. It gives up a function after
NODES states, a third of its own default; DEEP=true in the environment leaves it the default."""
import hashlib
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SKIPPED = ("server/assets/embed.c", "server/lang/model/")
AT_ONCE = 2
NODES = 75000
SHORTER = [f"--extra-arg={a}" for a in ("-Xclang", "-analyzer-config", "-Xclang", f"max-nodes={NODES}")]


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def dependencies(build, root):
    """For each C file, the files of the tree that its object was made from, as ninja knows them."""
    found, names = {}, []
    for line in run("ninja", "-C", str(build), "-t", "deps").splitlines():
        if line and not line.startswith(" "):
            names = []
        elif line.strip():
            path = (build / line.strip()).resolve()
            if path.is_relative_to(root):
                names.append(path)
                found[names[0]] = names
    return found


def state(common, files):
    total = hashlib.sha256(common)
    for file in sorted(set(files)):
        total.update(str(file).encode() + b"\0" + (file.read_bytes() if file.exists() else b"") + b"\0")
    return total.hexdigest()


def check(build, file, stamp, options):
    """Returns what clang-tidy has to say, or nothing."""
    done = subprocess.run(["clang-tidy", "-p", str(build), "--quiet", *options, str(file)],
                          capture_output=True, text=True, check=False)
    if done.returncode == 0:
        stamp.touch()
        return ""
    return done.stdout or done.stderr or f"{file}: clang-tidy ended with {done.returncode}\n"


def main():
    began, root = time.monotonic(), Path(__file__).resolve().parents[2]
    build = Path(sys.argv[1]).resolve()
    stamps = build / "tidy"
    stamps.mkdir(exist_ok=True)
    options = [] if os.environ.get("DEEP") == "true" else SHORTER
    common = (run("clang-tidy", "--version") + (root / ".clang-tidy").read_text() + " ".join(options)).encode()
    known = dependencies(build, root)
    named = sys.argv[2:] or ["server/*.c"]
    files = [root / f for f in run("git", "-C", str(root), "ls-files", *named).split()
             if not f.startswith(SKIPPED)]
    work = [(f, stamps / state(common, known.get(f, []) + [f])) for f in files]
    if os.environ.get("CI") != "true":
        work = [(f, s) for f, s in work if not s.exists()]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        said = [text for text in pool.map(lambda w: check(build, *w, options), work) if text]
    print("".join(said) + f"{len(work)} of {len(files)} files checked in {time.monotonic() - began:.0f} s, "
          f"{len(said)} with findings")
    return 1 if said else 0


sys.exit(main())
