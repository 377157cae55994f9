"""Every finding of a reader has its sentence."""

import re
from pathlib import Path

from django.utils import translation

from taawun.interchange import findings, iati
from taawun.interchange.findings import SENTENCES, sentence
from taawun.interchange.iati.records import Finding
from tests.interchange.iati.made import a_file, an_activity, reads

TOLD = re.compile(r"""(?:Unreadable|Finding|tell|_beside)\(\s*"([a-z-]+)\"|"(xsd[a-z-]*)\"""")


def test_each_slug_that_the_reader_tells_has_a_sentence_and_each_sentence_is_told():
    folder = Path(iati.__file__).parent
    told = {a or b for path in folder.glob("*.py") for a, b in TOLD.findall(path.read_text(encoding="utf-8"))}

    composed = {
        f"{kind}s-{how}" for kind in ("place", "sector") for how in ("not-whole", "without-percentage")
    }
    chosen = {
        "version-first",
        "version-earlier",
        "web-page",
        "document-type",
        "too-large",
        "not-well-formed",
        "cut-short",
    }
    assert told | composed | chosen == SENTENCES.keys()


def test_a_finding_is_told_in_the_readers_language():
    (only,) = reads(a_file(an_activity(more='<sector code="1" percentage="40"/>')))
    (finding,) = only.findings

    assert sentence(finding) == "The percentages of sectors of vocabulary 1 make 40 in all, not 100."
    with translation.override("fr"):
        assert (
            sentence(finding)
            == "Les pourcentages des secteurs de la nomenclature 1 font 40 au total, et non 100."
        )
    with translation.override("ar"):
        assert "40" in sentence(finding)


def test_a_sentence_lacks_nothing_where_a_finding_lacks_a_value():
    assert sentence(Finding("not-iati")) == "This is XML, but no IATI file: its first element is “…”."
    assert [slug for slug in SENTENCES if not findings.sentence(Finding(slug))] == []
