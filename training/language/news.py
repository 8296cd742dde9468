"""Train the news weights: names, on upper layers of their own over the lower layers of a trained core."""

import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from language.batches import batch_of, epoch_of
from language.beneath import frozen_core, lower_and_syntax, quoted_of, syntax_width
from language.core import schedule
from language.examples import IGNORE, Integers
from language.model import LAYERS, SHARED, Core, News, dropped
from language.names import KINDS, NamedText, crossner, uner, wikigold, worldwide
from variorum.language.pieces import Pieces, pieces_of
from variorum.language.quotations import quotations_of, states_of

EPOCHS = 6
PIECES = 1500
LAYER_RATE, HEAD_RATE = 1.5e-4, 1e-3
DROPOUT, HEAD_DROPOUT = 0.1, 0.2
AVERAGE = 0.998
SPACED = 0.06
"""Share of windows that are read as tokenised text."""
TAGS = ("O", *(f"{mark}-{kind}" for kind in KINDS for mark in "BI"))


@dataclass(frozen=True)
class NamedExample:
    """A text as pieces with the tag of each, and whether names of the kind "other" are unmarked in it."""

    id: str
    pieces: Pieces
    tag: Integers
    silent: Integers
    quoted: Integers
    sentences: Integers


def example_of(text: NamedText) -> NamedExample:
    """The arrays of one text; a piece belongs to a name if it begins inside of it."""
    pieces = pieces_of(text.text)
    tag = np.zeros(len(pieces), dtype=np.int32)
    for start, end, kind in text.names:
        low, high = np.searchsorted(pieces.starts, [start, end])
        tag[low:high] = TAGS.index(f"I-{kind}")
        tag[low : low + 1] = TAGS.index(f"B-{kind}")
    edges = np.unique(np.append(np.searchsorted(pieces.starts, text.breaks), len(pieces)))
    silent = np.full(len(pieces), int("MISC" in text.silent), dtype=np.int32)
    quoted = states_of(pieces, quotations_of(text.text)).astype(np.int32)
    return NamedExample(text.id, pieces, tag, silent, quoted, edges.astype(np.int32))


def loss_of(scores: Tensor, labels: dict[str, Tensor]) -> Tensor:
    """Likelihood of the tags; where a corpus does not mark "other", O may be that as well."""
    known = labels["tag"] != IGNORE
    scores, wanted, silent = scores[known], labels["tag"][known], labels["silent"][known]
    allowed = torch.nn.functional.one_hot(wanted, len(TAGS)).bool()
    other = torch.tensor([tag == "O" or tag.endswith("MISC") for tag in TAGS])
    allowed |= ((wanted == 0) & (silent == 1))[:, None] & other
    return (torch.logsumexp(scores, -1) - torch.logsumexp(scores.masked_fill(~allowed, -1e4), -1)).mean()


def _spans(tags: list[int]) -> set[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for i, number in enumerate(tags):
        mark, _, kind = TAGS[max(number, 0)].partition("-")
        if kind:
            if mark == "I" and found and found[-1][1] == i and found[-1][2] == kind:
                found[-1] = (found[-1][0], i + 1, kind)
            else:
                found.append((i, i + 1, kind))
    return set(found)


@torch.no_grad()
def quick_scores(core: Core, model: News, examples: list[NamedExample]) -> dict[str, float]:
    """F1 by pieces' spans, for the log."""
    right, found, wanted = 0, 0, 0
    for windows in epoch_of(examples, np.random.default_rng(0), 4000, whole=True):
        batch = batch_of(windows, None, ("tag", "silent", "quoted"))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            lower, syntax = lower_and_syntax(core, batch, 0.0)
            scores = model.names(model(lower, syntax, quoted_of(batch), batch.mask))
        for row, labels, silent in zip(scores.argmax(-1), batch.labels["tag"], batch.labels["silent"], strict=True):
            real = labels != IGNORE
            gold, guess = _spans(labels[real].tolist()), _spans(row[real].tolist())
            if bool((silent == 1).any()):
                guess = {span for span in guess if span[2] != "MISC"}
            right, found, wanted = right + len(gold & guess), found + len(guess), wanted + len(gold)
    return {
        "p": round(right / max(1, found), 4),
        "r": round(right / max(1, wanted), 4),
        "f": round(2 * right / max(1, found + wanted), 4),
    }


def train(data: Path, encoder: Path, core_file: Path, out: Path, epochs: int, seed: int) -> None:
    """Train, or go on from the last checkpoint in `out`."""
    torch.manual_seed(seed)
    core = frozen_core(core_file)
    names, ewt = data / "names", data / "treebank"
    texts = [
        *worldwide(names, held=False), *wikigold(names), *crossner(names, "train"),
        *uner(names, ewt / "en_ewt-ud-train.r2.12.conllu.gz", "train"),
    ]  # fmt: skip
    examples = [example_of(text) for text in texts if text.text]
    held = {
        "worldwide": [example_of(text) for text in worldwide(names, held=True)],
        "crossner": [example_of(text) for text in crossner(names, "dev")],
        "uner": [example_of(text) for text in uner(names, ewt / "en_ewt-ud-dev.r2.12.conllu.gz", "dev")],
    }
    model = News(len(TAGS), syntax_width(core), encoder)
    average = {name: value.detach().clone() for name, value in model.state_dict().items()}
    slow = [p for n, p in model.named_parameters() if n.startswith("layers")]
    fast = [p for n, p in model.named_parameters() if not n.startswith("layers")]
    optimiser = torch.optim.AdamW(
        [{"params": slow, "lr": LAYER_RATE, "base": LAYER_RATE}, {"params": fast, "lr": HEAD_RATE, "base": HEAD_RATE}],
        betas=(0.9, 0.98), weight_decay=0.01, fused=True,
    )  # fmt: skip
    per_epoch = math.ceil(sum(len(e.pieces) for e in examples) / PIECES * 1.15)
    steps, step, begun = per_epoch * epochs, 0, 0
    checkpoint = out / "names.checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        average, step, begun = saved["average"], saved["step"], saved["epoch"]
    params = dict(model.named_parameters())
    for epoch in range(begun, epochs):
        generator = np.random.default_rng((seed, epoch))
        torch.manual_seed(seed * 1000 + epoch)
        started, sums = time.monotonic(), 0.0
        for count, windows in enumerate(epoch_of(examples, generator, PIECES, whole=False), 1):
            batch = batch_of(windows, generator, ("tag", "silent", "quoted"), SPACED)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                lower, syntax = lower_and_syntax(core, batch, DROPOUT)
                x = model(lower, syntax, quoted_of(batch), batch.mask, DROPOUT)
            loss = loss_of(model.names(dropped(x.float(), HEAD_DROPOUT)), batch.labels)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(slow + fast, 1.0)
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * schedule(min(step, steps), steps)
            optimiser.step()
            step += 1
            decay = min(AVERAGE, (1 + step) / (10 + step))
            torch._foreach_lerp_([average[n] for n in params], [p.detach() for p in params.values()], 1 - decay)
            sums = 0.98 * sums + 0.02 * float(loss.detach()) if count > 1 else float(loss.detach())
            if count % 50 == 0:
                print(
                    f"{epoch + 1}/{epochs} {count}/{per_epoch} {(time.monotonic() - started) / count:.2f} s {sums:.4f}",
                    flush=True,
                )
        torch.save(
            {
                "model": model.state_dict(),
                "optimiser": optimiser.state_dict(),
                "average": average,
                "step": step,
                "epoch": epoch + 1,
            },
            checkpoint,
        )
        judged = News(len(TAGS), syntax_width(core))
        judged.load_state_dict(average)
        for name, found in held.items():
            print("dev", name, quick_scores(core, judged.eval(), found), flush=True)
    torch.save({"model": average, "tags": TAGS, "shared": SHARED, "layers": LAYERS}, out / "names.pt")
