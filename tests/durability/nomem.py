#!/usr/bin/env python3
"""One allocation fails while a request is answered or a report read: the server answers (with an error, or because it can
do without), or it ends with the word "out of memory" - it does not crash, answer nonsense or lose what it acknowledged.

usage: nomem.py PROGRAM NOMEM.SO [TRIES]     so many allocations of each request, by default 12; by hand 1000 (all)
"""
import http.client, json, mmap, os, signal, struct, subprocess, sys, tempfile, time

PROGRAM, SHIM = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
TRIES = int(sys.argv[3]) if len(sys.argv) > 3 else 12
TEXT = ("Dispute about the quay\n\nPORT ELLEN, April 22, 2025 - \"We support the new quay,\" council leader Anna Berg said.\n\n"
        "Shipping minister Paul Roth said that the government opposed the new quay.\n")
REQUESTS = [
    ("GET", "/", None), ("GET", "/api/v1/stories", None), ("GET", "/api/v1/stories/1/comparison", None),
    ("GET", "/api/v1/statements?limit=200", None), ("GET", "/api/v1/search?q=talks", None), ("GET", "/api/v1/exports?format=xlsx", None),
    ("GET", "/api/v1/exports?format=gexf", None), ("GET", "/openapi.json", None), ("GET", "/metrics", None),
    ("POST", "/api/v1/decisions", {"action": "confirm", "target": {"type": "statement", "id": 1}}),
    ("POST", "/api/v1/decisions/undo", {}), ("POST", "/api/v1/imports", {"text": TEXT, "outlet": "Paper"}),
]


class Server:
    def __init__(self, folder):
        self.folder, self.process = folder, None
        with open(f"{folder}/control", "wb") as f: f.write(bytes(12))
        self.file = open(f"{folder}/control", "r+b")
        self.control = mmap.mmap(self.file.fileno(), 12)

    def start(self):
        self.arm(0)
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--sample", "--db", f"{self.folder}/s.db", "--port", "0", "--json", "--backups", "off"],
            env={**os.environ, "LD_PRELOAD": SHIM, "NOMEM_CONTROL": f"{self.folder}/control"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.port = int(json.loads(self.process.stdout.readline())["address"].rsplit(":", 1)[1])

    def arm(self, at):
        """0: nothing fails; -1: only counts. The order of the fields matters: `armed` last."""
        self.control[0:4] = struct.pack("i", 0)
        self.control[4:12] = struct.pack("ii", at, 0)
        self.control[0:4] = struct.pack("i", 1 if at else 0)

    def count(self):
        return struct.unpack("iii", self.control[:])[2]

    def ask(self, method, path, body):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            c.request(method, path, json.dumps(body) if body is not None else None, {"Content-Type": "application/json"})
            r = c.getresponse()
            return r.status, r.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            c.close()

    def settle(self):
        for _ in range(200):
            answer = self.ask("GET", "/healthz", None)
            if answer and json.loads(answer[1]).get("queued") == 0 or self.process.poll() is not None: return
            time.sleep(0.02)

    def ended(self):
        """How it ended, or None while it runs. What ends takes a moment to do so."""
        for _ in range(20):
            if self.process.poll() is not None: break
            if self.ask("GET", "/healthz", None): return None
            time.sleep(0.02)
        if self.process.poll() is None: return "hangs"
        said = self.process.stderr.read()
        return None if "out of memory" in said and self.process.returncode in (-signal.SIGABRT, 1) else f"ended with {self.process.returncode}: {said[-300:]}"


def try_one(server, request, at, tally, wrong):
    where = f"{request[0]} {request[1]}, allocation {at}"
    server.arm(at)
    answer = server.ask(*request)
    if request[1].endswith("imports"): server.settle()
    server.arm(0)
    fate = server.ended()
    if fate: wrong.append(f"{where}: {fate}")
    if answer and answer[0] >= 500 and answer[0] not in (500, 503, 507): wrong.append(f"{where}: status {answer[0]}")
    tally["answered" if answer and answer[0] < 400 else "refused" if answer else "closed"] += 1
    if server.process.poll() is not None or fate:
        tally["ended"] += 1
        server.process.kill(); server.process.wait()
        server.start()


def main():
    tally, wrong = dict(answered=0, refused=0, closed=0, ended=0), []
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder)
        server.start()
        for request in REQUESTS:
            server.settle()
            server.ask(*request)
            server.settle()
            server.arm(-1)
            server.ask(*request)
            if request[1].endswith("imports"): server.settle()
            n = server.count()
            for at in sorted({1 + i * n // TRIES for i in range(TRIES)} if n > TRIES else range(1, n + 1)):
                try_one(server, request, at, tally, wrong)
        server.process.terminate()
        server.process.wait()
        verify = subprocess.run([PROGRAM, "verify", "--db", f"{folder}/s.db"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if verify.returncode: wrong.append("verify: " + verify.stdout)
    print(f"{sum(tally.values()) - tally['ended']} allocations failed: {tally['answered']} requests answered all the same, {tally['refused']} refused, "
          f"{tally['closed']} closed; {tally['ended']} times the program ended with the word; {len(wrong)} wrong")
    for line in wrong[:20]: print(line)
    return 1 if wrong else 0


sys.exit(main())
