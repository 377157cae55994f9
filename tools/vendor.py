"""Fetch the front-end files named in vendor.toml, and refuse any that is not the one recorded there.

    python tools/vendor.py            fetch and write every file
    python tools/vendor.py --check    only rehash the files that stand in the repository

A new version: change `version`, run with `--record` once, read the change, commit both.
"""

import argparse
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECORD = Path(__file__).resolve().parent / "vendor.toml"
SOURCE_MAP = re.compile(rb"\n?/\*# sourceMappingURL=[^*]*\*/\s*$")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def entries() -> list[dict]:
    return tomllib.loads(RECORD.read_text(encoding="utf-8"))["file"]


def wrong_files(root: Path = ROOT) -> list[str]:
    """What stands in the repository and is not what was recorded, one sentence each."""
    found = []
    for entry in entries():
        target = root / entry["target"]
        if not target.is_file():
            found.append(f"{entry['target']} is missing.")
        elif sha256(target.read_bytes()) != entry["sha256"]:
            found.append(f"{entry['target']} is not {entry['package']} {entry['version']}.")
    return found


def fetch(package: str, version: str, into: Path) -> dict[str, bytes]:
    """The files of one package, read straight out of its archive (nothing of it is run or unpacked)."""
    packed = subprocess.run(
        [
            "npm",
            "pack",
            f"{package}@{version}",
            "--silent",
            "--ignore-scripts",
            "--pack-destination",
            str(into),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    files = {}
    with tarfile.open(into / packed.stdout.split()[-1]) as archive:
        for member in archive.getmembers():
            if content := archive.extractfile(member):
                files[member.name.partition("/")[2]] = content.read()
    return files


def write(entry: dict, source: bytes) -> tuple[str, str]:
    content = SOURCE_MAP.sub(b"\n", source) if entry.get("strip_source_map") else source
    target = ROOT / entry["target"]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return sha256(source), sha256(content)


def refresh(*, record: bool) -> int:
    text = RECORD.read_text(encoding="utf-8")
    packages: dict[tuple[str, str], dict[str, bytes]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for entry in entries():
            key = (entry["package"], entry["version"])
            if key not in packages:
                packages[key] = fetch(*key, Path(folder))
            source = packages[key][entry["source"]]
            if not record and sha256(source) != entry["source_sha256"]:
                print(
                    f"{entry['source']} of {key[0]} {key[1]} is not the recorded file: nothing written.",
                    file=sys.stderr,
                )
                return 1
            hashes = write(entry, source)
            if record:
                text = text.replace(f'"{entry["source_sha256"]}"', f'"{hashes[0]}"')
                text = text.replace(f'"{entry["sha256"]}"', f'"{hashes[1]}"')
            print(f"{entry['target']}  {key[0]} {key[1]}")
    if record:
        RECORD.write_text(text, encoding="utf-8")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="rehash what stands in the repository")
    parser.add_argument(
        "--record", action="store_true", help="take the fetched files as they are and write down their hashes"
    )
    options = parser.parse_args()
    if options.check:
        wrong = wrong_files()
        print("\n".join(wrong) or "Every vendored file is the one recorded.")
        return int(bool(wrong))
    return refresh(record=options.record)


if __name__ == "__main__":
    sys.exit(main())
