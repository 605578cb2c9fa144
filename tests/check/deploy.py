#!/usr/bin/env python3
"""The files of deploy/: the list of parts is SPDX 2.3, systemd and nginx understand theirs, and nginx passes on what
synoptic answers. A release holds nothing of the place and hour it was built at. What is not installed is said and left out.
Usage: deploy.py SBOM PROGRAM BUILDTYPE; exit 1 if anything is wrong.
"""
import json, os, re, shutil, socket, ssl, subprocess, sys, tempfile, time, urllib.request

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
DEPLOY = os.path.join(ROOT, "deploy")
wrong = []


def check(fine, what):
    if not fine: wrong.append(what)


def sbom(path):
    d = json.load(open(path))
    for key in "spdxVersion dataLicense SPDXID name documentNamespace creationInfo packages relationships".split():
        check(d.get(key), f"sbom: no {key}")
    check(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", d["creationInfo"]["created"]), "sbom: time")
    ids = {p["SPDXID"] for p in d["packages"]} | {d["SPDXID"]}
    check(len(ids) == len(d["packages"]) + 1, "sbom: ids are not unique")
    for p in d["packages"]:
        check(re.fullmatch(r"SPDXRef-[A-Za-z0-9.-]+", p["SPDXID"]), f"sbom: {p['SPDXID']}")
        check(p["versionInfo"] and p["licenseDeclared"] and p["downloadLocation"], f"sbom: {p['name']}")
    for r in d["relationships"]:
        check(r["spdxElementId"] in ids and r["relatedSpdxElement"] in ids, "sbom: a relationship leads nowhere")
    linked = {p["name"] for p in d["packages"]} - {"synoptic"}
    check({"libmicrohttpd", "sqlite3", "zlib", "libcurl"} <= linked, f"sbom: only {sorted(linked)}")


def units(program):
    if not shutil.which("systemd-analyze"):
        print("systemd-analyze is not installed: units are not checked")
        return
    with tempfile.TemporaryDirectory() as d:
        for name in ("synoptic.service", "synoptic.socket"):
            text = open(os.path.join(DEPLOY, name)).read().replace("/usr/local/bin/synoptic", program)
            open(os.path.join(d, name), "w").write(text)
        r = subprocess.run(["systemd-analyze", "verify", "--man=no", os.path.join(d, "synoptic.service"), os.path.join(d, "synoptic.socket")],
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        ours = [l for l in r.stdout.splitlines() if "synoptic." in l]
        check(r.returncode == 0 and not ours, "systemd: " + "\n".join(ours or [r.stdout]))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(port):
    for _ in range(100):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0: return True
        time.sleep(0.1)
    return False


def proxied(d, program):
    """synoptic behind nginx with TLS: through the name, with the site's own headers, and events come at once."""
    site, own, plain = free_port(), free_port(), free_port()
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=reports.example.org",
                    "-keyout", f"{d}/key", "-out", f"{d}/pem"], check=True, stderr=subprocess.DEVNULL)
    text = open(os.path.join(DEPLOY, "nginx.conf")).read()
    for old, new in (("listen 443", f"listen 127.0.0.1:{site}"), ("listen 80", f"listen 127.0.0.1:{plain}"), ("127.0.0.1:8080", f"127.0.0.1:{own}"),
                     ("/etc/ssl/reports.example.org.pem", f"{d}/pem"), ("/etc/ssl/private/reports.example.org.key", f"{d}/key")):
        check(old in text, f"nginx: no {old}")
        text = text.replace(old, new)
    if "http2 on" in text and nginx_is_older_than((1, 25, 1)):
        text = text.replace("    http2 on;\n", "")
    open(f"{d}/nginx.conf", "w").write(f"pid {d}/pid; error_log {d}/errors; events {{}} http {{ access_log off;\n{text}\n}}")
    os.chmod(d, 0o755)
    server = subprocess.Popen([program, "serve", "--sample", "--db", f"{d}/s.db", "--port", str(own), "--backups", "off",
                               "--allow-host", "reports.example.org"], stdout=subprocess.DEVNULL)
    nginx = subprocess.Popen(["nginx", "-p", d, "-c", f"{d}/nginx.conf", "-g", "daemon off;"], stderr=subprocess.DEVNULL)
    try:
        check(wait_for(own) and wait_for(site), "nginx: nobody listens")
        trust = ssl._create_unverified_context()
        ask = lambda path: urllib.request.urlopen(urllib.request.Request(f"https://127.0.0.1:{site}{path}", headers={"Host": "reports.example.org"}),
                                                  context=trust, timeout=20)
        with ask("/api/v1/stories") as r:
            check(json.load(r)["total"] >= 1, "nginx: no stories behind it")
        with ask("/") as r:
            check("Content-Security-Policy" in r.headers, "nginx: headers are lost")
    finally:
        nginx.terminate(); server.terminate(); nginx.wait(); server.wait()


def nginx_is_older_than(version):
    said = subprocess.run(["nginx", "-v"], stderr=subprocess.PIPE, text=True).stderr
    return tuple(map(int, re.search(r"(\d+)\.(\d+)\.(\d+)", said).groups())) < version


def image():
    """Dockerfile: what it is built from is one image for good, and nothing of the tools is shipped."""
    bases = [l.split()[1] for l in open(os.path.join(ROOT, "Dockerfile")) if l.startswith("FROM ")]
    check(bases and bases[-1] == "scratch", "image: shipped on top of a distribution")
    for base in bases[:-1]:
        check(re.fullmatch(r"\S+@sha256:[0-9a-f]{64}", base), f"image: {base} may be another tomorrow")


def same_bytes(program):
    """What would make two builds of the same sources differ."""
    bytes_ = open(program, "rb").read()
    check(os.path.realpath(ROOT).encode() not in bytes_, "the program names the folder that it was built in")
    used = subprocess.run(["grep", "-rnE", r"__(DATE|TIME|TIMESTAMP)__", os.path.join(ROOT, "server")], stdout=subprocess.PIPE, text=True).stdout
    check(not used, "the hour of the build: " + used)


sbom(sys.argv[1])
if sys.argv[3] == "release": same_bytes(sys.argv[2])
image()
units(os.path.abspath(sys.argv[2]))
if shutil.which("nginx") and shutil.which("openssl"):
    with tempfile.TemporaryDirectory() as folder: proxied(folder, sys.argv[2])
else:
    print("nginx or openssl is not installed: TLS is not tried")
for line in wrong: print(line)
sys.exit(1 if wrong else 0)
