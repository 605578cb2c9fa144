#!/usr/bin/env python3
"""hook.py PORT SECRET - listens on this machine, and prints each new statement that synoptic tells of.

Make the webhook first; the answer tells the secret (start synoptic with --allow-private-fetch, since this machine's own
address is a private one):  curl -s localhost:8080/api/v1/hooks -H 'Content-Type: application/json' \\
                                 -d '{"url":"http://127.0.0.1:9000/","actor":"KEY"}'
Needs nothing but Python 3.
"""
import hashlib, hmac, http.server, json, sys, time

OLDEST = 300  # seconds: what was signed longer ago may be somebody's replay


def is_genuine(secret, signature, body):
    try:
        parts = dict(p.split("=", 1) for p in signature.split(","))
        signed = hmac.new(secret.encode(), parts["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(signed, parts["v1"]) and abs(time.time() - int(parts["t"])) < OLDEST
    except (KeyError, ValueError):
        return False


class Hook(http.server.BaseHTTPRequestHandler):
    seen = set()  # calls that are tried again carry the same number

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        genuine = is_genuine(self.server.secret, self.headers.get("X-Synoptic-Signature", ""), body)
        self.send_response(204 if genuine else 403)
        self.end_headers()
        if genuine and self.headers["X-Synoptic-Call"] not in self.seen:
            self.seen.add(self.headers["X-Synoptic-Call"])
            for s in json.loads(body)["statements"]:
                print(f"{s['speaker_name']} in {s['outlet']}: {s['words']}", flush=True)

    def log_message(self, *_): pass


if __name__ == "__main__":
    server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Hook)
    server.secret = sys.argv[2]
    server.serve_forever()
