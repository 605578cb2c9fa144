#!/usr/bin/env python3
"""Stores whose file was damaged: a bit turned, a stretch of zeros, cut short. Each is served, and everything it holds is
asked for: what is answered must be what the whole store answers, or an error with a sentence. Answers that differ
and say nothing are wrong.

usage: flips.py PROGRAM [TRIES [SEED]]     by default 30; by hand 500
"""
import http.client, json, os, random, shutil, subprocess, sys, tempfile, time

PROGRAM = os.path.abspath(sys.argv[1])
TRIES = int(sys.argv[2]) if len(sys.argv) > 2 else 30
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 7
LISTS = "stories articles statements actors issues positions conflicts decisions outlets imports utterances stances".split()


def serve(db):
    p = subprocess.Popen([PROGRAM, "serve", "--db", db, "--port", "0", "--json", "--backups", "off"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    line = p.stdout.readline()
    return p, int(json.loads(line)["address"].rsplit(":", 1)[1]) if line else None


def ask(port, method, path, body=None):
    c = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        c.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
        r = c.getresponse()
        return r.status, r.read()
    finally:
        c.close()


def answers(port, articles):
    paths = [f"/api/v1/{name}?limit=200" for name in LISTS] + ["/api/v1/stories/1/comparison", "/api/v1/search?q=talks"]
    paths += [f"/api/v1/articles/{a}" for a in articles]
    return {p: ask(port, "GET", p) for p in paths}


def make(db):
    p, port = serve_sample(db)
    for id in range(1, 6):
        ask(port, "POST", "/api/v1/decisions", {"action": "confirm", "target": {"type": "statement", "id": id}})
    articles = [a["id"] for a in json.loads(ask(port, "GET", "/api/v1/articles?limit=200")[1])["data"]]
    p.terminate(); p.wait()
    return articles


def serve_sample(db):
    p = subprocess.Popen([PROGRAM, "serve", "--sample", "--db", db, "--port", "0", "--json", "--backups", "off"], stdout=subprocess.PIPE, text=True)
    return p, int(json.loads(p.stdout.readline())["address"].rsplit(":", 1)[1])


def damage(rng, db):
    size = os.path.getsize(db)
    with open(db, "r+b") as f:
        what = rng.random()
        at = rng.randrange(size)
        if what < 0.8:
            f.seek(at); byte = f.read(1)[0]
            f.seek(at); f.write(bytes([byte ^ 1 << rng.randrange(8)]))
            return f"bit at {at}"
        if what < 0.9:
            f.seek(at // 512 * 512); f.write(bytes(512))
            return f"zeros at {at // 512 * 512}"
        f.truncate(at)
        return f"cut to {at}"


def main():
    rng, tally, wrong = random.Random(SEED), dict(refused=0, errors=0, same=0), []
    with tempfile.TemporaryDirectory() as d:
        whole, db = f"{d}/whole.db", f"{d}/damaged.db"
        articles = make(whole)
        p, port = serve(whole)
        right = answers(port, articles)
        p.terminate(); p.wait()
        for _ in range(TRIES):
            for old in os.listdir(d):
                if old.startswith("damaged"): os.unlink(f"{d}/{old}")
            shutil.copy(whole, db)
            what = damage(rng, db)
            p, port = serve(db)
            if port is None:
                tally["refused"] += 1
                said = p.stderr.read()
                if p.wait() != 1 or not said.startswith('{"error":'): wrong.append(f"{what}: refused with {p.returncode}: {said[-200:]}")
                continue
            time.sleep(0.05)
            try:
                got = answers(port, articles)
            except OSError as e:
                wrong.append(f"{what}: {e}, ended with {p.poll()}")
                p.kill(); p.wait(); continue
            p.terminate(); p.wait()
            other = [k for k in right if got[k] != right[k]]
            silent = [k for k in other if got[k][0] == 200]
            bad = [k for k in other if got[k][0] not in (200, 500, 503) or got[k][0] != 200 and b'"detail"' not in got[k][1]]
            if silent or bad: wrong.append(f"{what}: {', '.join(f'{k} {got[k][0]}' for k in silent + bad)[:300]}")
            else: tally["errors" if other else "same"] += 1
    print(f"seed {SEED}: {TRIES} damaged stores: {tally['refused']} refused, {tally['errors']} answered with errors, {tally['same']} answered rightly all the same, {len(wrong)} wrong")
    for line in wrong[:20]: print(line)
    return 1 if wrong else 0


sys.exit(main())
