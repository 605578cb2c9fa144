#!/usr/bin/env python3
"""Learns server/compare/words/join.txt: how much each thing that joins.c prints speaks for two statements' being one
saying;
with --acts words/act.txt: what speaks for their being parts of one act; with --merges words/merge.txt: for two groups'
becoming one. Which merges are weighed depends on those that were made before, by the weights that are built in: learn,
build and learn again.

    joins.py PROGRAM BENCH_JOINS STORY... [--acts | --merges] [--write FILE]

A STORY is a folder as data/stories has it (ID.json beside articles/), or an annotation NAME.json of more stories with
"story", the folder of its articles below --shared. Statements of PROGRAM are matched with annotated ones as measure/story.py
does; a pair of matched ones is one saying if both have the same utterance. Prints precision and recall of the pairs at some
thresholds, each story judged by weights learnt on the others, then learns from all.
"""
import argparse, json, math, pathlib, re, subprocess, sys

NAMES = """bias acts-for unknown others persons dice contained shared quote quote-whole quote-in-both quotes-apart one-quotes same-article same-listener
other-listener same-day other-day same-channel other-channel alone few short numbers negation sense""".split()
MERGES = """bias best unlike quoted within others acts-for mean least mean-all single size shared twin alone best-alone gap no-gap
siblings document anywhere both-quote quotes""".split()
ACTS = "bias like likely anywhere block near many channel same-channel few quotes indirect".split()


def words(s): return set(re.findall(r"\w+", s.lower()))
def text_of(spans): return " ".join(x["exact"] for x in spans or [])
def overlap(a, b): a, b = words(a), words(b); return len(a & b) / max(1, len(a | b))


def load(path, shared):
    """Files of the story, and for each file's stem the annotated statements."""
    path = pathlib.Path(path)
    if path.is_dir():
        files = sorted((path / "articles").glob("*.txt")) if (path / "articles").is_dir() else sorted(path.parent.glob("*.txt"))
        return files, {p.stem: json.loads(p.read_text("utf-8"))["statements"] for p in path.glob("[0-9]*.json")}
    d = json.loads(path.read_text("utf-8")); files = sorted((pathlib.Path(shared) / d["story"]).glob("*.txt")); gold = {f.stem: [] for f in files}
    for s in d["statements"]: gold.setdefault(s["article"], []).append(s)
    return files, gold


def pairs_of(program, bench, path, shared, kind):
    files, gold = load(path, shared)
    printed = subprocess.run([program, "compare", "--type", "text", *map(str, files)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    if not printed: return [], 0            # none of its texts can be read
    doc = json.loads(printed)
    art = {x["id"]: pathlib.Path(x["file"]).stem for x in doc["articles"]}; said = {}
    for u in doc["utterances"]:
        for s in u["statements"]: said.setdefault(art[s["article"]], []).append(s)
    label = {}
    for i, statements in gold.items():
        P = list(said.get(i, []))
        for s in statements:
            best = max(P, key=lambda p: overlap(text_of(p["content"]), s["content"]), default=None)
            if best is None or overlap(text_of(best["content"]), s["content"]) < 0.5: continue
            P.remove(best); label[best["id"]] = (i, s.get("utterance"))
    out = []
    same = lambda a, b: bool(label[a][1] and label[a][1] == label[b][1])
    for line in subprocess.run([bench, *map(str, files)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.splitlines():
        what, a, b, *f = line.split(); a, b = ([int(i) for i in x.split(",") if int(i) in label] for x in (a, b))
        pairs = [(x, y) for x in a for y in b]
        if what == kind and pairs: out.append((list(map(float, f)), 2 * sum(same(*p) for p in pairs) >= len(pairs), kind == "merge" or label[a[0]][0] != label[b[0]][0]))
    n = sum(1 for a in label for b in label if a < b and label[a][0] != label[b][0] and same(a, b)) if kind != "merge" else sum(y for _, y, _ in out)
    return out, n


def learn(stories, weigh, l2=1.0):
    """Newton's method for logistic regression; each story's pairs count together as `weigh` of it says."""
    rows = [(x, y, w) for s, w in zip(stories, weigh) for x, y, _ in s]; k = len(rows[0][0]); beta = [0.0] * k
    for _ in range(25):
        g = [-l2 * b for b in beta]; g[0] = -0.01 * beta[0]; H = [[(l2 if i else 0.01) if i == j else 0.0 for j in range(k)] for i in range(k)]
        for x, y, w in rows:
            p = score(beta, x)
            on = [(i, v) for i, v in enumerate(x) if v]
            for i, v in on:
                g[i] += w * (y - p) * v; q = w * p * (1 - p) * v; row = H[i]
                for j, u in on: row[j] += q * u
        step = solve(H, g); beta = [b + d for b, d in zip(beta, step)]
        if max(map(abs, step)) < 1e-5: break
    return beta


def score(beta, x): return 1 / (1 + math.exp(-max(-30, min(30, sum(b * v for b, v in zip(beta, x))))))


def solve(H, g):
    n = len(g); M = [row[:] + [v] for row, v in zip(H, g)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(M[r][i])); M[i], M[p] = M[p], M[i]
        for r in range(n):
            if r != i and M[r][i]:
                f = M[r][i] / M[i][i]
                for c in range(i, n + 1): M[r][c] -= f * M[i][c]
    return [M[i][n] / M[i][i] for i in range(n)]


def main():
    ap = argparse.ArgumentParser(); ap.add_argument("program"); ap.add_argument("bench"); ap.add_argument("stories", nargs="+")
    ap.add_argument("--shared", default="."); ap.add_argument("--write"); ap.add_argument("--acts", action="store_true"); ap.add_argument("--merges", action="store_true"); a = ap.parse_args()
    kind, names = ("merge", MERGES) if a.merges else ("act", ACTS) if a.acts else ("join", NAMES)
    data = [pairs_of(a.program, a.bench, s, a.shared, kind) for s in a.stories]; sets = [d[0] for d in data]
    # a story with many pairs of one saying is told by one speaker: its pairs are not independent
    weigh = [min(1, 40 / max(1, sum(y for _, y, _ in s))) for s in sets]
    scored = []
    for i, (s, n) in enumerate(data):
        beta = learn(sets[:i] + sets[i + 1:], weigh[:i] + weigh[i + 1:])
        scored.append([(score(beta, x), y) for x, y, across in s if across])
        hit = [y for p, y in scored[-1] if p >= 0.5]
        print(f"{pathlib.Path(a.stories[i]).stem:14} {len(s)} pairs; at 0.5: {sum(hit)} right of {len(hit)}, {sum(y for _, y in scored[-1])} among candidates, {n} in all")
    for t in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        hit = [y for s in scored for p, y in s if p >= t]; n = sum(d[1] for d in data)
        print(f"from {t}: P {100 * sum(hit) / max(1, len(hit)):.1f} R {100 * sum(hit) / max(1, n):.1f}  ({sum(hit)} of {n}, {len(hit)} found)")
    beta = learn(sets, weigh)
    for n, b in zip(names, beta): print(f"{n:15} {b:7.2f}   in {sum(1 for s in sets for x, *_ in s if x[names.index(n)])}")
    if a.write:
        head = [l for l in pathlib.Path(a.write).read_text("utf-8").splitlines() if l.startswith("#")]
        pathlib.Path(a.write).write_text("\n".join(head + [f"{n}\t{round(1000 * b)}" for n, b in zip(names, beta)]) + "\n", "utf-8")


if __name__ == "__main__": main()
