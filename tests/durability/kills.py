#!/usr/bin/env python3
"""A server killed at random moments while four clients import reports, decide about what these say - each under a name of
its own and under If-Match, so that none overwrites what it has not seen -, code them, and take back what they did. After
every kill it starts again from what is on the disk; at the end everything that it had acknowledged (2xx) must be there:
each decision in the journal as it was sent, each report an article - or its item says why not -, each statement and coding as
the standing entries of the journal say, and `verify` finds nothing.

usage: kills.py PROGRAM [KILLS [SEED]]     by default 8 kills; by hand 500
Beside tests/support/postgres.sh the store is one of that server.
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
        self.store = f"{os.environ['TEST_STORE']}&schema=kills_{SEED}" if "TEST_STORE" in os.environ else f"{folder}/s.db"
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--db", self.store, "--port", "0", "--json", "--backups", "off"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line: sys.exit(f"seed {SEED}: the server does not start again: exit {self.process.wait()}")
        self.port = int(json.loads(line)["address"].rsplit(":", 1)[1])

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def ask(self, method, path, body=None, tag=None):
        """(status, document, tag), or None where the server went away meanwhile: nothing is then acknowledged."""
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            c.request(method, path, json.dumps(body) if body is not None else None, {"Content-Type": "application/json", **({"If-Match": tag} if tag else {})})
            r = c.getresponse()
            return r.status, json.loads(r.read() or b"null"), r.getheader("ETag")
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            c.close()


class Acknowledged:
    def __init__(self):
        self.lock, self.decisions, self.imports, self.sent, self.refused = threading.Lock(), set(), set(), {}, 0

    def note(self, kept, answer, member="id"):
        if answer and 200 <= answer[0] < 300 and answer[1] and answer[1].get(member):
            with self.lock: kept.add(answer[1][member])

    def decided(self, answer, what):
        """What was sent, by the number that it was acknowledged with."""
        self.note(self.decisions, answer)
        with self.lock:
            if answer and answer[0] == 201: self.sent[answer[1]["id"]] = what
            self.refused += bool(answer) and answer[0] == 412


def report(rng):
    who, other, cause = rng.choice(NAMES), rng.choice(NAMES), rng.choice(CAUSES)
    return (f"Dispute about {cause}, part {rng.randrange(10**6)}\n\nPORT ELLEN, April {rng.randrange(1, 30)}, 2025 - \"We support {cause},\" council "
            f"leader {who} said on Tuesday.\n\nShipping minister {other} said that the government opposed {cause}.\n")


def one_thing(server, rng, ack, me):
    what = rng.random()
    if what < 0.05: # few: each is work for the engine, which decisions wait for
        ack.note(ack.imports, server.ask("POST", "/api/v1/imports", {"text": report(rng), "outlet": f"Paper {rng.randrange(6)}"}))
    elif what < 0.5:
        ack.note(ack.decisions, server.ask("POST", "/api/v1/decisions/undo", {"by": me}))
    elif what < 0.55:
        ack.note(ack.decisions, server.ask("POST", "/api/v1/decisions/redo", {"by": me}))
    else:
        found = server.ask("GET", "/api/v1/statements?limit=200")
        if not found or found[0] != 200 or not found[1]["data"]: return
        one, target = rng.choice(found[1]["data"][:40]), rng.choice(("statement", "statement", "coding"))
        action, value = rng.choice([("confirm", None), ("reject", None), ("edit", {"kind": "mixed"}), ("edit", {"kind": "indirect"})])
        body = {"action": action, "target": {"type": target, "id": one["id"]}, "by": me, **({"value": value} if value else {})}
        ack.decided(server.ask("POST", "/api/v1/decisions", body, found[2] if target == "statement" else None), (action, target, one["id"], me))


def work(server, rng, ack, end, me):
    while not end.is_set():
        one_thing(server, rng, ack, me)


def standing(journal):
    """By what was decided about: the newest entry that stands. journal: the newest first."""
    turned, out = {}, {}
    for d in journal:
        if d["target"]["type"] == "decision": turned.setdefault(d["target"]["id"], d["action"])
    for d in journal:
        if d["target"]["type"] != "decision" and turned.get(d["id"]) != "undo": out.setdefault((d["target"]["type"], str(d["target"]["id"])), d)
    return out


def misread(server, journal):
    """Statements and codings that are not as the journal says."""
    verdict, stands, out = {"confirm": "confirmed", "reject": "rejected", "edit": "edited"}, standing(journal), []
    for s in everything(server, "statements") + everything(server, "statements?status=rejected"):
        d = stands.get(("statement", str(s["id"])))
        if s["status"] != (verdict[d["action"]] if d else "proposed"): out.append(f"statement {s['id']} is {s['status']}, decided: {d and d['action']}")
    codings = {f"{c['statement']} {c['coder']}": c["verdict"] for c in everything(server, "codings")}
    wanted = {key: verdict[d["action"]] for (kind, key), d in stands.items() if kind == "coding"}
    return out + [f"coding {k}: {codings.get(k)}, decided: {wanted.get(k)}" for k in codings.keys() | wanted.keys() if codings.get(k) != wanted.get(k)]


def late(server, journal):
    """The same after at most 20 seconds: a story whose comparison was killed is compared again when the server is up."""
    for _ in range(100):
        wrong = misread(server, journal)
        if not wrong: break
        time.sleep(0.2)
    return wrong


def everything(server, path):
    rows, cursor = [], ""
    while True:
        status, page, _ = server.ask("GET", f"/api/v1/{path}{'&' if '?' in path else '?'}limit=200{cursor}")
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
            clients = [threading.Thread(target=work, args=(server, random.Random(rng.random()), ack, end, f"Client {i}")) for i in range(CLIENTS)]
            for c in clients: c.start()
            time.sleep(rng.uniform(0.02, 1.2))
            server.kill()
            end.set()
            for c in clients: c.join()
        server.start()
        settle(server)
        journal = everything(server, "decisions")
        said = {d["id"]: (d["action"], d["target"]["type"], int(str(d["target"]["id"]).split(" ")[0]), d["by"]) for d in journal}
        lost += [f"decision {d}" for d in ack.decisions - said.keys()]
        lost += [f"decision {d}: {said.get(d)}, not {what}" for d, what in ack.sent.items() if said.get(d) != what]
        lost += late(server, journal)
        aside = 0
        for i in ack.imports:
            status, one, _ = server.ask("GET", f"/api/v1/imports/{i}")
            if status != 200: lost.append(f"import {i}"); continue
            for item in one["items"]:
                aside += item["status"] == "failed" and bool(item["error"])
                if item["status"] not in ("done", "failed") or (item["status"] == "failed" and not item["error"]): lost.append(f"an item of import {i}")
                if item["status"] == "done" and server.ask("GET", f"/api/v1/articles/{item['article']}")[0] not in (200, 301, 308): lost.append(f"article {item['article']}")
        server.process.terminate()
        if server.process.wait() != 0: lost.append("the end does not come in order")
        verify = subprocess.run([PROGRAM, "verify", "--db", server.store], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if verify.returncode: lost.append("verify: " + verify.stdout)
    print(f"seed {SEED}: {KILLS} kills, {len(ack.imports)} imports and {len(ack.decisions)} decisions acknowledged, {ack.refused} refused as overtaken, {aside} items set aside, {len(lost)} lost")
    for line in lost[:20]: print(line)
    return 1 if lost or not ack.decisions or not ack.imports else 0


sys.exit(main())
