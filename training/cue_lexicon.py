"""What the lexicon of cues was made from: the cues of PolNeAR by frequency, with what the lexicon says of each.

    python training/cue_lexicon.py [--data ../shared/data] [--part train] [--least 3] [--missing]

reads the articles of a part of PolNeAR, and prints one line for each word that cues stand on: how often it comes, the
share of all cues that this and the lines before it make up, the stance that ``cues.txt`` gives it (``-`` where it has
none), and the three most frequent forms of those cues as dictionary forms. ``--missing`` leaves out what has a stance.
The last line tells which share of the cues the lexicon knows by the word that they stand on, and which by any of their
words ("take issue with" stands on "take"). The classes themselves were given by hand.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from language.polnear import polnear
from variorum.language.annotation import Span, Token
from variorum.language.cues import entries_in, head_of
from variorum.language.parsing import tokens_of
from variorum.language.reader import cores, read
from variorum.language.splitting import split

DATA = Path(__file__).parents[2] / "shared" / "data"


@dataclass
class Counts:
    """Cues by the word that they stand on, a lemma and its part of speech."""

    cues: Counter[str] = field(default_factory=Counter)
    stances: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    forms: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    known: int = 0
    """Cues whose word is in the lexicon."""
    touched: int = 0
    """Cues of which any word is."""

    def add(self, text: str, tokens: Sequence[Token], cue: Sequence[Span]) -> None:
        """Count one cue; one without words is left out."""
        head = head_of(tokens, cue)
        if head is None:
            return
        entries = entries_in(text, tokens, cue)
        stance = next((entry.stance for entry, at in entries if head in at), "-")
        key = f"{tokens[head].lemma.lower()} {tokens[head].upos}"
        self.cues[key] += 1
        self.stances[key][stance] += 1
        own = [token for token in tokens if any(start <= token.start < end for start, end in cue)]
        self.forms[key][" ".join(token.lemma.lower() for token in own)] += 1
        self.known += stance != "-"
        self.touched += bool(entries)

    def lines(self, least: int, missing: bool) -> list[str]:
        """The table, most frequent first."""
        total, seen, found = sum(self.cues.values()), 0, []
        for key, count in sorted(self.cues.items(), key=lambda item: (-item[1], item[0])):
            seen += count
            stance = self.stances[key].most_common(1)[0][0]
            if count >= least and not (missing and stance != "-"):
                forms = "; ".join(form for form, _ in self.forms[key].most_common(3))
                found.append(f"{count:6} {seen / total:6.1%} {key:24} {stance:12} {forms}")
        found.append(f"{total} cues: {self.known / total:.1%} known by their word, {self.touched / total:.1%} by any")
        return found


def counts_of(folder: Path, part: str) -> Counts:
    """Count the cues of a part, in the articles as the shipped core parses them."""
    counts = Counts()
    for article in polnear(folder, part):
        reading = read([article.text], cores())[0]
        tokens = tokens_of(reading, split(reading))
        for parts in article.attributions:
            counts.add(article.text, tokens, parts["cue"])
    return counts


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--part", choices=("train", "dev"), default="train")
    parser.add_argument("--least", type=int, default=3)
    parser.add_argument("--missing", action="store_true")
    args = parser.parse_args()
    print("\n".join(counts_of(args.data / "attribution", args.part).lines(args.least, args.missing)))


if __name__ == "__main__":
    main()
