#!/usr/bin/env python3
"""The views of schema/012-others.sql, read with the sqlite3 shell while a server has the store open, against what the
program itself gives: the same rows, the same values, offsets that hold the words. Prints what differs; exit 1 if anything does."""
import json, os, shutil, subprocess, sys

import made

found = []
COLUMNS = {
    "v_article": "id story story_title outlet domain url title subtitle byline agency published modified day language section notice version origin reviewed sample added text",
    "v_statement": "id article story outlet day kind start end words speaker speaker_name speaker_kind speaker_role speaker_of via channel said_on confidence rule status utterance variant fullest",
    "v_stance": "statement article story outlet day speaker speaker_name issue issue_title sort stance condition confidence words",
    "v_position": "story actor actor_name actor_kind issue issue_title sort stance condition since was disputed articles statements confidence",
    "v_mention": "article story start end exact actor actor_name reading"}


def say(ok, text):
    if not ok: found.append(text)


def shell(db, sql):
    """What the sqlite3 shell prints, as dictionaries; without it, Python's own library, which knows as little of the program."""
    if shutil.which("sqlite3"):
        out = subprocess.run(["sqlite3", "-json", "-readonly", db, sql], stdout=subprocess.PIPE, check=True).stdout
        return json.loads(out or b"[]")
    import sqlite3
    c = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    c.row_factory = sqlite3.Row
    rows = [dict(r) for r in c.execute(sql)]
    c.close()
    return rows


def rows(db, *arguments):
    out = subprocess.run([made.PROGRAM, "export", "--db", db, "--format", "ndjson", *arguments], stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(l) for l in out.decode().splitlines()]


def check_columns(db):
    for view, columns in COLUMNS.items():
        names = [c["name"] for c in shell(db, f"SELECT name FROM pragma_table_info('{view}')")]
        say(names == columns.split(), f"{view}: {names}")  # these names are promised


def check_statements(db):
    texts = {a["id"]: a["text"] for a in shell(db, "SELECT id, text FROM v_article")}
    own, seen = {r["id"]: r for r in rows(db)}, shell(db, 'SELECT * FROM v_statement')
    say(sorted(own) == sorted(v["id"] for v in seen), "v_statement: which rows")
    for v in seen:
        r = own[v["id"]]
        for c in "article story outlet kind speaker speaker_name via channel said_on rule status utterance variant".split():
            say(v[c] == r[c], f"v_statement {v['id']} {c}: {v[c]!r}, not {r[c]!r}")
        say(v["start"] == r["content"][0]["start"], f"v_statement {v['id']}: start")
        if len(r["content"]) == 1 and "\u2026" not in v["words"]:
            say(v["end"] == r["content"][0]["end"] and texts[v["article"]][v["start"]:v["end"]] == v["words"], f"v_statement {v['id']}: words")
        if len(r["content"]) > 1: say(v["end"] is None, f"v_statement {v['id']}: end")
    stances = {(r["statement"], r["issue"]): r for r in rows(db, "list=stances")}
    views = shell(db, "SELECT * FROM v_stance")
    say(sorted(stances) == sorted((v["statement"], v["issue"]) for v in views), "v_stance: which rows")
    for v in views:
        r = stances[v["statement"], v["issue"]]
        for c in "article story outlet day speaker speaker_name issue_title sort stance condition words".split():
            say(v[c] == r[c], f"v_stance {v['statement']} {c}: {v[c]!r}, not {r[c]!r}")


def check_others(db, address):
    articles = {r["id"]: r for r in rows(db, "list=articles")}
    for v in shell(db, "SELECT * FROM v_article"):
        r = articles.pop(v["id"])
        for c in "story outlet title subtitle byline published modified url language origin version".split():
            say(v[c] == r[c], f"v_article {v['id']} {c}: {v[c]!r}, not {r[c]!r}")
        whole = json.loads(made.get(address, f"/api/v1/articles/{v['id']}")[1])
        say(whole["text"] == v["text"], f"v_article {v['id']}: text")
        key = lambda m: (m["start"], m["end"], m["exact"], m["actor"] or "", m["reading"])
        mentions = shell(db, f"SELECT * FROM v_mention WHERE article = {v['id']}")
        say(sorted(map(key, mentions)) == sorted(map(key, whole["mentions"])), f"v_mention of {v['id']}")
    say(not articles, f"v_article: {len(articles)} are missing")
    columns = "story actor issue stance condition since was".split()
    key = lambda r: (*(str(r[c]) for c in columns), bool(r["disputed"]), *(n if isinstance(n, int) else len(n) for n in (r["articles"], r["statements"])))
    positions = rows(db, "list=positions")
    say(sorted(map(key, shell(db, "SELECT * FROM v_position"))) == sorted(map(key, positions)), "v_position")


def check(db):
    with made.served(db) as address:  # which has the store open all the while
        check_columns(db)
        check_statements(db)
        check_others(db, address)


with made.folder() as at:
    sample = os.path.join(os.path.dirname(os.path.abspath(made.__file__)), "..", "..", "server", "cli", "sample")
    subprocess.run([made.PROGRAM, "import", "--db", f"{at}/real.db", sample], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    check(f"{at}/real.db")
    with made.served(f"{at}/a.db"): pass
    made.fill(f"{at}/a.db", 5, 400)
    check(f"{at}/a.db")
print(*found[:40], f"{len(found)} faults", sep="\n")
sys.exit(bool(found))
