"""Training data of the reader: tokens of the C tokeniser, labels from PolNeAR's standoff, silver tags.

    data.py DUMP SPLIT_DIR OUT.pickle

DUMP is what build/tests/bench/bench-tokens prints for SPLIT_DIR/text/*.txt. For each article and
annotator: tokens, flags, labels (BIO of source, cue, content; later roles overwrite earlier ones
in the order content, source, cue); and, from silver.conll.gz where token boundaries agree, part of
speech, entity type, dependency label and direction to the head as auxiliary targets.
"""
import gzip, pathlib, pickle, re, sys

ROLES = ("source", "cue", "content")
LABELS = ["O"] + [f"{b}-{r}" for r in ROLES for b in "BI"]
WINDOW = 160


def read_dump(path):
    docs, cur = {}, None
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# doc "):
            cur = docs[pathlib.Path(line[6:]).stem] = []
            continue
        start, end, sentence, paragraph, quote, text = line.split("\t", 5)
        cur.append((int(start), int(end), int(sentence), int(paragraph), int(quote), text))
    return docs


def read_brat(path):
    spans, events = {}, []
    for line in path.read_text("utf-8").split("\n"):
        m = re.match(r"(T\d+)\t(\S+) ([\d; ]+)\t", line)
        if m:
            spans[m[1]] = [tuple(map(int, p.split())) for p in m[3].split(";")]
        m = re.match(r"E\d+\t(.*)", line)
        if m:
            events.append([a.split(":") for a in m[1].split()])
    out = []
    for event in events:
        g = {r: [] for r in ROLES}
        for role, ref in event:
            r = re.sub(r"\d+$", "", role).lower()
            if r in g and ref in spans:
                g[r] += spans[ref]
        if g["content"]:
            out.append(g)
    return out


def read_silver(path):
    docs, cur, base = {}, None, 0
    for line in gzip.open(path, "rt", encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# doc "):
            cur = docs[line[6:]] = {}
        elif line:
            f = line.split("\t")
            d = int(f[5]) - int(f[0])
            way = "root" if f[5] == "0" else ("L" if d < 0 else "R") + str(min(3, abs(d) // 2))
            cur[int(f[7]), int(f[8])] = (f[3], f[4], f[6].split(":")[0], way)
    return docs


def labels_of(tokens, attributions):
    label = [0] * len(tokens)
    for role in ("content", "source", "cue"):
        ordered = sorted(attributions, key=lambda g: -sum(e - s for s, e in g[role]))
        for g in ordered:
            for s, e in g[role]:
                inside = [i for i, t in enumerate(tokens) if t[0] >= s and t[1] <= e]
                for k, i in enumerate(inside):
                    label[i] = 1 + 2 * ROLES.index(role) + (k > 0)
    for i in range(len(label)):  # a span that goes on behind another role begins anew
        if label[i] and label[i] % 2 == 0 and (i == 0 or label[i - 1] not in (label[i], label[i] - 1)):
            label[i] -= 1
    return label


def windows_of(tokens):
    """Whole paragraphs up to WINDOW tokens; a longer paragraph alone, cut at sentences."""
    pieces, first = [], 0
    for i in range(1, len(tokens) + 1):
        if i == len(tokens) or tokens[i][3] != tokens[i - 1][3]:
            pieces.append((first, i))
            first = i
    out, start, end = [], 0, 0
    for a, b in pieces:
        if b - start > WINDOW and end > start:
            out.append((start, end))
            start = end
        while b - start > WINDOW:
            cuts = [i for i in range(start + 1, start + WINDOW + 1) if tokens[i][2] != tokens[i - 1][2]]
            cut = cuts[-1] if cuts else start + WINDOW
            out.append((start, cut))
            start = cut
        end = b
    if end > start:
        out.append((start, end))
    return out


def main():
    dump, split, out = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    silver = read_silver(split / "silver.conll.gz")
    rows = []
    for name, tokens in sorted(read_dump(dump).items()):
        known = silver.get(name, {})
        extra = [known.get((t[0], t[1])) for t in tokens]
        prefix = re.sub(r"([*?\[])", r"[\1]", name)
        anns = sorted((split / "attributions").glob(prefix + "_*.ann"))
        for k, ann in enumerate(anns):
            label = labels_of(tokens, read_brat(ann))
            rows.append(dict(name=name, first=k == 0, tokens=tokens, label=label, silver=extra,
                             windows=windows_of(tokens)))
    pickle.dump(rows, open(out, "wb"))
    print(len(rows), "articles x annotators,", sum(len(r["tokens"]) for r in rows), "tokens")


if __name__ == "__main__":
    main()
