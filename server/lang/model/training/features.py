"""What the network sees of a token. net/features.c computes the same; keep them alike."""
import numpy as np

AFFIXES, SHAPES, FLAGS = 2048, 12, 16


def fnv(data):
    h = 2166136261
    for b in data:
        h = ((h ^ b) * 16777619) & 0xFFFFFFFF
    return h


def key_of(text):
    """The form a word is looked up by: ASCII lower case, plain apostrophe, digits as 0."""
    key = text.replace("’", "'")
    return "".join("0" if c in "0123456789" else chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in key)


def affixes_of(key):
    """Hashes of the first three, last two and last three bytes of the key."""
    b = key.encode("utf-8")
    return fnv(b"p" + b[:3]) % AFFIXES, fnv(b"s" + b[-2:]) % AFFIXES, fnv(b"t" + b[-3:]) % AFFIXES


def shape_of(text):
    """Bytes decide: 1 lower case, 2 Capitalised, 3 one capital, 4 CAPITALS, 5 miXed, 6 digits,
    7 with a digit, 8 lower-hyphen, 9 Capital-hyphen, 10 ASCII mark, 11 other mark, 0 the rest."""
    b = text.encode("utf-8")
    lower = sum(97 <= c <= 122 or c >= 128 for c in b)
    upper = sum(65 <= c <= 90 for c in b)
    digit = sum(48 <= c <= 57 for c in b)
    first = 65 <= b[0] <= 90
    if digit:
        return 6 if not lower and not upper else 7
    if not lower and not upper:
        return 10
    if b[0] >= 128 and not any(c < 128 for c in b) and len(b) <= 3:
        return 11
    if b"-" in b:
        return 9 if first else 8
    if not upper:
        return 1
    if not lower:
        return 3 if upper == 1 else 4
    return 2 if first and upper == 1 else 5


def flags_of(tokens):
    """1 in quotation marks, 2 first of its sentence, 4 first of its paragraph, 8 first paragraph."""
    out = np.zeros(len(tokens), np.int64)
    for i, t in enumerate(tokens):
        s = i == 0 or t[2] != tokens[i - 1][2]
        p = i == 0 or t[3] != tokens[i - 1][3]
        out[i] = t[4] | s << 1 | p << 2 | (t[3] == 0) << 3
    return out
