"""Which Word template of an agency's own a document is made with: frozen with it."""

import json
from dataclasses import dataclass
from typing import Any

from taawun.foundation.ports import registry
from taawun.papers.freezing import Stamp
from taawun.papers.models import File


@dataclass(frozen=True)
class Own:
    """The agency's template, its version, and the fields it is filled with; nothing where the built-in one counts."""

    file: File | None = None
    version: int | None = None
    fields: dict[str, Any] | None = None

    def told(self) -> str:
        """What the hash of the document covers besides its page."""
        if self.file is None:
            return ""
        return "\0" + json.dumps([self.file.sha256, self.fields], sort_keys=True, ensure_ascii=False)


def own_template(paper: Any, page: Any, stamp: Stamp) -> Own:
    """The template that counts for this page: none side by side, none where the agency has none of this language."""
    asked = registry.services.get("word-template")
    if page.fields is None or page.second_language or asked is None or not paper.agency_id:
        return Own()
    found = asked(paper.agency_id, paper.kind, page.language)
    if found is None:
        return Own()
    file, version = found
    placed = {"document_number": stamp.number, "check_address": stamp.check_url}
    return Own(file, version, page.fields | placed)
