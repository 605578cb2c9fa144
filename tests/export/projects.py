#!/usr/bin/env python3
"""Project files of Discourse Network Analyzer 3: written, and read with the sqlite3 shell by the queries that tool itself
asks, against the rows they were made of; then read back by the program, into an empty store, and written again.

Prints what differs; exit 1 if anything does.
"""
import base64, calendar, hashlib, json, os, random, sqlite3, subprocess, sys, time, urllib.error, urllib.request

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


TEXTS = ["The harbour board met on Monday 😀. Ida Lund said the new quay must be built this year. \"We cannot wait,\" she told reporters. Olaf Berg called the plan a waste of money.",
         "Fishermen are split over the quay. The Fishers' Union said it would back the new quay if prices stay. Cafe\u0301 owner Ida Lund said the quay must come. 👩‍👩‍👧 Olaf Berg again spoke of waste.",
         "In the town hall the talk was of wind parks. Greta Holm said wind parks spoil the coast, and Olaf Berg agreed with her. The Fishers' Union demands a stop to wind parks."]
CODED = [(0, "the new quay must be built this year", "Ida Lund", "Harbour Board", "Build the new quay", 1), (0, "called the plan a waste of money", "Olaf Berg", "Taxpayers' League", "Build the new quay", 0),
         (1, "would back the new quay", "", "Fishers' Union", "Build the new quay", 1), (1, "the quay must come", "Ida Lund", "Harbour Board", "Build the new quay", 1),
         (1, "spoke of waste", "Olaf Berg", "Taxpayers' League", "Build the new quay", 0), (2, "wind parks spoil the coast", "Greta Holm", "", "Allow wind parks", 0),
         (2, "agreed with her", "Olaf Berg", "Taxpayers' League", "Allow wind parks", 0), (2, "demands a stop to wind parks", "", "Fishers' Union", "Allow wind parks", 0)]


def coded_by_hand(to, empty):
    """A project as a person might have made it in that tool: its tables, none of our variables, a second type of statement."""
    with open(to, "wb") as f: f.write(open(empty, "rb").read())
    c = sqlite3.connect(to)
    for t in ("DATASHORTTEXT", "DATABOOLEAN", "DATALONGTEXT", "ATTRIBUTEVALUES", "ENTITIES", "STATEMENTS", "DOCUMENTS"): c.execute(f"DELETE FROM {t}")
    c.execute("DELETE FROM VARIABLES WHERE ID > 5")
    c.execute("DELETE FROM STATEMENTTYPES WHERE ID = 3")
    for i, text in enumerate(TEXTS):
        c.execute("INSERT INTO DOCUMENTS(ID, Title, Text, Coder, Source, Date) VALUES (?, ?, ?, 1, ?, ?)", (i + 7, f"Paper {i}", text, f"Herald {i}", 1735700400 + 86400 * i))
    entity = lambda variable, value: (c.execute("INSERT OR IGNORE INTO ENTITIES(VariableId, Value) VALUES (?, ?)", (variable, value)),
                                      c.execute("SELECT ID FROM ENTITIES WHERE VariableId = ? AND Value = ?", (variable, value)).fetchone()[0])[1]
    for n, (i, words, *values, agrees) in enumerate(CODED, 1):
        start = len(TEXTS[i][:TEXTS[i].index(words)].encode("utf-16-le")) // 2
        c.execute("INSERT INTO STATEMENTS VALUES (?, 1, ?, ?, ?, 1)", (n, i + 7, start, start + len(words.encode("utf-16-le")) // 2))
        for variable, value in enumerate(values, 1): c.execute("INSERT INTO DATASHORTTEXT(StatementId, VariableId, Entity) VALUES (?, ?, ?)", (n, variable, entity(variable, value)))
        c.execute("INSERT INTO DATABOOLEAN(StatementId, VariableId, Value) VALUES (?, 4, ?)", (n, agrees))
    c.commit()
    c.close()


def coded_in(db):
    """What a project says, in the form of CODED but with the document's source for its number."""
    source = {r["ID"]: r["Source"] for r in shell(db, "SELECT ID, Source FROM DOCUMENTS")}
    return {(source[s["DocumentId"]], units(s["DocumentText"], s["Start"], s["Stop"]), s["person"], s["organization"], s["concept"], s["agreement"])
            for s in statements_of(db) if s["StatementTypeId"] == 1 and (json.loads(s.get("record") or "{}").get("status") in (None, "edited", "confirmed"))}


def program(*arguments):
    run = subprocess.run([made.PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return run.returncode, run.stdout


def check_reading(at):
    """Coded by hand, imported, exported: the same statements. Imported again: nothing new."""
    db, project, back = f"{at}/b.db", f"{at}/hand.dna", f"{at}/back.dna"
    coded_by_hand(project, f"{at}/a.dna")
    want = {(f"Herald {i}", *rest) for i, *rest in CODED}
    say(coded_in(project) == want, "the test's own project")
    code, out = program("import", "--db", db, "--dry-run", project)
    say(code == 0 and out.startswith("3 documents, 0 of them here already; 8 statements"), f"dry run: {out}")
    code, out = program("import", "--db", db, project)
    say(code == 0 and out == "3 of 3 documents, 8 statements new, 0 known already, 0 without a place or speaker\n", f"import: {out}")
    export(db, back)
    got = coded_in(back)
    for missing in want - got: found.append(f"lost: {missing}")
    for more in got - want: found.append(f"not in the project: {more}")
    dates = "SELECT Source, Date, Title, Text FROM DOCUMENTS ORDER BY Source"
    say(shell(project, dates) == shell(back, dates), "documents")
    code, out = program("import", "--db", db, project)
    say(code == 0 and ", 0 statements new, 8 known already" in out, f"a second time: {out}")
    check_upload(f"{at}/e.db", project, want)
    code, out = program("import", "--db", f"{at}/c.db", back)
    export(f"{at}/c.db", f"{at}/again.dna")
    differs = sorted(coded_in(f"{at}/again.dna") ^ got)
    say(not differs, f"a second round trip: {differs}")


def upload(address, data, dry):
    """(status, answer) of a form with a file."""
    field = '--x\r\nContent-Disposition: form-data; name="dry_run"\r\n\r\n1\r\n' if dry else ""
    body = field.encode() + b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.dna"\r\n\r\n' + data + b"\r\n--x--\r\n"
    request = urllib.request.Request(address + "/api/v1/imports/project", body, {"Content-Type": "multipart/form-data; boundary=x"})
    try:
        with urllib.request.urlopen(request) as answer: return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as e: return e.code, json.loads(e.read())


def check_upload(db, project, want):
    """The same over HTTP, to a server that runs."""
    data = open(project, "rb").read()
    with made.served(db) as address:
        say(upload(address, data, True) == (200, dict(documents=3, articles=0, statements=8, added=8, known=0, lost=0, problems=[])), "a dry run over HTTP")
        say(upload(address, data, False) == (200, dict(documents=3, articles=3, statements=8, added=8, known=0, lost=0, problems=[])), "an upload")
        say(upload(address, data, False)[1]["known"] == 8, "a second upload")
        status, answer = upload(address, data[:5000], False)
        say(status == 415 and "damaged" in answer["detail"], f"a cut upload: {status} {answer}")
        status, body = made.get(address, "/api/v1/exports?format=dna")
        with open(db + ".dna", "wb") as f: f.write(body)
    say(coded_in(db + ".dna") == want, "an upload exported")


def check_refusals(at):
    """Files that are none, or of another kind, are refused with a sentence, and the store is as it was."""
    whole, db = open(f"{at}/hand.dna", "rb").read(), f"{at}/d.db"
    cases = {"cut": whole[:len(whole) // 2], "head": whole[:100], "noise": whole[:16] + os.urandom(9000), "flipped": whole[:4096] + bytes(b ^ 255 for b in whole[4096:8192]) + whole[8192:]}
    for name, data in cases.items():
        with open(f"{at}/{name}.dna", "wb") as f: f.write(data)
        code, out = program("import", "--db", db, f"{at}/{name}.dna")
        say(code == 1 and out.startswith("synoptic: ") and "AddressSanitizer" not in out, f"{name}: {code} {out}")
    code, out = program("import", "--db", db, f"{at}/a.db")
    say(code == 1 and "no project" in out, f"a store: {out}")


with made.folder() as folder:
    main(folder)
    check_reading(folder)
    check_refusals(folder)
print(*found[:40], f"{len(found)} faults", sep="\n")
sys.exit(bool(found))
