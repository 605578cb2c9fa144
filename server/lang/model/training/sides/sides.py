"""Stories annotated by hand (data/stories, the readers' annotations) as statements with issue and side, and the score of
the sides that the program takes of them, statements and issues given:

    sides.py BENCH_SIDES SHARED [ANNOTATION.json ...] [--show] [--only=NAME]

SHARED holds data/ and corpus/. Per story, then all: of the statements with a side, how many the program gives the right
one and how many of those that it gives any are right (P, R); the same for (actor, issue, stance)."""
import json, pathlib, subprocess, sys, tempfile

SIDES = {"support", "oppose", "conditional"}


def gold_story(folder, articles, terms=None):
    """A story in the form of data/stories."""
    titles = json.loads((folder / "issues.json").read_text()); own = folder / "terms.json"
    terms = json.loads(own.read_text()) if own.exists() else terms
    story = {"name": folder.name, "issues": [(i, t, terms[i]) for i, t in titles.items()], "articles": []}
    for p in sorted(folder.glob("[0-9]*.json")):
        story["articles"].append((articles / (p.stem + ".txt"), json.loads(p.read_text())["statements"]))
    return story


def read_story(path, shared):
    """A story as the readers annotated it."""
    g = json.loads(path.read_text()); folder = shared / g["story"]
    files = {}
    for f in sorted(folder.rglob("*.txt")): files.setdefault(f.stem, f)
    by = {}
    for s in g["statements"]: by.setdefault(s["article"], []).append(s)
    arts = []
    for a, v in by.items():
        f = files.get(a) or next((f for k, f in files.items() if k.startswith(a) or k.endswith(a)), None)
        if f: arts.append((f, v))
        else: print("no article", path, a, file=sys.stderr)
    return {"name": path.parent.name + "/" + path.stem, "story": g["story"], "issues": [(i["id"], i["title"], i["terms"]) for i in g["issues"]], "articles": arts}


def find(text, what, near):
    """Start of `what`, the nearest to `near`; -1."""
    if not what: return -1
    best = -1; at = text.find(what)
    while at >= 0:
        if best < 0 or abs(at - near) < abs(best - near): best = at
        at = text.find(what, at + 1)
    return best


def places(text, s, last):
    """Byte spans of source, cue, content; None if the content is not there."""
    c = text.find(s["content"], last)
    if c < 0: c = text.find(s["content"])
    if c < 0: return None
    out = []
    for k in ("source", "cue"):
        at = find(text, s.get(k), c); out.append((at, at + len(s[k])) if at >= 0 else (0, 0))
    out.append((c, c + len(s["content"])))
    cut = lambda n: len(text[:n].encode())
    return [(cut(a), cut(b)) for a, b in out], c


def export(stories, f):
    """Writes the bench's input; {id: (story, statement, text)}."""
    ids = {}
    for k, st in enumerate(stories):
        f.write("I\n")
        for i, t, terms in st["issues"]: f.write(f"I\t{i}\t{t}\t{'|'.join(terms)}\n")
        for n, (path, statements) in enumerate(st["articles"]):
            f.write(f"A\t{path}\n"); text = path.read_text("utf-8"); last = 0
            for m, s in enumerate(statements):
                found = places(text, s, last)
                if not found: continue
                at, last = found; key = f"{k}.{n}.{m}"; ids[key] = (k, s)
                f.write("\t".join(["S", key, *(str(x) for a in at for x in a)]) + "\n")
    return ids


def stories_of(shared, paths):
    out = [gold_story(d, d / "articles") for d in sorted((shared / "data/stories").iterdir()) if (d / "issues.json").exists()]
    from importlib.util import spec_from_file_location, module_from_spec
    spec = spec_from_file_location("story", shared / "measure/story.py"); m = module_from_spec(spec); spec.loader.exec_module(m)
    out.append(gold_story(shared / "corpus/london-talks/gold", shared / "corpus/london-talks", m.TERMS)); out[-1]["name"] = "london"
    return out + [read_story(pathlib.Path(p), shared) for p in paths]


def run(bench, stories, *flags):
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as f:
        ids = export(stories, f); f.flush()
        return ids, subprocess.run([bench, *flags, f.name], stdout=subprocess.PIPE, check=True).stdout.decode().split("\n")


def figures(right, given, gold):
    p, r = 100 * right / max(1, given), 100 * right / max(1, gold)
    return f"P {p:5.1f} R {r:5.1f} F1 {2 * p * r / max(1e-9, p + r):5.1f} ({right} of {gold}, {given} given)"


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]; flags = [a for a in sys.argv[1:] if a.startswith("--")]
    stories = stories_of(pathlib.Path(args[1]), args[2:])
    only = [f[7:] for f in flags if f.startswith("--only=")]
    if only: stories = [s for s in stories if any(o in s["name"] for o in only)]
    ids, lines = run(args[0], stories, *(["--attitudes"] if "--show" in flags else []))
    took, seen = {}, {}
    for l in lines:
        f = l.split("\t")
        if f[0] == "P": took.setdefault(f[1], []).append((f[2], f[3], float(f[4])))
        if f[0] == "T": seen.setdefault(f[1], []).append(" | ".join(f[2:]))
    total = [0] * 6
    for k, st in enumerate(stories):
        n = [0] * 3; triples = [set(), set()]
        for key, (of, s) in ids.items():
            if of != k: continue
            gold = s["stance"] if s["issue"] and s["stance"] in SIDES else None; have = [t for t in took.get(key, []) if t[1] in SIDES]
            n[2] += gold is not None; n[1] += len(have); n[0] += any(t[:2] == (s["issue"], gold) for t in have)
            if gold: triples[0].add((s["speaker"], s["issue"], gold))
            for t in have: triples[1].add((s["speaker"], t[0], t[1]))
            if "--show" in flags:
                mark = "  " if not gold and not have else "ok" if any(t[:2] == (s["issue"], gold) for t in have) else "no" if have else "--"
                print(f"{mark} {s['issue']} {s['stance']} <- {' '.join(f'{a} {b} {c:.2f}' for a, b, c in took.get(key, []))}   {s['speaker']} <{s['cue']}> {s['content']}   [{s.get('basis', '')}]")
                for x in seen.get(key, []): print("      ", x)
        t = len(triples[0] & triples[1]), len(triples[1]), len(triples[0])
        print(f"{st['name']:24} statements {figures(*n)}  positions {figures(*t)}")
        total = [a + b for a, b in zip(total, [*n, *t])]
    print(f"{'all':24} statements {figures(*total[:3])}  positions {figures(*total[3:])}")


if __name__ == "__main__": main()
