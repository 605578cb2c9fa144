#!/usr/bin/env python3
"""year.py [--sizes 1000,10000,100000] [--long] [--program build/synoptic] [--keep DIR] - the store's table of speed and size.

Makes news of each size (news.py, seeded), imports them, and measures what grows with the store; above --import-most
(20,000) a store is made by cloning a smaller one (clone.py); one that lies in DIR already is used. --long adds 1,000,000. Peers are measured in turns
with the server: SQLite alone, nginx if it is installed, node with better-sqlite3 if npm can install it (into DIR). Cores
may be shared: processor time (ms CPU) counts, wall time is beside it. Prints a table and the growth as Markdown.
"""
import argparse, http.client, json, os, pathlib, random, re, resource, shutil, signal, sqlite3, statistics, subprocess, sys, tempfile, time
from urllib.parse import quote

HERE = pathlib.Path(__file__).resolve().parent
TICK = os.sysconf("SC_CLK_TCK")


def run(*command, **more):
    """(seconds, CPU seconds, MB resident) of a command that must succeed. What wait4 tells of memory holds this program's own from before exec."""
    began, most, ended = time.perf_counter(), 0, 0
    with tempfile.TemporaryFile() as err:
        p = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, stderr=err, **more)
        while not ended:
            try: most = int(re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{p.pid}/status").read()).group(1))
            except (AttributeError, OSError): pass
            time.sleep(.02)
            ended, status, used = os.wait4(p.pid, os.WNOHANG)
        err.seek(0)
        if status: sys.exit(f"{command}: {err.read().decode()[-400:]}")
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, most / 1024


def news(path, n, seed, story=False):
    with open(path, "w") as out: subprocess.run([sys.executable, HERE / "news.py", str(n), "--seed", str(seed)] + (["--story"] if story else []), stdout=out, check=True)
    return path


class Server:
    def __init__(self, program, db):
        began = time.perf_counter()
        self.p = subprocess.Popen([program, "serve", "--db", db, "--port", "0", "--backups", "off"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.at = self.p.stdout.readline().split("//")[1].strip()
        self.start = (time.perf_counter() - began) * 1000
        self.c = http.client.HTTPConnection(self.at, timeout=60)

    def cpu(self):
        f = open(f"/proc/{self.p.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(f[11]) + int(f[12])) / TICK * 1000

    def get(self, target):
        self.c.request("GET", "/api/v1/" + target)
        r = self.c.getresponse()
        return r.status, r.read()

    def quiet(self):
        """Until nothing runs in the background."""
        last, still = self.cpu(), 0
        while still < 3:
            time.sleep(.5)
            now = self.cpu()
            still, last = (still + 1 if now - last < 20 else 0), now

    def stop(self):
        self.p.send_signal(signal.SIGTERM)
        self.p.wait()


def column(db, sql): return [r[0] for r in sqlite3.connect(f"file:{db}?mode=ro", uri=True).execute(sql)]


def words(db):
    """Of the texts: words in very few articles, in about one of a hundred, and in most."""
    c = sqlite3.connect("file::memory:", uri=True)
    c.execute("ATTACH ? AS s", (f"file:{db}?mode=ro",)) # for SQLite without the store's digests must not write a page
    c.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(s, article_search, row)")
    n = c.execute("SELECT count(*) FROM s.articles").fetchone()[0]
    terms = c.execute("SELECT term, doc FROM temp.terms WHERE length(term) > 3 ORDER BY term").fetchall()
    between = lambda a, b: [term for term, docs in terms if a <= docs <= b][:400]
    return {"rare": between(2, 12), "1 %": between(n // 125, n // 80), "common": between(n // 3, n)}


def targets(db, rng):
    some = lambda sql: (lambda v: lambda: rng.choice(v))(column(db, sql) or [1])
    actor, outlet = some("SELECT key FROM actors WHERE stories > 0 ORDER BY -statements LIMIT 300"), some("SELECT id FROM outlets")
    story, issue = some("SELECT id FROM stories WHERE articles > 1 ORDER BY -articles LIMIT 400"), some("SELECT issue FROM story_issues LIMIT 300")
    term = words(db)
    lists = {"review queue": lambda: f"statements?order=worth&status=proposed&limit={rng.randint(20, 60)}", "statements?actor=": lambda: f"statements?actor={actor()}",
             "statements?outlet=": lambda: f"statements?outlet={outlet()}", "statements?issue=": lambda: f"statements?issue={issue()}",
             "statements?stance=": lambda: f"statements?stance={rng.choice(['support', 'oppose', 'mixed'])}&limit={rng.randint(20, 60)}",
             "actors?q=": lambda: f"actors?q={actor()[:5]}", "stories": lambda: f"stories?limit={rng.randint(20, 60)}", "stories?outlet=": lambda: f"stories?outlet={outlet()}",
             "network?story=": lambda: f"network?story={story()}", "articles": lambda: f"articles?limit={rng.randint(20, 60)}"}
    for name, list_ in term.items():
        if list_: lists[f"search, {name} word"] = lambda list_=list_: "search?q=" + quote(rng.choice(list_))
    return lists


def ask(server, make, times=60):
    """p50 and p99 in ms, ms CPU each, answers that were no 200."""
    took, bad, cpu = [], 0, server.cpu()
    for _ in range(times):
        target = make()
        began = time.perf_counter()
        status, _ = server.get(target)
        took.append((time.perf_counter() - began) * 1000)
        bad += status != 200
    took.sort()
    return took[len(took) // 2], took[min(len(took) - 1, len(took) * 99 // 100)], (server.cpu() - cpu) / times, bad


def sqlite_list(db, times=200):
    """ms CPU of a joined list of 50 statements by SQLite alone, and of a row by its number."""
    c = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    c.execute("PRAGMA mmap_size = 1073741824")
    speakers = [r[0] for r in c.execute("SELECT key FROM actors ORDER BY -statements LIMIT 200")]
    began = time.process_time()
    for i in range(times):
        c.execute("SELECT st.*, a.title, a.published, o.name, x.name FROM statements st JOIN articles a ON a.id = st.article LEFT JOIN outlets o ON o.id = a.outlet LEFT JOIN actors x ON x.key = st.speaker"
                  " WHERE st.speaker = ? AND st.status <> 'rejected' ORDER BY st.article, st.start, st.id LIMIT 50", (speakers[i % len(speakers)],)).fetchall()
    return (time.process_time() - began) * 1000 / times


NODE = """const [db, port] = process.argv.slice(1), d = require('better-sqlite3')(db, {readonly: true}); const q = d.prepare('SELECT st.*, a.title FROM statements st JOIN articles a ON a.id = st.article WHERE st.id = ?');
require('http').createServer((r, w) => { w.setHeader('Content-Type', 'application/json'); w.end(JSON.stringify(q.get(+r.url.split('/').pop()) || null)) }).listen(+port, '127.0.0.1', () => console.log('up'))"""


def used(pid):
    """ms CPU of a process and its children."""
    total = 0
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try: f = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError: continue
        if int(folder.name) == pid or int(f[1]) == pid: total += int(f[11]) + int(f[12])
    return total / TICK * 1000


def each(at, targets, pid, times=3000, headers={}):
    """ms CPU a request, one connection; and the last answer's status and bytes."""
    c, before = http.client.HTTPConnection(at), used(pid)
    for i in range(times):
        c.request("GET", targets[i % len(targets)], headers=headers)
        r = c.getresponse()
        body = r.read()
    return (used(pid) - before) / times, r.status, body, r.getheader("ETag")


def install_peer(folder):
    """Where better-sqlite3 is, or None."""
    if not shutil.which("node") or not shutil.which("npm"): return None
    built = lambda: list(pathlib.Path(folder).glob("node_modules/better-sqlite3/build/Release/*.node"))
    if not built():
        try: subprocess.run(["npm", "i", "--no-save", "--no-audit", "--no-fund", "better-sqlite3"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=1200)
        except subprocess.TimeoutExpired: pass
    return folder if built() else None


def beside_node(server, db, folder, print_):
    ids = column(db, "SELECT id FROM statements WHERE status <> 'rejected' LIMIT 3000")
    rows = [f"/api/v1/statements/{i}" for i in ids]
    own = each(server.at, rows, server.p.pid)[0]
    where = install_peer(folder)
    if not where: return print_(f"| row by id | {own:.3f} ms CPU; node + better-sqlite3 could not be installed |")
    p = subprocess.Popen(["node", "-e", NODE, db, "18931"], cwd=where, stdout=subprocess.PIPE)
    p.stdout.readline()
    theirs = each("127.0.0.1:18931", rows, p.pid)[0]
    own = (own + each(server.at, rows, server.p.pid)[0]) / 2
    p.kill()
    print_(f"| row by id: node + better-sqlite3 / synoptic | {theirs:.3f} / {own:.3f} ms CPU: {theirs / own:.1f}x |")


NGINX = """worker_processes 1; daemon off; pid {0}/nginx.pid; error_log {0}/nginx.log crit;
events {{ worker_connections 1024; }}
http {{ access_log off; client_body_temp_path {0}; proxy_temp_path {0}; fastcgi_temp_path {0}; uwsgi_temp_path {0}; scgi_temp_path {0};
default_type application/json; root {0}; server {{ listen 127.0.0.1:18932; }} }}"""


def beside_nginx(server, story, print_):
    """The same bytes by nginx: a file of the pages, and a story's comparison."""
    files = {"static file": "/css/base.css", "kept comparison": f"/api/v1/stories/{story}/comparison"}
    own = {name: each(server.at, [path], server.p.pid) for name, path in files.items()}
    etag = {"If-None-Match": own["kept comparison"][3] or "x"}
    fresh, status, *_ = each(server.at, [files["kept comparison"]], server.p.pid, 3000, etag)
    print_(f"| {status} of the API / static file | {fresh:.3f} / {own['static file'][0]:.3f} ms CPU: {own['static file'][0] / fresh:.2f}x |")
    if not shutil.which("nginx"): return print_("| static file, kept comparison | nginx is not installed |")
    with tempfile.TemporaryDirectory(prefix="synoptic-nginx-") as folder:
        os.chmod(folder, 0o755) # its workers are another user
        for i, name in enumerate(files): pathlib.Path(folder, str(i)).write_bytes(own[name][2])
        pathlib.Path(folder, "nginx.conf").write_text(NGINX.format(folder))
        p = subprocess.Popen(["nginx", "-e", f"{folder}/nginx.log", "-c", f"{folder}/nginx.conf"])
        time.sleep(1)
        for i, (name, path) in enumerate(files.items()):
            theirs, status, body, _ = each("127.0.0.1:18932", [f"/{i}"], p.pid)
            mine = each(server.at, [path], server.p.pid)[0]
            same = status == 200 and len(body) == len(own[name][2])
            print_(f"| {name}, {len(body) / 1000:.0f} KB: nginx / synoptic | {theirs:.3f} / {mine:.3f} ms CPU: {theirs / mine:.2f}x{'' if same else f' (nginx answered {status})'} |")
        p.send_signal(signal.SIGTERM)
        p.wait()


def peers(server, db, folder, print_):
    beside_node(server, db, folder, print_)
    alone = sqlite_list(db)
    actors = column(db, "SELECT key FROM actors ORDER BY -statements LIMIT 200")
    n = iter(range(10**6))
    list_ = ask(server, lambda: f"statements?actor={actors[next(n) % len(actors)]}", 200)[2]
    print_(f"| 50-row list, SQLite alone (in Python) / synoptic | {alone:.2f} / {list_:.2f} ms CPU: {list_ / max(alone, 1e-9):.1f}x |")
    beside_nginx(server, column(db, "SELECT id FROM stories WHERE articles BETWEEN 3 AND 8 ORDER BY id LIMIT 1")[0], print_)


def measure(program, folder, n, previous, import_most, print_):
    db, row = f"{folder}/{n}.db", {}
    if os.path.exists(db): print(f"  {db} is there already", file=sys.stderr)
    elif n <= import_most:
        path = news(f"{folder}/{n}.ndjson", n, 1)
        wall, cpu, mb = run(program, "import", "--db", db, path)
        row["import, articles/s of CPU"], row["import, articles/s"], row["import, MB"] = n / cpu, n / wall, mb
        os.remove(path)
    else:
        run(sys.executable, HERE / "clone.py", previous[1], n // previous[0], db)
        run(program, "verify", "--accept", "--db", db)
    c = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    texts = c.execute("SELECT sum(length(CAST(text AS BLOB))) FROM article_versions").fetchone()[0]
    c.close()
    row["store, times the text"] = os.path.getsize(db) / texts
    more, copy = news(f"{folder}/more.ndjson", 100, 2), f"{folder}/copy.db"
    shutil.copy(db, copy)
    run(program, "import", "--db", copy, news(f"{folder}/one.ndjson", 1, 3)) # steps of the schema are taken now
    row["a further article, ms CPU"] = run(program, "import", "--db", copy, more)[1] * 10
    os.remove(copy)
    starts = []
    for _ in range(3):
        server = Server(program, db)
        starts.append(server.start)
        if len(starts) < 3: server.stop()
    server.quiet()
    row["start, ms"] = min(starts)
    for name, make in targets(db, random.Random(3)).items():
        p50, p99, cpu, bad = ask(server, make)
        row[name + ", ms CPU (p99)"] = f"{cpu:.1f} ({p99:.0f})" + (f" {bad} refused" if bad else "")
    if n == 10000 or n > 10000 and not previous: peers(server, db, folder, print_)
    server.stop()
    wall, cpu, mb = run(program, "backup", "--db", db, f"{folder}/backup.db")
    row["backup, s CPU / MB"] = f"{cpu:.2f} / {mb:.0f}"
    os.remove(f"{folder}/backup.db")
    wall, cpu, mb = run(program, "verify", "--db", db)
    row["verify, s CPU / MB"] = f"{cpu:.2f} / {mb:.0f}"
    return row, (n, db)


def large_story(program, folder, print_):
    path, db = news(f"{folder}/story.ndjson", 500, 4, True), f"{folder}/story.db"
    lines = open(path).read().splitlines()
    open(path, "w").write("\n".join(lines[:499]))
    open(f"{folder}/one.ndjson", "w").write(lines[499])
    if not os.path.exists(db): run(program, "import", "--db", db, path)
    wall, cpu, mb = run(program, "import", "--db", db, f"{folder}/one.ndjson")
    server = Server(program, db)
    story = column(db, "SELECT id FROM stories ORDER BY articles DESC LIMIT 1")[0]
    whole, bare = (len(server.get(f"stories/{story}/comparison?offsets=utf16{x}")[1]) for x in ("", "&spans=bare"))
    server.stop()
    print_(f"| a story of {column(db, 'SELECT max(articles) FROM stories')[0]}: document / as the page has it | {whole / 1e6:.1f} / {bare / 1e6:.1f} MB |")
    print_(f"| a story of 500: one article more | {cpu:.2f} s CPU, {mb:.0f} MB |")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--sizes", default="1000,10000,100000"); ap.add_argument("--long", action="store_true"); ap.add_argument("--program", default="build/synoptic")
    ap.add_argument("--keep"); ap.add_argument("--import-most", type=int, default=20000)
    a = ap.parse_args()
    folder = a.keep or tempfile.mkdtemp(prefix="synoptic-year-")
    os.makedirs(folder, exist_ok=True)
    program, lines, rows, previous = os.path.abspath(a.program), [], [], None
    say = lambda line: (lines.append(line), print(line, flush=True))
    say("| what | figure |"); say("|---|---|")
    large_story(program, folder, say)
    for n in [int(x) for x in a.sizes.split(",")] + ([1000000] if a.long else []):
        row, previous = measure(program, folder, n, previous, a.import_most, say)
        rows.append((n, row))
        print(f"  {n}: {json.dumps(row)}", file=sys.stderr, flush=True)
    print("\n| growth | " + " | ".join(f"{n:,}" for n, _ in rows) + " |\n|---|" + "---|" * len(rows))
    for name in dict.fromkeys(k for _, r in rows for k in r):
        cells = [r.get(name, "") for _, r in rows]
        print(f"| {name} | " + " | ".join(f"{c:.1f}" if isinstance(c, float) else str(c) for c in cells) + " |")
    if not a.keep: shutil.rmtree(folder)


if __name__ == "__main__":
    main()
