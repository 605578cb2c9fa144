#!/usr/bin/env python3
"""A primary that is killed while decisions are made, a standby that takes its place: failover.py [RUNS]

Starts two PostgreSQL servers of its own (sockets in a temporary folder, the second a synchronous standby of the
first) and `$SYNOPTIC serve` on both addresses; makes decisions one after the other, kills the primary among them,
promotes the standby. Every decision that was acknowledged must stand in the journal afterwards. Prints the longest
pause. Exit code 77, with a word, where PostgreSQL is not installed."""
import glob, json, os, re, shutil, subprocess, sys, tempfile, time, urllib.error, urllib.request

PROGRAMS = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
if not PROGRAMS or not os.path.exists(PROGRAMS[-1] + "/initdb"):
    print("skipped: PostgreSQL is not installed")
    sys.exit(77)
BIN, USER = PROGRAMS[-1], "postgres"
AS = ["setpriv", "--reuid", USER, "--regid", USER, "--clear-groups"] if os.getuid() == 0 else []


def pg(*args, check=True):
    return subprocess.run([*AS, f"{BIN}/{args[0]}", *args[1:]], check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def start(folder, name, port, *settings):
    options = f"-k {folder} -p {port} -c listen_addresses= -c hot_standby=on -c wal_level=replica " + " ".join(settings)
    pg("pg_ctl", "-D", f"{folder}/{name}", "-l", f"{folder}/{name}.log", "-w", "-o", options, "start")


class Server:
    def __init__(self, folder):
        where = f"postgres:///postgres?host={folder},{folder}&port=6001,6002&user=postgres"
        self.child = subprocess.Popen([os.environ["SYNOPTIC"], "serve", "--sample", "--port", "0", "--store", where],
                                      stdout=subprocess.PIPE, text=True)
        self.base = re.search(r"http://\S+", self.child.stdout.readline())[0]

    def ask(self, path, body=None):
        """(status, answer); 0: no answer."""
        request = urllib.request.Request(self.base + path, json.dumps(body).encode() if body else None,
                                         {"content-type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer: return answer.status, json.load(answer)
        except urllib.error.HTTPError as e: return e.code, e.read().decode()
        except OSError as e: return 0, str(e)

    def must(self, path):
        """The answer; on a machine that has much else to do a list may be refused for its time."""
        for _ in range(20):
            status, answer = self.ask(path)
            if status == 200: return answer
            time.sleep(0.3)
        raise SystemExit(f"{path}: {status} {answer}")

    def stop(self):
        self.child.terminate()
        self.child.wait()


def primary_and_standby(folder, synchronous):
    if AS: shutil.chown(folder, USER, USER)
    os.chmod(folder, 0o711)
    pg("initdb", "-D", f"{folder}/one", "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
    start(folder, "one", 6001, *([f"-c synchronous_standby_names={synchronous}"] if synchronous else []))
    pg("pg_basebackup", "-D", f"{folder}/two", "-h", folder, "-p", "6001", "-U", "postgres", "-R", "-c", "fast", "--no-sync")
    start(folder, "two", 6002)


def remove(folder):
    for name in "one", "two": pg("pg_ctl", "-D", f"{folder}/{name}", "-m", "immediate", "stop", check=False)
    shutil.rmtree(folder, ignore_errors=True)


def run(number):
    folder = tempfile.mkdtemp(prefix="synoptic-failover-", dir="/tmp")
    server = None
    try:
        primary_and_standby(folder, "*")
        server = Server(folder)
        statements = [s["id"] for s in server.must("/api/v1/statements?limit=200")["data"]]
        acknowledged, pause, refused = [], 0.0, {}
        for n, statement in enumerate(statements[:24]):
            if n == 8 + number % 5:
                pg("pg_ctl", "-D", f"{folder}/one", "-m", "immediate", "stop")
                pg("pg_ctl", "-D", f"{folder}/two", "promote")
            began = time.time()
            note = f"decision {n}"
            while True:
                status, answer = server.ask("/api/v1/decisions", {"action": "confirm", "note": note,
                                                                  "target": {"type": "statement", "id": statement}})
                if status == 201: break
                refused[status] = str(answer)[:160]
                if time.time() - began > 60: raise SystemExit(f"no decision for 60 s: {status} {answer}")
                time.sleep(0.1)
            acknowledged.append(note)
            pause = max(pause, time.time() - began)
        rows, cursor = [], ""
        while True:
            page = server.must(f"/api/v1/decisions?limit=200{cursor}")
            rows += page["data"]
            if not page.get("next"): break
            cursor = f"&cursor={page['next']}"
        lost = set(acknowledged) - {r["note"] for r in rows}
        print(f"run {number}: {len(acknowledged)} acknowledged, {len(lost)} lost, longest pause {pause:.1f} s, refused {refused}", flush=True)
        return not lost and pause < 10
    finally:
        if server: server.stop()
        remove(folder)


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    good = [run(n) for n in range(runs)]
    print(f"{sum(good)} of {runs} runs lost nothing and wrote again within 10 s")
    sys.exit(not all(good))


if __name__ == "__main__": main()
