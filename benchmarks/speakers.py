"""How well the words for a source are resolved to a name.

    python benchmarks/speakers.py [--data ../shared/data] [--json FILE] [--errors]

On 200 attributions of PolNeAR dev whose source means somebody whom the article names, judged by hand
(``gold/README.md``). *Given the source*: the words for the source are PolNeAR's. *From raw text*: the attribution must
be found first, by its cue. A form of a name counts as the name.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

from variorum.language import annotate_all
from variorum.language.speakers import Sources

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
sys.path.insert(0, str(Path(__file__).parent))

from figures import run
from language.polnear import polnear
from quotes import same_names

GOLD = Path(__file__).parent / "gold" / "speakers.jsonl"


def measure(data: Path, *, errors: bool = False) -> dict[str, float]:
    """Figures by name, in per cent."""
    rows = defaultdict(list)
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["document"]].append(row)
    articles = [a for a in polnear(data / "attribution", "dev") if a.id in rows]
    count = given = named = found = right = 0
    for article, annotation in zip(articles, annotate_all([a.text for a in articles]), strict=True):
        a = annotation
        sources = Sources(article.text, a.tokens, a.sentences, a.entities, a.actors, a.chains)
        for row in rows[article.id]:
            count += 1
            source = [(start, end) for start, end in row["source"]]
            names = [speaker.name for speaker in sources.of(source, ()).speakers]
            good = same_names(names, row["speakers"])
            given += good
            named += bool(names)
            if errors and not good:
                words = article.text[source[0][0] : source[-1][1]]
                print(f"{article.id}: {words!r}: {row['speakers']} and not {names}")
            cue = row["cue"][0]
            ours = [x for x in a.attributions if any(s < cue[1] and cue[0] < e for s, e in x.cue)]
            if ours:
                found += 1
                right += same_names([speaker.name for speaker in ours[0].speakers], row["speakers"])
    return {
        "given the source, right": round(100 * given / count, 1),
        "given the source, wrong": round(100 * (named - given) / count, 1),
        "from raw text, found": round(100 * found / count, 1),
        "from raw text, right of those found": round(100 * right / max(1, found), 1),
    }


if __name__ == "__main__":
    run(__doc__, measure)
