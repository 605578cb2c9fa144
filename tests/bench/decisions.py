#!/usr/bin/env python3
"""decisions.py STORE PROGRAM [N] - how long the answer to a decision takes in a large store (tests/bench/year makes one).

N (200) decisions about statements of stories all over the store, as the review and a correction make them: right, no
statement, another kind, another stance; each under If-Match, each then undone. Works on a copy. Prints, for the first
decisions and for undo, the median, the 95th of 100 and the slowest answer, and the server's processor time a decision.
"""
import http.client, json, os, random, shutil, statistics, subprocess, sys, tempfile, time

store, program, n = sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 200
TICK = os.sysconf("SC_CLK_TCK")


def cpu(pid):
    f = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(f[11]) + int(f[12])) / TICK * 1000


def ask(c, method, path, body=None, tag=None):
    began = time.perf_counter()
    c.request(method, "/api/v1/" + path, json.dumps(body) if body is not None else None,
              {"Content-Type": "application/json", **({"If-Match": tag} if tag else {})})
    r = c.getresponse()
    text = r.read()
    return r.status, json.loads(text), r.getheader("ETag"), (time.perf_counter() - began) * 1000


def figures(name, ms):
    ms = sorted(ms)
    print(f"{name:24} n {len(ms):4}  median {statistics.median(ms):7.1f} ms  p95 {ms[int(len(ms) * .95)]:7.1f} ms  most {ms[-1]:7.1f} ms")


def main():
    r, times, undone = random.Random(5), {}, []
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        db = shutil.copy(store, folder + "/a.db")
        subprocess.run([program, "verify", "--db", db, "--accept"], stdout=subprocess.DEVNULL)
        p = subprocess.Popen([program, "serve", "--db", db, "--port", "0", "--backups", "off"], stdout=subprocess.PIPE, text=True)
        c = http.client.HTTPConnection(p.stdout.readline().strip().split("//")[1], timeout=120)
        still = 0
        while still < 4:  # stale stories are compared first
            before = cpu(p.pid); time.sleep(.5)
            still = still + 1 if cpu(p.pid) - before < 20 else 0
        last = ask(c, "GET", "articles?limit=1")[1]["data"][0]["story"]
        total = ask(c, "GET", "articles?limit=1")[1]
        print("articles:", total["total"], "or more" if total["total_more"] else "")
        began, done = cpu(p.pid), 0
        while done < n:
            status, found, tag, _ = ask(c, "GET", f"statements?status=proposed&story={r.randrange(1, last + 1)}&limit=50")
            if not found["data"]: continue
            s = r.choice(found["data"])
            what = r.choice(("confirm", "reject", "edit", "edit", "stance"))
            value = {"kind": "indirect"} if what == "edit" else None
            if what == "stance":
                if not s["positions"]: continue
                value = {"issue": s["positions"][0]["issue"], "stance": "mixed"}
            body = {"action": "edit" if value else what, "target": {"type": "statement", "id": s["id"]}, "by": "Ana", **({"value": value} if value else {})}
            status, answer, _, ms = ask(c, "POST", "decisions", body, tag)
            if status != 201: sys.exit(f"{status} {answer}")
            times.setdefault(what, []).append(ms)
            status, answer, _, ms = ask(c, "POST", "decisions/undo", {"by": "Ana"})
            if status != 200: sys.exit(f"{status} {answer}")
            undone.append(ms)
            done += 1
        used = cpu(p.pid) - began
        p.terminate(); p.wait()
    for what in sorted(times): figures(what, times[what])
    figures("decisions", [x for v in times.values() for x in v])
    figures("undo", undone)
    print(f"{used / (2 * n):.1f} ms of processor time each, reads and comparing included")


main()
