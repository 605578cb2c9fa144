#!/usr/bin/env python3
"""engines.py [--sizes 1000,10000] [--program build/synoptic] [--workers N] - the table of year.py's main rows, a store in a file beside
the same in PostgreSQL; or how fast 1, 2 and 4 servers that share a store work off N reports.

Runs beside PostgreSQL: tests/support/postgres.sh tests/bench/year/engines.py. Cores may be shared: processor time
counts, that of the server's processes too. Prints Markdown.
"""
import argparse, http.client, json, os, pathlib, random, shutil, statistics, subprocess, sys, tempfile, time
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


def stores(folder, name):
    return {"file": f"{folder}/{name}.db", "PostgreSQL": f"{os.environ['TEST_STORE']}&schema=bench_{os.getpid()}_{name}"}


def size(store, address):
    if store == "file": return os.path.getsize(address)
    schema = address.rsplit("=", 1)[1]
    host = address.split("host=")[1].split("&")[0]
    sql = f"SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace = '{schema}'::regnamespace"
    return int(subprocess.run(["psql", "-h", host, "-Atc", sql], check=True, stdout=subprocess.PIPE, text=True).stdout)


def growth(program, sizes, folder):
    print("| articles | store | kB an article | ms CPU an article: program, server | ms a list, median: all lists, slowest list | ms CPU of a list: program, server |\n|---|---|---|---|---|---|")
    for n in sizes:
        news, at = year.news(f"{folder}/{n}.ndjson", n, 1), stores(folder, f"n{n}")
        for store, address in at.items():
            before = processes()
            _, cpu, _ = year.run(program, "import", "--db", address, "--no-originals", news)
            served = processes() - before
            server = year.Server(program, address)
            server.quiet()
            makes, rng, before = year.targets(at["file"], random.Random(2)), random.Random(3), processes()
            took = {name: year.ask(server, make, 30) for name, make in makes.items()}
            listed = (processes() - before) * 1000 / (30 * len(makes))
            server.stop()
            medians = {name: t[0] for name, t in took.items()}
            slowest, bad = max(medians, key=medians.get), sum(t[3] for t in took.values())
            print(f"| {n:,} | {store} | {size(store, address) / n / 1000:.0f} | {cpu * 1000 / n:.1f}, {served * 1000 / n if store != 'file' else 0:.1f} |"
                  f" {statistics.median(medians.values()):.1f}, {medians[slowest]:.0f} ({slowest}) |"
                  f" {statistics.mean(t[2] for t in took.values()):.1f}, {listed if store != 'file' else 0:.1f} |{f' {bad} refused' if bad else ''}", flush=True)


def post(at, path):
    c, mark = http.client.HTTPConnection(at, timeout=120), "synopticbench"
    body = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="news.ndjson"\r\n\r\n'.encode() + open(path, "rb").read() + f"\r\n--{mark}--\r\n".encode()
    c.request("POST", "/api/v1/imports", body, {"Content-Type": f"multipart/form-data; boundary={mark}"})
    r = c.getresponse()
    answer = r.read()
    if r.status not in (200, 201, 202): sys.exit(f"{r.status} {answer[:300]}")


def workers(program, n, folder):
    print(f"{n} reports, {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}\n| servers | articles a second | ms CPU an article: programs, server |\n|---|---|---|")
    news = year.news(f"{folder}/w.ndjson", n, 5)
    for k in (1, 2, 4):
        address = stores(folder, f"w{k}")["PostgreSQL"]
        servers = [year.Server(program, address) for _ in range(k)]
        before, cpu, began = processes(), sum(s.cpu() for s in servers), time.perf_counter()
        post(servers[0].at, news)
        while True:
            time.sleep(0.3)
            status, answer = servers[0].get("imports?limit=1")
            row = json.loads(answer)["data"][0] if status == 200 else {"status": "running"}
            if row["status"] not in ("queued", "running"): break
        took = time.perf_counter() - began
        for s in servers: s.quiet()
        own = sum(s.cpu() for s in servers) - cpu
        print(f"| {k} | {n / took:.1f} | {own / n:.1f}, {(processes() - before) * 1000 / n:.1f} | {row['done']} done", flush=True)
        for s in servers: s.stop()


def main():
    global POSTMASTER
    p = argparse.ArgumentParser()
    p.add_argument("--sizes", default="1000,10000")
    p.add_argument("--program", default="build/synoptic")
    p.add_argument("--workers", type=int)
    said = p.parse_args()
    if "TEST_STORE" not in os.environ: sys.exit("run it by tests/support/postgres.sh")
    POSTMASTER = int(open(os.environ["TEST_POSTGRES_DATA"] + "/postmaster.pid").readline())
    folder = tempfile.mkdtemp(prefix="synoptic-engines-")
    try:
        if said.workers: workers(said.program, said.workers, folder)
        else: growth(said.program, [int(s) for s in said.sizes.split(",")], folder)
    finally: shutil.rmtree(folder)


main()
