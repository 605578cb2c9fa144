"""What the network sees of a word type, from reader.bin: the inputs that other networks share."""
import struct

import numpy as np

import features
from export import fnv64

ALIGN, ZERO = 64, 64


class Types:
    """Input vectors by word, as codes (-63..63): word vector, three affixes, shape."""

    def __init__(self, path):
        raw = open(path, "rb").read()
        words, dims, affixes, affix_dims, shapes, shape_dims = struct.unpack("<15I", raw[:60])[4:10]
        at = ALIGN

        def section(kind, *shape):
            nonlocal at
            a = np.frombuffer(raw, kind, int(np.prod(shape)), at).reshape(shape)
            at += (a.nbytes + ALIGN - 1) // ALIGN * ALIGN
            return a

        self.row = {int(h): i + 1 for i, h in enumerate(section(np.uint64, words))}
        self.words, self.affixes = section(np.uint8, words + 1, dims), section(np.uint8, 3, affixes, affix_dims)
        self.shapes = section(np.uint8, shapes, shape_dims)
        self.size = dims + 3 * affix_dims + shape_dims
        self.index, self.codes = {}, []

    def of(self, word):
        """The index of a word in codes."""
        if word not in self.index:
            key = features.key_of(word)
            rows = [self.words[self.row.get(fnv64(key.encode("utf-8")), 0)]]
            rows += [self.affixes[k][a] for k, a in enumerate(features.affixes_of(key))]
            rows.append(self.shapes[features.shape_of(word)])
            self.index[word] = len(self.codes)
            self.codes.append(np.concatenate(rows).astype(np.float32) - ZERO)
        return self.index[word]
