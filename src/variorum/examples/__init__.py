"""An invented dispute, told in eighteen invented articles, with a file that states the truth about them.

The articles hold what goes wrong in real corpora: copies, broken words, altered quotes, missing dates, rival
names. The demo builds an edition of them; the tests measure it against :func:`truth`, whose shape
``docs/example-corpus.md`` gives.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any


def corpus() -> Path:
    """Return the folder with the articles."""
    return Path(str(files(__name__) / "corpus"))


def truth() -> dict[str, Any]:
    """Return what is true of the articles, as ``docs/example-corpus.md`` describes it."""
    stated: dict[str, Any] = json.loads((files(__name__) / "truth.json").read_text(encoding="utf-8"))
    return stated
