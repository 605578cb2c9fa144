#!/usr/bin/env python3
"""What a test runner has to say, for ./test: results.py meson testlog.json | results.py tap OUTPUT

Prints "passed N" and "failed NAME" for each test that failed, then the name and the last lines of the
log of each of these."""
import json
import re
import sys

LINES = 40


def of_meson(path):
    """One JSON object a line; a test that failed as expected has passed."""
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            test = json.loads(line)
            if test["result"] == "SKIP":
                continue
            good = test["result"] in ("OK", "EXPECTEDFAIL")
            log = (test.get("stdout") or "") + (test.get("stderr") or "")
            yield test["name"], good, log.splitlines() or [test["result"]]


def of_tap(path):
    """Tests without tests inside them; what stands below "not ok" up to "..." is the log."""
    with open(path, encoding="utf-8", errors="replace") as file:
        lines = file.read().splitlines()
    for i, line in enumerate(lines):
        found = re.match(r"( *)(not )?ok \d+ - (.*)", line)
        if not found or "# SKIP" in line:
            continue
        end = i + 1
        while end < len(lines) and lines[end].strip() != "...":
            end += 1
        log = lines[i + 1:end]
        if any("type: 'suite'" in l or "failureType: 'subtestsFailed'" in l for l in log):
            continue
        yield found[3].split(" # ")[0], not found[2], log


def main():
    passed, failed = 0, []
    for name, good, log in {"meson": of_meson, "tap": of_tap}[sys.argv[1]](sys.argv[2]):
        passed += good
        if not good:
            failed.append((name, log))
    print(f"passed {passed}")
    for name, _ in failed:
        print(f"failed {name}")
    for name, log in failed:
        print(f"--- {name}", *log[-LINES:], sep="\n")


main()
