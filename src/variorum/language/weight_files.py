"""Where the two weight files lie, and how they are opened; reading them is for :mod:`variorum.language.bundle`."""

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from variorum.errors import VariorumError

CORE: Final = "core.zip"
NEWS: Final = "news.zip"

FOLDER: Final = "VARIORUM_WEIGHTS"
"""Environment variable that names a folder with weight files of the user's own; either takes the place of ours."""


class WeightsError(VariorumError):
    """A weight file that is missing or can't be used."""


def location(name: str) -> Traversable:
    """Where a weight file lies: in the folder that the environment names, else in the package."""
    given = os.environ.get(FOLDER)
    if given and (Path(given) / name).exists():
        return Path(given) / name
    return files("variorum.language") / "weights" / name


@contextmanager
def opened(name: str) -> Iterator[zipfile.ZipFile]:
    """Open a weight file. Raises WeightsError, also where what is in it can't be read."""
    found = location(name)
    try:
        with found.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            yield archive
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise WeightsError(f"{found}: not a weight file ({error})") from error
