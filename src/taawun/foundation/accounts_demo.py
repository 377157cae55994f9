"""Sign-in links of a demonstration: a signed address for each person, refused off loopback and outside demo mode."""

from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.urls import reverse

from taawun.foundation.models import User

SALT = "taawun.demo.sign-in"
# What a proxy adds: through one, the address seen is the proxy's and not the reader's.
PASSED_ON = ("HTTP_X_FORWARDED", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


def allowed(request: HttpRequest) -> bool:
    """In demo mode, from this machine, under a loopback name."""
    if not settings.DEMO:
        return False
    host, _port = split_domain_port(request.get_host())
    named_here = host == "localhost" or _is_loopback(host.strip("[]"))
    return (
        named_here
        and _is_loopback(request.META.get("REMOTE_ADDR", ""))
        and not any(name.startswith(PASSED_ON) for name in request.META)
    )


def _is_loopback(text: str) -> bool:
    try:
        return ip_address(text).is_loopback
    except ValueError:
        return False


def link_for(user: User) -> str:
    """The path that signs this person in."""
    return reverse("demo-sign-in", args=[signing.dumps(user.pk, salt=SALT)])


def user_of(token: str) -> User | None:
    """The person a link stands for; None for a forged one."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk, is_active=True).first()


def sign_in(request: HttpRequest, user: User) -> None:
    """Open the session."""
    login(request, user, backend="taawun.foundation.accounts.Backend")
