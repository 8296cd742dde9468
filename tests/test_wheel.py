"""A wheel holds all that the program needs outside its repository."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_a_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    package = ROOT / "src"
    wanted = {
        p.relative_to(package).as_posix()
        for p in (package / "variorum").rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    assert wanted - inside == set()
    assert "variorum/examples/truth.json" in inside
    assert any(name.endswith("licenses/LICENSE") for name in inside)
    assert wheel.stat().st_size < 45_000_000  # 35 MB of it are weights
