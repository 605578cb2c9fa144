#!/usr/bin/env python3
"""The rooms of the tree, checked: prints what breaks them, a line each; exit 1 if anything does.

Includes point one way between rooms and between the sub-rooms of one; across rooms only faces are
included; no folder holds more than 16 source files (a .c with its header counts once); functions have
at most 60 lines (95 in 100 under 30) and at most 5 parameters; a file has at most 500 lines.
"""
import collections, os, re, subprocess, sys

# Each room with the rooms it may see; where a room has sub-rooms, these in their order: each sees those before it.
SEES = {
    "base": "", "assets": "base", "http": "base assets", "page": "base assets", "lang": "base assets",
    "compare": "base assets lang", "agree": "base", "store": "base assets lang compare agree",
    "export": "base store", "ingest": "base assets page lang compare store",
    "api": "base assets http page lang compare agree store export ingest",
    "cli": "base assets http page lang compare store export ingest api", "": "base assets cli",
}
SUBROOMS = {
    "page": "text html body meta record unpack feed format",
    "lang": "text kernel net names attribution actors speaker attitude lean issue stance",
    "compare": "words grouping join saying facts conflict",
    "store": "sqlite postgres db search list head story effect decision coding queue project transfer",
    "export": "rows workbook network measure project reference notes article coding report feed",
    "ingest": "fetch story project", "api": "coding",
}
# What other rooms may include of a room; rooms that are not here have no private header but parts.h.
FACES = {
    "page": "page.h feed/feed.h unpack/unpack.h record/record.h text/encoding.h", "lang": "lang.h", "compare": "compare.h changes.h kept.h",
    "store": "store.h turns.h coding.h listing.h copies.h watch.h hook.h original.h rows.h project.h", "export": "export.h", "ingest": "worker.h fetch/hook.h project/project.h story/reread.h story/stages.h",
    "api": "api.h coding/users.h",
}
# Signatures that a library asks for. (The vector kernels are exempt, too: their operands stay in registers.)
CALLBACKS = {"exchange_step", "multipart_field", "read_header"}
MOST_FILES, MOST_LINES, LONGEST, USUAL, PARAMETERS = 16, 500, 60, 30, 5

tracked = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], stdout=subprocess.PIPE, text=True, check=True).stdout.split()
tracked = [f for f in tracked if os.path.exists(f)]
code = [f for f in tracked if re.match(r"server/.*\.[ch]$", f) and "/training/" not in f]
found = []


def place(path):
    """(room, sub-room) of a path below server/."""
    parts = path.split("/")[:-1]
    return (parts + ["", ""])[0], (parts + ["", ""])[1]


def check_include(file, header):
    room, sub = place(file[len("server/"):])
    to, to_sub = place(header)
    if "/" not in header or header.endswith("revision.h"): return
    if to != room:
        if to not in SEES[room].split(): found.append(f"{file}: {room or 'main'} may not see {header}")
        elif to in FACES and header[len(to) + 1:] not in FACES[to].split(): found.append(f"{file}: {header} is no face of {to}")
        elif to not in FACES and header.endswith("/parts.h"): found.append(f"{file}: {header} is private")
    elif sub != to_sub and sub and to_sub:
        order = SUBROOMS[room].split()
        if order.index(to_sub) > order.index(sub): found.append(f"{file}: {room}/{sub} may not see {header}")
        elif header.endswith("/parts.h"): found.append(f"{file}: {header} is private")


lengths = []
for f in code:
    text = open(f, encoding="utf-8").read()
    lines = text.split("\n")
    if len(lines) - 1 > MOST_LINES: found.append(f"{f}: {len(lines) - 1} lines")
    for header in re.findall(r'^#include "([^"]+)"', text, re.M): check_include(f, header)
    start = None
    for n, line in enumerate(lines, 1):
        if line == "{": start = n
        elif line == "}" and start:
            lengths.append(n - start - 1)
            if n - start - 1 > LONGEST: found.append(f"{f}:{start}: a function of {n - start - 1} lines")
            start = None
    for m in re.finditer(r"^[a-z][\w *]*?(\w+)\(((?:[^()]|\([^()]*\))*)\)\n\{", text, re.M):
        parameters = len(re.sub(r"\([^()]*\)", "", m[2]).split(","))
        if parameters > PARAMETERS and "/kernel/" not in f and m[1] not in CALLBACKS: found.append(f"{f}:{text[:m.start()].count(chr(10)) + 1}: {m[1]} has {parameters} parameters")
lengths.sort()
if lengths[int(len(lengths) * .95)] >= USUAL: found.append(f"95 in 100 functions have up to {lengths[int(len(lengths) * .95)]} lines")

folders = collections.defaultdict(set)
for f in tracked:
    if re.search(r"\.(c|h|js|mjs|py|sh|css|html)$", f) and not re.search(r"/(vendor|corpus|data|sample)/", f):
        folders[os.path.dirname(f)].add(re.sub(r"\.(c|h|js|html)$", "", os.path.basename(f)))
for folder, names in sorted(folders.items()):
    if len(names) > MOST_FILES: found.append(f"{folder}: {len(names)} source files")

print("\n".join(found))
sys.exit(bool(found))
