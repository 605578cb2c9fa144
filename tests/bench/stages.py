#!/usr/bin/env python3
"""A figure for each of the engine's stages that has reference data of its own: sentences and tokens, entities, stances.

    stages.py BUILD SHARED

BUILD holds synoptic, tests/bench/bench-tokens and bench-stances. Prints `| stage | measured on | figure |` rows for the model
card. Tokens and sentences: boundaries, against the hand-made treebanks and the silver parse of PolNeAR dev.
Entities: mentions against the silver entity types, a mention found where the characters overlap.
"""
import collections, gzip, json, pathlib, re, subprocess, sys, tempfile

KINDS = {"PERSON": ("person",), "ORGANIZATION": ("organisation", "outlet", "country"), "LOCATION": ("country", "place")}


def silver(path):
    """NAME -> sentences, each a list of (form, type, start, end)."""
    docs, rows = {}, None
    for line in gzip.open(path, "rt", encoding="utf-8"):
        f = line.rstrip("\n").split("\t")
        if line.startswith("# doc"): docs[line.split(maxsplit=2)[2].strip()] = rows = [[]]
        elif len(f) > 8: rows[-1].append((f[1], f[4], int(f[7]), int(f[8])))
        elif rows[-1]: rows.append([])
    return {k: [s for s in v if s] for k, v in docs.items()}


def treebank(path):
    """Runs of sentences as (text, sentences of (start, end)): the running text is rebuilt from SpaceAfter."""
    text, out, tokens, skip = "", [], [], 0
    def close():
        if text: yield text, list(out)
    for line in gzip.open(path, "rt", encoding="utf-8"):
        f = line.rstrip("\n").split("\t")
        if line.startswith("# newdoc"):
            yield from close(); text, out = "", []
        elif line.startswith("# newpar") and text: text = text.rstrip() + "\n\n"
        elif len(f) > 9 and (f[0].isdigit() or "-" in f[0]):
            if "-" in f[0]:  # "don't" is two words of one form: the words are looked for in it
                skip = 0; whole, at, last = f[1], len(text), int(f[0].split("-")[1]); text += whole; skip = last
                text += "" if "SpaceAfter=No" in f[9] else " "; parts = [at, at + len(whole)]
            elif skip and int(f[0]) <= skip:
                begin = parts[0]; end = parts[1] if int(f[0]) == skip else begin + len(f[1])
                tokens.append((begin, end)); parts[0] = end
                if int(f[0]) == skip: skip = 0
            else:
                tokens.append((len(text), len(text) + len(f[1]))); text += f[1] + ("" if "SpaceAfter=No" in f[9] else " ")
        elif not line.strip() and tokens:
            out.append(tokens); tokens = []
    yield from close()


def ours(build, texts):
    """For each text its tokens (start, end, sentence)."""
    with tempfile.TemporaryDirectory() as d:
        files = []
        for i, t in enumerate(texts):
            files.append(pathlib.Path(d) / f"{i}.txt"); files[-1].write_text(t, encoding="utf-8", newline="")
        run = subprocess.run([build / "tests/bench/bench-tokens", *files], stdout=subprocess.PIPE, check=True)
    docs = []
    for line in run.stdout.decode("utf-8").split("\n"):
        if line.startswith("# doc "): docs.append([])
        elif line: docs[-1].append(tuple(map(int, line.split("\t")[:3])))
    return docs


def f1(hit, ours, gold): return 200 * hit / max(1, ours + gold)


def row(stage, where, figure): print(f"| {stage} | {where} | {figure} |")


def boundaries(build, name, docs):
    hit = collections.Counter()
    for (_, gold), found in zip(docs, ours(build, [t for t, _ in docs])):
        a, b = {t[:2] for t in found}, {t for s in gold for t in s}
        ends = {}
        for t in found: ends[t[2]] = t[1]
        x, y = set(ends.values()), {s[-1][1] for s in gold}
        hit.update(token=len(a & b), a=len(a), b=len(b), sentence=len(x & y), x=len(x), y=len(y))
    row("tokens, F1", name, "%.1f" % f1(hit["token"], hit["a"], hit["b"]))
    row("sentence ends, F1", name, "%.1f" % f1(hit["sentence"], hit["x"], hit["y"]))


def entities(build, docs, folder):
    names = sorted(docs); found, right, total = collections.Counter(), collections.Counter(), collections.Counter()
    given = precise = 0
    run = subprocess.run([build / "synoptic", "extract", "--type", "body", *[folder / f"{n}.txt" for n in names]],
                         stdout=subprocess.PIPE, check=True)
    for n, line in zip(names, run.stdout.decode("utf-8").splitlines()):
        r = json.loads(line); kind = {a["key"]: a["kind"] for a in r["actors"]}
        spans = [(m["start"], m["end"], kind.get(m["actor"], "place")) for m in r["mentions"]
                 if m["reading"] in ("actor", "place") and m["end"] > m["start"]]
        gold = []
        for s in docs[n]:
            for _, t, b, e in s:
                if t not in KINDS: continue
                if gold and gold[-1][2] == t and b - gold[-1][1] <= 1: gold[-1][1] = e
                else: gold.append([b, e, t])
        for b, e, t in gold:
            over = [k for x, y, k in spans if x < e and y > b]
            total[t] += 1; found[t] += bool(over); right[t] += any(k in KINDS[t] for k in over)
        for x, y, k in spans:
            if k == "person" and re.search(r"[A-Z]", r["text"][x:y]):
                given += 1; precise += any(b < y and e > x and t == "PERSON" for b, e, t in gold)
    for t in KINDS:
        row(f"entities, {t.lower()}: found / of that kind", f"PolNeAR dev, silver ({total[t]})",
            "%.1f / %.1f" % (100 * found[t] / max(1, total[t]), 100 * right[t] / max(1, total[t])))
    p, q = precise / max(1, given), right["PERSON"] / max(1, total["PERSON"])
    row("entities, person, F1", "PolNeAR dev, silver", "%.1f" % (200 * p * q / max(1e-9, p + q)))


def stances(build, path):
    """(one, for or against, other) in a sentence with two names, against DSE's labels."""
    want = {1: "+0", 3: "-0", 2: "0+", 4: "0-"}
    run = subprocess.run([build / "tests/bench/bench-stances", "--judged", path], stdout=subprocess.PIPE, check=True)
    hit = given = gold = 0
    for label, there, back in (l.split() for l in run.stdout.decode("utf-8").splitlines()):
        gold += label != "0"
        for found, right in zip(there + back, want.get(int(label), "00")):
            given, hit = given + (found != "0"), hit + (found != "0" and found == right)
    p, r = 100 * hit / max(1, given), 100 * hit / max(1, gold)
    row("stances of two named, P / R / F1", f"DSE valid ({gold})", "%.1f / %.1f / %.1f" % (p, r, 2 * p * r / max(1e-9, p + r)))


def main():
    build, shared = map(pathlib.Path, sys.argv[1:3]); data = shared / "data"
    for name, file in (("GUM dev", "gum-dev"), ("EWT dev", "ewt-dev")):
        boundaries(build, name, list(treebank(data / "treebank" / f"{file}.conllu.gz")))
    docs = silver(data / "polnear/dev/silver.conll.gz"); folder = data / "polnear/dev/text"
    texts = [((folder / f"{n}.txt").read_bytes().decode("utf-8"), [[t[2:] for t in s] for s in v]) for n, v in docs.items()]
    boundaries(build, "PolNeAR dev, silver", texts)
    entities(build, docs, folder)
    stances(build, data / "stance/directed/valid.txt")


if __name__ == "__main__": main()
