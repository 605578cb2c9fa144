"""Fits the confidence of attributions on dev: calibrate.py BENCH_ATTRIBUTE MEASURE_DIR DEV_DIR OUT.txt

Runs bench-attribute on dev, calls an attribution right where
measure/attribution.py's `linked` does, and fits a logistic function of what the model says of cue, least
span and source, of a missing source and of quotation marks. Writes its six weights and prints
the table of the model card, where each half of the articles is judged by the fit on the other.
"""
import json, math, pathlib, subprocess, sys

import numpy as np

sys.path.insert(0, sys.argv[2])
import attribution as A


def log_odds(p):
    return math.log(max(p, 1e-3) / max(1 - p, 1e-3))


def right(statements, gold):
    P = [(A.chars(A.spans_of(s, "content")), A.chars(A.spans_of(s, "source"))) for s in statements]
    ok, used = [0] * len(P), set()
    for g in gold:
        gc, gs = A.chars(g["content"]), A.chars(g["source"])
        for k, (pc, ps) in enumerate(P):
            if k not in used and pc and len(pc & gc) / len(pc | gc) >= 0.5 and ((ps & gs) or (not ps and not gs)):
                used.add(k)
                ok[k] = 1
                break
    return ok


def fit(X, Y):
    w = np.zeros(X.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-X @ w))
        w -= np.linalg.solve((X.T * (p * (1 - p))) @ X + 1e-2 * np.eye(len(w)), X.T @ (p - Y) + 1e-2 * w)
    return w


def main():
    dev = pathlib.Path(sys.argv[3])
    files = sorted((dev / "text").glob("*.txt"))
    run = subprocess.run([sys.argv[1], "raw", "--type", "body", *map(str, files)], stdout=subprocess.PIPE, check=True)
    X, Y, half = [], [], []
    for n, (f, line) in enumerate(zip(files, run.stdout.decode().splitlines())):
        ann = sorted((dev / "attributions").glob(A.glob_escape(f.stem) + "_*.ann"))[0]
        statements = json.loads(line)["statements"]
        for s, y in zip(statements, right(statements, A.read_brat(ann))):
            if s["rule"] != "reader.model":
                continue
            source, cue, least = s["sure"]
            X.append([1, log_odds(cue), log_odds(least), log_odds(source) if source >= 0 else 0, source < 0, s["quoted"]])
            Y.append(y)
            half.append(n % 2)
    if len(set(half)) < 2:
        sys.exit("calibrate.py: the reader finds too little in %s to calibrate on" % dev)
    X, Y, half = np.array(X, float), np.array(Y, float), np.array(half)
    p = np.zeros(len(Y))
    for k in (0, 1):
        p[half == k] = 1 / (1 + np.exp(-X[half == k] @ fit(X[half != k], Y[half != k])))
    for low in np.arange(0, 1, 0.1):
        s = (p >= low) & (p < low + 0.1)
        if s.any():
            print("| %.1f-%.1f | %d | %.2f | %.2f |" % (low, low + 0.1, s.sum(), p[s].mean(), Y[s].mean()))
    np.savetxt(sys.argv[4], fit(X, Y), fmt="%.4f")


if __name__ == "__main__":
    main()
