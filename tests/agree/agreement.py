#!/usr/bin/env python3
"""The figures of agreement and of audits against a second implementation, made from the papers' formulas with nothing but
the standard library, on what the running program was told by two and by three coders; and the draw of a sample again.

usage: agreement.py        with SYNOPTIC (the program) and TESTS_DIR in the environment
"""
import collections, fractions, http.client, itertools, json, math, os, random, subprocess, sys, tempfile

PROGRAM, TESTS = os.environ["SYNOPTIC"], os.environ["TESTS_DIR"]
MASK = 2 ** 64 - 1
wrong = []


def check(what, got, wanted, by=0.00006):
    same = (got is None) == (wanted is None) and (got is None or abs(got - wanted) <= by)
    if not same: wrong.append(f"{what}: {got}, not {wanted}")


# ------------------------------------------------------------------ the formulas, once more

def percent(units):
    pairs = [p for u in units for p in itertools.combinations([c for c in u.values()], 2)]
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else None


def kappa(units):
    """Cohen 1960; the mean over pairs of coders (Light 1971)."""
    found = []
    for a, b in itertools.combinations(sorted({c for u in units for c in u}), 2):
        both = [(u[a], u[b]) for u in units if a in u and b in u]
        if not both: continue
        n = len(both)
        first, second = collections.Counter(x for x, _ in both), collections.Counter(y for _, y in both)
        chance = sum(fractions.Fraction(first[k] * second[k], n * n) for k in first)
        if chance < 1: found.append((fractions.Fraction(sum(x == y for x, y in both), n) - chance) / (1 - chance))
    return float(sum(found) / len(found)) if found else None


def alpha(units):
    """Krippendorff 2011, by the matrix of coincidences."""
    o = collections.Counter()
    for u in units:
        values = list(u.values())
        for i, j in itertools.permutations(range(len(values)), 2):
            o[values[i], values[j]] += fractions.Fraction(1, len(values) - 1)
    n_of = collections.Counter()
    for (a, _), x in o.items(): n_of[a] += x
    n = sum(n_of.values())
    if n <= 1: return None
    expected = sum(n_of[a] * n_of[b] for a, b in itertools.permutations(n_of, 2)) / (n - 1)
    return None if not expected else float(1 - sum(x for (a, b), x in o.items() if a != b) / expected)


def sections(units, length):
    """[(start, length, is a unit)] of a coder: pieces that overlap are one, gaps between and around them."""
    merged = []
    for a, b in sorted(units):
        if merged and a < merged[-1][1]: merged[-1][1] = max(b, merged[-1][1])
        else: merged.append([a, b])
    out, at = [], 0
    for a, b in merged:
        if a > at: out.append((at, a - at, False))
        out.append((a, b - a, True))
        at = b
    if at < length: out.append((at, length - at, False))
    return out


def alpha_u(by_coder, length):
    """Krippendorff 1995, every section against every section."""
    all_of, m, observed = {c: sections(u, length) for c, u in by_coder.items()}, len(by_coder), 0
    for i, j in itertools.permutations(all_of, 2):
        for (b, l, v), (c, k, w) in itertools.product(all_of[i], all_of[j]):
            if v and w and -l < b - c < k: observed += (b - c) ** 2 + (b + l - c - k) ** 2
            elif v and not w and k - l >= b - c >= 0: observed += l * l
            elif w and not v and l - k >= c - b >= 0: observed += k * k
    observed = fractions.Fraction(observed, m * (m - 1) * length ** 2)
    units = [l for s in all_of.values() for _, l, v in s if v]
    gaps = [l for s in all_of.values() for _, l, v in s if not v]
    total = sum(fractions.Fraction(len(units) - 1, 3) * (2 * l ** 3 - 3 * l ** 2 + l) + l * l * sum(g - l + 1 for g in gaps if g >= l) for l in units)
    expected = fractions.Fraction(2, length) * total / (m * length * (m * length - 1) - sum(l * (l - 1) for l in units))
    return float(1 - observed / expected) if expected else None


def wilson(p, n):
    z = 1.959963984540054
    middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0, (middle - half) / (1 + z * z / n)), min(1, (middle + half) / (1 + z * z / n))


def mix(x):
    x = (x + 0x9e3779b97f4a7c15) & MASK
    x = ((x ^ x >> 30) * 0xbf58476d1ce4e5b9) & MASK
    x = ((x ^ x >> 27) * 0x94d049bb133111eb) & MASK
    return x ^ x >> 31


# ---------------------------------------------------------------------------- the program

class Server:
    def __init__(self, db):
        self.p = subprocess.Popen([PROGRAM, "serve", "--db", db, "--port", "0", "--backups", "off"], stdout=subprocess.PIPE, text=True)
        self.c = http.client.HTTPConnection(self.p.stdout.readline().strip().split("//")[1], timeout=60)

    def ask(self, method, path, body=None, wanted=(200, 201)):
        self.c.request(method, "/api/v1/" + path, json.dumps(body) if body is not None else None, {"Content-Type": "application/json"})
        r = self.c.getresponse()
        text = json.loads(r.read())
        if r.status not in wanted: sys.exit(f"{method} {path}: {r.status} {text}")
        return text

    def every(self, path):
        out, cursor = [], ""
        while True:
            page = self.ask("GET", f"{path}{'&' if '?' in path else '?'}limit=200{cursor}")
            out += page["data"]
            if not page["page"]["next"]: return out
            cursor = "&cursor=" + page["page"]["next"]


def code(s, r, coders, statements, issue):
    """Each coder says something of most statements, and adds words that nobody had found."""
    for coder, st in itertools.product(coders, statements):
        what = r.random()
        if what < .1 and coder != coders[0]: continue
        value = None
        if what < .5: action = "confirm"
        elif what < .65: action = "reject"
        else:
            action, at = "edit", st["content"][0]
            value = {"kind": r.choice(("direct", "mixed", "indirect"))}
            if r.random() < .4: value["speaker"] = None
            if r.random() < .6: value.update(issue=issue, stance=r.choice(("support", "oppose")))
            if r.random() < .5: value["content"] = [{"start": at["start"], "end": max(at["start"] + 4, at["end"] - r.randrange(12))}]
        s.ask("POST", "decisions", {"action": action, "target": {"type": "coding", "id": st["id"]}, "by": coder, **({"value": value} if value else {})})
    s.ask("POST", "decisions", {"action": "add", "target": {"type": "coding", "id": statements[0]["id"]}, "by": coders[1],
                                "value": {"article": statements[0]["article"], "kind": "indirect", "content": [{"start": 2, "end": 19}]}})


def field_units(codings, field, drawn):
    units = collections.defaultdict(dict)
    for c in codings:
        if c["statement"] not in drawn: continue
        yes = c["verdict"] != "rejected"
        if field == "statement": units[c["statement"]][c["coder"]] = yes
        elif not yes: continue
        elif field == "issue": units[c["statement"]][c["coder"]] = tuple(sorted(p["issue"] for p in c["coding"]["positions"]))
        elif field == "words": units[c["statement"]][c["coder"]] = tuple((x["start"], x["end"]) for x in c["coding"]["content"])
        elif field == "stance":
            for p in c["coding"]["positions"]: units[c["statement"], p["issue"]][c["coder"]] = p["stance"]
        else: units[c["statement"]][c["coder"]] = c["coding"][field] or ""
    return [u for u in units.values() if len(u) > 1]


def check_agreement(s, sample, coders):
    got = s.ask("GET", f"samples/{sample}/agreement?coders={','.join(coders)}")
    codings = [c for c in s.every(f"codings?sample={sample}") if c["coder"] in coders]
    drawn = {x["id"] for x in s.every(f"samples/{sample}/statements")}
    for f in got["fields"]:
        units, name = field_units(codings, f["field"], drawn), f"{len(coders)} coders, {f['field']}"
        check(name + ": units", f["units"], len(units))
        for figure in (percent, kappa, alpha): check(f"{name}: {figure.__name__}", f[figure.__name__], figure(units))
    coded = collections.defaultdict(set)
    for c in codings: coded[c["article"]].add(c["coder"])
    at, marked = 0, {c: [] for c in sorted(coders)}
    for article in sorted(a for a in coded if len(coded[a]) > 1):
        for c in codings:
            if c["article"] == article and c["verdict"] != "rejected":
                marked[c["coder"]] += [(at + x["start"], at + x["end"]) for x in c["coding"]["content"]]
        at += len(s.ask("GET", f"articles/{article}")["text"])
    check("length", got["units"]["length"], at)
    check(f"{len(coders)} coders, alpha-u", got["units"]["alpha_u"], alpha_u(marked, at))


def check_draw(s, statements):
    for seed, size in ((1, 5), (2, 5), (99, 8)):
        sample = s.ask("POST", "samples", {"purpose": "coding", "seed": seed, "size": size})
        wanted = sorted((x["id"] for x in statements), key=lambda i: mix(mix(seed) ^ i))[:size]
        if [x["id"] for x in s.every(f"samples/{sample['id']}/statements")] != wanted: wrong.append(f"seed {seed} draws others")


def check_audit(s, r):
    sample = s.ask("POST", "samples", {"purpose": "audit", "seed": 4, "size": 9, "strata": "kind"})
    drawn = s.every(f"samples/{sample['id']}/statements")
    right = {}
    for x in drawn[:-1]:
        right[x["id"]] = r.random() < .6
        s.ask("POST", "decisions", {"action": "confirm" if right[x["id"]] else "reject", "target": {"type": "statement", "id": x["id"]}, "by": "Ana"})
    got, population = s.ask("GET", f"samples/{sample['id']}/precision"), {x["stratum"]: x["population"] for x in sample["of_strata"]}
    judged = collections.Counter(x["stratum"] for x in drawn if x["id"] in right)

    def share(rows):
        w = {x["id"]: population[x["stratum"]] / judged[x["stratum"]] for x in rows}
        p = sum(w[i] for i in w if right[i]) / sum(w.values())
        return (p, *wilson(p, sum(w.values()) ** 2 / sum(x * x for x in w.values())))
    done = [x for x in drawn if x["id"] in right]
    for name, g, rows in [("all", got["right"], done)] + [(g["value"], g["right"], [x for x in done if x["kind"] == g["value"]]) for g in got["groups"] if g["by"] == "kind"]:
        for figure, wanted in zip(("share", "low", "high"), share(rows)): check(f"audit, {name}: {figure}", g[figure], wanted)
    check("audit: judged", got["judged"], len(done))
    s.c.request("GET", "/api/v1/exports?format=csv&story=1")
    r = s.c.getresponse()
    r.read()
    shown = s.every("statements")
    looked = f"{sum(x['status'] != 'proposed' for x in shown)} of {len(shown)}"
    if r.getheader("Synoptic-Reviewed") != looked: wrong.append(f"the export says {r.getheader('Synoptic-Reviewed')}, not {looked}")


def main():
    # What the papers print: Krippendorff 2011 B and C, 2004 chapter 11.
    table = ["12332141 2...", "1233224125.3", ".33323422 51.".replace(" ", ""), "1233244125 1.".replace(" ", "")]
    rows = [r.replace(" ", "") for r in table]
    units = [{c: rows[c][u] for c in range(4) if rows[c][u] != "."} for u in range(12)]
    check("Krippendorff 2011 C", alpha([u for u in units if len(u) > 1]), 0.743, 0.0005)
    check("Krippendorff 2004", alpha_u({0: [(75, 145), (220, 250)], 1: [(70, 150), (205, 225), (250, 270)]}, 300), 0.7286, 0.0005)
    r = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        db = folder + "/s.db"
        subprocess.run([PROGRAM, "import", "--db", db, TESTS + "/data/harbour"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        s = Server(db)
        try:
            statements = s.every("statements")
            issue = s.ask("POST", "issues", {"title": "A new pay offer", "terms": ["pay offer"], "story": 1})["target"]["id"]
            statements = s.every("statements")
            check_draw(s, statements)
            sample = s.ask("POST", "samples", {"purpose": "coding", "story": 1, "seed": 1})["id"]
            code(s, r, ["Ana", "Bo", "Cy"], statements, issue)
            check_agreement(s, sample, ["Ana", "Bo"])
            check_agreement(s, sample, ["Ana", "Bo", "Cy"])
            check_audit(s, r)
        finally:
            s.p.terminate()
            s.p.wait()
    print("\n".join(wrong) or "the figures are those of the papers")
    return 1 if wrong else 0


sys.exit(main())
