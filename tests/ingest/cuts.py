#!/usr/bin/env python3
"""cuts.py PROGRAM [REPORTS] - the same stories in whatever order reports come, and however they are cut into imports.

Made-up news (tests/bench/year/news.py, seeded) at once, in five imports, backwards, shuffled: who is in one story with
whom must be the same each time, and what the store counts must be right.
"""
import pathlib, random, sqlite3, subprocess, sys, tempfile

NEWS = pathlib.Path(__file__).resolve().parent.parent / "bench/year/news.py"
WRONG = {"statements in another story than their article": "SELECT count(*) FROM statements s JOIN articles a ON a.id = s.article WHERE a.story <> s.story",
         "stories that count their articles wrong": "SELECT count(*) FROM stories s WHERE s.articles <> (SELECT count(*) FROM articles a WHERE a.story = s.id)",
         "actors that count their stories wrong": "SELECT count(*) FROM actors x WHERE x.stories <> (SELECT count(*) FROM story_actors t WHERE t.actor = x.key)",
         "statements without their utterance": "SELECT count(*) FROM statements s WHERE NOT EXISTS (SELECT 1 FROM utterances u WHERE u.id = s.utterance AND u.story = s.story)"}


def stories(program, folder, name, imports):
    """Who is with whom, as a set of sets of addresses."""
    db = f"{folder}/{name}.db"
    for lines in imports:
        pathlib.Path(f"{folder}/some.ndjson").write_text("\n".join(lines) + "\n")
        subprocess.run([program, "import", "--db", db, f"{folder}/some.ndjson"], check=True, stdout=subprocess.DEVNULL)
    found = subprocess.run([program, "verify", "--db", db], stdout=subprocess.PIPE, text=True)
    if found.returncode: sys.exit(f"{name}: {found.stdout}")
    c, groups = sqlite3.connect(f"file:{db}?mode=ro", uri=True), {}
    for story, url in c.execute("SELECT story, url FROM v_article"): groups.setdefault(story, []).append(url)
    for what, sql in WRONG.items():
        n = c.execute(sql).fetchone()[0]
        if n: sys.exit(f"{name}: {n} {what}")
    return {frozenset(g) for g in groups.values()}


def main():
    program, n = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 60
    lines = subprocess.run([sys.executable, NEWS, str(n), "--seed", "6"], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    shuffled = random.Random(4).sample(lines, n)
    ways = {"in five": [lines[i::5] for i in range(5)], "backwards": [lines[::-1][:n // 2], lines[::-1][n // 2:]], "shuffled": [shuffled[i::7] for i in range(7)]}
    with tempfile.TemporaryDirectory() as folder:
        once = stories(program, folder, "once", [lines])
        for name, imports in ways.items():
            other = stories(program, folder, name, imports)
            if other != once: sys.exit(f"{name}: {len(other)} stories, {len(other - once)} of them are none of the {len(once)} that all reports at once make")
    print(f"{n} reports, {len(once)} stories each time")


main()
