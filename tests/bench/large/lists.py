#!/usr/bin/env python3
"""lists.py STORE PROGRAM [STORE PROGRAM ...] - start and lists of large stores: milliseconds and server CPU a request.

Each program serves a copy of its own store (articles.py makes one); each list is asked with different parameters, so that
no kept answer helps, in turns, so that all have the same machine. Prints the median and the slowest of each list, and the
ratio of the first to the last program's CPU.
"""
import http.client, json, os, shutil, statistics, subprocess, sys, tempfile, time
from urllib.parse import quote

TIMES = 30
pairs = list(zip(sys.argv[1::2], sys.argv[2::2]))

def cpu(pid):
    f = open(f'/proc/{pid}/stat').read().rsplit(')', 1)[1].split()
    return (int(f[11]) + int(f[12])) / os.sysconf('SC_CLK_TCK') * 1000

class Server:
    def __init__(self, store, program):
        self.dir = tempfile.mkdtemp(dir=os.environ.get('TMPDIR'))
        db = shutil.copy(store, f'{self.dir}/a.db')
        subprocess.run([program, 'verify', '--db', db], capture_output=True)
        for i in range(3):  # the first may migrate, the second compare; settled before the third
            began = time.perf_counter()
            self.process = subprocess.Popen([program, 'serve', '--db', db, '--port', '0'], stdout=subprocess.PIPE, text=True)
            self.address = self.process.stdout.readline().strip().split('//')[1]
            self.start = (time.perf_counter() - began) * 1000
            if i < 2:
                quiet = 0
                while quiet < 4:
                    before = cpu(self.process.pid); time.sleep(.5)
                    quiet = quiet + 1 if cpu(self.process.pid) - before < 20 else 0
                self.process.terminate(); self.process.wait()
        self.connection = http.client.HTTPConnection(self.address, timeout=60)
    def get(self, path):
        began = time.perf_counter()
        self.connection.request('GET', path)
        answer = self.connection.getresponse()
        body = answer.read()
        return (time.perf_counter() - began) * 1000, answer.status, body
    def stop(self):
        self.process.terminate(); self.process.wait(); shutil.rmtree(self.dir)

servers = [Server(*p) for p in pairs]
print('start, ms: ' + '  '.join(f'{s.start:.0f}' for s in servers))
last = servers[-1]
def all_of(path): return json.loads(last.get(f'/api/v1/{path}')[2])['data']
actors, outlets, stories = all_of('actors?limit=200'), all_of('outlets?limit=200'), all_of('stories?limit=200')
words = sorted({w for s in stories for w in s['title'].lower().split()})
common = ['the', 'friday', 'monday', 'of', 'for', 'said', 'tuesday', 'water', 'road', 'council', 'company', 'school']
lists = {
    'review queue': lambda i: f'statements?status=proposed&limit={i + 20}',
    'statements?stance': lambda i: f'statements?stance={("support", "oppose", "mixed")[i % 3]}&limit={i + 20}',
    'statements?kind': lambda i: f'statements?kind=indirect&limit={i + 20}',
    'statements?outlet': lambda i: f'statements?outlet={quote(outlets[i % len(outlets)]["name"])}&limit=50',
    'statements?actor': lambda i: f'statements?actor={actors[i]["key"]}&limit=50',
    'stories': lambda i: f'stories?limit={i + 20}',
    'stories?outlet': lambda i: f'stories?outlet={quote(outlets[i % len(outlets)]["name"])}',
    'stories?q': lambda i: f'stories?q={quote(words[i * 7 % len(words)])}',
    'actors?q': lambda i: f'actors?q={quote(actors[i]["name"].split()[-1][:5].lower())}',
    'outlets': lambda i: f'outlets?limit={i + 20}',
    'issues': lambda i: f'issues?limit={i + 20}',
    'positions': lambda i: f'positions?limit={i + 20}',
    'network?story': lambda i: f'network?story={stories[i]["id"]}',
    'timeline?story': lambda i: f'timeline?story={stories[i]["id"]}',
    'search, rare': lambda i: f'search?q={quote(actors[-i - 1]["name"].split()[-1])}',
    'search, 1 %': lambda i: f'search?q={quote(words[i * 5 % len(words)])}',
    'search, common': lambda i: f'search?q={common[i % len(common)]}&limit={20 + i // len(common)}',
    '/healthz': None,
}
for name, path in lists.items():
    ms, used, bad = [[] for _ in servers], [0.] * len(servers), [0] * len(servers)
    for i in range(TIMES):
        for k, s in enumerate(servers):
            before = cpu(s.process.pid)
            took, status, _ = s.get('/api/v1/' + path(i) if path else '/healthz')
            used[k] += cpu(s.process.pid) - before
            ms[k].append(took)
            bad[k] += status != 200
    print(f'{name:20}' + ''.join(f'{statistics.median(m):8.1f} ({max(m):6.1f}) ms {u / TIMES:6.1f} CPU{" " + str(b) + " failed" if b else ""}'
          for m, u, b in zip(ms, used, bad)) + f'   {used[0] / max(used[-1], .01 * TIMES):5.1f}x', flush=True)
for s in servers: s.stop()
