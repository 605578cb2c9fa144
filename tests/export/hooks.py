#!/usr/bin/env python3
"""Webhooks, told to a server of our own: signed, of what is watched and nothing else, tried again, journalled, kept over a
restart, never to a private address unless that is allowed. Prints what differs; exit 1 if anything does."""
import contextlib, hashlib, hmac, http.server, json, re, signal, subprocess, sys, threading, time, urllib.error, urllib.request

import made

found = []
calls, answers = [], []  # what came; which statuses to answer with next


def say(ok, text):
    if not ok: found.append(text)


class Taker(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        calls.append((self.path, dict(self.headers), body))
        status = answers.pop(0) if answers else 204
        self.send_response(status)
        if status == 307: self.send_header("Location", "/elsewhere")
        self.end_headers()
    def log_message(self, *_): pass


@contextlib.contextmanager
def served(db, *options):
    process = subprocess.Popen([made.PROGRAM, "serve", "--db", db, "--port", "0", *options], stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline()
        yield line[line.index("http://"):].split()[0].rstrip("/")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def ask(base, method, path, body=None):
    request = urllib.request.Request(base + "/api/v1/" + path, json.dumps(body).encode() if body is not None else None, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request) as answer: return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as e: return e.code, json.loads(e.read())


def article(base, text, n):
    status, made_of = ask(base, "POST", "imports", dict(title=f"Quay report {n}", outlet=f"Bay Post {n}", text=text, published="2025-03-02", url=f"https://bay.example/{n}"))
    wait(lambda: ask(base, "GET", f"imports/{made_of['id']}")[1]["status"] == "done", "an import")


def wait(ready, what, seconds=25):
    for _ in range(seconds * 20):
        if ready(): return True
        time.sleep(.05)
    say(False, f"waited in vain for {what}")


ONE = "Mayor Ida Lund said on Monday that the harbour needs a new quay. “We cannot wait any longer,” Lund said.\n\nThe council will meet again when the ice has gone from the inner harbour, and then it will vote."
TWO = "Mayor Ida Lund said on Friday that the money for the quay had been found in the budget of the port.\n\nOlaf Berg, the leader of the fishers’ union, said that nobody had asked the fishers what they think of it, and that they would come to the meeting."


def check(db, taker):
    to = f"http://127.0.0.1:{taker.server_port}"
    with served(db, "--allow-private-fetch") as base:
        article(base, ONE, 1)
        who = next(a["key"] for a in ask(base, "GET", "actors")[1]["data"] if a["name"] == "Ida Lund")
        for body, status in ((dict(url=to), 400), (dict(url="ftp://x.example/", actor=who), 400), (dict(url=to, actor="nobody"), 404), (dict(url=to, issue="nothing"), 404),
                             (dict(url=to, actor=who, secret="short"), 400), (dict(url=to, actor=who, more=1), 400)):
            say(ask(base, "POST", "hooks", body)[0] == status, f"a hook of {body}")
        status, hook = ask(base, "POST", "hooks", dict(url=to + "/lund", actor=who))
        say(status == 201 and re.fullmatch("[0-9a-f]{32}", hook["secret"]), f"a hook: {status} {hook}")
        say("secret" not in ask(base, "GET", f"hooks/{hook['id']}")[1] and hook["secret"] not in json.dumps(ask(base, "GET", "hooks")[1]), "a secret is shown again")
        time.sleep(2.5)
        say(not calls, "told of what was there before")
        answers.extend([503, 307])
        article(base, TWO, 2)
        wait(lambda: len(calls) >= 3, "the third try")
        say([c[0] for c in calls] == ["/lund"] * 3, f"where to: {[c[0] for c in calls]}")
        path, headers, body = calls[-1]
        told = json.loads(body)
        t, v = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", headers["X-Synoptic-Signature"]).groups()
        say(hmac.new(hook["secret"].encode(), t.encode() + b"." + body, hashlib.sha256).hexdigest() == v and abs(int(t) - time.time()) < 60, "signature")
        say(headers["Content-Type"] == "application/json" and len({c[1]["X-Synoptic-Call"] for c in calls}) == 1 and len({c[2] for c in calls}) == 1, "the tries differ")
        want = [s for s in ask(base, "GET", f"statements?actor={who}")[1]["data"] if s["article"] == 2]
        say(want and [(s["id"], s["speaker"], s["words"], s["url"]) for s in told["statements"]] == [(s["id"], who, s["content"][0]["exact"], "https://bay.example/2") for s in want], f"told: {told}")
        wait(lambda: ask(base, "GET", f"hooks/{hook['id']}/calls")[1]["data"][0]["status"] == "done", "the journal")
        journal = ask(base, "GET", f"hooks/{hook['id']}/calls")[1]["data"]
        say(len(journal) == 1 and (journal[0]["tries"], journal[0]["code"], journal[0]["error"], journal[0]["body"]) == (3, 204, None, told), f"journal: {journal}")
    del calls[:]
    with served(db, "--allow-private-fetch") as base:
        time.sleep(2)
        say(not calls, "told again after a restart")
        answers.append(500)
        article(base, ONE.replace("a new quay", "a longer mole"), 3)
        wait(lambda: len(calls) == 1, "a call that fails")
    with served(db) as base:  # what is left to tell goes nowhere: the address is a private one
        wait(lambda: "private" in (ask(base, "GET", f"hooks/{hook['id']}/calls")[1]["data"][0]["error"] or ""), "a refusal")
        say(len(calls) == 1, "told a private address")
        say(ask(base, "DELETE", f"hooks/{hook['id']}", {})[0] == 200 and ask(base, "GET", f"hooks/{hook['id']}")[0] == 404 and ask(base, "DELETE", f"hooks/{hook['id']}", {})[0] == 404, "removing")
        say(ask(base, "GET", f"hooks/{hook['id']}/calls")[1]["data"] == [], "the journal of a removed hook")


with made.folder() as at:
    taker = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Taker)
    threading.Thread(target=taker.serve_forever, daemon=True).start()
    check(f"{at}/a.db", taker)
    taker.shutdown()
print(*found[:40], f"{len(found)} faults", sep="\n")
sys.exit(bool(found))
