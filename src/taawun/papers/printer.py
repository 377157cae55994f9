"""The process that renders: it reads frozen pages from its input and writes PDF and DOCX, and knows nothing else.

No Django, no database, no network, no files but the fonts of the machine: `python -m taawun.papers.printer`.
One message in, one out: four bytes of length, a JSON head, and the bytes it announces. It ends with its input.
"""

import ctypes
import json
import resource
import signal
import struct
import subprocess
import sys
from base64 import b64decode
from typing import Any, BinaryIO

MEGABYTE = 1024 * 1024
LENGTH = struct.Struct(">I")
PDF_VARIANT = "pdf/ua-1"  # tagged: read aloud in order, with its language
# Zip entries and PDF dates must not tell when they were written: the same page twice is the same bytes.
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
STILL = "315532800"  # 1980-01-01, the first day a zip archive knows


class Unfit(Exception):
    """A template cannot be filled with the fields of its paper."""


class Missing(Exception):
    """A library of the machine is not there (Pango): a sentence for whoever runs it."""


def main() -> None:
    """Serve until the input ends. `argv`: the limit of memory in megabytes."""
    _die_with_the_parent()
    limit = int(sys.argv[1]) * MEGABYTE
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while (asked := read(source)) is not None:
        head, data = _answer(asked)
        write(sink, head | {"held": held()}, data)


def _die_with_the_parent() -> None:
    """Linux ends us with the worker that started us; elsewhere the end of the input does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def held() -> int:
    """The megabytes this process holds now; where the system does not tell, those it held at most."""
    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as told:
            return int(told.read().split()[1]) * resource.getpagesize() // MEGABYTE
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // MEGABYTE if sys.platform == "darwin" else most // 1024


def read(source: BinaryIO) -> dict[str, Any] | None:
    """One message, or None at the end of the stream."""
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    message: dict[str, Any] = json.loads(source.read(LENGTH.unpack(head)[0]))
    return message


def write(sink: BinaryIO, head: dict[str, Any], data: bytes = b"") -> None:
    """One message and the bytes it announces."""
    text = json.dumps(head | {"size": len(data)}).encode()
    sink.write(LENGTH.pack(len(text)) + text + data)
    sink.flush()


def _answer(asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        made, pages = RENDERERS[asked["format"]](asked)
    except Missing as missing:
        return {"reason": "machine", "detail": str(missing)}, b""
    except Unfit as unfit:
        return {"reason": "template", "detail": str(unfit)[:500]}, b""
    except MemoryError:
        return {"reason": "memory", "detail": "MemoryError"}, b""
    except Exception as error:  # told to the log of the worker; the next page is another matter
        return {"reason": "page", "detail": f"{type(error).__name__}: {error}"[:500]}, b""
    return {"reason": "", "pages": pages}, made


def _pdf(asked: dict[str, Any]) -> tuple[bytes, int]:
    try:
        import weasyprint  # noqa: PLC0415 (heavy, and absent where Pango is)
    except OSError as error:
        raise Missing(str(error).splitlines()[0]) from error
    # A frozen page holds all it needs: nothing is fetched, from the network or from the disk.
    nothing_else = weasyprint.urls.URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    page = weasyprint.HTML(string=asked["page"], url_fetcher=nothing_else)
    document = page.render()
    made = document.write_pdf(pdf_variant=PDF_VARIANT, pdf_identifier=asked["identifier"].encode())
    return made, len(document.pages)


def _docx(asked: dict[str, Any]) -> tuple[bytes, int | None]:
    import pypandoc  # noqa: PLC0415

    from taawun.papers import word  # noqa: PLC0415

    rtl = asked["language"] in RIGHT_TO_LEFT
    command = [pypandoc.get_pandoc_path(), "+RTS", "-M256m", "-RTS", "--sandbox", "--from=html"]
    command += ["--to=docx", "--output=-", f"--reference-doc={word.REFERENCE}"]
    command += [f"--metadata=lang:{asked['language']}", f"--metadata=pagetitle:{asked['title']}"]
    if rtl:
        command.append("--metadata=dir:rtl")
    done = subprocess.run(
        command,
        input=word.prepared(asked["page"]).encode(),
        capture_output=True,
        env={"SOURCE_DATE_EPOCH": STILL, "PATH": "/usr/bin:/bin"},
        timeout=asked["seconds"],
        check=False,
    )
    if done.returncode:
        raise ValueError(done.stderr.decode(errors="replace")[:400])
    return word.finished(done.stdout, rtl=rtl), None


def _template(asked: dict[str, Any]) -> tuple[bytes, int | None]:
    """An agency's own Word template with the fields of a document."""
    from taawun.papers import filling, shapes, word  # noqa: PLC0415

    try:
        made = filling.fill(b64decode(asked["template"]), asked["fields"], shapes.SHAPES[asked["paper"]])
    except MemoryError:
        raise
    except Exception as error:
        raise Unfit(f"{type(error).__name__}: {error}") from error
    return word.still(made), None


RENDERERS = {"pdf": _pdf, "docx": _docx, "template": _template}

if __name__ == "__main__":
    main()
