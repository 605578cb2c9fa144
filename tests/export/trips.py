#!/usr/bin/env python3
"""Round trips: a store in which a person has decided all sorts of things is exported, the file imported into an empty store,
and exported again. What is lossless gives the same bytes; what is not loses what is told in LOSSES, and nothing else.
Whatever the source, a second trip changes nothing. Without --whole only the store in which everything was decided travels.
Prints what differs; exit 1 if anything does."""
import json, os, subprocess, sys, urllib.request

import made

HERE = os.path.dirname(os.path.abspath(made.__file__))
found = []
#        name: (format, settings, suffix, options of import, whether it brings its articles along)
FORMATS = {"dna": ("dna", [], "dna", [], True), "qdpx": ("qdpx", [], "qdpx", [], True), "annotations": ("annotations", [], "jsonld", [], False),
           "ndjson": ("ndjson", ["list=statements"], "ndjson", ["--type", "statements"], False), "json": ("json", ["list=statements"], "json", ["--type", "statements"], False),
           "csv": ("csv", ["list=statements", "flavour=data"], "csv", ["--type", "statements"], False),
           "flat csv": ("csv", ["list=statements", "flavour=flat"], "csv", ["--type", "statements"], False),
           "flat ndjson": ("ndjson", ["list=statements", "flavour=flat"], "ndjson", ["--type", "statements"], False),
           "stances csv": ("csv", ["list=stances", "flavour=data"], "csv", ["--type", "statements"], False), "stances ndjson": ("ndjson", ["list=stances"], "ndjson", ["--type", "statements"], False)}
LISTS = [name for name in FORMATS if name.startswith("stances")]
# What each loses, besides what no format has: what was rejected (it comes as a proposal again), the journal, names merged or
# put right, and of what was added by hand the source, cue, carrier, channel and day of saying.
# (A variant follows from the kind; stances tell nothing of statements on no issue, not even that a person looked at them.)
LOSSES = {"annotations": {"condition", "status", "kind", "variant"}, "qdpx": {"condition", "status", "kind", "variant"}, **{name: {"no side", "status"} for name in LISTS}}


def say(ok, text):
    if not ok: found.append(text)


def run(*arguments): return subprocess.run([made.PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True).stdout
def export(db, *arguments): return run("export", "--db", db, "--format", *arguments)
def rows(db, name="statements"): return [json.loads(l) for l in export(db, "ndjson", "list=" + name).decode().splitlines()]


def decide(db, everything):
    """What a person does: confirms, puts sides, speakers and kinds right, adds what was overlooked; `everything`: also what some formats lose."""
    with made.served(db) as base:
        def deed(action, id, **value):
            body = json.dumps({"action": action, "target": {"type": "statement", "id": id}, **({"value": value} if value else {})}).encode()
            return json.loads(urllib.request.urlopen(urllib.request.Request(base + "/api/v1/decisions", body, {"Content-Type": "application/json"})).read())
        told = [s for s in rows(db) if s["speaker"]]
        sided = [s for s in told if s["positions"]]
        issues = sorted({p["issue"] for s in sided for p in s["positions"]})
        say(len(sided) > 20 and len(issues) > 1, "the sample story is not what it was")
        for s in told[::3]: deed("confirm", s["id"])
        deed("edit", sided[1]["id"], issue=sided[1]["positions"][0]["issue"], stance="mixed")
        deed("edit", sided[6]["id"], speaker={"name": "Greta Holm", "kind": "person"})
        deed("edit", sided[7]["id"], kind="mixed", positions=[{"issue": issues[0], "stance": "oppose"}, {"issue": issues[1], "stance": "support"}])
        deed("add", 2, article=2, kind="direct", speaker={"name": "Olaf Berg", "kind": "person"}, content=[{"start": 2, "end": 18}], positions=[{"issue": issues[0], "stance": "support"}])
        deed("add", 1, article=1, kind="indirect", speaker={"name": "Nordic Bank", "kind": "organisation"}, content=[{"start": 2, "end": 9}, {"start": 23, "end": 40}], positions=[{"issue": issues[1], "stance": "declines"}])
        if everything:
            deed("edit", sided[4]["id"], positions=[])
            deed("edit", sided[9]["id"], positions=[{"issue": issues[1], "stance": "conditional", "condition": "if the ice has gone"}, {"issue": issues[0], "stance": "oppose"}])


def trip(at, name, source, turn):
    """(the bytes that left, the store that took them in)"""
    format, settings, suffix, options, whole = FORMATS[name]
    path, to = f"{at}/{name}-{turn}.{suffix}".replace(" ", "-"), f"{at}/{name}-{turn}.db".replace(" ", "-")
    with open(path, "wb") as f: f.write(export(source, format, *settings))
    if not whole: run("import", "--db", to, f"{at}/articles.json")
    run("import", "--db", to, *options, path)
    return open(path, "rb").read(), to


def losses(before, after):
    """Which kinds of things differ between two lists of statements, and between nothing else."""
    lost = set()
    say([s["id"] for s in before] == [s["id"] for s in after], "other statements")
    for x, y in zip(before, after):
        p, q = x["positions"], y["positions"]
        if x["status"] != y["status"]: lost.add("status")
        if not p and q: lost.add("no side")
        elif [(a["issue"], a["stance"]) for a in p] != [(a["issue"], a["stance"]) for a in q]: lost.add("side")
        elif [a["condition"] for a in p] != [a["condition"] for a in q]: lost.add("condition")
        lost |= {c for c in x if c not in ("status", "positions", "confidence") and x[c] != y[c]}
    return lost


def check(at, db, name, everything):
    first, one = trip(at, name, db, f"{everything}-1")
    second, two = trip(at, name, one, f"{everything}-2")
    third, _ = trip(at, name, two, f"{everything}-3")
    lost, told = losses(rows(db), rows(one)), LOSSES.get(name, set())
    say(second == third, f"{name}: a second trip changes it")
    say(lost <= told, f"{name}: loses {lost - told}")
    if not everything or not told & {"no side"}: say(first == second, f"{name}: other bytes")
    if everything: say(lost == told, f"{name}: does not lose {told - lost}, which is told")


with made.folder() as at:
    for everything in (False, True) if "--whole" in sys.argv else (True,):
        db = f"{at}/{everything}.db"
        run("import", "--db", db, os.path.join(HERE, "..", "..", "server", "cli", "sample"))
        with open(f"{at}/articles.json", "wb") as f: f.write(export(db, "ninjs"))
        decide(db, everything)
        for name in FORMATS if everything else LOSSES: check(at, db, name, everything)  # what loses nothing is asked once
print(*found[:40], f"{len(found)} faults", sep="\n")
sys.exit(bool(found))
