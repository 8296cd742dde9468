"""Settings of all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# a slow machine is no failure; continuous integration tries the same examples each time, a developer's machine new ones
settings.register_profile("here", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("here")
