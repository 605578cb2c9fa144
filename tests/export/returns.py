#!/usr/bin/env python3
"""What leaves comes back: statements as REFI-QDA, Web Annotations, CSV, JSON Lines, and by hand as brat's files, into a store
that has only the articles or nothing at all; dry runs that change nothing and tell what would happen; a second time that
adds nothing; offsets in each unit; what is lost, as it is told. Prints what differs; exit 1 if anything does."""
import io, json, os, re, subprocess, sys, unicodedata, urllib.request, zipfile

import made

HERE = os.path.dirname(os.path.abspath(made.__file__))
found = []
TEXT = ("😀 The harbour council met on Monday. Ida Lund said the new quay should be built at once. “We can’t wait,” she told nobody.\n\n"
        "Olaf Berg of the fishers’ union spoke for an hour. Cafe\u0301 owners want the quay, 𝔘 and more. The new quay should be built at once, some said.\n\n"
        "Nothing was decided, and the council will meet again in the old town hall when the ice has gone from the inner harbour.")


def say(ok, text):
    if not ok: found.append(text)


def run(*arguments, check=True):
    return subprocess.run([made.PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=check)


def export(db, *arguments): return run("export", "--db", db, "--format", *arguments).stdout
def rows(db, name, *more): return [json.loads(l) for l in export(db, "ndjson", "list=" + name, *more).decode().splitlines()]
def bring(db, path, *options): return json.loads(run("import", "--json", "--db", db, *options, path).stdout)


STORED = unicodedata.normalize("NFC", TEXT)  # as articles are kept


def article(at, db, text=TEXT):
    with open(f"{at}/one.json", "w") as f: json.dump([{"title": "Quay talks", "text": text, "url": "https://bay.example/1", "outlet": "Bay Post", "published": "2025-03-02"}], f)
    run("import", "--db", db, f"{at}/one.json")


def told(db, proposed=False):
    """Statements of a person (or `proposed`, too): words, speaker, sides by the issue's title."""
    titles = {i["id"]: i["title"] for i in rows(db, "issues")}
    return sorted((" … ".join(c["exact"] for c in s["content"]), s["content"][0]["start"], s["speaker_name"], tuple(sorted((titles[p["issue"]], p["stance"]) for p in s["positions"])))
                  for s in rows(db, "statements") if s["status"] in ("confirmed", "edited") or proposed and s["speaker"])


def write(at, name, data):
    with open(f"{at}/{name}", "wb") as f: f.write(data if isinstance(data, bytes) else data.encode())
    return f"{at}/{name}"


def twice(db, path, added, *options):
    """A dry run, the import, and the import once more."""
    before = told(db)
    dry = bring(db, path, "--dry-run", *options)
    say(told(db) == before and dry["added"] == added, f"{path}: the dry run {dry}, not {added}")
    first, second = bring(db, path, *options), bring(db, path, *options)
    say(first["added"] == added and first["lost"] == dry["lost"], f"{path}: {first}")
    say(second["added"] == 0 and second["known"] == first["known"] + added, f"{path}: the second time {second}")
    return first


def place(words, unit="codepoints", nth=0, text=STORED):
    at = -1
    for _ in range(nth + 1): at = text.index(words, at + 1)
    head = text[:at]
    return {"codepoints": len(head), "utf16": len(head.encode("utf-16-le")) // 2, "utf8": len(head.encode())}[unit]


def check_table(at):
    quote = "new quay should be built at once"
    for unit in ("codepoints", "utf16", "utf8"):
        for nth in (0, 1):
            db = f"{at}/table-{unit}-{nth}.db"
            article(at, db)
            path = write(at, f"{unit}{nth}.csv", f"Fundstelle;Zitat;Wo;Wer;Frage;Seite\nhttps://bay.example/1;{quote};{place(quote, unit, nth)};Greta Holm;The new quay;support\n"
                                                 "https://bay.example/1;words that nobody wrote;0;Greta Holm;The new quay;support\nhttps://other.example/;x;0;Greta Holm;;\n")
            got = twice(db, path, 1, "--type", "statements", "--offsets", unit, "--map", "article=Fundstelle,quote=Zitat,start=Wo,speaker=Wer,issue=Frage,stance=Seite")
            say(got["lost"] == 2 and len(got["problems"]) == 2 and "nobody wrote" in got["problems"][0] and "not in the article" in got["problems"][0], f"table: {got}")
            say(told(db) == [(quote, place(quote, nth=nth), "Greta Holm", (("The new quay", "support"),))], f"table {unit} {nth}: {told(db)}")
    db = f"{at}/composed.db"  # the words as somebody else's program has them: decomposed, with a soft hyphen and a zero-width space
    article(at, db)
    twice(db, write(at, "composed.csv", "article,quote,speaker\n1,\"Cafe\u0301 own\u00aders want\u200b the quay\",Greta Holm\n"), 1, "--type", "statements")
    say(told(db) == [("Café owners want the quay", place("Café"), "Greta Holm", ())], f"composed: {told(db)}")
    bad = run("import", "--db", db, "--type", "statements", write(at, "bad.csv", "a,b\n1,2\n"), check=False)
    say(bad.returncode == 1 and b"names an article" in bad.stderr, f"table without columns: {bad.stderr}")
    bad = run("import", "--db", db, "--type", "statements", "--map", "who=b", f"{at}/bad.csv", check=False)
    say(bad.returncode == 1 and b"map of statements" in bad.stderr, f"table with a wrong map: {bad.stderr}")


def check_annotations(at):
    db = f"{at}/notes.db"
    article(at, db)
    first, second = "The harbour council met on Monday", "𝔘 and more"
    page = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": [
        {"type": "Annotation", "body": [{"type": "TextualBody", "purpose": "identifying", "value": "Bay Post"}, {"type": "TextualBody", "purpose": "classifying", "value": "oppose: The new quay"}],
         "target": [{"source": "https://bay.example/1", "selector": [{"type": "TextQuoteSelector", "exact": w}, {"type": "TextPositionSelector", "start": 0, "end": 3}]} for w in (first, second)]},
        {"type": "Annotation", "body": {"type": "TextualBody", "purpose": "identifying", "value": "Olaf Berg"},
         "target": {"source": {"id": "urn:synoptic:article:1"}, "selector": {"type": "TextQuoteSelector", "exact": "The new quay should be built", "prefix": "and more. ", "suffix": " at once, some"}}}]}
    twice(db, write(at, "notes.jsonld", json.dumps(page)), 2)
    say(told(db) == sorted([(f"{first} … {second}", place(first), "Bay Post", (("The new quay", "oppose"),)),
                            ("The new quay should be built", STORED.rindex("The new quay"), "Olaf Berg", ())]), f"annotations: {told(db)}")
    for broken in ("{\"@context\": \"http://www.w3.org/ns/anno.jsonld\"", "{\"@context\": \"http://www.w3.org/ns/anno.jsonld\"}"):
        say(run("import", "--db", db, write(at, "broken.jsonld", broken), check=False).returncode == 1, "broken annotations")


def check_brat(at):
    db = f"{at}/brat.db"
    with made.served(db): pass
    words, more = "the new quay should be built at once", "Cafe\u0301 owners want the quay, 𝔘 and"
    a, b, who = (place(w, text=TEXT) for w in (words, more, "Ida Lund"))
    ann = (f"T1\tQuotation {a} {a + len(words)};{b} {b + len(more)}\t{words} {more}\nT2\tPerson {who} {who + 8}\tIda Lund\nR1\tSpeaker Arg1:T1 Arg2:T2\n"
           f"A1\tStance T1 support\n#1\tIssue T1\tThe new quay\nT3\tStatement 0 5\tother words\nT4\tPlace 1 2\t \n*\tEquiv T1 T2\n")
    z = io.BytesIO()
    with zipfile.ZipFile(z, "w") as archive:
        archive.writestr("corpus/quay.txt", TEXT)
        archive.writestr("corpus/quay.ann", ann)
        archive.writestr("corpus/annotation.conf", "[entities]\n")
    got = twice(db, write(at, "corpus.zip", z.getvalue()), 1)
    say((got["documents"], got["articles"], got["lost"]) == (1, 1, 1), f"brat: {got}")
    say(told(db) == [(f"{words} … {more}", a, "Ida Lund", (("The new quay", "support"),))], f"brat: {told(db)}")


def decide(db):
    """A store in which a person has decided: some statements confirmed, one added in two places, one of them with emoji before it."""
    with made.served(db) as base:
        def post(path, body):
            request = urllib.request.Request(base + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
            return json.loads(urllib.request.urlopen(request).read())
        for s in rows(db, "statements")[:8]: post("/api/v1/decisions", {"action": "confirm", "target": {"type": "statement", "id": s["id"]}})


def check_whole(at):
    """The sample story with decisions, through each format, into an empty store."""
    db = f"{at}/whole.db"
    run("import", "--db", db, os.path.join(HERE, "..", "..", "server", "cli", "sample"))
    decide(db)
    want = told(db)
    say(len(want) == 8, f"decided: {len(want)}")
    sides = [w for w in want if w[3]]
    for name, options, loss in (("qdpx", [], "none"), ("annotations", [], "none"), ("statements", ["--type", "statements"], "none"), ("stances", ["--type", "statements"], "plain")):
        to = f"{at}/from-{name}.db"
        if name != "qdpx":
            run("import", "--db", to, write(at, "articles.json", export(db, "ninjs")))
        data = export(db, name) if name in ("qdpx", "annotations") else export(db, "ndjson" if name == "statements" else "csv", "list=" + name, "flavour=data")
        path = write(at, {"qdpx": "a.qdpx", "annotations": "a.jsonld", "statements": "a.ndjson", "stances": "a.csv"}[name], data)
        got = bring(to, path, *options)
        again = bring(to, path, *options)
        say(again["added"] == 0 and again["lost"] == got["lost"], f"{name}: the second time {again}")
        # Statements without a speaker stay behind; all others are here, with the words and sides they had: a person's, or, where
        # the file says that nobody has decided about them, still the engine's.
        silent = [s for s in rows(db, "statements") if not s["speaker"]]
        have, all_of = told(to, name in ("statements", "stances")), [(" … ".join(c["exact"] for c in s["content"]), s["content"][0]["start"]) for s in rows(db, "statements") if s["speaker"] and (s["positions"] or name != "stances")]
        have = [h for h in have if h[3] or name != "stances"]
        say(sorted(h[:2] for h in have) == sorted(all_of), f"{name}: {len(have)} came, not {len(all_of)}; {sorted(set(all_of) - set(h[:2] for h in have))[:2]} {sorted(set(h[:2] for h in have) - set(all_of))[:2]}")
        missing = set(sides) - set(have)
        say(not missing, f"{name}: sides lost: {sorted(missing)[:3]}")
        if name != "stances": say(got["lost"] == len(silent), f"{name}: {got['lost']} lost, {len(silent)} without a speaker; {got['problems'][:3]}")
        if name == "qdpx":  # as bytes: what came and goes again is what came
            first = export(to, "qdpx")
            bring(to, write(at, "b.qdpx", first))
            strip = lambda data: re.sub(rb'(guid|targetGUID|name)="[^"]*"', b"", zipfile.ZipFile(io.BytesIO(data)).read("project.qde"))
            say(strip(export(to, "qdpx")) == strip(first), "qdpx: other bytes after its own import")


with made.folder() as at:
    check_table(at)
    check_annotations(at)
    check_brat(at)
    check_whole(at)
print(*found[:40], f"{len(found)} faults", sep="\n")
sys.exit(bool(found))
