#!/usr/bin/env python3
"""Documents - schema.org, ninjs, REFI-QDA, TEI, Markdown, HTML - read again and compared with what the store holds. Prints
what differs; exit 1 if anything does."""
import html.parser, io, json, os, re, shutil, subprocess, sys, tempfile, zipfile, xml.etree.ElementTree as ET

import made

HERE = os.path.dirname(os.path.abspath(made.__file__))
found = []
QDE, TEI, XML = "{urn:QDA-XML:project:1.0}", "{http://www.tei-c.org/ns/1.0}", "{http://www.w3.org/XML/1998/namespace}"


def say(ok, text):
    if not ok: found.append(text)


def export(db, *arguments):
    return subprocess.run([made.PROGRAM, "export", "--db", db, "--format", *arguments], stdout=subprocess.PIPE, check=True).stdout


def rows(db, name, *more):
    return [json.loads(l) for l in export(db, "ndjson", "list=" + name, *more).decode().splitlines()]


def articles(db):
    with made.served(db) as address:
        return [json.loads(made.get(address, f"/api/v1/articles/{a['id']}")[1]) for a in rows(db, "articles")]


def check_schemaorg(db, papers):
    things = json.loads(export(db, "schemaorg"))["@graph"]
    by_id = {t["@id"]: t for t in things}
    say(len(by_id) == len(things), "schemaorg: something stands there twice")
    for a in papers:
        t = by_id.pop(f"urn:synoptic:article:{a['id']}")
        say((t["@type"], t["articleBody"], t["headline"], t.get("url"), t.get("datePublished")) == ("NewsArticle", a["text"], a["title"], a["url"], a["published"]), f"schemaorg: article {a['id']}")
        for s in a["statements"]:
            t = by_id.pop(f"urn:synoptic:statement:{s['id']}")
            indirect = s["kind"] == "indirect"
            who, where = ("author", "appearance") if indirect else ("spokenByCharacter", "isPartOf")
            say(t["@type"] == ("Claim" if indirect else "Quotation") and t["text"] == " … ".join(c["exact"] for c in s["content"]), f"schemaorg: statement {s['id']}")
            say(t[where]["@id"].endswith(f":{s['article']}") and t.get(who, {}).get("@id") == (f"urn:synoptic:actor:{s['speaker']}" if s["speaker"] else None), f"schemaorg: speaker of {s['id']}")
            say(t.get("keywords", []) == [f"{p['stance']}: {p['issue']}" for p in s["positions"]], f"schemaorg: sides of {s['id']}")
            say([x["@id"] for x in t.get("about", [])] == [f"urn:synoptic:issue:{p['issue']}" for p in s["positions"]], f"schemaorg: issues of {s['id']}")
    conflicts = [c for c in rows(db, "conflicts") if c["status"] != "dismissed"]
    for c in conflicts:
        t = by_id.pop(f"urn:synoptic:conflict:{c['id']}")
        say(t["@type"] == "ClaimReview" and [x["text"] for x in t["itemReviewed"]] == [x["exact"] for x in c["spans"]], f"schemaorg: conflict {c['id']}")
    for i in rows(db, "issues"): say(by_id.pop("urn:synoptic:issue:" + i["id"])["name"] == i["title"], f"schemaorg: issue {i['id']}")
    spoken = {s["speaker"] for a in papers for s in a["statements"]} - {None}
    say(spoken <= {k.split(":", 3)[3] for k in by_id}, "schemaorg: speakers")
    say({t["@type"] for t in by_id.values()} <= {"Person", "Organization", "Country", "NewsMediaOrganization"}, "schemaorg: types")


def check_ninjs(db, papers):
    whole = json.loads(export(db, "ninjs"))
    allowed = {"name", "uri", "type", "version", "contentcreated", "versioncreated", "language", "headlines", "bodies", "by", "infosources", "people", "organisations"}
    say(whole["uri"] and whole["type"] == "composite" and whole["standard"]["version"] == "2.1", "ninjs: head")
    items = {i["name"]: i for i in whole["associations"]}
    for a in papers:
        i = items.pop(f"article {a['id']}")
        say(set(i) <= allowed and i["uri"], f"ninjs: members of {a['id']}: {set(i) - allowed}")
        say(i["bodies"] == [{"contenttype": "text/plain", "value": a["text"]}] and i["headlines"] == [{"role": "main", "value": a["title"]}], f"ninjs: text of {a['id']}")
        for t in ("contentcreated", "versioncreated"): say(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", i.get(t, "2025-01-01T00:00:00Z")), f"ninjs: {t} of {a['id']}")
        say(sorted(p["literal"] for p in i["people"] + i["organisations"]) == sorted(x["key"] for x in a["actors"]), f"ninjs: actors of {a['id']}")
    say(not items, "ninjs: more than the articles")


def read_back(db, papers):
    """Articles that leave as ninjs or schema.org come back with the same texts."""
    with tempfile.TemporaryDirectory() as at:
        for name in ("ninjs", "schemaorg"):
            path = f"{at}/{name}.json"
            with open(path, "wb") as f: f.write(export(db, name))
            subprocess.run([made.PROGRAM, "import", "--db", f"{at}/{name}.db", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
            if name == "ninjs": say(export(f"{at}/ninjs.db", "ninjs") == export(db, "ninjs"), "ninjs: other bytes when it leaves again")
            key = lambda a: tuple(map(str, (a["title"], a["outlet"], a["text"], a["url"], (a["published"] or "")[:10])))
            say(sorted(map(key, articles(f"{at}/{name}.db"))) == sorted(map(key, papers)), f"{name}: articles read back: {set(map(key, articles(f'{at}/{name}.db'))) ^ set(map(key, papers))}"[:900])


def check_grammar(document, name):
    if not shutil.which("xmllint"): return print("no xmllint: REFI-QDA is not validated")
    with tempfile.NamedTemporaryFile(suffix=".xml") as f:
        f.write(document)
        f.flush()
        run = subprocess.run(["xmllint", "--noout", "--relaxng", f"{HERE}/refi.rng", f.name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        say(run.returncode == 0, f"{name}: {run.stdout[:300]}")


def check_refi(db, papers):
    data = export(db, "qdpx")
    say(data == export(db, "qdpx"), "qdpx: other bytes the second time")
    z = zipfile.ZipFile(io.BytesIO(data))
    say(z.testzip() is None, "qdpx: archive")
    check_grammar(z.read("project.qde"), "qdpx")
    check_grammar(export(db, "qdc"), "qdc")
    root = ET.fromstring(z.read("project.qde"))
    guids = [e.get("guid") for e in root.iter() if e.get("guid")]
    say(len(guids) == len(set(guids)), "qdpx: a GUID stands there twice")
    say({e.get("targetGUID") for e in root.iter() if e.get("targetGUID")} <= set(guids), "qdpx: a reference leads nowhere")
    speakers, issues = root.find(f"{QDE}CodeBook/{QDE}Codes")
    names = {c.get("guid"): ("speaker", c.get("name")) for c in speakers}
    names |= {c.get("guid"): (i.get("name"), c.get("name")) for i in issues for c in i}
    titles, told = {i["id"]: i["title"] for i in rows(db, "issues")}, {}
    for source in root.iter(QDE + "TextSource"):
        text = z.read("Sources/" + source.get("plainTextPath").removeprefix("internal://")).decode()
        for s in source.iter(QDE + "PlainTextSelection"):
            codes = sorted(names[c.find(QDE + "CodeRef").get("targetGUID")] for c in s.iter(QDE + "Coding"))
            told.setdefault(int(s.get("name").split()[1]), []).append((text[int(s.get("startPosition")):int(s.get("endPosition"))], codes))
    for a in papers:
        for s in a["statements"]:
            codes = sorted([("speaker", s["speaker_name"])] * bool(s["speaker"]) + [(titles[p["issue"]], p["stance"]) for p in s["positions"]])
            say(told.pop(s["id"]) == [(c["exact"], codes) for c in s["content"]], f"qdpx: statement {s['id']}")
    say(not told, "qdpx: more than the statements")


def check_tei(db):
    root = ET.fromstring(export(db, "tei"))
    ids = [e.get(XML + "id") for e in root.iter() if e.get(XML + "id")]
    say(len(ids) == len(set(ids)), "tei: an identifier stands there twice")
    links = [e.get(k)[1:] for e in root.iter() for k in ("wit", "who") if e.get(k)]
    say(set(links) <= set(ids), "tei: a reference leads nowhere")
    apps = {p.get(XML + "id"): p.find(f"{TEI}said/{TEI}app") for p in root.iter(TEI + "p") if p.get(XML + "id")}
    utterances = rows(db, "utterances")
    say(len(apps) == sum(bool(u["statements"]) for u in utterances), "tei: how many")
    for u in utterances:
        if not u["statements"]: continue
        app = apps[f"u{u['id']}"]
        lemma, readings = app.find(TEI + "lem"), app.findall(TEI + "rdg")
        read = {int(e.get(XML + "id")[1:]): "".join(e.itertext()) for e in [lemma, *readings] if e.get(XML + "id")}
        say(read == {s["id"]: " … ".join(c["exact"] for c in s["content"]) for s in u["statements"]}, f"tei: wordings of {u['id']}")
        say(all(len(t) <= len("".join(lemma.itertext())) for t in read.values()), f"tei: lemma of {u['id']}")
        absent = {(int(e.get("wit")[2:]), e.get("cause")) for e in readings if e.get("type") == "absent" and not e.get(XML + "id")}
        say(absent == {(x["article"], x["why"]) for x in u["absent"]}, f"tei: who is silent on {u['id']}")


class Page(html.parser.HTMLParser):
    """Text, and whether everything is closed and nothing is asked of another host."""
    def __init__(self):
        super().__init__()
        self.open, self.text = [], []
    def handle_starttag(self, tag, attributes):
        say(tag not in ("script", "img", "link", "iframe", "object", "form"), f"html: <{tag}>")
        say(all(k != "src" and not k.startswith("on") for k, v in attributes), f"html: attributes of <{tag}>")
        say(all(v.startswith(("http://", "https://")) for k, v in attributes if k == "href"), f"html: {attributes}")
        if tag not in ("meta", "br"): self.open.append(tag)
    def handle_endtag(self, tag): say(self.open.pop() == tag, f"html: </{tag}>")
    def handle_data(self, data): self.text.append(data)


def check_reports(db):
    page = Page()
    page.feed(export(db, "html").decode())
    say(not page.open, f"html: open {page.open}")
    text, flat = "\n".join(page.text), lambda t: re.sub(r"\s+", " ", t)
    marks = re.sub(r"\\(.)", r"\1", export(db, "markdown").decode())
    for where, whole in (("html", flat(text)), ("markdown", flat(marks))):
        for s in rows(db, "stances"):
            # a side counts where there is a position: what a person rejected or nobody said has none
            if s["speaker"] and [p for p in rows_of["positions"] if (p["actor"], p["issue"]) == (s["speaker"], s["issue"])]: say(flat(s["words"]) in whole, f"{where}: words of {s['statement']}")
        for u in rows(db, "utterances"):
            for s in u["statements"]: say(flat(" … ".join(c["exact"] for c in s["content"])) in whole, f"{where}: wording {s['id']}")
        for a in rows(db, "articles"): say(flat(a["title"]) in whole, f"{where}: title of {a['id']}")
        for c in rows(db, "conflicts"): say(c["status"] == "dismissed" or flat(c["note"]) in whole, f"{where}: conflict {c['id']}")


rows_of = {}
with made.folder() as at:
    sample = os.path.join(HERE, "..", "..", "server", "cli", "sample")
    subprocess.run([made.PROGRAM, "import", "--db", f"{at}/real.db", sample], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    with made.served(f"{at}/made.db"): pass
    made.fill(f"{at}/made.db", 7, 300)
    with made.served(f"{at}/empty.db"): pass
    for db in (f"{at}/real.db", f"{at}/made.db", f"{at}/empty.db"):
        papers = articles(db)
        rows_of["positions"] = rows(db, "positions")
        check_schemaorg(db, papers)
        check_ninjs(db, papers)
        check_refi(db, papers)
        check_tei(db)
        check_reports(db)
    read_back(f"{at}/real.db", articles(f"{at}/real.db"))
print(*found[:40], f"{len(found)} faults", sep="\n")
sys.exit(bool(found))
