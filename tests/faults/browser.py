"""Somebody signed in to the running program, over plain HTTP: pages, forms, and what a broken line does to them."""

import http.client
import re
from urllib.parse import urlencode

from django.core import signing
from django.urls import reverse
from tests.program import Program

from taawun.foundation import accounts_demo
from taawun.foundation.models import User


class Browser:
    """One session. `send` gives the status and where it led, or None when the line broke or nobody answered."""

    def __init__(self, program: Program, user: User) -> None:
        self.port, self.cookies = program.port, {}
        token = signing.dumps(user.pk, key=(program.var / "secret").read_text(), salt=accounts_demo.SALT)
        self.ask("GET", reverse("demo-sign-in", args=[token]))
        page = self.ask("GET", "/desk/")[2]
        self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]

    def ask(self, method: str, path: str, data: dict[str, str] | None = None) -> tuple[int, str, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(method, path, urlencode(data) if data is not None else None, headers)
            answer = line.getresponse()
            page = answer.read().decode()
        finally:
            line.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location") or "", page

    def send(self, path: str, data: dict[str, str]) -> tuple[int, str] | None:
        try:
            return self.ask("POST", path, data | {"csrfmiddlewaretoken": self.token})[:2]
        except (OSError, http.client.HTTPException):
            return None
