"""Learns which side a statement takes on an issue from stories annotated by hand (sides.py), and writes model/leaning.txt:

    leaning.py BENCH_SIDES SHARED OUT.txt ANNOTATION.json ... [--cr=C] [--cs=C] [--least=STORIES] [--without=STORY] [--write]

Two logistic regressions over the features of lean_features.c: whether a statement takes a side on the issue at all (on
the features' amounts), and whether it is for or against (on their signs). Everything printed is by leaving one story out; the
table of how often a side is right is made of these, too. Features that fewer than --least stories have are left out."""
import collections, pathlib, subprocess, sys, tempfile

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score

import sides


def read(bench, shared, paths, without=None):
    stories = sides.stories_of(shared, paths)
    ids, lines = sides.run(bench, stories, "--features")
    rows = []
    for l in lines:
        f = l.split("\t")
        if f[0] != "F": continue
        k, s = ids[f[1]]; feats = {}
        for x in f[4:]:
            name, v = x.rsplit(" ", 1); feats[name] = feats.get(name, 0) + float(v)
        side = s["stance"] if s["issue"] == f[2] and s["stance"] in sides.SIDES else None
        st = stories[k]
        rows.append(dict(plain=float(f[3]), story=st.get("story", st["name"]), sub=k, id=f[1], issue=f[2], feats=feats, side=side, speaker=s["speaker"], gold=s["stance"] if s["stance"] in sides.SIDES else None, gold_issue=s["issue"]))
    rows = [x for x in rows if x["story"] != without]
    total = sum(s["stance"] in sides.SIDES and bool(s["issue"]) for _, s in ids.values())
    return rows, total


def tones(bench, words):
    """Weights of a word vector's dimensions for how good or bad the word is, from words/stance.txt."""
    lex = {}
    for l in open(words):
        f = l.rstrip("\n").split("\t")
        if len(f) > 2 and f[1] in "vna" and " " not in f[0]: lex[f[0].split("/")[0]] = f[2][0] == "+"
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as f:
        f.writelines(f"W\t{w}\n" for w in lex); f.flush()
        out = subprocess.run([bench, f.name], stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    rows = [l.split("\t") for l in out]; X = np.array([[float(x) for x in r[2:]] for r in rows]); X /= np.linalg.norm(X, axis=1, keepdims=True); y = [lex[r[1]] for r in rows]
    print(f"tone of {len(y)} words, five-fold: {100 * cross_val_score(LogisticRegression(C=3, fit_intercept=False), X, y, cv=5).mean():.1f}")
    return LogisticRegression(C=3, fit_intercept=False).fit(X, y).coef_[0]


def matrix(rows, names, absolute):
    r, c, v = [], [], []
    for i, x in enumerate(rows):
        for n, w in x["feats"].items():
            if n in names: r.append(i); c.append(names[n]); v.append(abs(w) if absolute else w)
    return csr_matrix((v, (r, c)), shape=(len(rows), len(names)))


def fit(rows, least, cr, cs):
    seen = collections.defaultdict(set)
    for x in rows:
        for n in x["feats"]: seen[n].add(x["story"])
    names = {n: i for i, n in enumerate(sorted(n for n, s in seen.items() if len(s) >= least))}
    R = LogisticRegression(C=cr, max_iter=300, solver="liblinear").fit(matrix(rows, names, True), [x["side"] is not None for x in rows])
    sided = [x for x in rows if x["side"] in ("support", "oppose")]
    S = LogisticRegression(C=cs, max_iter=300, solver="liblinear").fit(matrix(sided, names, False), [x["side"] == "support" for x in sided])
    return names, R, S


def predict(model, rows):
    names, R, S = model
    t = R.decision_function(matrix(rows, names, True)); f = S.decision_function(matrix(rows, names, False))
    for x, a, b in zip(rows, t, f): x["takes"], x["for"] = a, b


def sig(x): return 1 / (1 + np.exp(-x))


def choose(rows, sure=None):
    """The best issue of each statement: how sure its side is, whether it is right. With `sure`, a function from the product of
    the two chances to how often that is right, plain words count as in position.c."""
    best = {}
    for x in rows:
        s = float(sig(x["takes"]) * sig(abs(x["for"]))); f = x["for"]
        if sure:
            s = float(sure(np.array([s]))[0]); p = x["plain"]
            if p and (p > 0) != (f > 0): s, f = abs(p), p
            elif p: s = max(s, abs(p))
        right = x["side"] is not None and (x["side"] == "conditional" or (f > 0) == (x["side"] == "support"))
        if x["id"] not in best or s > best[x["id"]][0]: best[x["id"]] = (s, right, x, f)
    return list(best.values())


def report(out, total, triples=True):
    out = sorted(out, key=lambda o: -o[0]); right = 0; print("  statements  n  P  R")
    for i, o in enumerate(out, 1):
        right += o[1]
        if i in (50, 100, 200, 300, 400, 500, 700, 900, 1200): print(f"  {i:5} {100 * right / i:5.1f} {100 * right / total:5.1f}   sure {o[0]:.2f}")


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]; opt = dict(a[2:].split("=") for a in sys.argv[1:] if a.startswith("--") and "=" in a)
    words = pathlib.Path(__file__).parents[3] / "stance/words/stance.txt"
    if "--tones" in sys.argv: # first, for they are part of the features
        old = [l for l in pathlib.Path(args[2]).read_text().splitlines() if not l.startswith("~")]
        pathlib.Path(args[2]).write_text("\n".join(old + [f"~\t{i}\t{w:.3f}" for i, w in enumerate(tones(args[0], words))]) + "\n"); return
    rows, total = read(args[0], pathlib.Path(args[1]), args[3:], opt.get("without"))
    least, cr, cs = int(opt.get("least", 3)), float(opt.get("cr", 0.05)), float(opt.get("cs", 0.05))
    print(len(rows), "candidates of", len({x["id"] for x in rows}), "statements,", sum(x["side"] is not None for x in rows), "of", total, "sides within reach;", len({x["story"] for x in rows}), "stories")
    for story in sorted({x["story"] for x in rows}):
        predict(fit([x for x in rows if x["story"] != story], least, cr, cs), [x for x in rows if x["story"] == story])
    sided = [x for x in rows if x["side"] in ("support", "oppose")]
    print("side right, issue given: %.1f of %d; support %.1f" % (100 * np.mean([(x["for"] > 0) == (x["side"] == "support") for x in sided]), len(sided), 100 * np.mean([x["side"] == "support" for x in sided])))
    out = choose(rows); report(out, total); s = np.array([o[0] for o in out]); r = np.array([float(o[1]) for o in out])
    logit = lambda x: np.log(x / (1 - x))
    platt = LogisticRegression(C=1e3).fit(logit(s).reshape(-1, 1), r); sure = lambda x: platt.predict_proba(logit(np.clip(x, 0.001, 0.999)).reshape(-1, 1))[:, 1]
    for a, b in ((0, .5), (.5, .6), (.6, .7), (.7, .75), (.75, .8), (.8, .9), (.9, 1)):
        m = (sure(s) >= a) & (sure(s) < b); print(f"  given {a}-{b}: {m.sum()} statements, mean {sure(s[m]).mean() if m.any() else 0:.2f}, right {r[m].mean() if m.any() else 0:.2f}")
    print("with plain words:"); out = choose(rows, sure); report(out, total)
    for t in (0.5, 0.55, 0.6, 0.64, 0.7, 0.75, 0.8):
        m = [o for o in out if o[0] >= t]; f = [o for o in m if o[2]["side"] in ("support", "oppose")]
        print(f"  from {t}: {len(m)} given, right {100 * np.mean([o[1] for o in m]):.1f}; of those on the issue {100 * np.mean([o[1] for o in f]):.1f}; recall {100 * sum(o[1] for o in m) / total:.1f}")
    model = fit(rows, least, cr, cs); names, R, S = model
    for what, M in (("takes", R), ("for", S)):
        w = M.coef_[0]; order = np.argsort(w); inv = {i: n for n, i in names.items()}
        print(what, "least:", ", ".join(f"{inv[i]} {w[i]:.2f}" for i in order[:40])); print("   most:", ", ".join(f"{inv[i]} {w[i]:.2f}" for i in order[::-1][:40]))
    if "--write" in sys.argv: write(args[2], model, sure, s, tones(args[0], words))
    return rows, total


def write(path, model, sure, s, tone):
    names, R, S = model; lines = ["# Made by training/sides/leaning.py: feature, weight for taking a side, weight for being for; then how sure a product of chances is."]
    extra = (R.intercept_[0], S.intercept_[0])
    for n, i in names.items():
        a, b = R.coef_[0][i] + (extra[0] if n == "one" else 0), S.coef_[0][i] + (extra[1] if n == "one" else 0)
        if abs(a) >= 0.005 or abs(b) >= 0.005: lines.append(f"{n}\t{a:.3f}\t{b:.3f}")
    lines += [f"~\t{i}\t{w:.3f}" for i, w in enumerate(tone)]
    last = -1
    for x in np.arange(0.3, 1, 0.02):
        y = float(sure(np.array([x]))[0])
        if y > last + 0.005 and len([l for l in lines if l.startswith("=")]) < 31: lines.append(f"=\t{x:.2f}\t{y:.3f}"); last = y
    pathlib.Path(path).write_text("\n".join(lines) + "\n")


if __name__ == "__main__": main()
