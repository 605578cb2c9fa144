#!/usr/bin/env python3
"""deploy/compose.yaml: read against the compose schema and what the program takes, then run by hand. compose.py PROGRAM

The commands, environments and the proxy's own configuration are those of the file; containers' names become ports of
this machine. PostgreSQL, two servers and two workers stand behind nginx; a client uploads reports and decides through
the proxy while all four are restarted one after the other. Nothing may be lost, no error may be seen; and browsers at
one address each read back at once what they decided. What is not
installed is said and left out; exit 1 if anything is wrong, 77 if nothing could be tried.
"""
import glob, json, os, re, shutil, signal, socket, subprocess, sys, tempfile, threading, time, urllib.error, urllib.request

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
FILE = os.path.join(ROOT, "deploy", "compose.yaml")
SAID = {"DATABASE_PASSWORD": "not-a-secret", "TOKEN": "shown-by-clients"}
wrong = []


def check(fine, what):
    if not fine: wrong.append(what)


def filled(value):
    """${NAME:?why} as compose fills it."""
    if isinstance(value, dict): return {k: filled(v) for k, v in value.items()}
    if isinstance(value, list): return [filled(v) for v in value]
    return re.sub(r"\$\{(\w+)[^}]*\}", lambda m: SAID[m[1]], value) if isinstance(value, str) else value


def schema():
    """By docker-compose, where that is installed, which knows the schema."""
    if not shutil.which("docker-compose"):
        print("docker-compose is not installed: the schema is not tried")
        return
    r = subprocess.run(["docker-compose", "-f", FILE, "config", "-q"], env={**os.environ, **SAID}, stderr=subprocess.PIPE, text=True)
    check(r.returncode == 0, "schema: " + r.stderr)
    r = subprocess.run(["docker-compose", "-f", FILE, "config", "-q"], env={"PATH": os.environ["PATH"]}, stderr=subprocess.PIPE, text=True)
    check(r.returncode != 0 and "say the" in r.stderr, "schema: goes on without the secrets")


def told(services, program):
    """What the file names is there, every program is looked after, and every option is one."""
    docker = open(os.path.join(ROOT, "Dockerfile")).read()
    ours = {name: s for name, s in services.items() if s.get("image") == "synoptic"}
    answer = [n for n, s in ours.items() if "--answer-only" in s["command"]]
    check(len(answer) == 2 and len(ours) == 4 and "libpq5" in docker, "two servers and two workers with libpq5")
    options = {c: subprocess.run([program, c, "--help"], stdout=subprocess.PIPE, text=True).stdout for c in {s["command"][0] for s in ours.values()}}
    for name, s in ours.items():
        help_ = options[s["command"][0]]
        for word in s["command"][1:]: check(not word.startswith("--") or f"{word} " in help_, f"{name}: no option {word}")
        for key in s["environment"]:
            check(not key.startswith("SYNOPTIC_") or "--" + key[9:].lower().replace("_", "-") + " " in help_, f"{name}: no option for {key}")
        check(s["environment"]["SYNOPTIC_STORE"].startswith("postgres://synoptic@database/"), f"{name}: another store")
        check(s["healthcheck"]["test"] == ["CMD", "synoptic", "health"], f"{name}: is not looked after")
        check(s["stop_grace_period"] == "20s" and s["read_only"], f"{name}: stops at once, or writes")
    for name, s in services.items():
        check("healthcheck" in s and s["restart"] == "unless-stopped", f"{name}: is not looked after")
        for other in s.get("depends_on", {}): check("healthcheck" in services[other], f"{name}: waits for {other}, which is not looked after")
        for volume in s.get("volumes", []):
            if volume.startswith("."): check(os.path.exists(os.path.join(ROOT, "deploy", volume.split(":")[0])), f"{name}: no {volume}")
    fixed = {n: s["networks"]["default"]["ipv4_address"] for n, s in services.items() if "ipv4_address" in str(s.get("networks"))}
    check(set(fixed) == set(answer) and len(set(fixed.values())) == len(fixed), "proxy: servers whose addresses change when they come back")
    port = int(services["proxy"]["ports"][0].rsplit(":", 1)[1])
    conf = open(os.path.join(ROOT, "deploy", "proxy.conf")).read()
    check(f"listen {port};" in conf, "proxy: another port")
    check(set(re.findall(r"server (\S+):8080", conf)) == set(answer), "proxy: other servers than those that answer")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Database:
    def __init__(self, folder, service):
        self.bin, self.data = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1], f"{folder}/data"
        self.as_ = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"] if os.getuid() == 0 else []
        if self.as_: shutil.chown(folder, "postgres", "postgres")
        os.chmod(folder, 0o711)
        said, self.port = filled(service["environment"]), free_port()
        with open(f"{folder}/password", "w") as f: f.write(said["POSTGRES_PASSWORD"])
        os.chmod(f"{folder}/password", 0o644)
        self.run("initdb", "-D", self.data, "-A", "scram-sha-256", "-U", said["POSTGRES_USER"], f"--pwfile={folder}/password", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        self.run("pg_ctl", "-D", self.data, "-l", f"{folder}/log", "-w", "-o", f"-p {self.port} -k {folder} -c fsync=off -c listen_addresses=127.0.0.1", "start")
        subprocess.run(["createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", said["POSTGRES_USER"], said["POSTGRES_DB"]], check=True,
                       env={**os.environ, "PGPASSWORD": said["POSTGRES_PASSWORD"]})

    def run(self, name, *args): subprocess.run([*self.as_, f"{self.bin}/{name}", *args], check=True, stdout=subprocess.DEVNULL)

    def stop(self): self.run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")


class Program:
    """One service of the file, on a port of this machine."""

    def __init__(self, name, service, program, database):
        self.name, self.service, self.program, self.port = name, filled(service), program, free_port()
        env = {k: str(v) for k, v in self.service["environment"].items()}
        env["SYNOPTIC_STORE"] = env["SYNOPTIC_STORE"].replace("@database/", f"@127.0.0.1:{database.port}/")
        self.env = {"PATH": os.environ["PATH"], **env, "SYNOPTIC_HOST": "127.0.0.1", "SYNOPTIC_PORT": str(self.port)}
        self.start()

    def start(self): self.p = subprocess.Popen([self.program, *self.service["command"]], env=self.env, stdout=subprocess.DEVNULL)

    def healthy(self):
        """As compose asks, until it is."""
        for _ in range(150):
            if subprocess.run([self.program, "health"], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0: return True
            time.sleep(.2)
        return False

    def stop(self):
        self.p.send_signal(signal.SIGTERM)
        try: return self.p.wait(int(self.service["stop_grace_period"][:-1])) == 0
        except subprocess.TimeoutExpired:
            self.p.kill()
            return False


class Client:
    """Uploads reports and decides through the proxy, one after the other, until told to end."""

    def __init__(self, at):
        self.at, self.ends, self.errors, self.notes, self.titles = at, False, [], [], []
        self.opener = urllib.request.build_opener()
        self.thread = threading.Thread(target=self.work)

    def ask(self, path, body=None, type_="application/json"):
        request = urllib.request.Request(f"http://{self.at}{path}", body, {"content-type": type_, "authorization": f"Bearer {SAID['TOKEN']}"})
        try:
            with self.opener.open(request, timeout=60) as r: return r.status, json.load(r)
        except urllib.error.HTTPError as e: return e.code, e.read().decode()
        except OSError as e: return 0, str(e)

    def upload(self, n):
        title = f"Council votes on quay number {n}"
        row = {"title": title, "text": f"{title}\n\n“The quay number {n} will open,” said Ada Berlund, the mayor, on Monday.", "outlet": f"Paper {n % 5}", "published": "2024-03-02"}
        body = f'--mark\r\nContent-Disposition: form-data; name="file"; filename="a.ndjson"\r\n\r\n{json.dumps(row)}\r\n--mark--\r\n'.encode()
        status, answer = self.ask("/api/v1/imports", body, "multipart/form-data; boundary=mark")
        self.titles += [title] if status in (200, 201, 202) else []
        if status not in (200, 201, 202): self.errors.append(f"import: {status} {str(answer)[:200]}")

    def decide(self, n):
        status, answer = self.ask("/api/v1/statements?limit=1")
        if status != 200: return self.errors.append(f"list: {status} {str(answer)[:200]}")
        if not answer["data"]: return
        target = {"type": "statement", "id": answer["data"][0]["id"]}
        status, answer = self.ask("/api/v1/decisions", json.dumps({"action": "confirm", "note": f"note {n}", "target": target}).encode())
        if status == 201: self.notes.append(f"note {n}")
        else: self.errors.append(f"decision: {status} {str(answer)[:200]}")

    def work(self):
        n = 0
        while not self.ends:
            n += 1
            self.upload(n)
            self.decide(n)
            time.sleep(.05)

    def everything(self, path):
        rows, cursor = [], ""
        while True:
            status, page = self.ask(f"{path}?limit=200{cursor}")
            if status != 200: raise SystemExit(f"{path}: {status} {page}")
            rows += page["data"]
            if not page["page"]["next"]: return rows
            cursor = f"&cursor={page['page']['next']}"

    def until_read(self):
        """Every report that was taken is an article."""
        for _ in range(300):
            if not any(i["status"] in ("queued", "running") for i in self.everything("/api/v1/imports")): break
            time.sleep(.3)
        return set(self.titles) - {a["title"] for a in self.everything("/api/v1/articles")}


def proxy(folder, programs):
    at, port = f"{folder}/proxy", free_port()
    os.mkdir(at)
    conf = open(os.path.join(ROOT, "deploy", "proxy.conf")).read().replace("listen 8080;", f"listen 127.0.0.1:{port};")
    for p in programs: conf = conf.replace(f"server {p.name}:8080", f"server 127.0.0.1:{p.port}")
    with open(f"{at}/nginx.conf", "w") as f: f.write(f"pid {at}/pid; error_log {at}/errors; events {{}} http {{ log_format served '$cookie_synoptic_session $upstream_addr'; access_log {at}/served served; client_body_temp_path {at}/body; proxy_temp_path {at}/temp;\n{conf}\n}}")
    os.chmod(at, 0o777)
    return subprocess.Popen(["nginx", "-p", at, "-c", f"{at}/nginx.conf", "-g", "daemon off;"], stderr=subprocess.DEVNULL), f"127.0.0.1:{port}"


def sessions(at, folder, n=16, each=5):
    """Browsers at one address: each reads back at once what it decided, from one server; not all from the same."""
    first = Client(at)
    ids = [s["id"] for s in first.everything("/api/v1/statements")]
    for i in range(n):
        one = Client(at)
        one.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        one.ask("/api/v1/statements?limit=1") # the page that is opened first
        for k in range(each):
            note, target = f"session {i} {k}", {"type": "statement", "id": ids[(i * each + k) % len(ids)]}
            one.ask("/api/v1/decisions?limit=5") # kept by the server, until it hears of the next
            status, answer = one.ask("/api/v1/decisions", json.dumps({"action": "confirm", "note": note, "target": target}).encode())
            check(status == 201, f"session: {status} {str(answer)[:200]}")
            status, newest = one.ask("/api/v1/decisions?limit=5")
            check(status == 200 and note in [d["note"] for d in newest["data"]], f"{note}: is not read back")
    servers = {}
    for line in open(f"{folder}/proxy/served"):
        session, _, by = line.strip().partition(" ")
        if session != "-": servers.setdefault(session, set()).add(by)
    check(len(servers) == n and all(len(s) == 1 for s in servers.values()), f"sessions: {servers}")
    used = len(set().union(*servers.values()))
    check(used == 2, "sessions: all with one server")
    print(f"{n} sessions from one address with {used} servers, each with one of them: {n * each} decisions read back at once")


def run(services, program, folder):
    database = Database(folder, services["database"])
    programs, nginx = [], None
    try:
        programs = [Program(name, services[name], program, database) for name in ("one", "two", "work-one", "work-two")]
        for p in programs: check(p.healthy(), f"{p.name}: does not become healthy")
        nginx, at = proxy(folder, programs)
        time.sleep(.5)
        client = Client(at)
        client.thread.start()
        for p in programs[2:] + programs[:2]:
            time.sleep(1.5)
            check(p.stop(), f"{p.name}: does not stop in time")
            p.start()
            check(p.healthy(), f"{p.name}: does not come back")
        time.sleep(1.5)
        client.ends = True
        client.thread.join()
        lost = client.until_read()
        notes = set(client.notes) - {d.get("note") for d in client.everything("/api/v1/decisions")}
        print(f"{len(client.titles)} reports and {len(client.notes)} decisions taken while four programs were restarted: {len(lost)} and {len(notes)} lost, {len(client.errors)} errors")
        check(len(client.titles) > 4 and client.notes, "the client got nothing done")
        check(not lost and not notes, f"lost: {sorted(lost)[:5]} {sorted(notes)[:5]}")
        check(not client.errors, "errors: " + "; ".join(client.errors[:5]))
        sessions(at, folder)
    finally:
        if nginx:
            nginx.terminate()
            nginx.wait()
        for p in programs: p.stop()
        database.stop()
        if os.environ.get("KEEP"): subprocess.run(f"cp {folder}/proxy/errors {os.environ['KEEP']}", shell=True)


def main():
    program = os.path.abspath(sys.argv[1])
    try: import yaml
    except ImportError:
        print("skipped: PyYAML is not installed")
        sys.exit(77)
    services = yaml.safe_load(open(FILE))["services"]
    schema()
    told(services, program)
    if shutil.which("nginx") and glob.glob("/usr/lib/postgresql/*/bin/initdb"):
        with tempfile.TemporaryDirectory(prefix="synoptic-compose-", dir="/tmp") as folder: run(services, program, folder)
    else: print("nginx or PostgreSQL is not installed: it is not run")
    for line in wrong: print(line)
    sys.exit(1 if wrong else 0)


main()
