"""Trains the stance network: stance_train.py READER.bin TRAIN DEV SILVER.pickle TEXTS OUT.pt [--key=value ...]

TRAIN and DEV: bench-stances --pairs of DSE; TEXTS: bench-stances of other articles, SILVER.pickle: data.py's; --silver=DEV.pickle asks for the accuracy on that.
The recurrent layer first learns silver part of speech, entity type, dependency label, direction and
distance of the head, and the reader's labels; then pairs as well. --teach=OUT.npz also writes what
the network says of the pairs of TRAIN and of some pairs of TEXTS; --teacher=A.npz[,B.npz] learns
from the mean of these (Hinton et al. 2015): --mix of it for TRAIN, all of it for TEXTS.
"""
import math, pickle, random, sys, time
from collections import Counter

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from net import Layer
from reader_file import Types
from stance_data import DISTANCES, SAYERS, distances, read, sayers
from train import options

OPT = dict(H=64, D=64, hidden=64, epochs=6, pre=6, drop=0.3, seed=1, rate=2e-3, aux=0.5, tokens=1500, teach="", teacher="",
           mix=0.5, pairs=4, silver="")
FLAGS, FLAG_DIMS, SCALE = 64, 16, 20  # SCALE: what codes are divided by
AUX = 5


class Net(nn.Module):
    def __init__(self, n_in, aux, opt):
        super().__init__()
        H, D = opt["H"], opt["D"]
        self.flag, self.layer = nn.Embedding(FLAGS, FLAG_DIMS), Layer(n_in + FLAG_DIMS, H)
        self.narrow, self.word = nn.Linear(2 * H, D), nn.Linear(n_in, D, bias=False)
        self.first, self.second, self.sayer = nn.Embedding(DISTANCES, D), nn.Embedding(DISTANCES, D), nn.Embedding(SAYERS, D)
        for e in (self.first, self.second, self.sayer):
            nn.init.normal_(e.weight, std=0.3)
        self.attention = nn.Linear(D, 1, bias=False)
        self.hide, self.out = nn.Linear(4 * D, opt["hidden"]), nn.Linear(opt["hidden"], 6)
        self.aux = nn.ModuleList(nn.Linear(2 * H, k) for k in aux)
        self.drop, self.drop_pair = nn.Dropout(opt["drop"]), nn.Dropout(0.3)

    def encode(self, batch, codes):
        T, B = batch[0].n, len(batch)  # longest first
        word, flag = np.zeros((T, B), np.int64), np.zeros((T, B), np.int64)
        lengths = np.array([s.n for s in batch])
        for b, s in enumerate(batch):
            word[:s.n, b], flag[:s.n, b] = s.words, s.flags
        x = codes[torch.from_numpy(word)]
        alive = np.array([(lengths > t).sum() for t in range(T)], np.int32)
        return self.layer(self.drop(torch.cat([x, self.flag(torch.from_numpy(flag))], -1)), alive), x

    def score(self, batch, pairs, codes):
        """Logits of the pairs (index into batch, earlier place, later place): [pair][there, back][nothing, for, against]."""
        h, x = self.encode(batch, codes)
        v = self.narrow(self.drop(h)) + self.word(self.drop(x))
        T, N = h.shape[0], len(pairs)
        a, b, who = (np.zeros((T, N), np.int64) for _ in range(3))
        alive, in_a, in_b = (np.zeros((T, N, 1), np.float32) for _ in range(3))
        for i, (k, first, second) in enumerate(pairs):
            s = batch[k]
            p, q = s.places[first], s.places[second]
            a[:s.n, i], b[:s.n, i], who[:s.n, i] = distances(s.n, p), distances(s.n, q), sayers(s.says, p[2], q[2])
            alive[:s.n, i], in_a[p[0]:p[1], i], in_b[q[0]:q[1], i] = 1, 1 / (p[1] - p[0]), 1 / (q[1] - q[0])
        t = torch.from_numpy
        alive = t(alive)
        z = torch.relu(v[:, [k for k, _, _ in pairs]] + self.first(t(a)) + self.second(t(b)) + self.sayer(t(who))) * alive
        weight = torch.softmax(self.attention(z) + (alive - 1) * 1e4, 0)
        pair = torch.cat([z.max(0)[0], (weight * z).sum(0), (z * t(in_a)).sum(0), (z * t(in_b)).sum(0)], -1)
        return self.out(self.drop_pair(torch.relu(self.hide(self.drop_pair(pair))))).view(-1, 2, 3)

    def silver_loss(self, batch, codes):
        h = self.drop(self.encode(batch, codes)[0])
        gold = np.full((h.shape[0], len(batch), AUX), -100, np.int64)
        for b, s in enumerate(batch):
            gold[:s.n, b] = s.gold
        gold = torch.from_numpy(gold)
        return sum(F.cross_entropy(head(h).flatten(0, 1), gold[..., k].flatten(), ignore_index=-100)
                   for k, head in enumerate(self.aux)) / AUX


class Plain:
    """A sentence of the silver articles."""


def silver(path, types, classes=None, longest=120):
    """Sentences with their silver tags, and the classes of these: those given, or the commonest."""
    rows = [r for r in pickle.load(open(path, "rb")) if r["first"]]
    classes = classes or [{v: i for i, (v, _) in enumerate(Counter(s[k] for r in rows for s in r["silver"] if s).most_common(50))}
                          for k in range(4)]
    out = []
    for r in rows:
        t, end = r["tokens"], 0
        while end < len(t):
            first = end
            while end < len(t) and t[end][2] == t[first][2] and end - first < longest:
                end += 1
            s = Plain()
            s.n, s.words, s.flags = end - first, np.array([types.of(x[5]) for x in t[first:end]]), np.array([x[4] for x in t[first:end]])
            known = [[-100] * 4 if x is None else [classes[k].get(x[k], -100) for k in range(4)] for x in r["silver"][first:end]]
            s.gold = np.array([k + [l] for k, l in zip(known, r["label"][first:end])])
            out.append(s)
    return out, classes


def batches(sentences, size, rng=None):
    order = list(sentences)
    order.sort(key=lambda s: -s.n - (rng.random() * 10 if rng else 0))
    out, cur, longest = [], [], 0
    for s in order:
        if cur and max(longest, s.n) * (len(cur) + 1) > size:
            out.append(cur)
            cur, longest = [], 0
        cur.append(s)
        longest = max(longest, s.n)
    out.append(cur)
    for b in out:
        b.sort(key=lambda s: -s.n)
    if rng:
        rng.shuffle(out)
    return out


def predict(net, sentences, codes):
    """Probabilities of each sentence's pairs."""
    net.eval()
    out = {}
    with torch.no_grad():
        for batch in batches(sentences, 4000):
            pairs = [(k, p[0], p[1]) for k, s in enumerate(batch) for p in s.pairs]
            q, at = torch.softmax(net.score(batch, pairs, codes), 2).numpy(), 0
            for s in batch:
                out[id(s)], at = q[at:at + len(s.pairs)], at + len(s.pairs)
    net.train()
    return [out[id(s)] for s in sentences]


def evaluate(net, sentences, codes):
    """Precision, recall, F1 of (subject, polarity, object), the likeliest of three."""
    hit = given = gold = 0
    for s, q in zip(sentences, predict(net, sentences, codes)):
        for p, found in zip(s.pairs, q.argmax(2)):
            for label, best in zip(p[2], found):
                hit, given, gold = hit + (best > 0 and best == label), given + (best > 0), gold + (label > 0)
    return 100 * hit / max(1, given), 100 * hit / gold, 200 * hit / max(1, given + gold)


def print_silver(net, sentences, codes):
    """How often each auxiliary head is right, of a hundred tokens."""
    net.eval()
    right, all_ = np.zeros(AUX), np.zeros(AUX)
    with torch.no_grad():
        for batch in batches(sentences, 4000):
            h = net.encode(batch, codes)[0]
            for k, head in enumerate(net.aux):
                best = head(h).argmax(-1).numpy()
                for b, s in enumerate(batch):
                    known = s.gold[:, k] >= 0
                    right[k] += (best[:s.n, b] == s.gold[:, k])[known].sum()
                    all_[k] += known.sum()
    net.train()
    for name, x in zip(("part of speech", "entity type", "dependency label", "way to the head", "reader's label"), 100 * right / all_):
        print(f"{name} {x:.1f}")


def print_calibration(net, sentences, codes):
    """Of the likelier polarity given so much: how many, the mean given, how many are right."""
    bins = [[0, 0, 0.0] for _ in range(10)]
    for s, q in zip(sentences, predict(net, sentences, codes)):
        for p, found in zip(s.pairs, q):
            for label, v in zip(p[2], found):
                best = 1 + int(v[2] > v[1])
                b = bins[min(9, int(10 * v[best]))]
                b[0], b[1], b[2] = b[0] + 1, b[1] + (best == label), b[2] + float(v[best])
    for k, (n, right, given) in enumerate(bins):
        print(f"| {k/10:.1f}-{k/10+0.1:.1f} | {n} | {given/max(1, n):.2f} | {right/max(1, n):.2f} |")


def target(p, mix):
    """What a pair is to be learnt as: probabilities of nothing, for, against, there and back."""
    if p[2] is None:
        return p[3]
    hard = np.zeros((2, 3), np.float32)
    hard[[0, 1], p[2]] = 1
    return mix * p[3] + (1 - mix) * hard if len(p) > 3 else hard


def pair_loss(net, batch, codes, opt, rng):
    chosen = [(k, p) for k, s in enumerate(batch) for p in rng.sample(s.pairs, min(len(s.pairs), 4))]
    logits = net.score(batch, [(k, p[0], p[1]) for k, p in chosen], codes)
    want = torch.from_numpy(np.stack([target(p, opt["mix"]) for _, p in chosen]))
    return -(want * torch.log_softmax(logits, 2)).sum((1, 2)).mean() / 2


class Supply:
    """Batches without end."""

    def __init__(self, sentences, size, rng):
        self.all, self.size, self.rng, self.left = sentences, size, rng, []

    def next(self):
        self.left = self.left or batches(self.all, self.size, self.rng)
        return self.left.pop()


def learn(net, losses, steps, rate, report):
    """`steps` steps down the sum of the losses, warm start and cosine."""
    adam = torch.optim.AdamW(net.parameters(), lr=rate, betas=(.9, .99), weight_decay=.01)
    for step in range(steps):
        for g in adam.param_groups:
            g["lr"] = rate * min(1, (step + 1) / 100) * max(0.01, 0.5 + 0.5 * math.cos(math.pi * step / steps))
        loss = losses()
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5)
        adam.step()
        report(step + 1, float(loss))


def main():
    reader, train_path, dev_path, silver_path, texts_path, out = sys.argv[1:7]
    opt = options(sys.argv[7:], OPT)
    torch.set_num_threads(1)
    torch.manual_seed(opt["seed"])
    rng, types = random.Random(opt["seed"]), Types(reader)
    train, dev, (plain, classes) = read(train_path, types), read(dev_path, types), silver(silver_path, types)
    unseen = silver(opt["silver"], types, classes)[0] if opt["silver"] else []
    texts, few = read(texts_path, types), random.Random(1)
    for s in texts:
        s.pairs = few.sample(s.pairs, min(len(s.pairs), opt["pairs"]))
    if opt["teacher"]:
        files = [np.load(p) for p in opt["teacher"].split(",")]
        for name, sentences in (("train", train), ("texts", texts)):
            soft = iter(sum(f[name] for f in files) / len(files))
            for p in (p for s in sentences for p in s.pairs):
                p.append(next(soft))
    codes = torch.from_numpy(np.stack(types.codes) / SCALE)
    net, began = Net(types.size, [len(c) for c in classes] + [7], opt), time.time()
    supply = {k: Supply(v, opt["tokens"], rng) for k, v in (("train", train), ("plain", plain), ("texts", texts))}
    learn(net, lambda: net.silver_loss(supply["plain"].next(), codes), opt["pre"] * len(batches(plain, opt["tokens"])), 3e-3,
          lambda step, loss: step % 500 or print(f"  silver {step} {loss:.4f} {time.time()-began:.0f} s", flush=True))
    per = len(batches(train, opt["tokens"]))

    def losses():
        loss = pair_loss(net, supply["train"].next(), codes, opt, rng) + opt["aux"] * net.silver_loss(supply["plain"].next(), codes)
        return loss + pair_loss(net, supply["texts"].next(), codes, opt, rng) if opt["teacher"] else loss

    def report(step, loss):
        if step % per == 0:
            print(f"epoch {step//per} loss {loss:.4f} dev P %.1f R %.1f F1 %.1f" % evaluate(net, dev, codes), f"{time.time()-began:.0f} s", flush=True)

    learn(net, losses, opt["epochs"] * per, opt["rate"], report)
    torch.save(dict(opt=opt, state=net.state_dict(), dev=evaluate(net, dev, codes)), out)
    print_calibration(net, dev, codes)
    if unseen:
        print_silver(net, unseen, codes)
    if opt["teach"]:
        np.savez_compressed(opt["teach"], **{name: np.concatenate(predict(net, v, codes)) for name, v in (("train", train), ("texts", texts))})


if __name__ == "__main__":
    main()
