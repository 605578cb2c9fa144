"""A store filled with made-up rows, and a server on it: what the tests of exports work with.

The rows are written by SQLite itself, past the program, so that what comes out can be compared with what went in.
"""
import contextlib, importlib, json, os, random, re, signal, sqlite3, subprocess, sys, tempfile, urllib.error, urllib.request

PROGRAM = os.environ.get("SYNOPTIC", "build/synoptic")
TITLES = ["Article {}", "=1+{} & 100 % #tag_a^b~c", "Two\nlines {{}} \\ \"{}\"", "Ünïcode 😀 {}"]
BYLINES = ["", "By Ida Lund", "Ida Lund and Olaf Berg", "Ida Lund, Olaf Berg, and Greta Holm", "O'Neill-Smith & Co"]
def digest(text):
    """What the store keeps of a text to know it again: FNV-1a over all but white space, as a signed number."""
    h = 0xcbf29ce484222325
    for byte in re.sub(rb"[ \t-\r]", b"", text.encode()): h = (h ^ byte) * 0x100000001b3 % 2 ** 64
    return h - 2 ** 64 if h >= 2 ** 63 else h


STATUSES = ["proposed", "confirmed", "rejected", "edited"]
STANCES = ["support", "oppose", "conditional", "mixed", "neutral", "declines", "denies"] # in the order of their numbers


def library(name):
    """A module of Debian's, if it is installed; what is compared with it is then left out, and said so once."""
    sys.path.append("/usr/lib/python3/dist-packages")  # where another Python goes first
    try: return importlib.import_module(name)
    except ImportError:
        if name not in missing: print(f"no {name}: what it reads is not compared")
        missing.add(name)
    finally: sys.path.pop()


missing = set()


@contextlib.contextmanager
def served(db):
    """The address of a server on the store, which is made if it is missing."""
    process = subprocess.Popen([PROGRAM, "serve", "--db", db, "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline()
        yield line[line.index("http://"):].split()[0].rstrip("/")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def get(address, path):
    """(status, body)"""
    try:
        with urllib.request.urlopen(address + path) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as e:
        return e.code, e.read()


def add_more(c, rng, people, questions, papers, statements):
    """Positions, some of which changed, and conflicts."""
    for i in range(40):
        who, q, was, now = rng.choice(people), rng.choice(questions), rng.choice(STANCES + [""] * 7), rng.choice(STANCES)
        c.execute("INSERT INTO position_rows(id, story, actor_number, issue_number, stance_number, since, was, disputed, articles, millionths) VALUES"
                  " (?, 1, (SELECT number FROM actors WHERE key = ?), (SELECT number FROM issues WHERE key = ?), ?, '2025-01-01', ?, 0, 1, 500000)",
                  (i + 1, who["key"], q["key"], STANCES.index(now), was))
        c.execute("INSERT INTO position_statements VALUES (?, ?)", (i + 1, rng.randrange(1, statements + 1)))
    for i in range(30):
        c.execute("INSERT INTO conflicts(id, story, rule, nature, note, status) VALUES (?, 1, 'number.differs', 'outlets-disagree', ?, ?)",
                  (1000 + i, f"One has “{i} & <b>”, the other not.", rng.choice(["proposed", "confirmed", "dismissed"])))
        for n, paper in enumerate(rng.sample(papers, 2)):
            c.execute("INSERT INTO conflict_spans VALUES (?, ?, ?, 0, 8, ?, '', ?)", (1000 + i, n + 1, paper["id"], paper["text"][:8], paper["text"][8:30]))


def fill(db, seed, statements, actors=12, issues=6, outlets=4, articles=30, text=None):
    """Random rows; returns them as dictionaries, a row for each statement and issue."""
    rng, rows = random.Random(seed), []
    kinds = ["person", "person", "organisation", "country", "group", "outlet", "unnamed"]
    people = [dict(key=f"actor-{i}", name=f"Ämne {chr(65 + i % 26)}{i}" if i % 5 else "Same Name", kind=rng.choice(kinds),
                   of=f"actor-{rng.randrange(actors)}" if rng.random() < .6 else "") for i in range(actors)]
    questions = [dict(key=f"issue-{i}", title=f"Question, \"{chr(90 - i)}\" <&> {min(i, issues - 2)}" if i < issues - 1 else f"Question, \"{chr(91 - i)}\" <&> {issues - 2}") for i in range(issues)]
    texts = text or (lambda i: "Ein Satz mit 😀 und e\u0301 darin. " * 40)
    c = sqlite3.connect(db)
    c.execute("INSERT INTO stories(id, title, articles, created, updated) VALUES (1, 'Made up', ?, '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z')", (articles,))
    for i in range(outlets):
        c.execute("INSERT INTO outlets(id, name) VALUES (?, ?)", (i + 1, f"Outlet {chr(80 - i)}"))
    for p in people:
        c.execute("INSERT INTO actors(key, name, kind, of, number) VALUES (?, ?, ?, ?, (SELECT count(*) + 1 FROM actors))", (p["key"], p["name"], p["kind"], p["of"]))
    for q in questions:
        c.execute("INSERT INTO issues(key, title, by, number) VALUES (?, ?, 'person', (SELECT count(*) + 1 FROM issues))", (q["key"], q["title"]))
        c.execute("INSERT INTO story_issues(story, issue) VALUES (1, ?)", (q["key"],))
    papers = []
    for i in range(articles):
        day = "" if rng.random() < .05 else f"20{rng.choice([24, 25])}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
        papers.append(dict(id=i + 1, outlet=rng.randrange(1, outlets + 1) if rng.random() < .95 else None, day=day, text=texts(i)))
        c.execute("INSERT INTO articles(id, story, outlet, title, published, day, added, url, byline, language) VALUES (?, 1, ?, ?, ?, ?, '2025-01-01T00:00:00Z', ?, ?, 'en')",
                  (i + 1, papers[i]["outlet"], TITLES[i % len(TITLES)].format(i + 1), day, day, f"https://paper.example/{i + 1}?a={{b}}&c=d_e", BYLINES[i % len(BYLINES)]))
        c.execute("INSERT INTO article_versions(article, version, seen, title, text, digest, current) VALUES (?, 1, '', ?, ?, ?, 1)",
                  (i + 1, f"Article {i + 1}", papers[i]["text"], digest(papers[i]["text"])))
    for i in range(statements):
        paper, who = rng.choice(papers), rng.choice(people) if rng.random() < .95 else None
        start = rng.randrange(0, len(paper["text"]) - 40)
        words = paper["text"][start:start + rng.randrange(5, 40)]
        span = json.dumps([dict(start=start, end=start + len(words), exact=words, prefix="", suffix="")])
        status = rng.choice(["proposed", "confirmed", "edited", "rejected"]) if rng.random() < .3 else "proposed"
        c.execute("INSERT INTO statement_rows(id, article, story, start, speaker_number, millionths, rule_text, status_number, kept_words, content_list, context)"
                  " VALUES (?, ?, 1, ?, (SELECT number FROM actors WHERE key = ?), 900000, 'made', ?, ?, ?, '{}')",
                  (i + 1, paper["id"], start, who and who["key"], STATUSES.index(status), words, span))
        for q in rng.sample(questions, rng.choice([0, 1, 1, 1, 2])):
            stance = rng.choice(STANCES)
            c.execute("INSERT INTO stance_rows(statement, issue_number, stance_number, millionths) VALUES (?, (SELECT number FROM issues WHERE key = ?), ?, 800000)",
                      (i + 1, q["key"], STANCES.index(stance)))
            by_key = {p["key"]: p for p in people}
            body = who and (who["of"] if who["kind"] in ("person", "unnamed") else who["key"])
            if status != "rejected":
                rows.append(dict(statement=i + 1, article=paper["id"], outlet=paper["outlet"], day=paper["day"], actor=who and who["key"],
                                 actor_name=who and who["name"], kind=who and who["kind"], organisation=body or None, organisation_name=by_key[body]["name"] if body else None,
                                 issue=q["key"], issue_name=q["title"], stance=stance, start=start, end=start + len(words), words=words))
    if statements: add_more(c, rng, people, questions, papers, statements)
    c.execute("UPDATE actors SET stories = 1, articles = 1, statements = (SELECT count(*) FROM statements WHERE speaker = key)")
    c.commit()
    c.close()
    subprocess.run([PROGRAM, "verify", "--accept", "--db", db], stdout=subprocess.DEVNULL) # the rows are ours
    return rows


@contextlib.contextmanager
def folder():
    with tempfile.TemporaryDirectory(prefix="synoptic-export-") as at:
        yield at
