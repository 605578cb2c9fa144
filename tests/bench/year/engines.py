#!/usr/bin/env python3
"""engines.py [--sizes 1000,10000] [--stores DIR [--schemas PREFIX]] [--program build/synoptic] [--workers N [--rounds 3]] - the table of year.py's main rows,
a store in a file beside the same in PostgreSQL (brought there by migrate-store; DIR/1k/store.db and so on are used where they lie); or how
fast 1, 2 and 4 servers that share a store work off N reports, how many wait for a lock meanwhile, and whether what comes out is the same.

Runs beside PostgreSQL: tests/support/postgres.sh tests/bench/year/engines.py. Cores may be shared: processor time
counts, that of the server's processes too. Prints Markdown.
"""
import argparse, http.client, json, os, pathlib, random, re, shutil, statistics, subprocess, sys, tempfile, threading, time
import year

POSTMASTER = None


def processes():
    """Processor seconds of the database server, processes that have ended among them."""
    total = 0
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try: f = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError: continue
        own = int(folder.name) == POSTMASTER
        if own or int(f[1]) == POSTMASTER: total += int(f[11]) + int(f[12]) + (int(f[13]) + int(f[14]) if own else 0)
    return total / year.TICK


def backends():
    """Processor seconds of the connections that are open: of lists, beside which the server cleans up."""
    total = 0
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            f = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            if int(f[1]) == POSTMASTER and b"[local]" in (folder / "cmdline").read_bytes(): total += int(f[11]) + int(f[12])
        except OSError: continue
    return total / year.TICK


def stores(folder, name):
    return {"file": f"{folder}/{name}.db", "PostgreSQL": f"{os.environ['TEST_STORE']}&schema=bench_{os.getpid()}_{name}"}


def size(store, address):
    if store == "file": return os.path.getsize(address)
    schema = address.rsplit("=", 1)[1]
    host = address.split("host=")[1].split("&")[0]
    sql = f"SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace = '{schema}'::regnamespace"
    return int(subprocess.run(["psql", "-h", host, "-Atc", sql], check=True, stdout=subprocess.PIPE, text=True).stdout)


def lists(program, address, file):
    """Of each list: (ms CPU of the program, of the server, p50 in ms, refused)."""
    server, took = year.Server(program, address), {}
    server.quiet()
    for name, make in year.targets(file, random.Random(2)).items():
        before = backends()
        p50, _, cpu, bad = year.ask(server, make, 40)
        took[name] = (cpu, (backends() - before) * 1000 / 40, p50, bad)
    server.stop()
    return took


def one_more(program, address, news, n=100):
    """ms CPU of the program and of the server for one article more, of n."""
    before = processes()
    _, cpu, _ = year.run(program, "import", "--db", address, "--no-originals", news)
    return cpu * 1000 / n, (processes() - before) * 1000 / n


def made(program, folder, n, there, schemas):
    """Stores of n articles, the file's copy and the same in PostgreSQL (by migrate-store, or there already)."""
    at = stores(folder, f"n{n}")
    if schemas: at["PostgreSQL"] = f"{os.environ['TEST_STORE']}&schema={schemas}{n // 1000}k"
    old = f"{there}/{n // 1000}k/store.db" if there else None
    if old and os.path.exists(old): shutil.copyfile(old, at["file"])
    else: year.run(program, "import", "--db", at["file"], "--no-originals", year.news(f"{folder}/{n}.ndjson", n, 1))
    if not schemas: year.run(program, "migrate-store", at["file"], at["PostgreSQL"])
    return at


def growth(program, sizes, folder, there, schemas):
    more = year.news(f"{folder}/more.ndjson", 100, 2 if not schemas else time.time_ns() % 10**6)
    cells, tables = {}, [{}, {}]
    for n in sizes:
        at = made(program, folder, n, there, schemas)
        cells[n] = [f"{size(store, address) / n / 1000:.1f}" for store, address in at.items()]
        asked = [lists(program, address, at["file"]) for address in at.values()]
        for name in asked[0]:
            for table, took in zip(tables, asked): table.setdefault(name, {})[n] = took[name]
        for table, address in zip(tables, at.values()): table.setdefault("one article more", {})[n] = (*one_more(program, address, more), 0, 0)
        print(f"{n:,} done, load {os.getloadavg()[0]:.0f}", file=sys.stderr, flush=True)
        if not there: continue
        os.remove(at["file"])
    print("| ms CPU; on PostgreSQL program + server | " + " | ".join(f"SQLite {n // 1000}k | PostgreSQL" for n in sizes) + " |\n|---" + "|---" * 2 * len(sizes) + "|")
    print("| kB an article | " + " | ".join(c for n in sizes for c in cells[n]) + " |")
    for name in sorted(tables[0], key=lambda k: k != "one article more"):
        row = [c for n in sizes for c in (f"{tables[0][name][n][0]:.1f}", f"{tables[1][name][n][0]:.1f} + {tables[1][name][n][1]:.1f}")] if all(n in tables[0][name] for n in sizes) else ["-"]
        bad = sum(t[name][n][3] for t in tables for n in t[name])
        print(f"| {name} | " + " | ".join(row) + " |" + (f" {bad} refused" if bad else ""))


def post(at, path):
    c, mark = http.client.HTTPConnection(at, timeout=120), "synopticbench"
    body = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="news.ndjson"\r\n\r\n'.encode() + open(path, "rb").read() + f"\r\n--{mark}--\r\n".encode()
    c.request("POST", "/api/v1/imports", body, {"Content-Type": f"multipart/form-data; boundary={mark}"})
    r = c.getresponse()
    answer = r.read()
    if r.status not in (200, 201, 202): sys.exit(f"{r.status} {answer[:300]}")


class Waits:
    """How many wait for the write lock, on average, looked at 20 times a second."""
    SQL = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'synoptic' AND wait_event_type = 'Lock';"

    def __init__(self):
        self.seen, self.ends = [], False
        self.psql = subprocess.Popen(["psql", "-h", os.environ["TEST_STORE"].split("host=")[1].split("&")[0], "-At"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.thread = threading.Thread(target=self.look)
        self.thread.start()

    def look(self):
        while not self.ends:
            print(self.SQL, file=self.psql.stdin, flush=True)
            self.seen.append(int(self.psql.stdout.readline()))
            time.sleep(.05)

    def end(self):
        self.ends = True
        self.thread.join()
        self.psql.stdin.close()
        self.psql.wait()
        return statistics.mean(self.seen)


def content(program, address):
    """What is in the store, whatever numbers things have in it."""
    rows = subprocess.run([program, "export", "--db", address, "--format", "ndjson"], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    stories, said = {}, []
    for row in map(json.loads, rows):
        stories.setdefault(row["story"], set()).add((row["outlet"], row["title"], row["published"]))
        said.append(re.sub(r"\.\d+(?=\")", "", json.dumps([row[k] for k in sorted(row) if k not in ("id", "article", "story", "utterance")])))
    return sorted(map(sorted, stories.values())), sorted(said)


def work_off(program, address, k, news, n):
    """(articles a second, ms CPU of the programs, of the server, who waits for locks) of k servers."""
    servers = [year.Server(program, address) for _ in range(k)]
    waits, before, cpu, began = Waits(), processes(), sum(s.cpu() for s in servers), time.perf_counter()
    post(servers[0].at, news)
    status = "running"
    while status in ("queued", "running"):
        time.sleep(.2)
        code, answer = servers[0].get("imports?limit=1")
        if code == 200: status = json.loads(answer)["data"][0]["status"]
    took, waiting = time.perf_counter() - began, waits.end()
    for s in servers: s.quiet()
    own = sum(s.cpu() for s in servers) - cpu
    served = (processes() - before) * 1000
    for s in servers: s.stop()
    return n / took, own / n, served / n, waiting


def workers(program, n, folder, rounds):
    news, got, first = year.news(f"{folder}/w.ndjson", n, 5), {}, None
    for i in range(rounds):
        for k in (1, 2, 4):
            address = stores(folder, f"w{k}x{i}")["PostgreSQL"]
            got.setdefault(k, []).append(work_off(program, address, k, news, n))
            there = content(program, address)
            first = first or there
            if there[0] != first[0]: print(f"{k} servers: {len(there[0])} stories, with one {len(first[0])}")
            elif there != first: print(f"{k} servers: {len(set(there[1]) ^ set(first[1]))} rows are others than with one")
    print(f"{n} reports, {rounds} rounds in turn, {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}\n| servers | articles a second: median, best | ms CPU an article: programs, server | waiting for a lock |\n|---|---|---|---|")
    for k, rows in got.items():
        speed, own, served, waiting = zip(*rows)
        print(f"| {k} | {statistics.median(speed):.1f}, {max(speed):.1f} | {statistics.median(own):.1f}, {statistics.median(served):.1f} | {statistics.median(waiting):.2f} |", flush=True)


def main():
    global POSTMASTER
    p = argparse.ArgumentParser()
    p.add_argument("--sizes", default="1000,10000")
    p.add_argument("--program", default="build/synoptic")
    p.add_argument("--workers", type=int)
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--stores")
    p.add_argument("--schemas")
    said = p.parse_args()
    if "TEST_STORE" not in os.environ: sys.exit("run it by tests/support/postgres.sh")
    POSTMASTER = int(open(os.environ["TEST_POSTGRES_DATA"] + "/postmaster.pid").readline())
    folder = tempfile.mkdtemp(prefix="synoptic-engines-")
    try:
        if said.workers: workers(said.program, said.workers, folder, said.rounds)
        else: growth(said.program, [int(s) for s in said.sizes.split(",")], folder, said.stores, said.schemas)
    finally: shutil.rmtree(folder)


main()
