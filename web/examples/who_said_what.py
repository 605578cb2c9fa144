#!/usr/bin/env python3
"""who_said_what.py [ADDRESS] [NAME=VALUE ...] - who says what on which issue, as a table.

ADDRESS is where synoptic answers (http://127.0.0.1:8080 if not said); NAME=VALUE narrows: story=1 actor=KEY
issue=KEY stance=support outlet=NAME from=2025-01-01 to=2025-12-31. Needs nothing but Python 3.
"""
import csv, io, sys, urllib.parse, urllib.request


def stances(address, **filters):
    """A dictionary for each statement and issue; all of them, however many there are."""
    query = urllib.parse.urlencode({"flavour": "data", **filters})
    with urllib.request.urlopen(f"{address}/api/v1/stances.csv?{query}") as answer:
        yield from csv.DictReader(io.TextIOWrapper(answer, encoding="utf-8", newline=""))


if __name__ == "__main__":
    words = sys.argv[1:]
    address = words.pop(0).rstrip("/") if words and "=" not in words[0] else "http://127.0.0.1:8080"
    rows = list(stances(address, **dict(w.split("=", 1) for w in words)))
    for issue in sorted({r["issue_title"] for r in rows}):
        print(issue)
        for r in rows:
            if r["issue_title"] == issue:
                print(f"    {r['stance']:<12}{r['speaker_name'] or '?':<32}{r['outlet']}: {r['words']}")
