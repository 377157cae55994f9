"""A mail server on loopback that does as it is told: greets, refuses, or cuts the line at a word."""

import socketserver
import threading


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        if not self.answer("GREETING", "220 here"):
            return
        for line in self.rfile:
            word = line.split(b":")[0].split()[0].upper().decode()
            if word == "QUIT":
                self.say("221 bye")
                return
            if not self.answer(word, "354 go on" if word == "DATA" else "250 well"):
                return
            if word == "DATA" and "DATA" not in self.server.told:
                self.server.arrived.append(self.content())
                if not self.answer("END", "250 taken"):
                    return

    def content(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)

    def answer(self, word: str, well: str) -> bool:
        """Say what the server was told to say at this word; "" cuts the line."""
        self.server.heard.append(word)
        told = self.server.told.get(word, well)
        if told:
            self.say(told)
        return bool(told)

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


class Server:
    """`told`: by word (GREETING, EHLO, MAIL, RCPT, DATA, END) what is answered; "" cuts the line there."""

    def __enter__(self) -> "Server":
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Conversation)
        self._server.daemon_threads = True
        self.told = self._server.told = {}
        self.heard = self._server.heard = []
        self.arrived = self._server.arrived = []
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
