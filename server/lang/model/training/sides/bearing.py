"""Learns how likely a side on an issue that the program itself proposed is right, and writes model/bearing.txt:

    bearing.py BENCH_BEARING SHARED [--write OUT.txt] [--least=MARK] [--c=C] [--show]
    bearing.py BENCH_BEARING SHARED --judge FILE        adds judgements to bearing-judged.txt

bearing-judged.txt holds what a reader judged of sides that might be taken: the story's folder (behind "#" 12 digits of the SHA-256
of the names of its files, parted by "+", where it is some of them), 16 digits of the SHA-256 of the issue's title and what is
said, the side that the statement takes (1, -1, 0 none), and the same of a speaker who is not who speaks there (such sides
count as wrong). --judge FILE: lines "story TAB title TAB words TAB side [TAB wrong speaker]". Sides that nobody judged are left
out. A logistic regression over the features of lean/bearing.c, L2, a story with many sides weighing less; everything printed
is by leaving one story out, and with it those that share a text with it. --show lists what is wrong or lost at the mark."""
import collections, hashlib, pathlib, subprocess, sys

import numpy as np
from sklearn.linear_model import LogisticRegression

HERE = pathlib.Path(__file__).parent; JUDGED = HERE / "bearing-judged.txt"


def digest(*words): return hashlib.sha256("|".join(words).encode()).hexdigest()[:16]


def judged():
    lines = [l.rstrip("\n").split("\t") for l in JUDGED.open()] if JUDGED.exists() else []
    return {(f[0], f[1]): (int(f[2]), f[3] if len(f) > 3 else "") for f in lines if not f[0].startswith("#")}


def files_of(shared, story):
    story, _, some = story.partition("#"); folder = shared / story
    if some:
        names = {hashlib.sha256(p.name.encode()).hexdigest()[:12]: p for p in sorted(folder.rglob("*.txt"))}
        return [names[h] for h in some.split("+")]
    return sorted((folder / "articles").glob("*.txt") if (folder / "articles").exists() else folder.rglob("*.txt"))


def candidates(bench, shared, stories):
    rows = []
    for story in stories:
        out = subprocess.run([bench, *map(str, files_of(shared, story))], stdout=subprocess.PIPE, check=True).stdout.decode()
        for f in (l.split("\t") for l in out.splitlines()):
            feats = dict((x.rsplit(" ", 1)[0], float(x.rsplit(" ", 1)[1])) for x in f[10:] if x)
            rows.append(dict(story=story, title=f[5], sign=int(f[7]), speaker=f[8], words=f[9], feats=feats))
    return rows


def label(rows, judgements):
    known = []
    for x in rows:
        j = judgements.get((x["story"], digest(x["title"], x["words"])))
        if not j: continue
        known.append(dict(x, right=j[0] == x["sign"] and j[1] != digest(x["speaker"])))
    return known


def groups(shared, stories):
    """Stories that share a text, each named by one of them."""
    of = {s: s for s in stories}; first = {}

    def top(s):
        while of[s] != s: s = of[s]
        return s
    for s in stories:
        for f in files_of(shared, s): of[top(s)] = top(first.setdefault(f, s))
    return {s: top(s) for s in stories}


def matrix(rows, names): return np.array([[x["feats"].get(n, 0) for n in names] for x in rows])


def fit(rows, c):
    seen = collections.defaultdict(set); size = collections.Counter(x["story"] for x in rows)
    for x in rows:
        for n in x["feats"]: seen[n].add(x["story"])
    names = sorted(n for n, s in seen.items() if len(s) >= 6); weights = [1 / max(1, size[x["story"]] / 8) ** 0.5 for x in rows]
    return names, LogisticRegression(C=c, max_iter=500).fit(matrix(rows, names), [x["right"] for x in rows], sample_weight=weights)


def report(rows, marks, what):
    print(what)
    for m in marks:
        s = [x for x in rows if x["p"] >= m]; good = sum(x["right"] for x in s)
        print(f"  from {m:.2f}: {len(s)} sides, right {100 * good / max(1, len(s)):.1f} %; mean likelihood {100 * np.mean([x['p'] for x in s] or [0]):.1f}")


def add(path, rows_of):
    had = judged()
    with JUDGED.open("a") as out:
        for l in pathlib.Path(path).open():
            f = l.rstrip("\n").split("\t"); key = (f[0], digest(f[1], f[2]))
            if key not in had: out.write("\t".join([*key, f[3], *([digest(f[4])] if len(f) > 4 and f[4] else [])]) + "\n"); had[key] = 1


def main():
    opt = dict(a[2:].split("=") for a in sys.argv if a.startswith("--") and "=" in a)
    bench, shared = sys.argv[1], pathlib.Path(sys.argv[2])
    if "--judge" in sys.argv: return add(sys.argv[sys.argv.index("--judge") + 1], shared)
    c, least = float(opt.get("c", 0.3)), float(opt.get("least", 0.75)); j = judged()
    stories = sorted({s for s, _ in j}); group = groups(shared, stories); rows = label(candidates(bench, shared, stories), j)
    for x in rows: x["story"] = group[x["story"]]
    rows = list({(x["story"], x["title"], x["words"], x["sign"]): x for x in rows}.values())
    for story in {x["story"] for x in rows}:
        names, model = fit([x for x in rows if x["story"] != story], c); mine = [x for x in rows if x["story"] == story]
        for x, p in zip(mine, model.predict_proba(matrix(mine, names))[:, 1]): x["p"] = p
    print(len(rows), "sides judged,", sum(x["right"] for x in rows), "right;", len({x["story"] for x in rows}), "stories")
    for lo, hi in ((0, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.85), (0.85, 0.9), (0.9, 1)):
        s = [x for x in rows if lo <= x["p"] < hi]
        print(f"  {lo:.2f}-{hi:.2f}: {len(s)} sides, mean likelihood {np.mean([x['p'] for x in s] or [0]):.2f}, right {np.mean([x['right'] for x in s] or [0]):.2f}")
    report(rows, (0, 0.5, 0.6, 0.65, 0.68, 0.7, 0.75, 0.78, 0.8, 0.82, 0.85, 0.9), "by leaving one story out")
    if "--show" in sys.argv:
        for x in sorted(rows, key=lambda x: -x["p"]):
            if (x["p"] >= least) != x["right"]: print(f"  {x['p']:.2f} {'wrong' if x['p'] >= least else 'lost'} {x['sign']:+} {x['story']} | {x['title']} | {x['speaker']} | {x['words'][:160]}")
    names, model = fit(rows, c); lines = ["# Made by training/sides/bearing.py: feature, weight; = the likelihood from which on a side is shown."]
    for n, w in zip(names, model.coef_[0]): lines.append(f"{n}\t{w + (model.intercept_[0] if n == 'one' else 0):.3f}")
    print(*lines, sep="\n")
    if "--write" in sys.argv: pathlib.Path(sys.argv[sys.argv.index("--write") + 1]).write_text("\n".join(lines + [f"=\t{least}"]) + "\n")


if __name__ == "__main__": main()
