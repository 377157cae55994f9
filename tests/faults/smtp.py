"""A mail server on loopback that keeps what it is given, and can be told to leave the sender waiting for its answer."""

import socketserver
import threading
from email import message_from_bytes
from email.policy import default


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 here")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.say("354 go on")
                self.server.mails.take(self.content())
            elif word == b"QUIT":
                self.say("221 bye")
                return
            self.say("250 well")

    def content(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)

    def say(self, text: str) -> None:
        try:
            self.wfile.write(text.encode() + b"\r\n")
        except OSError:
            self.rfile.close()


class Mails:
    """What arrived. `holding`: each mail is taken, and its sender left without an answer until `let_go`."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, str, str]] = []
        self._answer = threading.Event()
        self._answer.set()
        self.port = 0

    def take(self, content: bytes) -> None:
        mail = message_from_bytes(content, policy=default)
        self.arrived.append((mail["To"], mail["Subject"], mail.get_content().replace("\r\n", "\n")))
        self._answer.wait(300)

    def hold(self) -> None:
        self._answer.clear()

    def let_go(self) -> None:
        self._answer.set()

    def __enter__(self) -> "Mails":
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Conversation)
        self._server.daemon_threads, self._server.mails = True, self
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.let_go()
        self._server.shutdown()
        self._server.server_close()
