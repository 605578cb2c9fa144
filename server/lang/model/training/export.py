"""Writes a trained reader as the file that reader_model.c maps: export.py IN.pt LINK.txt CALIBRATION.txt OUT.bin

Little endian; a header of 32-bit numbers, then sections each aligned to 64 bytes, in the order of
reader_model.c. Weights become 8-bit with a scale for each output, states and embeddings 7-bit
(round(63 v) + 64; embeddings with a scale for each column, folded into the weights).
"""
import struct, sys

import numpy as np
import torch

MAGIC, VERSION, STATE, ZERO, FIXED = 0x31445253, 3, 63, 64, 512
GROUP, LANE = 16, 258  # kernel.h: what the weights of a 16-bit lane may add up to


def fnv64(data):
    h = 14695981039346656037
    for b in data:
        h = ((h ^ b) * 1099511628211) & 0xFFFFFFFFFFFFFFFF
    return h


def columns(table):
    """7-bit columns: codes and the scale of each column."""
    scale = np.quantile(np.abs(table), 0.9997, axis=0) / STATE
    scale[scale == 0] = 1
    return np.clip(np.rint(table / scale), -STATE, STATE).astype(np.int32) + ZERO, scale


def lanes(W):
    """W [in][out] -> the sums of absolute weights that share a 16-bit lane, [groups][2][out]."""
    W = np.pad(np.abs(W), ((0, -W.shape[0] % GROUP), (0, 0)))
    return W.reshape(-1, GROUP // 4, 2, 2, W.shape[1]).sum((1, 3))


def matrix(W):
    """W [in][out] -> blocked bytes, zero, scale."""
    n_in, n_out = W.shape
    pad = (-n_out) % 64
    W = np.pad(W, ((0, 0), (0, pad)))
    scale = np.maximum(np.abs(W).max(0) / 127, lanes(W).max((0, 1)) / (LANE - 4))  # 4: rounding of eight
    scale[scale == 0] = 1
    q = np.clip(np.rint(W / scale), -127, 127).astype(np.int8)
    assert lanes(q.astype(np.int32)).max() <= LANE
    zero = (-ZERO * q.astype(np.int32).sum(0)).astype(np.int32)
    blocked = q.reshape(n_in // 4, 4, (n_out + pad) // 16, 16).transpose(2, 0, 3, 1)
    return [np.ascontiguousarray(blocked), zero, scale.astype(np.float32)]


def fixed(a):
    return np.clip(np.rint(a * FIXED), -32000, 32000).astype(np.int16)


def write(path, magic, version, sections, *numbers):
    """A model file: header (magic, version, size and checksum of the body, numbers), then the sections."""
    body = b""
    for a in sections:
        raw = a.tobytes()
        body += raw + b"\0" * (-len(raw) % 64)
    head = struct.pack(f"<{4 + len(numbers)}I", magic, version, len(body), fnv64(body) & 0xFFFFFFFF, *numbers)
    open(path, "wb").write(head + b"\0" * (-len(head) % 64) + body)
    print(path, len(body) + 64, "bytes")


def main():
    saved = torch.load(sys.argv[1])
    s = {k: v.numpy().astype(np.float64) for k, v in saved["state"].items()}
    sizes, K = saved["sizes"], len(saved["labels"])
    H1, H2 = sizes["H1"], sizes["H2"]
    order = sorted(range(1, len(saved["words"])), key=lambda i: fnv64(saved["words"][i].encode("utf-8")))
    hashes = np.array([fnv64(saved["words"][i].encode("utf-8")) for i in order], np.uint64)
    assert len(set(hashes.tolist())) == len(hashes)
    words, word_scale = columns(s["word.weight"][[0] + order])
    affixes = [columns(s[f"affix.{k}.weight"]) for k in range(3)]
    shapes, shape_scale = columns(s["shape.weight"])
    column_scale = np.concatenate([word_scale] + [a[1] for a in affixes] + [shape_scale])
    n_type = len(column_scale)
    for layer, H in (("l1", H1), ("l2", H2)):  # gates f and o halved, as kernel.h wants them
        half = np.repeat([0.5, 0.5, 1], H)
        s[layer + ".W"], s[layer + ".b"], s[layer + ".U"] = s[layer + ".W"] * np.tile(half, 2), s[layer + ".b"] * np.tile(half, 2), s[layer + ".U"] * half
    W1 = s["l1.W"]
    state = 1 / STATE
    sections = [hashes, words.astype(np.uint8), np.stack([a[0] for a in affixes]).astype(np.uint8), shapes.astype(np.uint8)]
    sections += matrix(W1[:n_type] * column_scale[:, None]) + [s["l1.b"].astype(np.float32), fixed(s["flag.weight"] @ W1[n_type:])]
    for layer in ("l1", "l2"):
        if layer == "l2":
            sections += matrix(s["between.weight"].T * state) + [s["between.bias"].astype(np.float32)]
            sections += matrix(s["l2.W"] * state) + [s["l2.b"].astype(np.float32)]
        for d in range(2):
            sections += matrix(s[layer + ".U"][d] * state)
    sections += matrix(s["out.weight"].T * state) + [s["out.bias"].astype(np.float32)]
    A, S = s["A"] + s["mA"], s["S"] + s["mS"]
    sections += [A.astype(np.float32), S.astype(np.float32)]
    links = np.array([list(map(float, line.split())) for line in open(sys.argv[2])], np.float32)
    sections += [links / 100, np.loadtxt(sys.argv[3]).astype(np.float32)]
    write(sys.argv[4], MAGIC, VERSION, sections, len(order), words.shape[1], sizes["affixes"], 16, sizes["shapes"], 8,
          sizes["flags"], H1, H2, K, sizes["P"])


if __name__ == "__main__":
    main()
