"""The reader's network for training: embeddings, two recurrent layers in both directions (recurrent.c)
with a narrow tanh layer between them, CRF, auxiliary heads."""
import ctypes, os, pathlib, subprocess, tempfile

import numpy as np
import torch
from torch import nn

HERE = pathlib.Path(__file__).parent
f32, i32 = np.float32, np.int32


def load_kernels():
    so = pathlib.Path(tempfile.gettempdir()) / f"reader-recurrent-{os.getuid()}-{os.getpid()}.so"
    subprocess.run(["gcc", "-O3", "-march=native", "-mprefer-vector-width=512", "-ffast-math", "-fPIC", "-shared",
                    str(HERE / "recurrent.c"), "-o", str(so), "-l:libopenblas.so.0", "-lmvec", "-lm"], check=True)
    lib = ctypes.CDLL(str(so))
    lib.crf.restype = ctypes.c_double
    return lib


LIB = load_kernels()


def ptr(a):
    return ctypes.c_void_p(a.data_ptr() if isinstance(a, torch.Tensor) else a.ctypes.data)


class Recur(torch.autograd.Function):
    """gates [2, T, B, 3H] (projections with bias), U [2, H, 3H], alive [T] -> h [2, T, B, H]."""

    @staticmethod
    def forward(ctx, x, U, alive):
        gates, U = x.detach().clone().contiguous(), U.detach().contiguous()
        _, T, B, H3 = gates.shape
        H = H3 // 3
        c, h = torch.empty(2, T, B, H), torch.empty(2, T, B, H)
        LIB.layer_forward(T, B, H, ptr(alive), ptr(gates), ptr(U), ptr(c), ptr(h))
        ctx.keep = gates, U, c, h, alive
        return h.clone()

    @staticmethod
    def backward(ctx, dh):
        gates, U, c, h, alive = ctx.keep
        _, T, B, H = h.shape
        dh, dc, dU = dh.clone().contiguous(), torch.empty(B, H), torch.empty_like(U)
        LIB.layer_backward(T, B, H, ptr(alive), ptr(gates), ptr(U), ptr(c), ptr(h), ptr(dh), ptr(dc), ptr(dU))
        return gates, dU, None


class Crf(torch.autograd.Function):
    @staticmethod
    def forward(ctx, e, A, S, gold, soft, lengths):
        e, A, S = (v.detach().contiguous() for v in (e, A, S))
        T, B, K = e.shape
        de, dA, dS = torch.zeros_like(e), torch.zeros_like(A), torch.zeros_like(S)
        work = np.empty(2 * T * K + 64)
        loss = LIB.crf(T, B, K, ptr(lengths), ptr(e), ptr(A), ptr(S), ptr(gold), ctypes.c_void_p() if soft is None else ptr(soft),
                       ptr(de), ptr(dA), ptr(dS), ptr(work))
        ctx.keep = de, dA, dS
        return torch.tensor(loss, dtype=torch.float32)

    @staticmethod
    def backward(ctx, up):
        de, dA, dS = ctx.keep
        return de * up, dA * up, dS * up, None, None, None


class Layer(nn.Module):
    def __init__(self, n_in, H):
        super().__init__()
        self.W = nn.Parameter(torch.empty(n_in, 6 * H))
        self.U = nn.Parameter(torch.empty(2, H, 3 * H))
        self.b = nn.Parameter(torch.zeros(6 * H))
        nn.init.xavier_uniform_(self.W, gain=1.4)
        for d in range(2):
            for g in range(3):
                nn.init.orthogonal_(self.U.data[d, :, g * H:(g + 1) * H])
            self.b.data[d * 3 * H:d * 3 * H + H] = 1.0
        self.H = H

    def forward(self, x, alive):  # x [T, B, n]
        T, B, n = x.shape
        g = torch.addmm(self.b, x.reshape(T * B, n), self.W).view(T, B, 2, 3 * self.H).permute(2, 0, 1, 3)
        h = Recur.apply(g, self.U, alive)
        return torch.cat([h[0], h[1]], -1)


def forbidden(labels):
    """-1e4 where I-x follows anything but B-x or I-x."""
    K = len(labels)
    A, S = torch.zeros(K, K), torch.zeros(K)
    for k, to in enumerate(labels):
        if to[0] == "I":
            S[k] = -1e4
            for j, frm in enumerate(labels):
                if frm == "O" or frm[2:] != to[2:]:
                    A[j, k] = -1e4
    return A, S


class Reader(nn.Module):
    def __init__(self, sizes, labels, aux, vectors, drop=0.3):
        """sizes: words, affixes, shapes, flags, H1, P, H2; aux: name -> number of classes."""
        super().__init__()
        self.word = nn.Embedding(sizes["words"], vectors.shape[1], sparse=True)
        self.word.weight.data.copy_(torch.from_numpy(vectors))
        self.affix = nn.ModuleList(nn.Embedding(sizes["affixes"], 16, sparse=True) for _ in range(3))
        for table in self.affix:
            nn.init.normal_(table.weight, std=0.3)
        self.shape = nn.Embedding(sizes["shapes"], 8)
        self.flag = nn.Embedding(sizes["flags"], 16)
        n = vectors.shape[1] + 48 + 8 + 16
        H1, P, H2 = sizes["H1"], sizes["P"], sizes["H2"]
        self.l1, self.between, self.l2 = Layer(n, H1), nn.Linear(2 * H1, P), Layer(P, H2)
        self.out = nn.Linear(2 * H2, len(labels))
        self.aux = nn.ModuleDict({k: nn.Linear(2 * H1, v) for k, v in aux.items()})
        self.A, self.S = nn.Parameter(torch.zeros(len(labels), len(labels))), nn.Parameter(torch.zeros(len(labels)))
        mA, mS = forbidden(labels)
        self.register_buffer("mA", mA)
        self.register_buffer("mS", mS)
        self.drop = nn.Dropout(drop)

    def encode(self, f, alive):
        x = torch.cat([self.word(f["word"])] + [t(f["affix"][..., i]) for i, t in enumerate(self.affix)] +
                      [self.shape(f["shape"]), self.flag(f["flag"])], -1)
        h1 = self.l1(self.drop(x), alive)
        h2 = self.l2(torch.tanh(self.between(self.drop(h1))), alive)
        return h1, h2

    def forward(self, f, alive):
        h1, h2 = self.encode(f, alive)
        return self.out(self.drop(h2)), {k: head(self.drop(h1)) for k, head in self.aux.items()}

    def loss(self, e, gold, soft, lengths):
        return Crf.apply(e, self.A + self.mA, self.S + self.mS, gold, soft, lengths)

    def marginals(self, e, lengths):
        T, B, K = e.shape
        m, work = torch.zeros_like(e), np.empty(2 * T * K + 64)
        A, S = (self.A + self.mA).contiguous(), (self.S + self.mS).contiguous()
        LIB.crf(T, B, K, ptr(lengths), ptr(e), ptr(A), ptr(S), ctypes.c_void_p(), ctypes.c_void_p(), ptr(m), ctypes.c_void_p(),
                ctypes.c_void_p(), ptr(work))
        return m
