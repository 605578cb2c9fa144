#!/usr/bin/env python3
"""A server killed at random moments while four clients import reports and decide about what these say. After every kill
it starts again from what is on the disk; at the end everything that it had acknowledged (2xx) must be there: each
decision in the journal, each report an article - or its item says why not -, and `verify` finds nothing.

usage: kills.py PROGRAM [KILLS [SEED]]     by default 8 kills; by hand 500
"""
import http.client, json, os, random, signal, subprocess, sys, tempfile, threading, time

PROGRAM = os.path.abspath(sys.argv[1])
KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 8
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else int(time.time())
CLIENTS = 4
NAMES = "Anna Berg,Paul Roth,Ines Falk,Otto Lind,Mara Voss,Jan Holt,Ruth Keller,Tom Grau".split(",")
CAUSES = "the new quay,a ferry in winter,the harbour fee,a second pier,the island school,a night boat".split(",")


class Server:
    def __init__(self, folder):
        self.folder = folder
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--db", f"{self.folder}/s.db", "--port", "0", "--json", "--backups", "off"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line: sys.exit(f"seed {SEED}: the server does not start again: exit {self.process.wait()}")
        self.port = int(json.loads(line)["address"].rsplit(":", 1)[1])

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def ask(self, method, path, body=None):
        """(status, document), or None where the server went away meanwhile: nothing is then acknowledged."""
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            c.request(method, path, json.dumps(body) if body is not None else None, {"Content-Type": "application/json"})
            r = c.getresponse()
            return r.status, json.loads(r.read() or b"null")
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            c.close()


class Acknowledged:
    def __init__(self):
        self.lock, self.decisions, self.imports = threading.Lock(), set(), set()

    def note(self, kept, answer, member="id"):
        if answer and 200 <= answer[0] < 300 and answer[1] and answer[1].get(member):
            with self.lock: kept.add(answer[1][member])


def report(rng):
    who, other, cause = rng.choice(NAMES), rng.choice(NAMES), rng.choice(CAUSES)
    return (f"Dispute about {cause}, part {rng.randrange(10**6)}\n\nPORT ELLEN, April {rng.randrange(1, 30)}, 2025 - \"We support {cause},\" council "
            f"leader {who} said on Tuesday.\n\nShipping minister {other} said that the government opposed {cause}.\n")


def one_thing(server, rng, ack):
    what = rng.random()
    if what < 0.05: # few: each is work for the engine, which decisions wait for
        ack.note(ack.imports, server.ask("POST", "/api/v1/imports", {"text": report(rng), "outlet": f"Paper {rng.randrange(6)}"}))
    elif what < 0.5:
        ack.note(ack.decisions, server.ask("POST", "/api/v1/decisions/undo", {}))
    elif what < 0.55:
        ack.note(ack.decisions, server.ask("POST", "/api/v1/decisions/redo", {}))
    else:
        found = server.ask("GET", "/api/v1/statements?limit=200")
        if not found or found[0] != 200 or not found[1]["data"]: return
        one = rng.choice(found[1]["data"])
        action, value = rng.choice([("confirm", None), ("reject", None), ("edit", {"kind": "paraphrase"}), ("edit", {"kind": "indirect"})])
        ack.note(ack.decisions, server.ask("POST", "/api/v1/decisions", {"action": action, "target": {"type": "statement", "id": one["id"]}, **({"value": value} if value else {})}))


def work(server, rng, ack, end):
    while not end.is_set():
        one_thing(server, rng, ack)


def everything(server, path):
    rows, cursor = [], ""
    while True:
        status, page = server.ask("GET", f"/api/v1/{path}?limit=200{cursor}")
        assert status == 200, page
        rows += page["data"]
        if not page["page"]["next"]: return rows
        cursor = "&cursor=" + page["page"]["next"]


def settle(server):
    for _ in range(1200):
        answer = server.ask("GET", "/healthz")
        waits = [i for i in everything(server, "imports") if i["status"] in ("queued", "running")]
        if answer and answer[0] == 200 and answer[1]["queued"] == 0 and not waits: return
        time.sleep(0.1)
    sys.exit(f"seed {SEED}: imports never end")


def main():
    rng, ack, lost = random.Random(SEED), Acknowledged(), []
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder)
        server.start()
        for _ in range(3): ack.note(ack.imports, server.ask("POST", "/api/v1/imports", {"text": report(rng), "outlet": "Paper"}))
        settle(server)
        server.kill()
        for _ in range(KILLS):
            server.start()
            end = threading.Event()
            clients = [threading.Thread(target=work, args=(server, random.Random(rng.random()), ack, end)) for _ in range(CLIENTS)]
            for c in clients: c.start()
            time.sleep(rng.uniform(0.02, 1.2))
            server.kill()
            end.set()
            for c in clients: c.join()
        server.start()
        settle(server)
        journal = {d["id"] for d in everything(server, "decisions")}
        lost += [f"decision {d}" for d in ack.decisions - journal]
        aside = 0
        for i in ack.imports:
            status, one = server.ask("GET", f"/api/v1/imports/{i}")
            if status != 200: lost.append(f"import {i}"); continue
            for item in one["items"]:
                aside += item["status"] == "failed" and bool(item["error"])
                if item["status"] not in ("done", "failed") or (item["status"] == "failed" and not item["error"]): lost.append(f"an item of import {i}")
                if item["status"] == "done" and server.ask("GET", f"/api/v1/articles/{item['article']}")[0] not in (200, 301, 308): lost.append(f"article {item['article']}")
        server.process.terminate()
        if server.process.wait() != 0: lost.append("the end does not come in order")
        verify = subprocess.run([PROGRAM, "verify", "--db", f"{folder}/s.db"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if verify.returncode: lost.append("verify: " + verify.stdout)
    print(f"seed {SEED}: {KILLS} kills, {len(ack.imports)} imports and {len(ack.decisions)} decisions acknowledged, {aside} items set aside, {len(lost)} lost")
    for line in lost[:20]: print(line)
    return 1 if lost or not ack.decisions or not ack.imports else 0


sys.exit(main())
