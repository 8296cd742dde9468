"""How fast text is annotated, on what memory, and how far that is from what the processor could do.

    python benchmarks/annotating.py [--data ../shared/data] [--json FILE] [--articles N]

Articles of the outlets corpus in the order of the file, after loading. Each run has a process of its own. The bound is
that of the encoder's matrix products alone, at the rate at which onnxruntime multiplies integers of those shapes here.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import numpy as np

DATA = Path(__file__).parents[2] / "shared" / "data"
CHUNK = 64
"""Articles in one call."""
BOUND = "bound of the matrix products on one core, words a second"
"""Name of the figure."""
LAYERS = 11
"""Transformer layers that a piece goes through: six of the core, five of the news weights."""
PRODUCTS = ((384, 1152), (384, 384), (384, 1536), (1536, 384))
"""Matrix products of a layer: (in, out)."""


def texts_of(data: Path, count: int) -> list[str]:
    """The first articles of the corpus."""
    with gzip.open(data / "outlets" / "allsides_10k.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in islice(lines, count)]


def alone(data: Path, count: int, threads: int) -> dict[str, float]:
    """What one fresh process does; run in it."""
    texts = texts_of(data, count)
    begun = time.monotonic()
    from variorum.language import annotate_all

    annotate_all(["One sentence."], threads=1)
    loaded = time.monotonic() - begun
    begun = time.monotonic()
    words = 0
    for at in range(0, len(texts), CHUNK):
        words += sum(len(found.tokens) for found in annotate_all(texts[at : at + CHUNK], threads=threads))
    took = time.monotonic() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"words a second": words / took, "start, seconds": loaded, "peak memory, MB": peak, "words": words}


def bound(data: Path, count: int) -> dict[str, float]:
    """Words a second on one core if nothing but the matrix products had to be done; run in a process of its own."""
    import onnxruntime

    from language.graph import INT32, UINT8, Graph
    from variorum.language import annotate_all
    from variorum.language.pieces import pieces_of

    texts = texts_of(data, min(count, 32))
    words = sum(len(found.tokens) for found in annotate_all(texts))
    pieces = sum(len(pieces_of(text)) for text in texts)
    generator = np.random.default_rng(1)
    seconds = 0.0
    rows = 2048
    for low, high in PRODUCTS:
        graph = Graph()
        weight = generator.normal(size=(low, high)).astype(np.float32)
        eight = graph.constant(np.clip(np.rint(weight * 20), -64, 64).astype(np.int8))
        model = graph.model({"x": (UINT8, [rows, low])}, {"y": (graph.op("MatMulInteger", "x", eight), INT32)})
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(model.SerializeToString(), options)
        x = generator.integers(0, 256, (rows, low), dtype=np.uint8)
        times = []
        for _ in range(12):
            begun = time.perf_counter()
            session.run(None, {"x": x})
            times.append(time.perf_counter() - begun)
        seconds += min(times) / rows
    layer = sum(low * high for low, high in PRODUCTS)
    products = layer * LAYERS * pieces / words
    return {
        "pieces a word": pieces / words,
        "multiply-adds a word, millions": products / 1e6,
        "multiply-adds a second on one core, thousand millions": layer / seconds / 1e9,
        BOUND: 1 / (seconds * LAYERS * pieces / words),
    }


def fresh(arguments: argparse.Namespace, what: str) -> dict[str, float]:
    """Measure in a new process."""
    command = [sys.executable, __file__, "--data", str(arguments.data), "--articles", str(arguments.articles)]
    done = subprocess.run([*command, "--alone", what], check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--articles", type=int, default=256)
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone == "bound":
        sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
        print(json.dumps(bound(arguments.data, arguments.articles)))
        return
    if arguments.alone:
        print(json.dumps(alone(arguments.data, arguments.articles, int(arguments.alone))))
        return
    one, two = fresh(arguments, "1"), fresh(arguments, "2")
    figures = {
        "words a second on one core": one["words a second"],
        "words a second on two cores": two["words a second"],
        "start, seconds": one["start, seconds"],
        "peak memory on one core, MB": one["peak memory, MB"],
        "peak memory on two cores, MB": two["peak memory, MB"],
    }
    try:
        figures.update(limit := fresh(arguments, "bound"))
        figures["share of the bound that is reached"] = one["words a second"] / limit[BOUND]
    except subprocess.CalledProcessError:
        print("the bound needs the package onnx (extra: training)", file=sys.stderr)
    for name, value in figures.items():
        print(f"{name:<60} {value:12.2f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
