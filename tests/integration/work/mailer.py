"""A small mail server on this machine: it takes e-mail, refuses it, hangs up, or is not there."""

import socketserver
import threading
from contextlib import contextmanager


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        server = self.server
        server.met += 1
        if server.mood == "hangs up":
            return
        self.say("220 mail.test")
        while line := self.rfile.readline():
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                self.take()
            elif verb == b"RCPT" and server.mood == "refuses":
                self.say("550 no such mailbox jane.roe@nsp.example")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self):
        self.say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.taken.append(b"".join(lines).decode())
        self.say("250 taken")

    def say(self, words):
        self.wfile.write(words.encode() + b"\r\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def running(mood="takes"):
    """Serve in this mood for the length of the block; `.taken` has what came, `.url` names it."""
    with Server(("127.0.0.1", 0), Session) as server:
        server.mood, server.taken, server.met = mood, [], 0
        server.url = f"smtp://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
