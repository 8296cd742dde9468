"""How long work tells how far it is, without knowing who listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Somebody who wants to know."""

    def start(self, stage: str, total: int | None) -> None:
        """Say that a stage begins, with ``total`` things to do where that is known."""

    def advance(self, done: int = 1) -> None:
        """Say that some more are done."""

    def say(self, text: str) -> None:
        """Say something that the user should know."""


class Silent:
    """Nobody listens."""

    def start(self, stage: str, total: int | None) -> None:
        """Ignore it."""

    def advance(self, done: int = 1) -> None:
        """Ignore it."""

    def say(self, text: str) -> None:
        """Ignore it."""
