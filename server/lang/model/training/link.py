"""Learns how sources and contents find their cue: link.py TRAIN.pickle TRAIN_DIR DEV.pickle DEV_DIR OUT.txt

For every content span the cues around are candidates, for every cue the sources around, and "none"
is one more. A linear score over the features of attribution/link.c (distance, sentences, paragraphs, spans between,
side) is trained by softmax over the candidates. OUT.txt gets the weights in 1/100.
"""
import pathlib, pickle, re, sys

import numpy as np
import torch

from data import read_brat
from train import spans

NEAR, TOKENS = 6, (0, 1, 2, 4, 8, 16, 32)
SIDE = 8 + 4 + 3 + 3 + 3 + 3 + 2  # features of one side
FEATURES = 2 * SIDE + 4


def bucket(d):
    return sum(d > b for b in TOKENS)


def features(span, cue, everything, tokens):
    """Indices of the features that are on for a span and a cue."""
    before = span[1] < cue[1]
    low, high = (span[2], cue[1]) if before else (cue[2], span[1])
    a, b = (span, cue) if before else (cue, span)
    sentences = abs(tokens[b[1]][2] - tokens[a[2] - 1][2])
    paragraphs = abs(tokens[b[1]][3] - tokens[a[2] - 1][3])
    between = [0, 0, 0]
    for s in everything:
        if s[1] >= low and s[2] <= high:
            between[s[0]] += 1
    base = 0 if before else SIDE
    out = [base + bucket(max(0, high - low))]
    out.append(base + 8 + min(3, sentences))
    out.append(base + 12 + min(2, paragraphs))
    for k in range(3):
        out.append(base + 15 + 3 * k + min(2, between[k]))
    out.append(base + 24 + (1 if tokens[span[1]][4] else 0))
    return out


def none_features(span, near, tokens):
    base = 2 * SIDE
    same = any(tokens[c[1]][2] == tokens[span[1]][2] for c in near)  # one in the sentence
    return [base + (1 if same else 0), base + 2 + (1 if tokens[span[1]][4] else 0)]


def candidates(span, cues):
    order = sorted(range(len(cues)), key=lambda i: min(abs(cues[i][1] - span[2]), abs(span[1] - cues[i][2])))
    return [cues[i] for i in order[:NEAR]]


def inside(tokens, s, pieces):
    a, b = tokens[s[1]][0], tokens[s[2] - 1][1]
    return any(x < b and a < y for x, y in pieces)


def examples(rows, folder):
    """(role, features of each candidate, right candidates) for each cue and content span."""
    out = []
    for r in rows:
        if not r["first"]:
            continue
        prefix = re.sub(r"([*?\[])", r"[\1]", r["name"])
        events = read_brat(sorted((folder / "attributions").glob(prefix + "_*.ann"))[0])
        tokens, every = r["tokens"], sorted(spans(r["label"]), key=lambda s: s[1])
        cues, sources = [s for s in every if s[0] == 1], [s for s in every if s[0] == 0]
        for s in every:
            if s[0] == 0:
                continue
            near = candidates(s, sources if s[0] == 1 else cues)
            mine = [e for e in events if inside(tokens, s, e["cue" if s[0] == 1 else "content"])]
            if s[0] == 1:
                right = [any(inside(tokens, c, e["source"]) for e in mine) for c in near]
                on = [features(c, s, every, tokens) for c in near]
            else:
                right = [any(inside(tokens, c, e["cue"]) for e in mine) for c in near]
                on = [features(s, c, every, tokens) for c in near]
            out.append((s[0], on + [none_features(s, near, tokens)], right + [not any(right)]))
    return out


def train(data):
    w = torch.zeros(FEATURES, requires_grad=True)
    X = torch.zeros(len(data), NEAR + 1, FEATURES)
    mask, gold = torch.full((len(data), NEAR + 1), -1e4), torch.zeros(len(data), NEAR + 1)
    for i, (_, f, right) in enumerate(data):
        for j, (on, y) in enumerate(zip(f, right)):
            X[i, j, on], mask[i, j], gold[i, j] = 1, 0, float(y)
    opt = torch.optim.LBFGS([w], max_iter=60)

    def closure():
        opt.zero_grad()
        p = torch.log_softmax(X @ w + mask, 1)
        loss = -torch.logsumexp(p + (gold - 1) * 1e4, 1).mean() + 1e-4 * (w * w).sum()
        loss.backward()
        return loss

    opt.step(closure)
    return w.detach()


def accuracy(data, w):
    hit = 0
    for _, f, right in data:
        scores = [float(sum(w[k] for k in on)) for on in f]
        hit += right[int(np.argmax(scores))]
    return 100 * hit / max(1, len(data))


def main():
    train_rows, dev_rows = pickle.load(open(sys.argv[1], "rb")), pickle.load(open(sys.argv[3], "rb"))
    a = examples(train_rows, pathlib.Path(sys.argv[2]))
    b = examples(dev_rows, pathlib.Path(sys.argv[4]))
    lines = []
    for role, name in ((1, "source of cue"), (2, "cue of content")):
        w = train([x for x in a if x[0] == role])
        print(name, "train %.1f dev %.1f" % (accuracy([x for x in a if x[0] == role], w), accuracy([x for x in b if x[0] == role], w)))
        lines.append(" ".join(str(int(round(100 * float(v)))) for v in w))
    pathlib.Path(sys.argv[5]).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
