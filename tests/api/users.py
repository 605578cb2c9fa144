#!/usr/bin/env python3
"""A server with --users: who may do what (data/users.txt), that decisions bear the user's name whatever they say, that
reviewers take back only their own and see nobody's codings before theirs are done, and how users are made and removed.

usage: users.py        with SYNOPTIC (the program) and TESTS_DIR in the environment
"""
import http.client, json, os, subprocess, sys, tempfile

PROGRAM, TESTS = os.environ["SYNOPTIC"], os.environ["TESTS_DIR"]
wrong = []


def is_so(what, got, wanted):
    if got != wanted: wrong.append(f"{what}: {got!r}, not {wanted!r}")


def run(*args):
    p = subprocess.run([PROGRAM, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return p.returncode, p.stdout, p.stderr


class Server:
    def __init__(self, *args):
        self.p = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--backups", "off", *args], stdout=subprocess.PIPE, text=True)
        self.at = self.p.stdout.readline().strip().split("//")[1]

    def raw(self, method, target, body=None, headers=None):
        c = http.client.HTTPConnection(self.at, timeout=30)
        c.request(method, target, body, headers or {})
        r = c.getresponse()
        text = r.read()
        c.close()
        return r, text

    def ask(self, who, method, path, body=None):
        r, text = self.raw(method, "/api/v1/" + path, json.dumps(body) if isinstance(body, dict) else body or None,
                           {"Content-Type": "application/json", **({"Authorization": "Bearer " + who} if who else {})})
        return r.status, json.loads(text)

    def stop(self):
        self.p.terminate()
        self.p.wait()


def check_table(s, tokens):
    for line in open(TESTS + "/api/data/users.txt"):
        if line.startswith("#"): continue
        method, path, body, *statuses = line.rstrip("\n").replace("\t\t\t", "\t\t").split("\t")
        for who, wanted in zip(("", "reader", "reviewer", "owner"), statuses):
            is_so(f"{who or 'nobody'}: {method} {path}", s.ask(tokens.get(who), method, path, body)[0], int(wanted))


def check_names(s, tokens):
    is_so("me", s.ask(tokens["reviewer"], "GET", "me")[1], {"name": "Rita Ö.", "role": "reviewer"})
    status, d = s.ask(tokens["reviewer"], "POST", "decisions", {"action": "confirm", "target": {"type": "statement", "id": 1}, "by": "Owen"})
    is_so("a decision bears the user's name", s.ask(tokens["owner"], "GET", f"decisions/{d['id']}")[1]["by"], "Rita Ö.")
    status, theirs = s.ask(tokens["owner"], "POST", "decisions", {"action": "reject", "target": {"type": "statement", "id": 3}})
    is_so("another's decision", s.ask(tokens["reviewer"], "POST", "decisions/undo", {"id": theirs["id"]})[0], 403)
    is_so("one's own", s.ask(tokens["reviewer"], "POST", "decisions/undo", {"id": d["id"]})[0], 200)
    is_so("one's newest, whatever name is given", s.ask(tokens["reviewer"], "POST", "decisions/undo", {"by": "Owen"})[1]["about"]["by"], "Rita Ö.")
    is_so("an owner takes back anything", s.ask(tokens["owner"], "POST", "decisions/undo", {"id": theirs["id"]})[0], 200)


def check_blind(s, tokens):
    sample = s.ask(tokens["owner"], "POST", "samples", {"purpose": "coding", "size": 2, "seed": 1})[1]["id"]
    one, two = [x["id"] for x in s.ask(tokens["owner"], "GET", f"samples/{sample}/statements")[1]["data"]]
    code = lambda who, id: s.ask(tokens[who], "POST", "decisions", {"action": "confirm", "target": {"type": "coding", "id": id}})
    code("owner", one), code("owner", two)
    is_so("nobody else's before one has begun", s.ask(tokens["reviewer"], "GET", f"samples/{sample}/differences")[0], 403)
    code("reviewer", one)
    seen = lambda: {c["coder"] for c in s.ask(tokens["reviewer"], "GET", f"codings?sample={sample}&by=Owen")[1]["data"]}
    is_so("the list holds one's own", seen(), {"Rita Ö."})
    is_so("nor before one is done", s.ask(tokens["reviewer"], "GET", f"samples/{sample}/agreement?by=Owen")[0], 403)
    is_so("nor by the journal", {d["after"] for d in s.ask(tokens["reviewer"], "GET", "decisions?target=coding")[1]["data"]}, {None})
    code("reviewer", two)
    is_so("then", s.ask(tokens["reviewer"], "GET", f"samples/{sample}/agreement")[1]["coders"], ["Owen", "Rita Ö."])
    is_so("an owner asks for anybody's", {c["coder"] for c in s.ask(tokens["owner"], "GET", f"codings?sample={sample}&by=Rita%20%C3%96.")[1]["data"]}, {"Rita Ö."})


def check_pages(s, tokens):
    r, _ = s.raw("GET", "/?token=" + tokens["reviewer"])
    cookies = r.headers.get_all("Set-Cookie")
    is_so("the page keeps the token", (r.status, cookies[0].split(";")[0]), (303, "synoptic=" + tokens["reviewer"]))
    is_so("and says the name", cookies[1].split(";")[0], "synoptic-name=" + "".join(f"%{b:02X}" for b in "Rita Ö.".encode()))
    is_so("with it", s.raw("GET", "/api/v1/stories", headers={"Cookie": cookies[0].split(";")[0]})[0].status, 200)
    for bad in ("0" * 32, "", tokens["owner"][:31]):
        is_so("no token of anybody's", s.raw("GET", "/api/v1/stories", headers={"Authorization": "Bearer " + bad})[0].status, 401)


def main():
    with tempfile.TemporaryDirectory() as folder:
        db, users, tokens = folder + "/s.db", folder + "/users", {}
        run("import", "--db", db, TESTS + "/data/harbour")
        is_so("nobody is let in by an empty file", run("serve", "--db", db, "--port", "0", "--users", users)[0], 1)
        for role, name in (("reader", "Rea"), ("reviewer", "Rita Ö."), ("owner", "Owen")):
            code, out, _ = run("users", users, "add", name, role)
            is_so("add", (code, out.split("\t")[:2]), (0, [name, role]))
            tokens[role] = out.strip().split("\t")[2]
        is_so("only the owner of the file reads it", os.stat(users).st_mode & 0o777, 0o600)
        is_so("no token stands in it", any(t in open(users).read() for t in tokens.values()), False)
        is_so("list", run("users", users)[1], "Rea\treader\nRita Ö.\treviewer\nOwen\towner\n")
        is_so("a role there is not", run("users", users, "add", "X", "king")[0], 1)
        is_so("a name that is none", run("users", users, "add", "~x", "owner")[0], 1)
        is_so("--token beside it", run("serve", "--db", db, "--users", users, "--token", "0123456789abcdef")[0], 2)
        s = Server("--db", db, "--users", users)
        try:
            check_table(s, tokens), check_names(s, tokens), check_blind(s, tokens), check_pages(s, tokens)
        finally:
            s.stop()
        again = run("users", users, "add", "Rea", "reviewer")[1].strip().split("\t")
        is_so("another role, another token", (again[1], again[2] != tokens["reader"]), ("reviewer", True))
        is_so("remove", (run("users", users, "remove", "Owen")[0], run("users", users)[1]), (0, "Rea\treviewer\nRita Ö.\treviewer\n"))
        is_so("nobody of that name", run("users", users, "remove", "Owen")[0], 1)
        open(users, "a").write("broken line\n")
        is_so("a broken file", "line 4" in run("users", users)[2], True)
    print("\n".join(wrong) or "users do what they may")
    return 1 if wrong else 0


sys.exit(main())
