#!/usr/bin/env python3
"""The examples that are served beside the pages: fetched from the server, run against it, and right. Prints what differs;
exit 1 if anything does."""
import collections, csv, io, json, os, shutil, socket, subprocess, sys, time, urllib.request

import made

found = []


def say(ok, text):
    if not ok: found.append(text)


def fetch(address, at, name):
    status, body = made.get(address, "/examples/" + name)
    say(status == 200, f"{name}: {status}")
    with open(f"{at}/{name}", "wb") as f: f.write(body)
    return f"{at}/{name}"


def run(*arguments):
    done = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    say(done.returncode == 0, f"{arguments[1]}: {done.stderr[-300:]}")
    return done.stdout


def check_python(address, at):
    rows = list(csv.DictReader(io.StringIO(made.get(address, "/api/v1/stances.csv?flavour=data")[1].decode(), newline="")))
    out = run(sys.executable, fetch(address, at, "who_said_what.py"), address)
    say(all(r["words"] in out and r["issue_title"] in out for r in rows) and len(out.splitlines()) == len(rows) + len({r["issue_title"] for r in rows}), "who_said_what.py: rows")
    one = rows[0]["issue"]
    out = run(sys.executable, f"{at}/who_said_what.py", address, "issue=" + one)
    say(len(out.splitlines()) == sum(r["issue"] == one for r in rows) + 1, "who_said_what.py: a filter")
    net = json.loads(made.get(address, "/api/v1/exports?format=network&mode=one&qualifier=congruence")[1])
    sums = collections.Counter()
    for e in net["edges"]: sums.update({e["from"]: e["weight"], e["to"]: e["weight"]})
    out = run(sys.executable, fetch(address, at, "network.py"), address)
    say([float(l.split("  closest")[0].split()[-1]) for l in out.splitlines()] == sorted((round(v, 2) for v in sums.values()), reverse=True), f"network.py: {out[:200]}")


def check_hook(address, at):
    """What hook.py takes and refuses; tests/export/hooks.py has the server's side."""
    import hashlib, hmac
    path, port = fetch(address, at, "hook.py"), socket.create_server(("127.0.0.1", 0)).getsockname()[1]
    process = subprocess.Popen([sys.executable, path, str(port), "a secret of some length"], stdout=subprocess.PIPE, text=True)
    body = json.dumps({"statements": [{"speaker_name": "Ida Lund", "outlet": "Bay Post", "words": "We cannot wait"}]}).encode()
    def post(secret, seconds, call="1"):
        t = str(int(time.time()) - seconds)
        signature = f"t={t},v1=" + hmac.new(secret, t.encode() + b"." + body, hashlib.sha256).hexdigest()
        request = urllib.request.Request(f"http://127.0.0.1:{port}/", body, {"X-Synoptic-Signature": signature, "X-Synoptic-Call": call})
        try:
            return urllib.request.urlopen(request).status
        except urllib.error.HTTPError as e:
            return e.code
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError: time.sleep(.05)
    say([post(b"a secret of some length", 0), post(b"another secret", 0), post(b"a secret of some length", 4000), post(b"a secret of some length", 0)] == [204, 403, 403, 204], "hook.py: statuses")
    process.terminate()
    say(process.communicate()[0] == "Ida Lund in Bay Post: We cannot wait\n", "hook.py: what it prints")


def check_r(address, at):
    path = fetch(address, at, "positions.R")
    if not shutil.which("Rscript"): return print("no R: positions.R is not run")
    out = run("Rscript", path, address)
    titles = {json.loads(l)["issue_title"] for l in made.get(address, "/api/v1/stances.ndjson")[1].decode().splitlines()}
    say(all(t[:20] in out for t in titles), "positions.R: issues")


with made.folder() as at:
    sample = os.path.join(os.path.dirname(os.path.abspath(made.__file__)), "..", "..", "server", "cli", "sample")
    subprocess.run([made.PROGRAM, "import", "--db", f"{at}/a.db", sample], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    with made.served(f"{at}/a.db") as address:
        check_python(address, at)
        check_hook(address, at)
        check_r(address, at)
print(*found[:40], f"{len(found)} faults", sep="\n")
sys.exit(bool(found))
