#!/usr/bin/env python3
"""Backbone and polarisation against a second implementation, written from the formulas of server/export/measure/measure.h:
networks by networks.py's sums, eigenvalues by Jacobi's rotations, the best parting among all there are. Prints what differs;
exit 1 if anything does."""
import csv, io, itertools, json, math, sys, urllib.parse

import made
from networks import expected, level

found, tried = [], 0


def say(ok, text):
    if not ok: found.append(text)


def close(a, b): return math.isclose(a, b, rel_tol=1e-7, abs_tol=1e-9)


def eigenvalues(m):
    """Jacobi: turn after turn the largest number beside the diagonal becomes 0."""
    n, m = len(m), [row[:] for row in m]
    for _ in range(100 * n * n):
        p, q = max(itertools.combinations(range(n), 2), key=lambda ij: abs(m[ij[0]][ij[1]]), default=(0, 0))
        if p == q or abs(m[p][q]) < 1e-14: break
        angle = math.atan2(2 * m[p][q], m[q][q] - m[p][p]) / 2
        c, s = math.cos(angle), math.sin(angle)
        for k in range(n): m[k][p], m[k][q] = c * m[k][p] - s * m[k][q], s * m[k][p] + c * m[k][q]
        for k in range(n): m[p][k], m[q][k] = c * m[p][k] - s * m[q][k], s * m[p][k] + c * m[q][k]
    return sorted((m[i][i] for i in range(n)), reverse=True)


def spectrum(weights, how):
    w = [[max(v, 0) for v in row] for row in weights]
    values = sorted(map(sum, w), reverse=True) if how == "degrees" else eigenvalues([[(sum(w[i]) if i == j else 0) - w[i][j] for j in range(len(w))] for i in range(len(w))])
    return [v / sum(values) for v in values] if sum(values) > 0 else values


def network(rows, o, names, issues):
    """The weights among these nodes, made of these issues alone."""
    got, _, matrix = expected([r for r in rows if r["issue_name"] in issues], o)
    at = {n: i for i, n in enumerate(got)}
    return [[matrix[at[a]][at[b]] if a in at and b in at else 0 for b in names] for a in names]


def backbone(rows, o, how):
    names = expected(rows, o)[0]
    sided = [r for r in rows if level(r) != "unclear" and (r["actor"] if o["nodes"] == "actors" else r["outlet"])]
    left, gone, steps = sorted({r["issue_name"] for r in sided}, key=str.encode), [], []
    full = spectrum(network(rows, o, names, left), how)
    loss = lambda issues: sum(abs(a - b) for a, b in zip(full, spectrum(network(rows, o, names, issues), how)))
    while left:
        losses = [loss([c for c in left if c != one]) for one in left]
        for i in reversed([i for i, l in enumerate(losses) if l <= min(losses) + 1e-9]):
            gone.append(left.pop(i))
            steps.append((gone[-1], min(losses), loss(gone)))
    return steps


def modularity(members, m):
    """Newman's, by its definition: the shares of weight within clusters less what chance would give."""
    total = sum(map(sum, m))
    share = lambda c, d: sum(m[i][j] for i in range(len(m)) for j in range(len(m)) if members[i] == c and members[j] == d) / total
    return sum(share(c, c) - sum(share(c, d) for d in set(members)) ** 2 for c in set(members)) if total else 0


def partings(n, k):
    """All ways into k clusters of sizes that differ by one at most, the first ones larger."""
    sizes = [len(range(c, n, k)) for c in range(k)]
    def go(rest, c):
        if c == k - 1:
            yield [(i, c) for i in rest]
            return
        for chosen in itertools.combinations(rest, sizes[c]):
            for more in go([i for i in rest if i not in chosen], c + 1): yield [(i, c) for i in chosen] + more
    for one in go(list(range(n)), 0): yield [c for _, c in sorted(one)]


def check_backbone(address, rows, o, how):
    global tried
    tried += 1
    query = urllib.parse.urlencode({"format": "backbone", "flavour": "data", "spectrum": how, **{k: v for k, v in o.items() if k != "mode"}})
    status, body = made.get(address, "/api/v1/exports?" + query)
    got = list(csv.DictReader(io.StringIO(body.decode(), newline="")))
    want = backbone(rows, o, how)
    plain = lambda name: name.split(" (issue-")[0]
    say(status == 200 and [plain(r["name"]) for r in got] == [w[0] for w in want], f"{query}: {status} {[r['name'] for r in got]} instead of {want}")
    for r, w in zip(got, want): say(close(float(r["backbone_loss"]), w[1]) and close(float(r["redundant_loss"]), w[2]), f"{query}: {r} instead of {w}")


def check_polarisation(address, rows, o, k):
    global tried
    tried += 1
    query = urllib.parse.urlencode({"format": "polarisation", "clusters": k, **{n: v for n, v in o.items() if n not in ("mode", "qualifier")}})
    got = json.loads(made.get(address, "/api/v1/exports?" + query)[1])
    names, _, like = expected(rows, {**o, "qualifier": "congruence"})
    unlike = expected(rows, {**o, "qualifier": "conflict"})[2]
    clusters = {m["id"] if o["nodes"] == "actors" else m["label"]: m["cluster"] for m in got["members"]}
    score = lambda c: (modularity(c, like) - modularity(c, unlike)) / 2
    if sorted(clusters) != sorted(names): return say(False, f"{query}: members {sorted(clusters)}, not {names}")
    members = [clusters[n] for n in names]
    if not names: return say(got["polarisation"] == 0, f"{query}: {got}")
    sizes = sorted(members.count(c) for c in range(1, k + 1))
    say(max(sizes) - min(sizes) <= 1, f"{query}: clusters of {sizes}")
    say(close(got["polarisation"], score(members)) and close(got["congruence_modularity"], modularity(members, like)) and close(got["conflict_modularity"], modularity(members, unlike)), f"{query}: {got['polarisation']} for {members}, not {score(members)}")
    best = max(map(score, partings(len(names), k)))
    say(close(got["polarisation"], best), f"{query}: {got['polarisation']}, but {best} can be had")


def check_refusals(address):
    for query in ("format=backbone&qualifier=combine", "format=backbone&normalise=activity", "format=backbone&spectrum=colours", "format=polarisation&clusters=1", "format=polarisation&clusters=two"):
        status, body = made.get(address, "/api/v1/exports?" + query)
        say(status == 400 and json.loads(body)["detail"], f"{query}: {status}")


def main(at):
    for seed, n, actors in ((5, 120, 8), (6, 40, 7), (7, 0, 3)):
        db = f"{at}/{seed}.db"
        with made.served(db): pass
        rows = made.fill(db, seed, n, actors=actors, issues=6, articles=20)
        for r in rows: r["actor_name"] = r["actor"]  # two of them share a name: that a part of the network has one of these only must not matter here
        with made.served(db) as address:
            check_refusals(address)
            for nodes, q, normalise, unit in itertools.product(["actors", "outlets"], ["subtract", "congruence", "conflict", "ignore"], ["no", "average", "jaccard", "cosine"], ["include", "document"]):
                o = {"mode": "one", "nodes": nodes, "qualifier": q, "normalise": normalise, "duplicates": unit, "isolates": "0"}
                for how in ("laplacian", "degrees"): check_backbone(address, rows, o, how)
                if q == "congruence": check_polarisation(address, rows, o, 2 if normalise != "cosine" else 3)


if __name__ == "__main__":
    with made.folder() as at: main(at)
    print(*found[:40], f"{tried} measures compared, {len(found)} faults", sep="\n")
    sys.exit(bool(found))
