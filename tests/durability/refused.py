#!/usr/bin/env python3
"""A database that will not, seen by a client: refused.py PROGRAM

Runs by support/postgres.sh. A server on a store in PostgreSQL, as a user of its own; then its connections are cut, no new ones
are let in, the primary turns read-only, a table is locked for long, rights are taken away. Each must have its status and
its sentence; afterwards everything goes on, and what was acknowledged is there."""
import http.client, json, os, subprocess, sys, time

HOST = os.environ["TEST_STORE"].split("host=")[1].split("&")[0]
wrong = []


def psql(sql, **more): return subprocess.run(["psql", "-h", HOST, "-Atqc", sql], check=True, stdout=subprocess.PIPE, text=True, **more).stdout


class Client:
    def __init__(self, at): self.at, self.notes = at, []

    def ask(self, method, path, body=None):
        c = http.client.HTTPConnection(self.at, timeout=60)
        c.request(method, path, json.dumps(body) if body else None, {"content-type": "application/json"})
        r = c.getresponse()
        return r.status, r.read().decode()

    def decide(self):
        note = f"note {len(self.notes)} {time.time_ns()}"
        status, answer = self.ask("POST", "/api/v1/decisions", {"action": "confirm", "note": note, "target": {"type": "statement", "id": self.statement}})
        if status == 201: self.notes.append(note)
        return status, answer

    def read(self): return self.ask("GET", f"/api/v1/statements?limit={3 + time.time_ns() % 40}&story=1")


def must(what, got, status, says=""):
    if got[0] not in (status if isinstance(status, tuple) else (status,)) or says not in got[1]:
        wrong.append(f"{what}: {got[0]} {got[1][:300]}, wanted {status} {says}")


def until(what, act, status):
    for _ in range(60):
        got = act()
        if got[0] == status: return
        time.sleep(.25)
    wrong.append(f"{what}: {got[0]} {got[1][:300]} for 15 s")


def cut(): psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'news'")


def goes_on(client, after):
    until(f"reading after {after}", client.read, 200)
    until(f"deciding after {after}", client.decide, 201)


def tried(client):
    cut()
    must("connections cut: reading", client.read(), 200)
    must("connections cut: deciding", client.decide(), 201)

    psql("ALTER ROLE news CONNECTION LIMIT 0")
    cut()
    must("no connections: reading", client.read(), 503, "takes no more connections")
    must("no connections: deciding", client.decide(), 503, "takes no more connections")
    must("no connections: health", client.ask("GET", "/healthz"), 503)
    psql("ALTER ROLE news CONNECTION LIMIT -1")
    goes_on(client, "no connections")

    psql("ALTER ROLE news SET default_transaction_read_only = on")
    cut()
    must("read-only: reading", client.read(), 200)
    must("read-only: deciding", client.decide(), 503, "can only be read")
    psql("ALTER ROLE news RESET default_transaction_read_only")
    cut()
    goes_on(client, "a read-only primary")

    holder = subprocess.Popen(["psql", "-h", HOST, "-Atqc", "BEGIN; LOCK TABLE synoptic.statements IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(4); COMMIT"], stdout=subprocess.DEVNULL)
    time.sleep(1)
    must("locked: reading", client.read(), 503, "took too long")
    holder.wait()
    goes_on(client, "a locked table")

    psql("ALTER TABLE synoptic.decisions OWNER TO postgres")
    must("no rights: deciding", client.decide(), (500, 503), "does not let this user do that")
    psql("ALTER TABLE synoptic.decisions OWNER TO news")
    goes_on(client, "lost rights")


def main():
    psql("CREATE ROLE news LOGIN")
    psql("CREATE DATABASE news OWNER news")
    os.environ["PGDATABASE"] = "news"
    server = subprocess.Popen([sys.argv[1], "serve", "--sample", "--port", "0", "--backups", "off", "--store", f"postgres://news@/news?host={HOST}"],
                              stdout=subprocess.PIPE, text=True)
    client = Client(server.stdout.readline().split("//")[1].split("/")[0].strip())
    try:
        client.statement = json.loads(client.ask("GET", "/api/v1/statements?limit=1")[1])["data"][0]["id"]
        tried(client)
        there = [d["note"] for d in json.loads(client.ask("GET", "/api/v1/decisions?limit=200")[1])["data"]]
        lost = set(client.notes) - set(there)
        if lost: wrong.append(f"lost: {sorted(lost)}")
        print(f"{len(client.notes)} decisions acknowledged, {len(lost)} lost")
    finally:
        server.terminate()
        server.wait()
    for line in wrong: print(line)
    sys.exit(1 if wrong else 0)


main()
