"""Trains the reader: train.py TRAIN.pickle DEV.pickle VECTORS.json OUT.pt [--key=value ...]

Adam with decoupled decay and a cosine schedule, an exponential moving average of the weights, a
CRF over BIO labels, and silver part-of-speech, entity and dependency targets on the first layer
as auxiliary tasks. Prints the F1 of each role after each epoch and keeps the averaged weights.
--teach=FILE also writes the label marginals of every training article; --teacher=FILE[,FILE] learns
from their mean as well as from the annotators, --mix giving the teachers' share (distillation:
Hinton et al. 2015; for CRFs by token marginals).
"""
import json, math, pickle, random, sys, time
from collections import Counter

import numpy as np
import torch
import torch.nn.functional as F

import features
from data import LABELS, ROLES
from net import Reader

OPT = dict(H1=160, P=96, H2=160, epochs=10, tokens=2000, rate=2e-3, table_rate=1e-3, drop=0.33, ema=0.98, seed=1,
           aux=0.3, top=40000, least=2, warm=150, decay=0.01, clip=5.0, worddrop=0.03, init="", stop=0,
           teach="", teacher="", mix=0.5)
AUX = ("pos", "entity", "relation", "way")


def read_vectors(path, wanted, top):
    """The top words of the file and all wanted ones: word -> 100 numbers."""
    out = {}
    data = json.load(open(path, encoding="utf-8"))
    for rank, (word, v) in enumerate(data["vectors"].items()):
        key = features.key_of(word)
        if (rank < top or key in wanted) and key not in out:
            out[key] = np.array(v[:100], np.float32)
    return out


def vocabulary(rows, path, opt):
    count = Counter(features.key_of(t[5]) for r in rows for t in r["tokens"] if r["first"])
    vectors = read_vectors(path, count, opt["top"])
    words = ["<unknown>"] + [w for w in vectors] + sorted(w for w, n in count.items() if n >= opt["least"] and w not in vectors)
    table = np.zeros((len(words), 100), np.float32)
    scale = np.mean([np.abs(v).mean() for v in list(vectors.values())[:2000]])
    rng = np.random.default_rng(opt["seed"])
    for i, w in enumerate(words):
        table[i] = vectors[w] / scale * 0.4 if w in vectors else rng.normal(0, 0.1, 100) if i else 0
    return words, table


def encode(rows, words, classes, taught=None):
    """Windows: type features, flags, labels, silver targets, and a teacher's marginals or None."""
    index = {w: i for i, w in enumerate(words)}
    cache, out = {}, []
    for r in rows:
        per = []
        for t in r["tokens"]:
            if t[5] not in cache:
                key = features.key_of(t[5])
                cache[t[5]] = (index.get(key, 0), *features.affixes_of(key), features.shape_of(t[5]))
            per.append(cache[t[5]])
        per = np.array(per)
        aux = np.array([[-100] * 4 if s is None else [classes[a].get(v, -100) for a, v in zip(AUX, s)] for s in r["silver"]])
        flags, label = features.flags_of(r["tokens"]), np.array(r["label"], np.int32)
        for a, b in r["windows"]:
            if label[a] and label[a] % 2 == 0:  # a span cut by the window's start
                label[a] -= 1
            out.append((per[a:b], flags[a:b], label[a:b], aux[a:b], taught[r["name"]][a:b] if taught else None))
    return out


def batch_of(windows, mix=0.0):
    windows = sorted(windows, key=lambda w: -len(w[0]))
    T, B = len(windows[0][0]), len(windows)
    per, flag = np.zeros((T, B, 5), np.int64), np.zeros((T, B), np.int64)
    gold, aux = np.zeros((B, T), np.int32), np.full((T, B, 4), -100, np.int64)
    lengths = np.array([len(w[0]) for w in windows], np.int32)
    soft = np.zeros((T, B, len(LABELS)), np.float32) if mix else None
    for b, (p, f, l, x, q) in enumerate(windows):
        n = len(p)
        per[:n, b], flag[:n, b], gold[b, :n], aux[:n, b] = p, f, l, x
        if mix:
            soft[:n, b] = mix * q + (1 - mix) * np.eye(len(LABELS), dtype=np.float32)[l]
    alive = np.array([(lengths > t).sum() for t in range(T)], np.int32)
    f = dict(word=torch.from_numpy(per[..., 0]), affix=torch.from_numpy(per[..., 1:4]), shape=torch.from_numpy(per[..., 4]),
             flag=torch.from_numpy(flag))
    return f, alive, gold, torch.from_numpy(aux), soft, lengths


def batches(windows, size, rng=None):
    order = list(windows)
    if rng:
        rng.shuffle(order)
        order.sort(key=lambda w: len(w[0]) + rng.random() * 30)
    out, cur, longest = [], [], 0
    for w in order:
        if cur and max(longest, len(w[0])) * (len(cur) + 1) > size:
            out.append(cur)
            cur, longest = [], 0
        cur.append(w)
        longest = max(longest, len(w[0]))
    out.append(cur)
    if rng:
        rng.shuffle(out)
    return out


def viterbi(e, A, S):
    score, back = S + e[0], []
    for t in range(1, len(e)):
        m = score[:, None] + A
        back.append(m.argmax(0))
        score = m.max(0) + e[t]
    path = [int(score.argmax())]
    for b in reversed(back):
        path.append(int(b[path[-1]]))
    return path[::-1]


def spans(labels):
    out, cur = set(), None
    for i, x in enumerate(list(labels) + [0]):
        if cur and not (x and x % 2 == 0 and (x - 1) // 2 == cur[0]):
            out.add((cur[0], cur[1], i))
            cur = None
        if x and (x % 2 or cur is None):
            cur = ((x - 1) // 2, i)
    return out


def evaluate(net, windows):
    net.eval()
    tp, p, g = Counter(), Counter(), Counter()
    A, S = (net.A + net.mA).detach().numpy(), (net.S + net.mS).detach().numpy()
    with torch.no_grad():
        for ws in batches(windows, 8000):
            f, alive, gold, _, _, lengths = batch_of(ws)
            e = net(f, alive)[0].numpy()
            for b, n in enumerate(lengths):
                P, G = spans(viterbi(e[:n, b], A, S)), spans(gold[b, :n])
                for s in P: p[s[0]] += 1
                for s in G: g[s[0]] += 1
                for s in P & G: tp[s[0]] += 1
    net.train()
    return [200 * tp[r] / max(1, p[r] + g[r]) for r in range(3)]


def teach(net, rows, words, classes, path):
    """Writes the label marginals of each article's tokens, by article."""
    net.eval()
    out = {}
    with torch.no_grad():
        for r in (r for r in rows if r["first"]):
            q = np.zeros((len(r["tokens"]), len(LABELS)), np.float32)
            for (a, b), w in zip(r["windows"], encode([r], words, classes)):
                f, alive, _, _, _, lengths = batch_of([w])
                q[a:b] = net.marginals(net(f, alive)[0].contiguous(), lengths).numpy()[:, 0]
            out[r["name"]] = q
    np.savez_compressed(path, **out)


def read_taught(paths):
    """The mean of several teachers' marginals, by article."""
    files = [np.load(p) for p in paths.split(",")]
    return {name: sum(f[name] for f in files) / len(files) for name in files[0].files}


def options(args, defaults):
    """The defaults, with those set by --key=value in args."""
    opt = dict(defaults)
    for a in args:
        k, v = a[2:].split("=", 1)
        opt[k] = type(defaults[k])(v)
    print(opt, flush=True)
    return opt


class Average:
    """Exponential moving average of all weights, taken every fourth step."""

    def __init__(self, net, decay):
        self.net, self.decay, self.n = net, decay, 0
        self.of = [(q, q.data.clone()) for q in net.parameters()]

    def update(self):
        self.n += 1
        d = min(self.decay, (1 + self.n) / (10 + self.n))
        for q, m in self.of:
            m.lerp_(q.data, 1 - d)

    def swap(self):
        for q, m in self.of:
            keep = q.data.clone()
            q.data.copy_(m)
            m.copy_(keep)


def main():
    train_path, dev_path, vectors_path, out = sys.argv[1:5]
    opt = options(sys.argv[5:], OPT)
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(opt["seed"])
    rng = random.Random(opt["seed"])
    train, dev = pickle.load(open(train_path, "rb")), pickle.load(open(dev_path, "rb"))
    classes = {a: {v: i for i, (v, _) in enumerate(Counter(s[k] for r in train for s in r["silver"] if s).most_common(50))}
               for k, a in enumerate(AUX)}
    words, table = vocabulary(train, vectors_path, opt)
    sizes = dict(words=len(words), affixes=features.AFFIXES, shapes=features.SHAPES, flags=features.FLAGS, H1=opt["H1"], P=opt["P"], H2=opt["H2"])
    net = Reader(sizes, LABELS, {a: len(c) for a, c in classes.items()} if opt["aux"] else {}, table, opt["drop"])
    taught = read_taught(opt["teacher"]) if opt["teacher"] else None
    train_w, dev_w = encode(train, words, classes, taught), encode([r for r in dev if r["first"]], words, classes)
    if opt["init"]:  # a warm restart: same vocabulary, same sizes
        net.load_state_dict(torch.load(opt["init"])["state"])
    tables = [net.word.weight] + [t.weight for t in net.affix]
    dense = [q for q in net.parameters() if not any(q is t for t in tables)]
    adam = torch.optim.AdamW(dense, lr=opt["rate"], betas=(.9, .99), weight_decay=opt["decay"])
    sparse = torch.optim.SparseAdam(tables, lr=opt["table_rate"], betas=(.9, .99))
    average = Average(net, opt["ema"])
    steps, step, began = opt["epochs"] * len(batches(train_w, opt["tokens"])), 0, time.time()
    print(len(words), "words,", len(train_w), "windows,", steps, "steps", flush=True)
    for epoch in range(opt["epochs"]):
        total = auxes = seen = 0
        for ws in batches(train_w, opt["tokens"], rng):
            f, alive, gold, aux, soft, lengths = batch_of(ws, opt["mix"] if taught else 0.0)
            rate = min(1, (step + 1) / opt["warm"]) * (0.5 + 0.5 * math.cos(math.pi * min(1, step / steps)))
            for o, r in ((adam, opt["rate"]), (sparse, opt["table_rate"])):
                for g in o.param_groups:
                    g["lr"] = r * max(rate, 0.01)
            f["word"] = f["word"] * (torch.rand(f["word"].shape) >= opt["worddrop"])
            e, heads = net(f, alive)
            n = int(lengths.sum())
            loss = net.loss(e, gold, soft, lengths) / n
            extra = sum(F.cross_entropy(heads[a].flatten(0, 1), aux[..., k].flatten(), ignore_index=-100)
                        for k, a in enumerate(AUX)) / 4 if heads else 0
            adam.zero_grad(set_to_none=True)
            sparse.zero_grad(set_to_none=True)
            (loss + opt["aux"] * extra).backward()
            torch.nn.utils.clip_grad_norm_(dense, opt["clip"])
            adam.step()
            sparse.step()
            if step % 4 == 3:
                average.update()
            total, auxes, seen, step = total + float(loss) * n, auxes + float(extra) * n, seen + n, step + 1
            if step % 100 == 0:
                print(f"  {step}/{steps} loss {total/seen:.4f} aux {auxes/seen:.4f} {time.time()-began:.0f} s", flush=True)
        average.swap()
        f1 = evaluate(net, dev_w)
        print(f"epoch {epoch+1} loss {total/seen:.4f} dev " + " ".join(f"{r} {v:.1f}" for r, v in zip(ROLES, f1)) + f" {time.time()-began:.0f} s", flush=True)
        torch.save(dict(sizes=sizes, labels=LABELS, words=words, classes=classes, state=net.state_dict(), opt=opt, dev=f1), out)
        last = epoch + 1 in (opt["epochs"], opt["stop"])
        if last and opt["teach"]:
            teach(net, train, words, classes, opt["teach"])
        average.swap()
        if last:
            break


if __name__ == "__main__":
    main()
