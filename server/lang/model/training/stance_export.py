"""Writes a trained stance network as the file that stance/model.c maps: stance_export.py IN.pt OUT.bin"""
import sys

import numpy as np
import torch

from export import STATE, fixed, matrix, write
from stance_train import SCALE

MAGIC, VERSION = 0x54534453, 1


def main():
    saved = torch.load(sys.argv[1])
    s, opt = {k: v.numpy().astype(np.float64) for k, v in saved["state"].items()}, saved["opt"]
    H, n = opt["H"], s["word.weight"].shape[1]
    half = np.repeat([0.5, 0.5, 1], H)  # gates f and o, as kernel.h wants them
    W, U = s["layer.W"] * np.tile(half, 2), s["layer.U"] * half / STATE
    plain = lambda name: s[name].astype(np.float32)
    sections = matrix(np.concatenate([W[:n], s["word.weight"].T], 1) / SCALE)
    sections += [np.concatenate([s["layer.b"] * np.tile(half, 2), np.zeros(opt["D"])]).astype(np.float32), fixed(s["flag.weight"] @ W[n:])]
    sections += matrix(U[0]) + matrix(U[1]) + matrix(s["narrow.weight"].T / STATE)
    sections += [plain(k) for k in ("narrow.bias", "first.weight", "second.weight", "sayer.weight", "attention.weight")]
    sections += [np.ascontiguousarray(plain("hide.weight").T), plain("hide.bias"), np.ascontiguousarray(plain("out.weight").T), plain("out.bias")]
    write(sys.argv[2], MAGIC, VERSION, sections, n, H, opt["D"], opt["hidden"])


if __name__ == "__main__":
    main()
