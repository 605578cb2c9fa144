"""What a user sees of positions on stories annotated by hand, read by the program from text on (sides.py gives it statements):

    positions.py PROGRAM SHARED [ANNOTATION.json ...] [--show] [--only=NAME]

SHARED holds measure/, data/ and corpus/. Per story, then all: positions on the annotated issues (P, R, F1) and on the
program's own (right, shown), counted as measure/story.py does. --show lists both, with what they rest on."""
import json, pathlib, sys

import sides


def measure(shared):
    from importlib.util import spec_from_file_location, module_from_spec
    spec = spec_from_file_location("story", shared / "measure/story.py"); m = module_from_spec(spec); spec.loader.exec_module(m)
    return m


def gold_names(story, shared, paths):
    """{actor: (kind, names)} of a story of sides.stories_of."""
    path = {p.parent.name + "/" + p.stem: p for p in map(pathlib.Path, paths)}.get(story["name"])
    if path: return {x["id"]: (x["kind"], [x["name"], *x["forms"]]) for x in json.loads(path.read_text())["actors"]}
    folder = shared / "corpus/london-talks/gold" if story["name"] == "london" else shared / "data/stories" / story["name"]
    gold = [json.loads(p.read_text("utf-8")) for p in folder.glob("[0-9]*.json")]
    return {x["id"]: (x["kind"], [x["name"], *(m for g in gold for m in g["mentions"].get(x["id"], []))]) for x in json.loads((folder / "actors.json").read_text("utf-8"))}


def score(m, program, story, names, show):
    gold = {p.stem: dict(statements=[s for s in v]) for p, v in story["articles"]}
    files = sorted({f for p, _ in story["articles"] for f in p.parent.glob("*.txt")})
    if not files: return [0] * 9
    def namer(doc):
        actor = {x["key"]: x for x in doc["actors"]}
        def is_actor(key, want):
            if key not in actor or want not in names: return False
            kind, forms = names[want]; have = {m.fold(n) for n in [actor[key]["name"], *actor[key].get("names", [])]}
            return bool(have & {m.fold(f) for f in forms}) and (kind != "unnamed" or actor[key]["kind"] == "unnamed")
        return actor, is_actor
    own = m.compare(program, files); actor, is_actor = namer(own)
    (on, with_positions), (right, shown, met, of) = m.own_issues(own, gold, is_actor)
    given = m.compare(program, files, [dict(id=i, title=t, terms=terms) for i, t, terms in story["issues"]]); g_actor, g_is = namer(given)
    stem = {x["id"]: pathlib.Path(x["file"]).stem for x in given["articles"]}
    at = {s["id"]: stem[s["article"]] for u in given["utterances"] for s in u["statements"]}
    G = {(s["speaker"], s["issue"], s["stance"]) for g in gold.values() for s in g["statements"] if s["issue"] and s["stance"]}
    P = [p for p in given["positions"] if p["stance"] != "neutral" and any(at.get(n) in gold for n in p["statements"])]
    hit = sum(any(g_is(p["actor"], q[0]) and (p["issue"], p["stance"]) == q[1:] for p in P) for q in G)
    if show: listing(own, actor, is_actor, gold, m)
    return [hit, len(P), len(G), right, shown, met, of, on, with_positions]


def listing(doc, actor, is_actor, gold, m):
    """The own issues' positions with what the annotation says of the statements they rest on."""
    stem = {x["id"]: pathlib.Path(x["file"]).stem for x in doc["articles"]}; said = {s["id"]: (stem[s["article"]], s) for u in doc["utterances"] for s in u["statements"]}
    for i in doc["issues"]:
        took = [p for p in doc["positions"] if p["issue"] == i["id"]]
        print(f"  * {i['title']} ({i.get('sort')})  {sum(p['stance'] != 'neutral' for p in took)} of {len(took)}")
        for p in took:
            if p["stance"] == "neutral": continue
            print(f"     {actor[p['actor']]['name']} [{actor[p['actor']]['kind']}] {p['stance']} {p['confidence']:.2f}")
            for n in p["statements"]:
                if n not in said: continue
                a, s = said[n]; text = m.text_of(s["content"])
                best = max(gold.get(a, {"statements": []})["statements"], key=lambda x: m.overlap(x["content"], text), default=None)
                note = f"{best['speaker']} {best['issue']} {best['stance']}" if best and m.overlap(best["content"], text) >= 0.5 else "-"
                print(f"        <{m.text_of(s['cue'])}> {text[:200]}   [{note}]")


def line(n):
    hit, took, gold, right, shown, met, of, on, issues = n; p, r = 100 * hit / max(1, took), 100 * hit / max(1, gold)
    return f"given P {p:5.1f} R {r:5.1f} F1 {2 * p * r / max(1e-9, p + r):5.1f} ({hit} of {gold}, {took} shown)   own P {100 * right / max(1, shown):5.1f} ({right} of {shown} shown; {met} of {of}), {on} of {issues} issues"


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]; only = [a[7:] for a in sys.argv[1:] if a.startswith("--only=")]
    shared = pathlib.Path(args[1]); m = measure(shared); total, five = [0] * 9, [0] * 9; seen = set()
    for st in sides.stories_of(shared, args[2:]):
        if (only and not any(o in st["name"] for o in only)) or st.get("story", st["name"]) in seen: continue
        seen.add(st.get("story", st["name"]))
        n = score(m, args[0], st, gold_names(st, shared, args[2:]), "--show" in sys.argv)
        print(f"{st['name']:24} {line(n)}"); total = [a + b for a, b in zip(total, n)]
        if "/" not in st["name"] and st["name"] != "london": five = [a + b for a, b in zip(five, n)]
    print(f"{'data/stories':24} {line(five)}\n{'all':24} {line(total)}")


if __name__ == "__main__": main()
