#!/usr/bin/env python3
"""How fast rows stream out of a large store, and in how much memory: made-up statements (a million, or as many as said), out
on the command line and over HTTP, plain and in gzip. Prints rows, seconds, rows a second and per second of processor time,
and the memory that was the program's own (pages of the store itself, which the system may take back, do not count).

    SYNOPTIC=build/synoptic tests/bench/large/stream.py [--statements N] [--store FILE]    (FILE is made if it is missing)"""
import argparse, json, os, random, resource, sqlite3, subprocess, sys, tempfile, threading, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "export"))
import made

WORDS = "the minister said that nobody could expect more of a council which had waited for years".split()


def span(start, words): return {"start": start, "end": start + len(words), "exact": words, "prefix": "a prefix of thirty-two characters", "suffix": "and a suffix of the same length."}


def make(db, n):
    with made.served(db): pass
    made.fill(db, 1, 0, actors=2000, issues=60, outlets=50, articles=n // 20 + 1, text=lambda i: "A sentence.")
    rng, c = random.Random(3), sqlite3.connect(db)
    context = json.dumps({"before": "The talks had gone on for a week.", "after": "Nobody else spoke."})
    def statements():
        for i in range(n):
            start, words = i % 20 * 150 + 20, " ".join(rng.choice(WORDS) for _ in range(rng.randrange(8, 25)))
            yield (i + 1, i // 20 + 1, start, f"actor-{rng.randrange(2000)}", rng.randrange(1000000), words, json.dumps([span(start - 20, "the minister")]), json.dumps([span(start - 7, "said")]), json.dumps([span(start, words)]), context)
    c.executemany("INSERT INTO statement_rows(id, article, story, start, speaker_number, millionths, rule_text, kept_words, source_list, cue_list, content_list, context) VALUES (?,?,1,?,(SELECT number FROM actors WHERE key = ?),?,'made',?,?,?,?,?)", statements())
    c.executemany("INSERT INTO stance_rows(statement, issue_number, stance_number, millionths) VALUES (?,(SELECT number FROM issues WHERE key = ?),?,?)",
                  ((i + 1, f"issue-{q}", made.STANCES.index(rng.choice(made.STANCES)), rng.randrange(1000000)) for i in range(n) for q in rng.sample(range(60), rng.choice([0, 1, 1, 1, 2]))))
    c.commit()
    c.close()
    subprocess.run([made.PROGRAM, "verify", "--accept", "--db", db], stdout=subprocess.DEVNULL)


def own(pid):
    """kB of the process that belong to no file."""
    try:
        with open(f"/proc/{pid}/status") as f: return next((int(l.split()[1]) for l in f if l.startswith("RssAnon")), 0)
    except (OSError, StopIteration): return 0


def watch(pid, peak, done):
    while not done.wait(.02): peak[0] = max(peak[0], own(pid))


def seconds_of(pid):
    with open(f"/proc/{pid}/stat") as f: fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(name, start, pid_of, rows):
    """One way out; `start` gives the process that writes, whose end is waited for; the program's own may be another."""
    began, peak, done = time.time(), [0], threading.Event()
    process = start()
    pid = pid_of(process)
    before = seconds_of(pid)
    watcher = threading.Thread(target=watch, args=(pid, peak, done))
    watcher.start()
    if pid == process.pid:
        _, status, used = os.wait4(pid, 0)
        process.returncode, cpu = status, used.ru_utime + used.ru_stime
    else:
        status, cpu = process.wait(), seconds_of(pid) - before
    done.set()
    watcher.join()
    took = time.time() - began
    print(f"{name:22}{rows:>10,} rows {took:7.2f} s {rows / took:>10,.0f} rows/s {rows / cpu:>10,.0f} rows/s of processor {peak[0] / 1024:7.1f} MB{'' if status == 0 else '  FAILED'}", flush=True)


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--statements", type=int, default=1000000)
    asked.add_argument("--store")
    asked = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="synoptic-stream-") as at:
        db = asked.store or f"{at}/a.db"
        if not os.path.exists(db): make(db, asked.statements)
        out = open(os.devnull, "wb")
        for format in ("csv", "ndjson"):
            measure(format, lambda: subprocess.Popen([made.PROGRAM, "export", "--db", db, "--format", format], stdout=out), lambda p: p.pid, asked.statements)
        server = subprocess.Popen([made.PROGRAM, "serve", "--db", db, "--port", "0", "--backups", "off"], stdout=subprocess.PIPE, text=True)
        line = server.stdout.readline()
        address = line[line.index("http://"):].split()[0].rstrip("/")
        for format in ("csv", "ndjson"):
            for more in ([], ["-H", "Accept-Encoding: gzip"]):
                measure(f"{format}, HTTP{', gzip' if more else ''}", lambda: subprocess.Popen(["curl", "-sf", *more, "-o", os.devnull, f"{address}/api/v1/exports?format={format}"]), lambda p: server.pid, asked.statements)
        server.terminate()
        server.wait()


main()
