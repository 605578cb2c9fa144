#!/usr/bin/env python3
"""Discourse networks against a second implementation, written from the formulas, on random rows, with all options crossed.

The formulas are those at the head of server/export/network/network.h; here they are summed over dictionaries, one
definition after the other, with no eye for speed. With --whole days and exclusions are crossed as well, else they come in
turns. Prints what differs; exit 1 if anything does.
"""
import collections, csv, datetime, http.client, io, itertools, json, math, os, shutil, subprocess, sys, urllib.parse, xml.etree.ElementTree as ET

import made

FOR, AGAINST = ("support", "conditional"), ("oppose", "denies")
HERE = os.path.dirname(os.path.abspath(__file__))
found, tried = [], 0


def level(row):
    return "for" if row["stance"] in FOR else "against" if row["stance"] in AGAINST else "unclear"


def period(row, unit):
    if unit == "range": return "all"
    if unit == "include": return row["statement"], row["issue"]
    if unit == "document" or not row["day"]: return "article", row["article"]
    day = datetime.date.fromisoformat(row["day"])
    return {"week": day.isocalendar()[:2], "month": (day.year, day.month), "year": day.year}[unit]


def ends(row, nodes):
    """(key, label) of the row's node and of what it is tied to."""
    issue = row["issue_name"], row["issue_name"]  # those of one title are one
    actor = row["actor"], row["actor_name"]
    if nodes == "issues": return issue, actor
    if nodes == "actors": return actor, issue
    if nodes == "organisations": return (row["organisation"], row["organisation_name"]), issue
    return (row["outlet"] and f"outlet-{row['outlet']}", row["outlet"] and f"Outlet {chr(80 - row['outlet'] + 1)}"), issue


def excluded(row, o):
    """As the settings say; speakers also by the organisation behind them."""
    for name, values in (("exclude_actor", {row["actor"], row["organisation"]}), ("exclude_issue", {row["issue"]}), ("exclude_outlet", {str(row["outlet"] or 0)})):
        if o.get(name) and bool(values & set(o[name].split(","))) != (o.get("invert") == "1"): return True
    return False


def labels(nodes):
    """Keys in the order of their labels, with the labels as they are shown."""
    count = collections.Counter(nodes.values())
    order = sorted(nodes, key=lambda k: (nodes[k].encode(), k.encode()))
    return order, [f"{nodes[k]} ({k})" if count[nodes[k]] > 1 else nodes[k] for k in order]


def expected(rows, o):
    """(labels of rows, labels of columns, matrix)"""
    one, q, nodes = o["mode"] == "one", o["qualifier"], o["nodes"]
    rows = [r for r in rows if (o.get("unclear") == "1" or level(r) != "unclear") and ends(r, nodes)[0][0] and ends(r, nodes)[1][0]]
    rows = [r for r in rows if (not o.get("from") or r["day"] >= o["from"]) and (not o.get("to") or r["day"] and r["day"] <= o["to"])]
    every, kept, seen = rows, [], set()
    for r in sorted(rows, key=lambda r: (r["day"], r["statement"], r["issue"])):  # the earliest of its kind stays
        kind = ends(r, nodes), period(r, o["duplicates"]), None if q == "ignore" else level(r)
        if not excluded(r, o) and kind not in seen:
            seen.add(kind)
            kept.append(r)
    X = collections.Counter((ends(r, nodes)[0][0], ends(r, nodes)[1][0], level(r)) for r in kept)
    source = every if o["isolates"] == "1" else kept
    a, a_labels = labels({ends(r, nodes)[0][0]: ends(r, nodes)[0][1] for r in source})
    c, c_labels = labels({ends(r, nodes)[1][0]: ends(r, nodes)[1][1] for r in source})
    K = ("for", "against", "unclear")
    total = lambda i, j: sum(X[i, j, k] for k in K)
    if not one:
        value = {"ignore": total, "subtract": lambda i, j: X[i, j, "for"] - X[i, j, "against"],
                 "combine": lambda i, j: (X[i, j, "for"] > 0) + 2 * (X[i, j, "against"] > 0)}[q]
        share = (lambda i, j: value(i, j) > 0) if q == "combine" else total
        norm = {"no": lambda i, j: 1, "activity": lambda i, j: sum(share(i, m) for m in c), "prominence": lambda i, j: sum(share(m, j) for m in a)}[o["normalise"]]
        return a_labels, c_labels, [[value(i, j) / norm(i, j) if norm(i, j) else 0 for j in c] for i in a]
    like = lambda i, m: sum(X[i, j, k] * X[m, j, k] for j in c for k in K)
    unlike = lambda i, m: sum(X[i, j, k] * X[m, j, l] for j in c for k in K for l in K if k != l)
    value = {"ignore": lambda i, m: sum(total(i, j) * total(m, j) for j in c), "congruence": like, "conflict": unlike,
             "subtract": lambda i, m: like(i, m) - unlike(i, m)}[q]
    said = {i: sum(total(i, j) for j in c) for i in a}
    jaccard = lambda i, m: (sum(X[i, j, k] for j in c for k in K if not X[m, j, k]) + sum(X[m, j, k] for j in c for k in K if not X[i, j, k]) +
                            sum(X[i, j, k] * X[m, j, k] for j in c for k in K if X[i, j, k] and X[m, j, k]))
    norm = {"no": lambda i, m: 1, "average": lambda i, m: (said[i] + said[m]) / 2, "cosine": lambda i, m: said[i] * said[m], "jaccard": jaccard}[o["normalise"]]
    return a_labels, a_labels, [[value(i, m) / norm(i, m) if i != m and norm(i, m) else 0 for m in a] for i in a]


def read_matrix(text):
    table = list(csv.reader(io.StringIO(text)))
    return [r[0] for r in table[1:]], table[0][1:], [[float(v) for v in r[1:]] for r in table[1:]]


def compare(what, got, want):
    global tried
    tried += 1
    if got[0] != want[0] or got[1] != want[1]:
        found.append(f"{what}: labels {got[:2]} instead of {want[:2]}")
        return
    for i, (x, y) in enumerate(zip(got[2], want[2])):
        for j, (u, v) in enumerate(zip(x, y)):
            if not math.isclose(u, v, rel_tol=1e-12, abs_tol=1e-12):
                found.append(f"{what}: {want[0][i]} x {want[1][j]} is {u}, not {v}")
                return


WINDOWS = [{}, {"from": "2024-06-01"}, {"from": "2024-03-01", "to": "2025-05-31"}, {"to": "2025-02-01"}]
EXCLUSIONS = [{}, {"exclude_actor": "actor-1,actor-3"}, {"exclude_issue": "issue-0", "exclude_outlet": "2"}, {"exclude_issue": "issue-1,issue-2,issue-3", "invert": "1"},
              {"exclude_actor": "actor-2,actor-4,actor-5", "invert": "1"}]


def options(crossed):
    """All that can be said, crossed; days and exclusions too (`crossed`), or in turns."""
    windows, excluded = itertools.cycle(WINDOWS), itertools.cycle(EXCLUSIONS)
    units = ["include", "document", "week", "month", "year", "range"]
    two = itertools.product(["two"], ["actors", "organisations", "outlets", "issues"], ["ignore", "subtract", "combine"], ["no", "activity", "prominence"], units, "01")
    one = itertools.product(["one"], ["actors", "organisations", "outlets", "issues"], ["ignore", "subtract", "congruence", "conflict"], ["no", "average", "jaccard", "cosine"], units, "01")
    for values in itertools.chain(two, one):
        o = dict(zip(("mode", "nodes", "qualifier", "normalise", "duplicates", "isolates"), values))
        for more in itertools.product(WINDOWS, EXCLUSIONS) if crossed else [(next(windows), next(excluded))]:
            yield {**o, **more[0], **more[1]}
            if o["qualifier"] == "ignore": yield {**o, **more[0], **more[1], "unclear": "1"}


def check_all(address, db, rows, crossed):
    line = http.client.HTTPConnection(address.removeprefix("http://"))  # one for all: there are thousands
    for n, o in enumerate(options(crossed)):
        query = urllib.parse.urlencode({"format": "matrix", "flavour": "data", **o})
        line.request("GET", "/api/v1/exports?" + query)
        answer = line.getresponse()
        body = answer.read()
        if answer.status != 200:
            found.append(f"{query}: {answer.status} {body[:200]}")
            continue
        want = expected(rows, o)
        compare(query, read_matrix(body.decode()), want)
        if n % (997 if crossed else 97) == 0: check_formats(address, db, o, want)


def square(net, names, edges, one):
    """The matrix that a list of edges says."""
    rows, columns = names
    at = {n: i for i, n in enumerate(rows)}, {n: i for i, n in enumerate(columns)}
    matrix = [[0.0] * len(columns) for _ in rows]
    for a, b, w in edges:
        matrix[at[0][a]][at[1][b]] = w
        if one: matrix[at[1][b]][at[0][a]] = w
    return rows, columns, matrix


def check_formats(address, db, o, want):
    """The same network in every format holds the same matrix; the command line gives the same bytes."""
    texts = {}
    for name in ("matrix", "edges", "graphml", "gexf", "pajek", "dl", "dot", "network"):
        status, body = made.get(address, "/api/v1/exports?" + urllib.parse.urlencode({"format": name, "flavour": "data", **o}))
        texts[name] = body.decode()
        if status != 200: found.append(f"{name} {o}: {status}")
    one, names = o["mode"] == "one", want[:2]
    said = str(o)
    g = ET.fromstring(texts["graphml"])
    ns = {"g": "http://graphml.graphdrawing.org/xmlns"}
    label = {n.get("id"): n.find("g:data[@key='label']", ns).text for n in g.iterfind(".//g:node", ns)}
    compare("graphml " + said, square(g, names, [(label[e.get("source")], label[e.get("target")], float(e.find("g:data[@key='weight']", ns).text)) for e in g.iterfind(".//g:edge", ns)], one), want)
    check_graphml(g, ns, said)
    x = ET.fromstring(texts["gexf"])
    ns = {"x": "http://gexf.net/1.3"}
    label = {n.get("id"): n.get("label") for n in x.iterfind(".//x:node", ns)}
    compare("gexf " + said, square(x, names, [(label[e.get("source")], label[e.get("target")], float(e.find(".//x:attvalue[@for='signed']", ns).get("value"))) for e in x.iterfind(".//x:edge", ns)], one), want)
    check_gexf(x, ns, said)
    table = list(csv.DictReader(io.StringIO(texts["edges"])))
    compare("edges " + said, square(table, names, [(r["source"], r["target"], float(r["weight"])) for r in table], one), want)
    net = json.loads(texts["network"])
    label = {n["id"]: n["label"] for n in net["nodes"]}
    compare("network " + said, square(net, names, [(label[e["from"]], label[e["to"]], e["weight"]) for e in net["edges"]], one), want)
    if not all(e["statements"] for e in net["edges"]): found.append(f"network {said}: an edge without statements")
    for name in ("graphml", "gexf"): check_grammar(name, texts[name], said)
    check_libraries(texts, names, one, want, said)
    check_plain(texts, names, one, want, said)
    compare_with_program(db, o, texts)


def check_grammar(name, text, said):
    """Against what the format's schema allows."""
    if not shutil.which("xmllint"): return
    run = subprocess.run(["xmllint", "--noout", "--relaxng", f"{HERE}/{name}.rng", "-"], input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if run.returncode: found.append(f"{name} {said}: not of its schema: {run.stdout.decode()[:300]}")


def check_libraries(texts, names, one, want, said):
    """What NetworkX makes of both files, where it is installed."""
    networkx = made.library("networkx")
    if not networkx: return
    label = lambda g, n: g.nodes[n]["label"]
    g = networkx.read_graphml(io.BytesIO(texts["graphml"].encode()))
    compare("networkx, graphml " + said, square(g, names, [sort_ends(names, one, label(g, a), label(g, b), d["weight"]) for a, b, d in g.edges(data=True)], one), want)
    x = networkx.read_gexf(io.BytesIO(texts["gexf"].replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft").replace('version="1.3"', 'version="1.2"').encode()))  # it knows 1.2, of which this is a part
    compare("networkx, gexf " + said, square(x, names, [sort_ends(names, one, label(x, a), label(x, b), d["signed"]) for a, b, d in x.edges(data=True)], one), want)


def sort_ends(names, one, a, b, w):
    """An undirected edge with its row first."""
    return (a, b, w) if one or a in names[0] and b in names[1] else (b, a, w)


def check_plain(texts, names, one, want, said):
    quoted = lambda s: s.replace('"', "'")
    lines = texts["pajek"].lstrip("\ufeff").split("\r\n")
    n = int(lines[0].split()[1])
    vertices = [l.split(" ", 1)[1][1:-1] for l in lines[1:n + 1]]
    every = names[0] if one else names[0] + names[1]
    if vertices != [quoted(v) for v in every] or lines[n + 1] != "*Edges": found.append(f"pajek {said}: vertices")
    edges = [(every[int(a) - 1], every[int(b) - 1], float(w)) for a, b, w in (l.split() for l in lines[n + 2:] if l)]
    compare("pajek " + said, square(None, names, edges, one), want)
    head, data = texts["dl"].split("data:\n")
    compare("dl " + said, (*names, [[float(v) for v in l.split()] for l in data.splitlines()]), want)
    if head.count('"\n') != len(names[0]) + (0 if one else len(names[1])): found.append(f"dl {said}: labels")
    if texts["dot"].count(" -- ") != len(edges): found.append(f"dot {said}: edges")


def compare_with_program(db, o, texts):
    for name in ("graphml", "edges"):
        out = subprocess.run([made.PROGRAM, "export", "--db", db, "--format", name, "flavour=data", *(f"{k}={v}" for k, v in o.items())], stdout=subprocess.PIPE, check=True).stdout.decode()
        if out != texts[name]: found.append(f"synoptic export --format {name} {o}: not what the server says")


def check_graphml(root, ns, said):
    """What the schema of GraphML asks: keys declared and used where they belong, ids once, ends that are there."""
    keys = {k.get("id"): k for k in root.iterfind("g:key", ns)}
    nodes = [n.get("id") for n in root.iterfind(".//g:node", ns)]
    ids = nodes + [e.get("id") for e in root.iterfind(".//g:edge", ns)]
    bad = len(set(ids)) != len(ids) or any(e.get(a) not in nodes for e in root.iterfind(".//g:edge", ns) for a in ("source", "target"))
    for kind in ("node", "edge"):
        for d in root.iterfind(f".//g:{kind}/g:data", ns):
            key = keys.get(d.get("key"))
            bad = bad or key is None or key.get("for") != kind
            if key is not None and key.get("attr.type") in ("int", "double"): float(d.text)
    if bad or [c.tag.split("}")[1] for c in root] != ["key"] * len(keys) + ["graph"]: found.append(f"graphml {said}: not of its schema")


def check_gexf(root, ns, said):
    declared = {a.get("id") for a in root.iterfind(".//x:attribute", ns)}
    nodes = [n.get("id") for n in root.iterfind(".//x:node", ns)]
    bad = len(set(nodes)) != len(nodes) or any(v.get("for") not in declared for v in root.iterfind(".//x:attvalue", ns))
    for e in root.iterfind(".//x:edge", ns):
        bad = bad or e.get("source") not in nodes or e.get("target") not in nodes or float(e.get("weight")) < 0
    for n in root.iter():
        if n.get("start"): datetime.date.fromisoformat(n.get("start"))
    if bad: found.append(f"gexf {said}: not of its schema")


def check_refusals(address):
    """Settings that do not go together are refused with a sentence, and so are words that are none."""
    for query in ("mode=two&qualifier=congruence", "mode=one&qualifier=combine", "mode=one&normalise=activity", "mode=two&normalise=jaccard",
                  "mode=three", "nodes=papers", "unclear=1&qualifier=subtract", "from=2025-13-45", "isolates=yes", "nosuch=1"):
        status, body = made.get(address, "/api/v1/exports?format=graphml&" + query)
        if status != 400 or not json.loads(body)["detail"]: found.append(f"{query}: {status}, not 400")


if __name__ == "__main__":
    with made.folder() as at:
        for seed, n in ((1, 400), (2, 60), (3, 0)):
            db = f"{at}/{seed}.db"
            with made.served(db): pass
            rows = made.fill(db, seed, n)
            with made.served(db) as address:
                check_refusals(address)
                check_all(address, db, rows, seed == 2 and "--whole" in sys.argv)
    print(*found[:40], f"{tried} networks compared, {len(found)} faults", sep="\n")
    sys.exit(bool(found))
