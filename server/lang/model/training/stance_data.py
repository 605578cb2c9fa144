"""Sentences with their places, as bench-stances prints them, for training the stance network."""
import numpy as np

DISTANCES, SAYERS = 13, 4
LABELS = {1: (1, 0), 2: (0, 1), 3: (2, 0), 4: (0, 2)}  # DSE: what the one is towards the other, and back


class Sentence:
    """words (indices of types), flags, says (entity or -1), places (first, end, entity), pairs."""

    def __init__(self, tokens, places, types):
        self.words = np.array([types.of(t[0]) for t in tokens])
        self.flags = np.array([int(t[1]) for t in tokens])
        self.says = np.array([int(t[2]) for t in tokens])
        self.places, self.n = places, len(tokens)
        self.pairs = []  # [earlier place, later place, (its label towards the later, and back) or None]


def read(path, types, longest=140):
    """Labelled sentences get the pair of their two places, others all pairs of places (no label)."""
    out, rest = [], iter(open(path, encoding="utf-8").read().split("\n"))
    for line in rest:
        if not line.startswith("# "):
            continue
        head = [int(x) for x in line[2:].split(" ")]
        places, tokens = [], []
        for line in rest:
            if line.startswith("@ ") and not tokens:
                places.append(tuple(map(int, line[2:].split(" "))))
            else:
                tokens.append(line.rsplit("\t", 2))
            if len(tokens) == head[0]:
                break
        if head[0] > longest:
            continue
        s = Sentence(tokens, places, types)
        if len(head) > 1:
            labels = LABELS.get(head[3], (0, 0))
            s.pairs = [[head[1], head[2], labels] if head[1] < head[2] else [head[2], head[1], labels[::-1]]]
        else:
            s.pairs = [[a, b, None] for b in range(len(places)) for a in range(b) if places[a][2] != places[b][2]]
        out.append(s)
    return out


def distances(n, place):
    """stance/net.c's distance_of, for each of n tokens."""
    t = np.arange(n)
    d = np.where(t < place[0], place[0] - t, np.where(t >= place[1], t - place[1] + 1, 0))
    bucket = np.minimum(DISTANCES // 2, np.ceil(np.log2(d + 1))).astype(np.int64)
    return DISTANCES // 2 + np.where(t < place[0], -bucket, bucket)


def sayers(says, first, second):
    """Who says each token: 0 nobody, 1 the one, 2 the other, 3 somebody else."""
    return np.where(says == -1, 0, np.where(says == first, 1, np.where(says == second, 2, 3)))
