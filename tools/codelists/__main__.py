"""`python -m tools.codelists FOLDER_OF_THE_STANDARDS`."""

import sys
from pathlib import Path

from tools.codelists import build

if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("Say in which folder the standards' files lie: python -m tools.codelists FOLDER")
    build(Path(sys.argv[1]))
