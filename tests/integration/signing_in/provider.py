"""A small OpenID Connect provider on this machine, in the test's own process."""

import base64
import hashlib
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

CLIENT, SECRET = "onrecord", "a shared secret"
KEY, OTHER_KEY = (generate_private_key(65537, 2048) for _ in range(2))


class Provider:
    """Says of everybody who comes what `claims` says; the test may spoil it."""

    def __init__(self, issuer):
        self.issuer = issuer
        self.claims = {"sub": "n-1", "email": "a.reviewer@force.example", "email_verified": True}
        self.key, self.asked = KEY, {}
        self.is_down = False

    def code_for(self, address):
        """Return where the browser is sent back to, once somebody has signed in at `address`."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert query["client_id"] == CLIENT
        code = hashlib.sha256(query["state"].encode()).hexdigest()
        self.asked[code] = query
        return {"state": query["state"], "code": code}

    def token(self, form, client):
        """Return the answer to a code, good once, for whoever can show the verifier."""
        asked = self.asked.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or challenge != asked["code_challenge"] or client != f"{CLIENT}:{SECRET}":
            return None
        moment = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "iat": moment, "exp": moment + 60,
            "nonce": asked["nonce"],
        } | self.claims  # fmt: skip
        return {"id_token": jwt.encode(claims, self.key, "RS256", headers={"kid": "one"})}

    def get(self, path):
        """Return what lies at a path."""
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return {"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]}
        return {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorise",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys",
        }  # fmt: skip


def _handler(said):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._answer(said[0].get(self.path))

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            client = base64.b64decode(self.headers["Authorization"].split()[1]).decode()
            self._answer(said[0].token(form, client))

        def _answer(self, told):
            is_refused = told is None or said[0].is_down
            self.send_response(400 if is_refused else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps({} if is_refused else told).encode())

        def log_message(self, *_):
            pass

    return Handler


@contextmanager
def running_provider():
    """Run a provider for the length of this block."""
    said = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(said))
    said.append(Provider(f"http://127.0.0.1:{server.server_port}"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield said[0]
    finally:
        server.shutdown()
        server.server_close()
