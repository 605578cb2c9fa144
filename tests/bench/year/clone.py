#!/usr/bin/env python3
"""clone.py STORE COPIES OUT - a store with the rows of another COPIES times over, under other numbers.

For sizes at which importing would take hours. The copies of a story lie apart in time (a year each way), so that lists by
day stay mixed; actors, issues and outlets are the same in all copies. The search index is written anew.
"""
import shutil, sqlite3, sys

# What of a table's columns is a number of a row: it is raised by so much a copy.
SHIFT = {
    "stories": {"id": "story"}, "articles": {"id": "article", "story": "story"}, "article_keys": {"article": "article"},
    "article_versions": {"id": "version", "article": "article"}, "article_attributions": {"article": "article"}, "originals": {"article": "article"},
    "article_addresses": {"key": "text", "article": "article"}, "origins": {"story": "story"}, "rewrites": {"story": "story", "of": "article", "by": "article"},
    "story_actor_rows": {"story": "story"}, "story_roles": {"story": "story"}, "article_mentions": {"article": "article"},
    "statement_rows": {"id": "statement", "article": "article", "story": "story", "utterance": "statement"}, "stance_rows": {"statement": "statement"},
    "utterance_rows": {"id": "statement", "story": "story"}, "story_issues": {"story": "story"}, "issue_terms": {"story": "story"},
    "position_rows": {"id": "position", "story": "story"}, "position_statements": {"position": "position", "statement": "statement"},
    "conflicts": {"id": "conflict", "story": "story"}, "conflict_spans": {"conflict": "conflict", "article": "article"}}


def main():
    store, copies, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    sqlite3.connect(store).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(store, out)
    db = sqlite3.connect(out, isolation_level=None)
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -400000")
    db.execute("BEGIN")
    most = {"story": "stories.id", "article": "articles.id", "version": "article_versions.id", "statement": "statement_rows.id", "position": "position_rows.id", "conflict": "conflicts.id"}
    for name, column in most.items(): most[name] = db.execute("SELECT coalesce(max(%s), 0) + 1 FROM %s" % (column.split(".")[1], column.split(".")[0])).fetchone()[0]
    if most["conflict"] > 1 << 40: most["conflict"] = 1
    for table, shift in SHIFT.items():
        columns = [c[1] for c in db.execute(f"PRAGMA table_info({table})")] # without those that follow from others
        def value(c, k):
            if c not in shift: return f'"{c}"'
            if shift[c] == "text": return f'"{c}" || \'#{k}\''
            return f'"{c}" + {most[shift[c]] * k}'
        where = " WHERE id > 0" if table == "stories" else " WHERE story > 0" if "story" in columns else ""
        limits = {c: most[s] for c, s in shift.items() if s != "text"}
        for k in range(1, copies):
            keep = " AND ".join(f'"{c}" < {n}' for c, n in limits.items() if not (table == "statement_rows" and c == "utterance"))
            sql = f"INSERT OR IGNORE INTO {table} ({', '.join(chr(34) + c + chr(34) for c in columns)}) SELECT {', '.join(value(c, k) for c in columns)} FROM {table}{where + ' AND ' if where else ' WHERE '}{keep}"
            db.execute(sql)
        print(table, db.execute(f"SELECT count(*) FROM {table}").fetchone()[0], file=sys.stderr)
    db.execute("DELETE FROM comparisons")
    db.execute(f"UPDATE state SET value = (SELECT max(id) FROM statements) WHERE name = 'statement'")
    db.execute(f"UPDATE actors SET statements = statements * {copies}, articles = articles * {copies}, stories = stories * {copies}")
    for sql in ("INSERT INTO article_search (article_search) VALUES ('delete-all')",
                "INSERT INTO article_search (rowid, title, text) SELECT id, title, text FROM article_versions WHERE current ORDER BY id",
                "INSERT INTO statement_search (statement_search) VALUES ('delete-all')",
                "INSERT INTO statement_search (rowid, words) SELECT id, words FROM statement_words ORDER BY id", "COMMIT"):
        db.execute(sql)
    db.execute("PRAGMA journal_mode = WAL")


if __name__ == "__main__":
    main()
