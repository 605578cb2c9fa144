#!/usr/bin/env python3
"""Rows, references and annotations against what the store holds: one value a cell, marks for spreadsheets, texts that no
format may break, places that hold the words. Prints what differs; exit 1 if anything does."""
import csv, io, json, os, re, shutil, sqlite3, subprocess, sys, tempfile, zipfile, xml.etree.ElementTree as ET

import made

found = []
LISTS = "statements stances articles outlets actors actor-list utterances issues positions conflicts".split()
AUTHORS = [[], ["Ida Lund"], ["Ida Lund", "Olaf Berg"], ["Ida Lund", "Olaf Berg", "Greta Holm"], ["O'Neill-Smith", "Co"]]


def say(ok, text):
    if not ok: found.append(text)


def export(db, *arguments):
    return subprocess.run([made.PROGRAM, "export", "--db", db, "--format", *arguments], stdout=subprocess.PIPE, check=True).stdout


def ask(db, sql):
    c = sqlite3.connect(db)
    rows = c.execute(sql).fetchall()
    c.close()
    return rows


def check_tables(db):
    for name in LISTS:
        lines = [json.loads(l) for l in export(db, "ndjson", "list=" + name).decode().splitlines()]
        flat = [json.loads(l) for l in export(db, "ndjson", "flavour=flat", "list=" + name).decode().splitlines()]
        table = list(csv.DictReader(io.StringIO(export(db, "csv", "flavour=flat", "list=" + name).decode(), newline="")))
        excel = export(db, "csv", "flavour=excel", "list=" + name)
        say(len(lines) == len(flat) == len(table), f"{name}: {len(lines)}, {len(flat)}, {len(table)} rows")
        say(all(not isinstance(v, (list, dict)) for r in flat for v in r.values()), f"{name}: more than a value in a cell")
        say(all(not re.match(r'[\[{]["{\[]', v or "") for r in table for v in r.values()), f"{name}: JSON in a cell")
        say(excel.startswith(b"\xef\xbb\xbf") and not export(db, "csv", "list=" + name).startswith(b"\xef\xbb\xbf"), f"{name}: mark")
        cells = csv.reader(io.StringIO(excel.decode("utf-8-sig"), newline=""))
        say(not any(re.match(r"[=+@\t\r]|-(?![\d.])", v) for r in cells for v in r), f"{name}: a cell that would be calculated")
        if flat: say(list(flat[0]) == list(table[0]), f"{name}: other columns in NDJSON than in CSV")


def read_workbook(data):
    """{sheet: rows of (text, is it a number)}, by the Office Open XML parts alone."""
    book, ns = zipfile.ZipFile(io.BytesIO(data)), {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    say(book.testzip() is None, "xlsx: archive")
    for part in book.namelist():
        if part.endswith((".xml", ".rels")): ET.fromstring(book.read(part))
    shared = [("".join(t.text or "" for t in s.iter(f"{{{ns['m']}}}t"))) for s in ET.fromstring(book.read("xl/sharedStrings.xml"))] if "xl/sharedStrings.xml" in book.namelist() else []
    sheets = {}
    for i, s in enumerate(ET.fromstring(book.read("xl/workbook.xml")).iterfind(".//m:sheet", ns), 1):
        rows = []
        for r in ET.fromstring(book.read(f"xl/worksheets/sheet{i}.xml")).iterfind(".//m:row", ns):
            row = {}
            for c in r.iterfind("m:c", ns):
                say(c.find("m:f", ns) is None, f"xlsx: a formula in {s.get('name')} {c.get('r')}")
                text = "".join(t.text or "" for t in c.iter(f"{{{ns['m']}}}t")) if c.get("t") == "inlineStr" else (c.findtext("m:v", "", ns))
                if c.get("t") == "s": text = shared[int(text)]
                row[re.match("[A-Z]+", c.get("r"))[0]] = (text, c.get("t") or "n")
            rows.append(row)
        sheets[s.get("name")] = rows
    return sheets


def check_workbook(db):
    if " xlsx," not in subprocess.run([made.PROGRAM, "export", "--help"], stdout=subprocess.PIPE, text=True).stdout: return print("built without libxlsxwriter: no workbooks")
    sheets = read_workbook(export(db, "xlsx"))
    with made.served(db) as address:  # which may write less than the command line
        status, body = made.get(address, "/api/v1/exports?format=xlsx")
        say(status == 200 and read_workbook(body) == sheets, f"xlsx from the server: {status}")
    say(list(sheets) == LISTS, f"xlsx: sheets {list(sheets)}")
    letters = [chr(65 + i) for i in range(26)] + ["A" + chr(65 + i) for i in range(26)]
    for name in LISTS:
        table = list(csv.reader(io.StringIO(export(db, "csv", "flavour=flat", "list=" + name).decode(), newline="")))
        say(len(table) == len(sheets[name]), f"xlsx: {name}: {len(sheets[name])} rows, not {len(table)}")
        for want, got in zip(table, sheets[name]):
            for letter, cell in zip(letters, want):
                text, kind = got.get(letter, ("", ""))
                same = text == cell or text.replace("_x000D_", "\r") == cell or (kind == "b" and cell == ("true" if text == "1" else "false")) or (kind == "n" and text and cell and abs(float(text) - float(cell)) < 1e-4)
                say(same, f"xlsx: {name} {letter}: {text!r} ({kind}) instead of {cell!r}")


def check_libreoffice(db):
    """The workbook opens there, and each sheet has the cells of its table."""
    if not shutil.which("soffice"): return print("no LibreOffice: the workbook is not opened with it")
    with tempfile.TemporaryDirectory() as at:
        with open(f"{at}/a.xlsx", "wb") as f: f.write(export(db, "xlsx"))
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{at}/profile", "--convert-to",
                        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1", "--outdir", at, f"{at}/a.xlsx"],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=200)
        for name in LISTS:
            if not os.path.exists(f"{at}/a-{name}.csv"):
                say(False, f"LibreOffice: no sheet {name}")
                continue
            with open(f"{at}/a-{name}.csv", encoding="utf-8", newline="") as f: got = list(csv.reader(f))
            want = list(csv.reader(io.StringIO(export(db, "csv", "flavour=flat", "list=" + name).decode(), newline="")))
            say(len(got) == len(want), f"LibreOffice: {name}: {len(got)} rows, not {len(want)}")
            for a, b in zip(want, got):
                for x, y in zip(a, b):
                    text = lambda t: re.sub(r"\s+", " ", t.removeprefix("'") if re.match(r"'[=+@-]", t) else t)
                    number = re.fullmatch(r"-?\d+(\.\d+)?", x) and re.fullmatch(r"-?\d+(\.\d+)?", y) and abs(float(x) - float(y)) < 1e-4
                    say(text(x) == text(y) or number or x.lower() == y.lower(), f"LibreOffice: {name}: {y!r}, not {x!r}")


def check_values(db, rows):
    flat = {r["id"]: r for r in map(json.loads, export(db, "ndjson", "flavour=flat").decode().splitlines())}
    for r in rows:
        s = flat[r["statement"]]
        say((s["content"], s["content_start"], s["content_end"]) == (r["words"], r["start"], r["end"]), f"statement {s['id']}: content")
        say(r["issue"] in s["issues"].split("; ") and s["stances"].split("; ")[s["issues"].split("; ").index(r["issue"])] == r["stance"], f"statement {s['id']}: positions")
    stances = list(csv.DictReader(io.StringIO(export(db, "csv", "list=stances", "flavour=data").decode(), newline="")))
    key = lambda r: (int(r["statement"]), r["issue"], r["stance"], r["speaker"] if "speaker" in r else r["actor"] or "", r["organisation"] or "", r["words"])
    say(sorted(map(key, stances)) == sorted(map(key, rows)), "stances are not what is in the store")
    some = list(csv.DictReader(io.StringIO(export(db, "csv", "list=stances", "from=2025-01-01", "stance=support", "issue=issue-1").decode(), newline="")))
    say(len(some) == sum(r["day"] >= "2025-01-01" and r["stance"] == "support" and r["issue"] == "issue-1" for r in rows), "stances with filters")


def read_ris(text):
    """Strictly: every line a tag of two characters, two blanks, a dash and a blank."""
    entries, now = [], None
    for line in text.split("\r\n"):
        if not line: continue
        m = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        if not m: raise ValueError(line)
        if m[1] == "TY": now = {}
        now.setdefault(m[1], []).append(m[2])
        if m[1] == "ER": entries.append(now)
    return entries


def read_bibtex(text):
    """Entries with braces balanced; values with what was escaped put back."""
    entries, at = [], 0
    undo = {r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^"}
    while (at := text.find("@", at)) >= 0:
        kind, key = re.compile(r"@(\w+)\{([^,\s]+)").match(text, at).groups()
        entry, at = {"kind": kind, "key": key}, text.index(key, at) + len(key)
        while text[at] == ",":
            m = re.compile(r",\s*(\w+) = \{").match(text, at)
            start = end = m.end()
            depth = 1
            while depth:
                if text[end] == "\\" and text[end + 1] in "{}%&$#_": end += 1
                elif text[end] in "{}": depth += 1 if text[end] == "{" else -1
                end += 1
            value = text[start:end - 1]
            value = value[1:-1] if value.startswith("{") and value.endswith("}") and m[1] == "title" else value
            entry[m[1]] = re.sub(r"\\textbackslash\{\}|\\textasciitilde\{\}|\\textasciicircum\{\}|\\([{}%&$#_])", lambda e: e[1] or undo[e[0]], value) if m[1] != "url" else value
            at = end
            while text[at].isspace(): at += 1
        if text[at] != "}": raise ValueError(text[at - 40:at + 20])
        entries.append(entry)
    return entries


def check_references(db):
    articles = ask(db, "SELECT a.id, a.title, o.name, a.published, a.url FROM articles a LEFT JOIN outlets o ON o.id = a.outlet ORDER BY a.day DESC, a.id DESC")
    ris, bib, csl = read_ris(export(db, "ris").decode()), read_bibtex(export(db, "bibtex").decode()), json.loads(export(db, "csl"))
    say(len(ris) == len(bib) == len(csl) == len(articles), f"{len(ris)}, {len(bib)}, {len(csl)} references of {len(articles)} articles")
    for (id, title, outlet, day, url), r, b, c in zip(articles, ris, bib, csl):
        line, authors = title.replace("\n", " "), AUTHORS[(id - 1) % len(AUTHORS)]
        say((r["ID"], r["TI"], r.get("AU", []), r.get("T2"), r["UR"]) == ([f"synoptic-{id}"], [line], authors, [outlet] if outlet else None, [url]), f"ris: {r}")
        say(r.get("DA", [""])[0].replace("/", "-") == day and r["TY"] == ["NEWS"], f"ris: day of {id}")
        say((b["key"], b["title"], b.get("author", ""), b.get("journal"), b.get("date", "")) == (f"synoptic-{id}", line, " and ".join(authors), outlet, day), f"bibtex: {b}")
        say(b["url"] == url.replace("{", "%7B").replace("}", "%7D"), f"bibtex: address of {id}")
        say((c["id"], c["title"], [a["literal"] for a in c.get("author", [])], c.get("container-title"), c["URL"]) == (f"synoptic-{id}", title, authors, outlet, url), f"csl: {c}")
        say(c.get("issued", {"date-parts": [[]]})["date-parts"] == [[int(n) for n in day.split("-")] if day else []], f"csl: day of {id}")
    one = read_ris(export(db, "ris", "article=3").decode())
    say([e["ID"] for e in one] == [["synoptic-3"]], "reference of one article")


def check_annotations(db, rows):
    page = json.loads(export(db, "annotations"))
    texts = dict(ask(db, "SELECT a.url, v.text FROM article_versions v JOIN articles a ON a.id = v.article WHERE v.current"))
    say(page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage", "annotations: page")
    say(len(page["items"]) == ask(db, "SELECT count(*) FROM statements WHERE status <> 'rejected'")[0][0], "annotations: how many")
    classes = set()
    for a in page["items"]:
        number = int(a["id"].split(":")[-1])
        classes |= {(number, *b["value"].split(": ", 1)) for b in a["body"] if b["purpose"] == "classifying"}
        for t in a["target"]:
            quote, place = t["selector"]
            say(texts[t["source"]][place["start"]:place["end"]] == quote["exact"], f"annotation {number}: place")
    say(classes == {(r["statement"], r["stance"], r["issue"]) for r in rows}, "annotations: positions")


def check_feeds(db, rows):
    """The newest hundred, newest first; what RFC 4287 and JSON Feed 1.1 ask for; the same in both."""
    ns = {"a": "http://www.w3.org/2005/Atom"}
    feed, news = ET.fromstring(export(db, "atom", "news=statements")), json.loads(export(db, "jsonfeed", "news=statements"))
    entries = feed.findall("a:entry", ns)
    ids = [r[0] for r in ask(db, "SELECT id FROM statements WHERE status <> 'rejected' ORDER BY id DESC LIMIT 100")]
    say([e.findtext("a:id", "", ns) for e in entries] == [f"urn:synoptic:statement:{i}" for i in ids] == [i["id"] for i in news["items"]], "feeds: which entries")
    moment = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    for node in [feed, *entries]:
        say(all(len(node.findall(f"a:{t}", ns)) == 1 for t in ("id", "title", "updated")) and moment.fullmatch(node.findtext("a:updated", "", ns)), f"atom: {node.findtext('a:id', '', ns)}")
    words = dict(ask(db, "SELECT id, words FROM statement_words"))
    for e, item, i in zip(entries, news["items"], ids):
        say(e.findtext("a:author/a:name", "", ns) and e.find("a:link[@rel='alternate']", ns).get("href") == item["url"], f"feeds: link of {i}")
        say(e.findtext("a:content", "", ns) == words[i] == item["content_text"] and e.findtext("a:title", "", ns) == item["title"], f"feeds: words of {i}")
        say([c.get("term") for c in e.findall("a:category", ns)] == item["tags"] and moment.fullmatch(item["date_published"]), f"feeds: tags of {i}")
        say(sorted(item["tags"]) == sorted(f"{r['issue_name']}: {r['stance']}" for r in rows if r["statement"] == i), f"feeds: positions of {i}")
    say(news["version"] == "https://jsonfeed.org/version/1.1" and news["title"], "jsonfeed: head")
    some = json.loads(export(db, "jsonfeed", "news=statements", "issue=issue-1", "outlet=2"))["items"]
    want = sorted({r["statement"] for r in rows if r["issue"] == "issue-1" and r["outlet"] == 2}, reverse=True)
    say([i["id"] for i in some] == [f"urn:synoptic:statement:{i}" for i in want], "feed of an issue and outlet")
    with made.served(db) as address:
        item = json.loads(made.get(address, "/api/v1/exports?format=jsonfeed&story=1&news=statements")[1])["items"][0]
        say(item["url"] == f"{address}/story/1?s={ids[0]}", f"jsonfeed from the server: {item['url']}")


def check_parser(db):
    """Feeds as another program's parser reads them: nothing to complain of, and each member where it belongs."""
    feedparser = made.library("feedparser")
    if not feedparser: return
    for news in ("statements", "changes", "conflicts", "all"):
        read, items = feedparser.parse(export(db, "atom", "news=" + news)), json.loads(export(db, "jsonfeed", "news=" + news))["items"]
        say(not read.bozo and read.version == "atom10" and read.feed.title and read.feed.updated_parsed, f"feedparser: {news}: {read.get('bozo_exception')}")
        say([(e.id, e.link, e.updated) for e in read.entries] == [(i["id"], i["url"], i["date_published"]) for i in items], f"feedparser: {news}: entries")
        say(all(e.updated_parsed and e.title and e.content[0].type == "text/plain" and e.content[0].value.split() == i["content_text"].split() for e, i in zip(read.entries, items)), f"feedparser: {news}: contents")


def check_other_news(db):
    """Changed positions and conflicts: all of them, in both feeds, with what narrows them."""
    ns = {"a": "http://www.w3.org/2005/Atom"}
    items = lambda *more: json.loads(export(db, "jsonfeed", *more))["items"]
    changed = ask(db, "SELECT p.actor, p.issue, x.name, i.title, p.was, p.stance FROM positions p JOIN actors x ON x.key = p.actor JOIN issues i ON i.key = p.issue WHERE p.was <> ''")
    say(changed and sorted(i["title"] for i in items("news=changes")) == sorted(f"{n}, {t}: {w} → {s}" for _, _, n, t, w, s in changed), "changes: which")
    actor = changed[0][0]
    say(len(items("news=changes", "actor=" + actor)) == sum(c[0] == actor for c in changed), "changes of an actor")
    say(len(items("news=changes", "issue=issue-1")) == sum(c[1] == "issue-1" for c in changed), "changes on an issue")
    clashes = dict(ask(db, "SELECT id, note FROM conflicts WHERE status <> 'dismissed'"))
    found_them = {int(i["id"].split(":")[3]): i["content_text"] for i in items("news=conflicts")}
    say(clashes and found_them == clashes, "conflicts: which")
    of = ask(db, "SELECT count(DISTINCT c.id) FROM conflicts c JOIN conflict_spans b ON b.conflict = c.id JOIN articles a ON a.id = b.article WHERE c.status <> 'dismissed' AND a.outlet = 2")[0][0]
    say(len(items("news=conflicts", "outlet=2")) == of, "conflicts of an outlet")
    whole, atom = items(), ET.fromstring(export(db, "atom"))
    say([e.findtext("a:id", "", ns) for e in atom.findall("a:entry", ns)] == [i["id"] for i in whole] and len(set(i["id"] for i in whole)) == len(whole) == 100, "news: all")
    say([i["date_published"] for i in whole] == sorted((i["date_published"] for i in whole), reverse=True), "news: order")


with made.folder() as at:
    db = f"{at}/a.db"
    with made.served(db): pass
    rows = made.fill(db, 11, 300)
    check_tables(db)
    check_values(db, rows)
    check_workbook(db)
    check_libreoffice(db)
    check_references(db)
    check_annotations(db, rows)
    check_feeds(db, rows)
    check_other_news(db)
    check_parser(db)
print(*found[:40], f"{len(found)} faults", sep="\n")
sys.exit(bool(found))
