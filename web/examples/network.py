#!/usr/bin/env python3
"""network.py [ADDRESS] [NAME=VALUE ...] - who is closest to whom: actors joined by the issues on which they take the same
side, each with the sum of its ties and its closest neighbour.

NAME=VALUE as in /api/v1/exports: story=1 nodes=outlets qualifier=conflict normalise=jaccard. Needs nothing but Python 3.
"""
import collections, json, sys, urllib.parse, urllib.request


def network(address, **settings):
    """{"nodes": [{"id", "label", ...}], "edges": [{"from", "to", "weight", "statements"}]}"""
    query = urllib.parse.urlencode({"format": "network", "mode": "one", "qualifier": "congruence", **settings})
    with urllib.request.urlopen(f"{address}/api/v1/exports?{query}") as answer:
        return json.load(answer)


if __name__ == "__main__":
    words = sys.argv[1:]
    address = words.pop(0).rstrip("/") if words and "=" not in words[0] else "http://127.0.0.1:8080"
    net = network(address, **dict(w.split("=", 1) for w in words))
    names, ties = {n["id"]: n["label"] for n in net["nodes"]}, collections.defaultdict(dict)
    for edge in net["edges"]:
        ties[edge["from"]][edge["to"]] = ties[edge["to"]][edge["from"]] = edge["weight"]
    for node, others in sorted(ties.items(), key=lambda t: -sum(t[1].values())):
        closest = max(others, key=others.get)
        print(f"{names[node]:<32}{sum(others.values()):8.2f}  closest: {names[closest]} ({others[closest]:g})")
