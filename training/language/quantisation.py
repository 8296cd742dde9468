"""Whether eight bits cost too much: figures of the same weights in 32 bits and in eight."""

from collections.abc import Mapping
from typing import Any

MOST = {"LAS": 0.4, "main": 0.5}
"""Points of F1 that quantisation may cost at most, by the last word of a figure: trees; people, bodies and places."""

WHOLE = 2
"""Words in the name of a figure of a whole treebank; those of one genre, a document or two, are left to chance."""


def flat(figures: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Figures by their full names, as they are printed."""
    found: dict[str, str] = {}
    for key, value in figures.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{prefix}{key} ")
        else:
            found[f"{prefix}{key}"] = f"{value:.2f}" if isinstance(value, float) else str(value)
    return found


def too_costly(exact: Mapping[str, Any], shipped: Mapping[str, Any]) -> list[str]:
    """Say which figures fall by more than they may; both as benchmark to figures."""
    said = []
    for benchmark, figures in exact.items():
        for name, before in figures.items():
            words = name.split()
            most = MOST.get(words[-1])
            if most is None or (words[-1] == "LAS" and len(words) > WHOLE):
                continue
            after = shipped[benchmark][name]
            if before - after > most:
                said.append(f"{benchmark}: {name}: {before:g} in 32 bits, {after:g} in eight; {most:g} is the most")
    return said
