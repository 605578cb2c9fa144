#!/usr/bin/env python3
"""Project files of Discourse Network Analyzer 3: written, and read with the sqlite3 shell by the queries that tool itself
asks, against the rows they were made of; then read back by the program, into an empty store, and written again.

Prints what differs; exit 1 if anything does.
"""
import base64, calendar, hashlib, json, os, random, subprocess, sys, time

import made

found = []
FOR, AGAINST = ("support", "conditional"), ("oppose", "denies")
LETTERS = ["a ", "word ", "😀", "e\u0301", "𝔘", "ß ", "日本 ", "\n", "👩‍👩‍👧 ", "o\u0308\u0323", "x"]


def say(ok, text):
    if not ok: found.append(text)


def shell(db, sql):
    out = subprocess.run(["sqlite3", "-json", "-readonly", db, sql], stdout=subprocess.PIPE, check=True).stdout
    return json.loads(out or "[]")


def units(text, start, end):
    return text.encode("utf-16-le")[2 * start:2 * end].decode("utf-16-le", "replace")


def statements_of(db):
    """Every statement with its variables, asked one by one as that tool does, in bulk."""
    rows = shell(db, "SELECT STATEMENTS.ID AS StatementId, StatementTypeId, STATEMENTTYPES.Label AS StatementTypeLabel, STATEMENTS.Coder AS CoderId, Start, Stop, DocumentId,"
                     " DOCUMENTS.Date AS Date, DOCUMENTS.Text AS DocumentText, SUBSTRING(DOCUMENTS.Text, Start + 1, Stop - Start) AS Text FROM STATEMENTS"
                     " INNER JOIN CODERS ON STATEMENTS.Coder = CODERS.ID INNER JOIN STATEMENTTYPES ON STATEMENTS.StatementTypeId = STATEMENTTYPES.ID"
                     " INNER JOIN DOCUMENTS ON DOCUMENTS.ID = STATEMENTS.DocumentId ORDER BY DOCUMENTS.Date ASC")
    variables = shell(db, "SELECT ID, Variable, DataType, StatementTypeId FROM VARIABLES")
    short = {(r["StatementId"], r["VariableId"]): r["Value"] for r in shell(db, "SELECT E.ID AS EntityId, StatementId, E.VariableId, DST.ID AS DataId, E.Value, Red, Green, Blue, ChildOf FROM DATASHORTTEXT AS DST"
                                                                                 " LEFT JOIN ENTITIES AS E ON E.ID = DST.Entity AND E.VariableId = DST.VariableId")}
    other = {(r["StatementId"], r["VariableId"]): r["Value"] for t in ("DATALONGTEXT", "DATAINTEGER", "DATABOOLEAN") for r in shell(db, f"SELECT * FROM {t}")}
    for r in rows:
        for v in variables:
            if v["StatementTypeId"] != r["StatementTypeId"]: continue
            key = r["StatementId"], v["ID"]
            values = short if v["DataType"] == "short text" else other
            say(key in values, f"statement {key[0]} has no {v['Variable']}")
            r[v["Variable"]] = values.get(key)
    return rows


def check_frame(db):
    """What that tool wants before it opens a file."""
    say(shell(db, "PRAGMA integrity_check")[0] == {"integrity_check": "ok"}, "not sound")
    say(not shell(db, "PRAGMA foreign_key_check"), "foreign keys")
    settings = {r["Property"]: r["Value"] for r in shell(db, "SELECT * FROM SETTINGS")}
    say(settings["version"].startswith("3.0"), "version")
    types = shell(db, "SELECT ID, Label, Red, Green, Blue FROM STATEMENTTYPES")
    say(types[0] == {"ID": 1, "Label": "DNA Statement", "Red": 239, "Green": 208, "Blue": 51} and types[1]["Label"] == "Annotation", "types of statements")
    say([(v["ID"], v["Variable"], v["DataType"]) for v in shell(db, "SELECT * FROM VARIABLES WHERE StatementTypeId = 1")][:4] ==
        [(1, "person", "short text"), (2, "organization", "short text"), (3, "concept", "short text"), (4, "agreement", "boolean")], "variables")
    coder = shell(db, "SELECT * FROM CODERS WHERE ID = 1")[0]
    raw = base64.b64decode(coder["Password"])
    digest = hashlib.sha256(raw[:16] + b"synoptic").digest()
    for _ in range(99999): digest = hashlib.sha256(digest).digest()
    say(len(raw) == 48 and raw[16:] == digest and coder["Name"] == "Admin", "password")
    n = shell(db, "SELECT (SELECT count(*) FROM ENTITIES) * 3 AS want, (SELECT count(*) FROM ATTRIBUTEVALUES) AS got")[0]
    say(n["want"] == n["got"], "attributes of entities")


def check_rows(db, rows):
    got = {(json.loads(s["record"])["statement"], json.loads(s["record"])["issue"]): s for s in statements_of(db)}
    seen = {k for k in got if k[1]}
    say(seen == {(r["statement"], r["issue"]) for r in rows}, "not the statements that were there")
    for r in rows:
        s = got.get((r["statement"], r["issue"]))
        if not s: continue
        sided = r["stance"] in FOR + AGAINST
        say(s["StatementTypeLabel"] == ("DNA Statement" if sided else "Without a side"), f"type of {s['StatementId']}")
        say(not sided or s["agreement"] == (1 if r["stance"] in FOR else 0), f"agreement of {s['StatementId']}")
        say(s["stance"] == r["stance"] and s["concept"].startswith(r["issue_name"]) and s["DocumentId"] == r["article"], f"values of {s['StatementId']}")
        say(s["organization"].startswith(r["organisation_name"] or ""), f"organization of {s['StatementId']}")
        say(bool(s["person"]) == (r["kind"] in ("person", "unnamed")) and s["person"].startswith((r["actor_name"] or "") if s["person"] else ""), f"person of {s['StatementId']}")
        say(units(s["DocumentText"], s["Start"], s["Stop"]) == r["words"], f"place of {s['StatementId']}: {units(s['DocumentText'], s['Start'], s['Stop'])!r} instead of {r['words']!r}")
        say(s["Date"] == (calendar.timegm(time.strptime(r["day"], "%Y-%m-%d")) if r["day"] else 0), f"date of {s['DocumentId']}")


def check_network(db, address):
    """Congruence of organizations, counted in the file, is what the program says of its store."""
    count = {}
    for s in statements_of(db):
        if s["StatementTypeId"] == 1 and s["organization"]: count[s["organization"], s["concept"], s["agreement"]] = count.get((s["organization"], s["concept"], s["agreement"]), 0) + 1
    names = sorted({k[0] for k in count}, key=str.encode)
    want = {(a, b): w for a in names for b in names if a < b and (w := sum(n * count.get((b, c, k), 0) for (x, c, k), n in count.items() if x == a))}
    net = json.loads(made.get(address, "/api/v1/exports?format=network&mode=one&nodes=organisations")[1])
    plain = lambda s: s.split(" (actor-")[0]
    label = {n["id"]: n["label"] for n in net["nodes"]}
    got = sorted((*sorted((plain(label[e["from"]]), plain(label[e["to"]]))), e["weight"]) for e in net["edges"])
    say(got == sorted((*sorted((plain(a), plain(b))), w) for (a, b), w in want.items()), f"network of organisations: {len(got)} edges, {len(want)} in the file")


def export(db, to, *settings):
    with open(to, "wb") as f: subprocess.run([made.PROGRAM, "export", "--db", db, "--format", "dna", *settings], stdout=f, check=True)


def main(at):
    rng, db, dna = random.Random(7), f"{at}/a.db", f"{at}/a.dna"
    with made.served(db): pass
    rows = made.fill(db, 7, 1000, actors=40, issues=12, outlets=6, articles=60, text=lambda i: "".join(rng.choice(LETTERS) for _ in range(400)))
    export(db, dna)
    check_frame(dna)
    check_rows(dna, rows)
    with made.served(db) as address:
        check_network(dna, address)
        status, body = made.get(address, "/api/v1/exports?format=dna")
        say(status == 200 and body == open(dna, "rb").read(), "the server gives another file than the command line")
    export(db, f"{at}/one.dna", "issue=issue-1", "from=2025-01-01")
    some = [r for r in rows if r["issue"] == "issue-1" and r["day"] >= "2025-01-01"]
    say(len(statements_of(f"{at}/one.dna")) == len(some), "statements of one issue since a day")


with made.folder() as folder: main(folder)
print(*found[:40], f"{len(found)} faults", sep="\n")
sys.exit(bool(found))
