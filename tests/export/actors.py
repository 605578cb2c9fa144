#!/usr/bin/env python3
"""Lists of actors: what goes out comes back in to the byte (CSV, JSON, JSON Lines), what a line means, which lines are
refused and with which numbers, that a dry run changes nothing, and that one undo takes a whole list back - by the
command line and over HTTP.

usage: actors.py        with SYNOPTIC (the program) and TESTS_DIR in the environment
"""
import csv, io, json, os, subprocess, tempfile, urllib.error, urllib.request

PROGRAM, TESTS = os.environ["SYNOPTIC"], os.environ["TESTS_DIR"]
wrong = []
LIST = """name,kind,role,of,names,wikidata
Pia Holt,person,reeve,Valley Board,P. Holt; Holt of Selby,Q12
Valley Board,organisation,,,=Board,
Maria Kent,,chair,Harbour Union,Kent of Harwick,Q99
"""


def is_so(what, got, wanted):
    if got != wanted: wrong.append(f"{what}: {got!r}, not {wanted!r}")


def run(*args):
    p = subprocess.run([PROGRAM, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return p.returncode, p.stdout.decode(), p.stderr.decode()


def taken(db, path, *more):
    code, out, err = run("import", "--db", db, "--type", "actors", "--json", *more, path)
    return json.loads(out) if code == 0 else err


def export(db, form, *more):
    return run("export", "--db", db, "--format", form, "list=actor-list", *more)[1]


def rows(db):
    return {r["key"]: r for r in csv.DictReader(io.StringIO(export(db, "csv")))}


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", newline="") as f: f.write(text)
    return path


def counts(answer):
    return tuple(answer[k] for k in ("new", "changed", "same", "refused")) if isinstance(answer, dict) else answer


def check_lines(folder, db):
    path, before = write(folder, "list.csv", LIST), export(db, "csv")
    answer = taken(db, path, "--dry-run")
    is_so("a dry run", [(l["line"], l["what"], l["key"]) for l in answer["lines"]],
          [(2, "new", "pia-holt"), (3, "new", "valley-board"), (4, "changed", "maria-kent")])
    is_so("what changes", answer["lines"][2]["changes"], "role wikidata of names")
    is_so("after a dry run", export(db, "csv"), before)
    is_so("taken", counts(taken(db, path)), (2, 1, 0, 0))
    now = rows(db)
    is_so("whose she is", now["pia-holt"]["of"], "valley-board")
    is_so("a list goes by names, too", now["maria-kent"]["of"], "harbour-union")
    is_so("names are added", now["maria-kent"]["names"], "Kent; Kent of Harwick")
    is_so("her number", now["maria-kent"]["wikidata"], "Q99")
    is_so("once more", counts(taken(db, path)), (0, 0, 3, 0))


def check_refused(folder, db):
    before = export(db, "csv")
    cases = [
        ("name,kind\nA B,person\n\nC D,ghost\n", "line 4: the kind"),
        ('name,role\n"A\nB",x\n,y\n', "line 4: neither a name nor a key"),
        ("name,wikidata\nA B,12\n", "line 2: the Wikidata id"),
        ("key,role\nno-such-actor,x\n", "line 2: there is no actor with that key"),
        ("key,name\na/b,A B\n", "line 2: the key has signs"),
        ("name,of\nA B,Nobody At All\n", "line 2: what it belongs to"),
        ("name,role\nA B,x\na b,y\n", "line 3: the same actor as in line 2"),
        ('[{"name":"A B"},\n\n{"name":"C","kind":"ghost"}]', "line 3: the kind"),
        ('{"name":"A B"}\n{"name":"C","wikidata":"Q0"}\n', "line 2: the Wikidata id"),
        ('{"name":"A B"}\n{"name":\n', "line 2: "),
        ("", "empty"), ("title,text\nx,y\n", "name or key"), ("\x00\x01\x02", ""), ("[1", ""),
    ]
    for text, wanted in cases:
        answer = taken(db, write(folder, "bad", text))
        if not isinstance(answer, str) or wanted not in answer: wrong.append(f"{text!r} gave {answer!r}, not {wanted!r}")
    is_so("after bad lists", export(db, "csv"), before)
    many = "name\n" + "".join(f"Person Nr {i}\n" for i in range(2001))
    is_so("a list too long", "at most 2000" in str(taken(db, write(folder, "many", many))), True)


def check_trips(folder, db):
    written = {form: export(db, form) for form in ("csv", "json", "ndjson")}
    for form, text in written.items():
        fresh = os.path.join(folder, f"trip-{form}.db")
        taken(fresh, write(folder, "trip." + form, text))
        for other, wanted in written.items(): is_so(f"{form} there, {other} back", export(fresh, other), wanted)


class Server:
    def __init__(self, db):
        self.p = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--backups", "off", "--db", db], stdout=subprocess.PIPE, text=True)
        self.at = "http://" + self.p.stdout.readline().strip().split("//")[1] + "/api/v1/"

    def ask(self, path, body=None, kind="application/json"):
        request = urllib.request.Request(self.at + path, body, {"Content-Type": kind} if body is not None else {})
        try:
            with urllib.request.urlopen(request, timeout=30) as r: return r.status, r.read().decode()
        except urllib.error.HTTPError as e: return e.code, e.read().decode()

    def take(self, text, **fields):
        parts = "".join(f'--b\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items())
        form = f'{parts}--b\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\n\r\n{text}\r\n--b--\r\n'
        status, answer = self.ask("actor-list", form.encode(), "multipart/form-data; boundary=b")
        return status, json.loads(answer)


def check_server(db):
    s = Server(db)
    try:
        before = s.ask("actor-list.csv")[1]
        text = "name,role,names\nLena Brandt,reeve,L. Brandt\nEdda Storm,witness,\n"
        status, answer = s.take(text, dry_run=1)
        is_so("dry over HTTP", (status, counts(answer), answer["decision"]), (200, (1, 1, 0, 0), None))
        status, answer = s.take(text, by="Ana")
        is_so("over HTTP", (status, counts(answer)), (200, (1, 1, 0, 0)))
        entry = json.loads(s.ask(f"decisions/{answer['decision']}")[1])
        is_so("the journal", (entry["action"], entry["by"], len(entry["after"]["actors"])), ("add", "Ana", 2))
        actor = json.loads(s.ask("actors/lena-brandt")[1])
        is_so("her office", actor["role"], "reeve")
        is_so("her names", "L. Brandt" in [n["text"] for n in actor["names"]], True)
        after = s.ask("actor-list.csv")[1]
        edit = json.dumps({"action": "edit", "target": {"type": "actor", "id": "lena-brandt"}, "value": {"wikidata": "Q5"}})
        is_so("a number by hand", s.ask("decisions", edit.encode())[0], 201)
        is_so("what rests on the list", s.ask("decisions/undo", json.dumps({"id": answer["decision"]}).encode())[0], 409)
        is_so("no such number", s.ask("decisions", edit.replace("Q5", "5").encode())[0], 400)
        is_so("undone", s.ask("decisions/undo", b"{}")[0], 200)
        is_so("the list undone", s.ask("decisions/undo", b"{}")[0], 200)
        is_so("as it was", s.ask("actor-list.csv")[1], before)
        is_so("redone", s.ask("decisions/redo", b"{}")[0], 200)
        is_so("as it had become", s.ask("actor-list.csv")[1], after)
        status, answer = s.take("name,kind\nA,ghost\n")
        is_so("refused over HTTP", (status, "line 2" in answer["detail"]), (400, True))
    finally:
        s.p.terminate()
        s.p.wait()


def main():
    with tempfile.TemporaryDirectory() as folder:
        db = os.path.join(folder, "a.db")
        run("import", "--db", db, TESTS + "/data/harbour")
        check_lines(folder, db)
        check_refused(folder, db)
        check_trips(folder, db)
        check_server(db)
    print("\n".join(wrong) or "lists of actors: as they should be")
    raise SystemExit(bool(wrong))


main()
