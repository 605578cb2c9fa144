"""Stories annotated by hand, kept as places in texts that are not here (README.md tells the form):

    annotations.py pack   SHARED FILE.json=READER ...   readings with their words -> STORY.json beside this script
    annotations.py unpack SHARED FOLDER                 STORY.json and SHARED/data -> FOLDER/READER/STORY.json
    annotations.py check  SHARED [FILE.json=READER ...] no run of six words of the texts stands in a STORY.json; unpacked and
                                                        packed again each is the same; and equals the readings given
    annotations.py agree  SHARED                        how far two readers of one story agree

A place is [start, end) in code points of the article's file. Words that stand in no article are the readers' own
and are kept as they are. What unpack writes is what ../sides/sides.py and ../sides/leaning.py read."""
import hashlib, json, pathlib, re, sys, tempfile

HERE = pathlib.Path(__file__).parent
SIDES = ("support", "oppose", "conditional")
SPANS = ("source", "cue", "content", "basis")
PLAIN = ("kind", "via", "channel", "issue", "stance", "utterance")


class Texts:
    """The articles of a story, by code."""
    def __init__(self, shared, story):
        self.of = {p.stem: p.read_text("utf-8") for p in sorted((shared / story).rglob("*.txt"))}

    def sums(self, codes):
        return {c: hashlib.sha256(self.of[c].encode()).hexdigest()[:16] for c in sorted(codes)}


def nearest(text, what, near, least=0, most=None):
    """Start of the occurrence of `what` nearest to `near` within text[least:most]; -1."""
    best, at = -1, text.find(what, least, most)
    while at >= 0:
        if best < 0 or abs(at - near) < abs(best - near): best = at
        at = text.find(what, at + 1, most)
    return best


def words_place(texts, words):
    """[article, start, end] of the first occurrence, a fourth 1 if the reader wrote it small; the words themselves
    if no article has them."""
    for small in (False, True):
        for code, text in texts.of.items():
            at = (text.lower() if small else text).find(words)
            if at >= 0 and words and (not small or text[at:at + len(words)].lower() == words):
                return [code, at, at + len(words)] + [1] * small
    return words


def place_words(texts, p):
    if not isinstance(p, list): return p
    text = texts.of[p[0]][p[1]:p[2]]
    return text.lower() if len(p) > 3 else text


def spans(text, s, last):
    """Places of a statement's words: content behind the one before if it can be, the others in its line, near it."""
    c = text.find(s["content"], last)
    if c < 0: c = text.find(s["content"])
    if c < 0: raise ValueError("no such content: " + s["content"][:60])
    end = c + len(s["content"]); out = {"content": [c, end]}
    line = text.rfind("\n", 0, c) + 1, (text.find("\n", end) + 1 or len(text))
    for k in ("source", "cue", "basis"):
        if not s.get(k): continue
        at = nearest(text, s[k], c, c, end) if k == "basis" else -1
        if at < 0: at = nearest(text, s[k], c, *line)
        if at < 0: at = nearest(text, s[k], c)
        if at < 0: raise ValueError(f"no such {k}: {s[k][:60]}")
        out[k] = [at, at + len(s[k])]
    return out


def pack(shared, g, reader):
    texts = Texts(shared, g["story"]); last = {}; statements = []
    for s in g["statements"]:
        at = spans(texts.of[s["article"]], s, last.get(s["article"], 0)); last[s["article"]] = at["content"][0]
        statements.append({"article": s["article"], "speaker": s["speaker"], **{k: at[k] for k in SPANS if k in at},
                           **{k: s[k] for k in PLAIN if s.get(k) is not None}})
    side = lambda v: [[a, (at := texts.of[a].find(w)), at + len(w)] for a, w in v]
    conflicts = [[c[0], side(c[1]), side(c[2])] for c in g["conflicts"]]
    if any(p[1] < 0 for c in conflicts for v in c[1:] for p in v): raise ValueError("no such words of a conflict")
    used = {s["article"] for s in statements} | {p[0] for c in conflicts for v in c[1:] for p in v}
    actors = [{"id": a["id"], "kind": a["kind"], "of": a.get("of"), "name": words_place(texts, a["name"]),
               "forms": [words_place(texts, f) for f in a["forms"]]} for a in g["actors"]]
    issues = [{"id": i["id"], "title": i["title"], "sort": i["sort"], "terms": [words_place(texts, t) for t in i["terms"]]}
              for i in g["issues"]]
    places = [p for a in actors for p in [a["name"], *a["forms"]]] + [p for i in issues for p in i["terms"]]
    used |= {p[0] for p in places if isinstance(p, list)} | {a for r in g["rewrites"] for a in r}
    return texts.sums(used), {"reader": reader, "actors": actors, "issues": issues, "statements": statements,
                              "conflicts": conflicts, "rewrites": g["rewrites"]}


def unpack(shared, packed, reading):
    texts = Texts(shared, packed["story"])
    for code, was in packed["texts"].items():
        if texts.sums([code])[code] != was: raise ValueError(f"{packed['story']}: {code} is another text")
    cut = lambda code, p: texts.of[code][p[0]:p[1]]
    statements = [{"article": s["article"], "speaker": s["speaker"],
                   **{k: cut(s["article"], s[k]) if k in s else "" if k == "basis" else None for k in SPANS},
                   **{k: s.get(k) for k in PLAIN}} for s in reading["statements"]]
    actors = [{"id": a["id"], "name": place_words(texts, a["name"]), "kind": a["kind"], "of": a["of"],
               "forms": [place_words(texts, f) for f in a["forms"]]} for a in reading["actors"]]
    issues = [{**i, "terms": [place_words(texts, t) for t in i["terms"]]} for i in reading["issues"]]
    conflicts = [[c[0], *([[p[0], cut(p[0], p[1:])] for p in v] for v in c[1:])] for c in reading["conflicts"]]
    return {"story": packed["story"], "actors": actors, "issues": issues, "statements": statements,
            "conflicts": conflicts, "rewrites": reading["rewrites"]}


def name_of(story):
    return pathlib.Path(story).name if "topic" in story else "train-" + pathlib.Path(story).name


def written(packed):
    """JSON with one actor, issue, statement and conflict a line."""
    line = lambda x: json.dumps(x, ensure_ascii=False)
    def reading(r):
        parts = [f'"reader": {r["reader"]}']
        for k in ("actors", "issues", "statements", "conflicts", "rewrites"):
            parts.append(f'"{k}": [' + ",".join("\n    " + line(x) for x in r[k]) + "]")
        return "  {" + ",\n   ".join(parts) + "}"
    return (f'{{"story": {line(packed["story"])},\n "texts": {line(packed["texts"])},\n "readings": [\n'
            + ",\n".join(reading(r) for r in packed["readings"]) + "\n]}\n")


def packed_stories():
    return {p: json.loads(p.read_text("utf-8")) for p in sorted(HERE.glob("*.json"))}


def readings_of(args):
    for a in args:
        path, _, reader = a.rpartition("=")
        yield json.loads(pathlib.Path(path).read_text("utf-8")), int(reader)


def pack_all(shared, args):
    stories = {}
    for g, reader in readings_of(args):
        sums, reading = pack(shared, g, reader)
        p = stories.setdefault(name_of(g["story"]), {"story": g["story"], "texts": {}, "readings": []})
        p["texts"] = dict(sorted({**p["texts"], **sums}.items())); p["readings"].append(reading)
    for name, p in stories.items():
        p["readings"].sort(key=lambda r: r["reader"]); (HERE / (name + ".json")).write_text(written(p), "utf-8")
    print(len(stories), "stories,", sum(len(p["readings"]) for p in stories.values()), "readings")


def unpack_all(shared, folder):
    for path, p in packed_stories().items():
        for r in p["readings"]:
            out = pathlib.Path(folder) / f"reader{r['reader']}" / path.name; out.parent.mkdir(parents=True, exist_ok=True)
            out.write_text(json.dumps(unpack(shared, p, r), ensure_ascii=False, indent=1) + "\n", "utf-8")


def grams(text, n=6):
    w = re.findall(r"\w+", text.lower())
    return {tuple(w[i:i + n]) for i in range(len(w) - n + 1)}


def strings(x):
    if isinstance(x, str): yield x
    elif isinstance(x, dict):
        for k, v in x.items(): yield from strings(v)
    elif isinstance(x, list):
        for v in x: yield from strings(v)


def same(a, b):
    """Equal but for what says the same: a key that is left out and null, an empty basis and none."""
    if isinstance(a, dict) and isinstance(b, dict): return all(same(a.get(k) or None, b.get(k) or None) for k in {*a, *b})
    if isinstance(a, list) and isinstance(b, list): return len(a) == len(b) and all(map(same, a, b))
    return a == b


def check(shared, args):
    bad = 0; unpacked = {}; said = set()
    for path, p in packed_stories().items():
        of = set().union(*(grams(t) for t in Texts(shared, p["story"]).of.values()))
        for s in strings(p):
            if grams(s) & of and s not in said: bad += 1; said.add(s); print("six words of a text:", path.name, s)
        for r in p["readings"]:
            g = unpack(shared, p, r); unpacked[p["story"], r["reader"]] = g
            if pack(shared, g, r["reader"])[1] != r: bad += 1; print("packed again it is another:", path.name, r["reader"])
    for g, reader in readings_of(args):
        if not same(g, unpacked.get((g["story"], reader))): bad += 1; print("not as it was read:", g["story"], reader)
    print(len(unpacked), "readings,", bad, "wrong")
    return bad == 0


def overlap(a, b):
    n = min(a[1], b[1]) - max(a[0], b[0])
    return 2 * max(0, n) / (a[1] - a[0] + b[1] - b[0])


def paired(a, b):
    """Statements of two readings with contents that share half of their characters or more, each met once."""
    pairs = sorted(((overlap(s["content"], t["content"]), i, j) for i, s in enumerate(a) for j, t in enumerate(b)
                    if s["article"] == t["article"] and overlap(s["content"], t["content"]) >= .5), key=lambda x: (-x[0], x[1:]))
    i_met, j_met, out = set(), set(), []
    for _, i, j in pairs:
        if i not in i_met and j not in j_met: i_met.add(i); j_met.add(j); out.append((a[i], b[j]))
    return out


def issues_met(pairs):
    """{issue of the first: issue of the second} that share the most statements, each met once."""
    n = {}
    for s, t in pairs:
        if s.get("issue") and t.get("issue"): n[s["issue"], t["issue"]] = n.get((s["issue"], t["issue"]), 0) + 1
    out = {}
    for (x, y), k in sorted(n.items(), key=lambda e: (-e[1], e[0])):
        if x not in out and y not in out.values() and k > 1: out[x] = y
    return out


def kappa(labels):
    n = len(labels)
    if not n: return float("nan"), float("nan")
    agreed = sum(a == b for a, b in labels) / n
    chance = sum(sum(a == v for a, _ in labels) * sum(b == v for _, b in labels) for v in {x for l in labels for x in l}) / n / n
    return 100 * agreed, (agreed - chance) / (1 - chance) if chance < 1 else float("nan")


def agree(shared, verbose):
    every = [[], [], []]; count = [0, 0, 0]
    row = lambda name, n, sided: print(f"{name:10} both {n[0]} of {n[1]} and {n[2]} ({200 * n[0] / (n[1] + n[2]):.1f} %)" +
        "".join(f"; {what}: {len(v)} pairs" + (f", agree {kappa(v)[0]:.1f} %, kappa {kappa(v)[1]:.2f}" if v else "") for what, v in zip(
            ("both take a side", "on an issue in common", "side or none, on an issue in common"), sided)))
    for path, p in packed_stories().items():
        if len(p["readings"]) < 2: continue
        a, b = (r["statements"] for r in p["readings"][:2]); pairs = paired(a, b); met = issues_met(pairs)
        label = lambda s: s.get("stance") if s.get("stance") in SIDES else "none"
        common = [(s, t) for s, t in pairs if s.get("issue") in met and met[s["issue"]] == t.get("issue")]
        both = lambda v: [(label(s), label(t)) for s, t in v if label(s) != "none" and label(t) != "none"]
        sided = [both(pairs), both(common), [(label(s), label(t)) for s, t in common]]
        n = len(pairs), len(a), len(b); row(path.stem, n, sided)
        titles = [{i["id"]: i["title"] for i in r["issues"]} for r in p["readings"]]
        print(f"{'':10} issues in common {len(met)} of {len(titles[0])} and {len(titles[1])}; same issue on "
              f"{len(common)} of {sum(bool(s.get('issue') and t.get('issue')) for s, t in pairs)} statements where both name one")
        for x, y in met.items():
            mine = [(label(s), label(t)) for s, t in common if s["issue"] == x]
            if verbose: print(f"{'':12}{titles[0][x]} = {titles[1][y]}  {sum(u == v for u, v in mine)} of {len(mine)} alike")
        for i in range(3): every[i] += sided[i]; count[i] += n[i]
    row("all", count, every)


def main():
    if len(sys.argv) < 3: sys.exit(__doc__)
    command, shared, args = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
    if command == "pack": pack_all(shared, args)
    elif command == "unpack": unpack_all(shared, args[0])
    elif command == "check": sys.exit(not check(shared, args))
    elif command == "agree": agree(shared, "-v" in args)
    else: sys.exit(__doc__)


if __name__ == "__main__": main()
