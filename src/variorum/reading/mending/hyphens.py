"""Hyphens that a line end has left inside words ("govern- ment"), and soft hyphens.

Whether the hyphen goes ("government") or stays ("re-election") is told by which form the word list has oftener. A hyphen
that stands for a part left out ("pre- and post-war"), and one that stands for a dash, are no breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from variorum.reading.mending import lexicon
from variorum.reading.mending.found import Found
from variorum.reading.mending.joins import Vocabulary
from variorum.reading.mending.lexicon import STEPS
from variorum.reading.mending.tokens import is_gap

SOFT = "\u00ad"
"""The soft hyphen: a mark where a line may end, which is not read."""

_SOFT = re.compile(r"(?:\u00ad(?:[ \t]{0,3}\r?\n[ \t]{0,3})?[^\W\d_]+)+")
_BREAK = re.compile(r"[-\u2010\u2011\u00ac]([ \t\u00a0\u200b]{1,3}|[ \t\u00a0]{0,3}\r?\n[ \t\u00a0]{0,3})(?=[^\W\d_])")
_HEAD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*$")
_TAIL = re.compile(r"[^\W\d_]+")
_LINKS = frozenset("and or to nor but und y et o versus vs through than as the a an of in".split())
_REACH = 60
