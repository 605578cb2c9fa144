#!/usr/bin/env python3
"""Reads that go to a standby: replicas.py [DECISIONS]

A primary, an asynchronous standby, `$SYNOPTIC serve` on both addresses. What a client has just decided it reads at once,
while the standby follows, while it stands still, and when it follows again; the standby has answered reads. Exit code
77, with a word, where PostgreSQL is not installed."""
import json, os, shutil, subprocess, sys, tempfile, time
said = sys.argv[1:]
import failover as f


def ask(folder, port, sql):
    return subprocess.run(["psql", "-h", folder, "-p", str(port), "-U", "postgres", "-Atc", sql, "postgres"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def decide(server, statements, n, what):
    for i in range(n):
        one, note = statements[i % len(statements)], f"{what} {i}"
        status, answer = server.ask("/api/v1/decisions", {"action": "confirm", "note": note, "target": {"type": "statement", "id": one}})
        if status != 201: return f"{what}: {status} {answer}"
        newest = server.must("/api/v1/decisions?limit=5")["data"]
        if note not in [d["note"] for d in newest]: return f"{what}: decision {i} is not read back"


def readers_there(folder, server):
    """Connections that read from the standby, once there is nothing new to wait for."""
    for _ in range(3):
        time.sleep(5.5) # a reader stays with the primary for five seconds
        for _ in range(8): server.must("/api/v1/statements?limit=5&order=worth")
        n = int(ask(folder, 6002, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'synoptic'"))
        if n: return n
    return 0


def main():
    folder = tempfile.mkdtemp(prefix="synoptic-replicas-", dir="/tmp")
    server, n = None, int(said[0]) if said else 20
    try:
        f.primary_and_standby(folder, "")
        server = f.Server(folder)
        statements = [s["id"] for s in server.must("/api/v1/statements?limit=200")["data"]]
        wrong = [decide(server, statements, n, "following")]
        read = readers_there(folder, server)
        ask(folder, 6002, "SELECT pg_wal_replay_pause()")
        wrong.append(decide(server, statements, n, "standing still"))
        ask(folder, 6002, "SELECT pg_wal_replay_resume()")
        wrong.append(decide(server, statements, n, "following again"))
        again = readers_there(folder, server)
        if not read or not again: wrong.append(f"{read} and {again} connections read from the standby")
        for w in wrong:
            if w: print(w)
        print(f"{3 * n} decisions read back at once; {read} and {again} connections to the standby")
        return any(wrong)
    finally:
        if server: server.stop()
        f.remove(folder)


sys.exit(main())
