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


def command(db, *arguments):
    run = subprocess.run([made.PROGRAM, "hooks", *arguments, "--db", db], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return run.returncode, run.stdout


def check_command(db, taker):
    """The same by `synoptic hooks`: add, list, test (a signed call without statements, to allowed addresses only), remove."""
    to = f"http://127.0.0.1:{taker.server_port}/try"
    with served(db): pass
    made.fill(db, 3, 30)
    del calls[:], answers[:]
    say(command(db) == (0, ""), "a list of no hooks")
    for arguments, code, words in ((("add", to), 2, "actor"), (("add", "ftp://x.example/", "actor=actor-1"), 2, "http"), (("add", to, "actor=nobody"), 1, "no such actor"), (("add", to, "actor=actor-1", "secret=short"), 2, "16"),
                                   (("add", to, "who=actor-1"), 2, "actor=KEY"), (("nix",), 2, "list, add"), (("test", "9"), 1, "no such webhook"), (("remove", "x"), 2, "number")):
        got = command(db, *arguments)
        say(got[0] == code and words in got[1], f"hooks {arguments}: {got}")
    got = command(db, "add", to, "actor=actor-1", "secret=sixteen bytes ok", "--json")
    say(got[0] == 0 and json.loads(got[1]) == {"id": 1, "secret": "sixteen bytes ok"}, f"hooks add: {got}")
    got = command(db, "add", to, "issue=issue-1")
    say(got[0] == 0 and re.fullmatch(r"webhook 2, secret [0-9a-f]{32} \(told only now\)\n", got[1]), f"hooks add: {got}")
    code, out = command(db, "list")
    say(code == 0 and [(h["id"], h["url"], h["actor"], h["issue"]) for h in map(json.loads, out.splitlines())] == [(1, to, "actor-1", None), (2, to, None, "issue-1")] and "sixteen" not in out, f"hooks list: {out}")
    say(command(db, "test", "1")[0] == 1 and not calls, "a private address is called")
    say(command(db, "test", "1", "--allow-private-fetch") == (0, f"{to} took it (204)\n"), "hooks test")
    path, headers, body = calls[-1]
    t, v = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", headers["X-Synoptic-Signature"]).groups()
    say(path == "/try" and json.loads(body) == {"event": "test", "hook": 1, "statements": []} and hmac.new(b"sixteen bytes ok", t.encode() + b"." + body, hashlib.sha256).hexdigest() == v, f"the call of a test: {path} {body}")
    answers.append(500)
    code, out = command(db, "test", "1", "--allow-private-fetch")
    say(code == 1 and "did not take it" in out, f"a call that is refused: {out}")
    with served(db) as base:  # which only reads, and says how else
        say(command(db, "list")[0] == 0 and ask(base, "GET", "hooks/1/calls")[1]["data"] == [], "a test stands in the journal")
        code, out = command(db, "remove", "1")
        say(code == 1 and "/api/v1/hooks" in out, f"beside a server: {out}")
    say([command(db, "remove", "1")[0], command(db, "remove", "1")[0], len(command(db)[1].splitlines())] == [0, 1, 1], "hooks remove")


with made.folder() as at:
    taker = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Taker)
    threading.Thread(target=taker.serve_forever, daemon=True).start()
    check(f"{at}/a.db", taker)
    check_command(f"{at}/b.db", taker)
    taker.shutdown()
print(*found[:40], f"{len(found)} faults", sep="\n")
sys.exit(bool(found))
