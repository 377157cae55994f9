"""What the addresses of the program are called."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern


def names(resolver: Any, namespace: str = "") -> Iterator[str]:
    """The name of every address under a resolver, as `reverse` takes it."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"
        else:
            yield from names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
