"""Train the attribution heads of the news weights, names going along, on top of the names' training.

Three heads read the same layers. *Flat*: each piece is outside, or in some source, cue or content (outermost first, as
in the CofeNet form of PolNeAR); it knows no links, and finds contents whose cue is not at hand. *Cue*: which pieces are
cues, nested ones included. *Roles*: for each cue, which pieces are its source and its content, read off as the best
path through the scores of all pieces (Lafferty et al. 2001, *Conditional Random Fields*); so links, pieces of
interrupted quotations and attributions inside of attributions need no rules. In PolNeAR each cue has one attribution.
"""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from language.batches import Batch, Window, batch_of, cut, epoch_of
from language.beneath import frozen_core, lower_and_syntax, quoted_of, syntax_width
from language.core import schedule
from language.examples import IGNORE, Integers
from language.model import FLAT, Core, News, dropped
from language.names import crossner, uner, wikigold, worldwide
from language.news import AVERAGE, TAGS, NamedExample, example_of, loss_of, quick_scores
from language.polnear import AttributedText, polnear
from variorum.language.attribution_heads import CUE_TAGS, FLAT_TAGS, ROLE_TAGS, best_path, far_of, spans_in
from variorum.language.pieces import Pieces, Shape, Space, pieces_of, special
from variorum.language.quotations import CLOSES, OPENS, quotations_of, states_of
from variorum.language.windows import ends_before

EPOCHS = 7
PIECES = 1500
LAYER_RATE, HEAD_RATE = 1.5e-4, 1e-3
DROPOUT, HEAD_DROPOUT = 0.1, 0.2
NAMES_SHARE = 0.25
"""Share of steps that learn names, so that they are not forgotten."""
OTHER_MARKS, NO_MARKS = 0.3, 0.06
"""Shares of windows whose quotation marks become those of another house style, or are lost."""


@dataclass(frozen=True)
class Link:
    """One attribution by pieces."""

    cue: tuple[int, int]
    """First piece, and the one after the last."""
    role: Integers
    """For each piece of the document what it is to the cue: index into ``ROLE_TAGS``."""


@dataclass(frozen=True)
class AttributedExample:
    """An article as pieces with its labels."""

    id: str
    pieces: Pieces
    quoted: Integers
    flat: Integers
    cue: Integers
    links: tuple[Link, ...]
    sentences: Integers


def _within(pieces: Pieces, span: tuple[int, int]) -> tuple[int, int]:
    low, high = np.searchsorted(pieces.starts, span)
    return int(low), int(high)


def attributed(article: AttributedText) -> AttributedExample:
    """The arrays of one article."""
    pieces = pieces_of(article.text)
    size = len(pieces)
    flat, cues = np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.int32)
    links = []
    inside = np.zeros(size, dtype=np.bool_)
    for row in article.attributions:
        role = np.zeros(size, dtype=np.int32)
        for name in ("content", "source"):
            for span in row[name]:
                low, high = _within(pieces, span)
                role[low:high] = ROLE_TAGS.index(f"I-{name}")
                role[low : low + 1] = ROLE_TAGS.index(f"B-{name}")
                if name == "content":
                    inside[low:high] = True
        low, high = _within(pieces, row["cue"][0])
        if high > low:
            cues[low:high], cues[low] = CUE_TAGS.index("I-cue"), CUE_TAGS.index("B-cue")
            links.append(Link((low, high), role))
    marked = sorted(
        ((name, *_within(pieces, span)) for row in article.attributions for name in row for span in row[name]),
        key=lambda item: (item[0] != "content", item[1] - item[2]),
    )
    taken = np.zeros(size, dtype=np.bool_)
    for name, low, high in marked:
        if high > low and not taken[low:high].any():
            taken[low:high] = True
            flat[low:high], flat[low] = FLAT_TAGS.index(f"I-{name}"), FLAT_TAGS.index(f"B-{name}")
    spaced = np.flatnonzero(pieces.spaces >= Space.BLANK).tolist()
    breaks = [i for i in spaced if pieces.spaces[i] >= Space.LINE or ends_before(article.text, pieces, i)]
    edges = np.unique(np.array([0, *breaks, size], dtype=np.int32))
    quoted = states_of(pieces, quotations_of(article.text)).astype(np.int32)
    return AttributedExample(article.id, pieces, quoted, flat, cues, tuple(links), edges)


_HOUSES = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“"))


def restyled(batch: Batch, quoted: Tensor, generator: np.random.Generator) -> Tensor:
    """Put the marks of some windows in another house's style, or hide them; the states that go with it."""
    quoted = quoted.clone()
    for row in range(len(batch.windows)):
        draw = generator.random()
        opens, closes = quoted[row] == OPENS, quoted[row] == CLOSES
        if draw < OTHER_MARKS:
            house = _HOUSES[int(generator.integers(len(_HOUSES)))]
            for where, mark, shape in ((opens, house[0], Shape.OPEN), (closes, house[1], Shape.CLOSE)):
                batch.ids[row][where] = special(mark)
                straight = mark in "\"'" or (mark == "’" and shape == Shape.CLOSE)
                batch.shapes[row][where] = (Shape.SIGN if straight else shape) + 1
        elif draw < OTHER_MARKS + NO_MARKS:
            batch.ids[row][opens | closes] = special("[MASK]")
            quoted[row] = 0
    return quoted


def path_loss(scores: Tensor, labels: Tensor, known: Tensor, steps: Tensor) -> Tensor:
    """Negative log likelihood of paths, by piece; scores (paths, length, classes), labels and known (paths, length).

    What is known comes first in each path.
    """
    length = scores.shape[1]
    labels = torch.where(known, labels, 0)
    own = scores.gather(2, labels[..., None])[..., 0]
    moves = steps[labels[:, :-1], labels[:, 1:]]
    gold = (own * known).sum(1) + (moves * known[:, 1:]).sum(1)
    alpha = scores[:, 0]
    for at in range(1, length):
        following = torch.logsumexp(alpha[:, :, None] + steps[None], 1) + scores[:, at]
        alpha = torch.where(known[:, at, None], following, alpha)
    return (torch.logsumexp(alpha, 1) - gold).sum() / known.sum()


def cues_of(batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """The attributions of a batch: rows, spans of cues in the batch (first, after the last), roles (cues, length)."""
    rows, spans, roles = [], [], []
    length = batch.ids.shape[1]
    for row, window in enumerate(batch.windows):
        example = window.example
        assert isinstance(example, AttributedExample)
        for link in example.links:
            low, high = link.cue
            if low < window.start or high > window.end:
                continue
            role = np.zeros(length, dtype=np.int64)
            role[1 : 1 + window.end - window.start] = link.role[window.start : window.end]
            first = ROLE_TAGS[role[1]]
            if first.startswith("I-"):
                role[1] = ROLE_TAGS.index(f"B-{first[2:]}")
            rows.append(row)
            spans.append((low - window.start + 1, high - window.start + 1))
            roles.append(role)
    if not rows:
        return torch.zeros(0, dtype=torch.long), torch.zeros(0, 2, dtype=torch.long), torch.zeros(0, length)
    return torch.tensor(rows), torch.tensor(spans), torch.from_numpy(np.stack(roles))


def role_scores(model: News, x: Tensor, rows: Tensor, spans: Tensor) -> Tensor:
    """Scores of all pieces for each cue, (cues, length, classes)."""
    length = x.shape[1]
    where = torch.arange(length)
    inside = (where >= spans[:, :1]) & (where < spans[:, 1:])
    cues = (x[rows] * inside[..., None]).sum(1) / inside.sum(1, keepdim=True)
    far = torch.from_numpy(far_of(spans.numpy(), length))
    return model.roles(x[rows], cues, far)


def attribution_loss(model: News, x: Tensor, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """The loss of the three heads."""
    known = batch.labels["flat"] != IGNORE
    # the special piece before a window is known to be outside
    known, flat = known[:, 1:], batch.labels["flat"][:, 1:].clone()
    for tag in range(1, FLAT, 2):
        flat[:, 0] = torch.where(flat[:, 0] == tag + 1, tag, flat[:, 0])
    x = dropped(x, HEAD_DROPOUT)
    losses = {
        "flat": path_loss(model.flat(x)[:, 1:], flat, known, model.flat_steps),
        "cue": torch.nn.functional.cross_entropy(
            model.cue(x).flatten(0, 1), batch.labels["cue"].flatten(), ignore_index=IGNORE
        ),
    }
    rows, spans, roles = cues_of(batch)
    if len(rows):
        scores = role_scores(model, x, rows, spans)
        losses["role"] = path_loss(scores[:, 1:], roles[:, 1:], known[rows], model.role_steps)
    return sum(losses.values(), torch.zeros(())), {name: float(loss.detach()) for name, loss in losses.items()}


@torch.no_grad()
def attribution_scores(core: Core, model: News, examples: list[AttributedExample], longest: int) -> dict[str, float]:
    """Exact F1 by pieces for the log: flat spans, and cues with their roles; windows of up to `longest` pieces."""
    windows = sorted((w for e in examples for w in cut(e, longest)), key=lambda w: w.end - w.start)
    counts: dict[str, list[int]] = {}

    def count(name: str, gold: set[Any], found: set[Any]) -> None:
        tally = counts.setdefault(name, [0, 0, 0])
        for i, value in enumerate((len(gold & found), len(found), len(gold))):
            tally[i] += value

    at = 0
    while at < len(windows):
        size = windows[at].end - windows[at].start + 2
        some = windows[at : at + max(1, 4000 // (size + 40))]
        at += len(some)
        batch = batch_of(some, None, ("flat", "cue", "quoted"))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            lower, syntax = lower_and_syntax(core, batch, 0.0)
            x = model(lower, syntax, quoted_of(batch), batch.mask).float()
        flat, cue = model.flat(x).numpy(), model.cue(x).argmax(-1).numpy()
        rows, spans, roles = cues_of(batch)
        for row, window in enumerate(some):
            size = window.end - window.start
            path = best_path(flat[row, 1 : size + 1], model.flat_steps.numpy())
            gold = set(spans_in(batch.labels["flat"][row, 1 : size + 1].tolist(), FLAT_TAGS))
            found = set(spans_in(path, FLAT_TAGS))
            for name in ("source", "cue", "content"):
                count(name, {s for s in gold if s[2] == name}, {s for s in found if s[2] == name})
            mine = spans_in(cue[row, 1 : size + 1].tolist(), CUE_TAGS)
            own = {(tuple(span), i) for i, span in enumerate(spans.tolist()) if rows[i] == row}
            count("cues", {s for s, _ in own}, {(low + 1, high + 1) for low, high, _ in mine})
            if not mine:
                for _ in own:
                    count("all", {1}, set())
                continue
            where = torch.tensor([[low + 1, high + 1] for low, high, _ in mine])
            scores = role_scores(model, x, torch.full((len(mine),), row), where).numpy()
            said = {
                (low + 1, high + 1): frozenset(
                    spans_in(best_path(scores[i, 1 : size + 1], model.role_steps.numpy()), ROLE_TAGS)
                )
                for i, (low, high, _) in enumerate(mine)
            }
            true = {s: frozenset(spans_in(roles[i, 1 : size + 1].tolist(), ROLE_TAGS)) for s, i in own}
            count("all", set(true.items()), set(said.items()))
            both = [(true[s], said[s]) for s in true if s in said]
            for gold_roles, said_roles in both:
                for name in ("source", "content"):
                    count(
                        f"role-{name}", {s for s in gold_roles if s[2] == name}, {s for s in said_roles if s[2] == name}
                    )
    return {name: round(200 * right / max(1, found + wanted), 1) for name, (right, found, wanted) in counts.items()}


def train(data: Path, core_file: Path, out: Path, epochs: int, seed: int) -> None:
    """Train from ``names.pt`` in `out`, or go on from the last checkpoint there.

    The epoch is kept whose flat spans are best on single sentences of PolNeAR dev, so dev figures flatter a little.
    """
    torch.manual_seed(seed)
    core = frozen_core(core_file)
    names, ewt = data / "names", data / "treebank"
    texts = [
        *worldwide(names, held=False), *wikigold(names), *crossner(names, "train"),
        *uner(names, ewt / "en_ewt-ud-train.r2.12.conllu.gz", "train"),
    ]  # fmt: skip
    named = [example_of(text) for text in texts if text.text]
    held: dict[str, list[NamedExample]] = {
        "worldwide": [example_of(text) for text in worldwide(names, held=True)],
        "crossner": [example_of(text) for text in crossner(names, "dev")],
    }
    examples = [attributed(article) for article in polnear(data / "attribution", "train")]
    judged_on = [attributed(article) for article in polnear(data / "attribution", "dev")]
    model = News(len(TAGS), syntax_width(core))
    model.load_state_dict(torch.load(out / "names.pt", weights_only=True)["model"], strict=False)
    average = {name: value.detach().clone() for name, value in model.state_dict().items()}
    slow = [p for n, p in model.named_parameters() if n.startswith("layers")]
    fast = [p for n, p in model.named_parameters() if not n.startswith("layers")]
    optimiser = torch.optim.AdamW(
        [{"params": slow, "lr": LAYER_RATE, "base": LAYER_RATE}, {"params": fast, "lr": HEAD_RATE, "base": HEAD_RATE}],
        betas=(0.9, 0.98), weight_decay=0.01, fused=True,
    )  # fmt: skip
    per_epoch = math.ceil(sum(len(e.pieces) for e in examples) / PIECES * 1.15 / (1 - NAMES_SHARE))
    steps, step, begun, best = per_epoch * epochs, 0, 0, 0.0
    checkpoint = out / "attribution.checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        average, step, begun, best = saved["average"], saved["step"], saved["epoch"], saved["best"]
    params = dict(model.named_parameters())
    for epoch in range(begun, epochs):
        generator = np.random.default_rng((seed, epoch, 2))
        torch.manual_seed(seed * 1000 + epoch)
        started, sums = time.monotonic(), {"flat": 0.0, "cue": 0.0, "role": 0.0, "names": 0.0}
        for count, (windows, is_named) in enumerate(_mixed(examples, named, generator), 1):
            labels = ("tag", "silent", "quoted") if is_named else ("flat", "cue", "quoted")
            batch = batch_of(windows, generator, labels)
            quoted = restyled(batch, quoted_of(batch), generator)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                lower, syntax = lower_and_syntax(core, batch, DROPOUT / 2)
                x = model(lower, syntax, quoted, batch.mask, DROPOUT)
            if is_named:
                loss = loss_of(model.names(dropped(x.float(), HEAD_DROPOUT)), batch.labels)
                parts = {"names": float(loss.detach())}
            else:
                loss, parts = attribution_loss(model, x.float(), batch)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(slow + fast, 1.0)
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * schedule(min(step, steps), steps)
            optimiser.step()
            step += 1
            decay = min(AVERAGE, (1 + step) / (10 + step))
            torch._foreach_lerp_([average[n] for n in params], [p.detach() for p in params.values()], 1 - decay)
            for name, value in parts.items():
                sums[name] = 0.98 * sums[name] + 0.02 * value if sums[name] else value
            if count % 50 == 0:
                shown = " ".join(f"{name} {value:.3f}" for name, value in sums.items())
                print(f"{epoch + 1}/{epochs} {count}/{per_epoch} {(time.monotonic() - started) / count:.2f} s {shown}",
                      flush=True)  # fmt: skip
        judged = News(len(TAGS), syntax_width(core))
        judged.load_state_dict(average)
        judged.eval()
        for longest in (190, 1):
            scores = attribution_scores(core, judged, judged_on, longest)
            print("dev", longest, scores, flush=True)
        total = sum(scores[name] for name in ("source", "cue", "content"))
        if total > best:
            best = total
            torch.save({"model": average, "tags": TAGS, "epoch": epoch + 1}, out / "news.pt")
        for name, found in held.items():
            print("dev", name, quick_scores(core, judged, found), flush=True)
        torch.save(
            {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "average": average, "step": step,
             "epoch": epoch + 1, "best": best},
            checkpoint,
        )  # fmt: skip


def _mixed(
    examples: list[AttributedExample], named: list[NamedExample], generator: np.random.Generator
) -> Iterator[tuple[list[Window], bool]]:
    """Batches of one epoch over the attributions, with batches of names between them."""
    others = epoch_of(named, generator, PIECES, whole=False)
    for windows in epoch_of(examples, generator, PIECES, whole=False):
        while generator.random() < NAMES_SHARE:
            found = next(others, None)
            if found is None:
                others = epoch_of(named, generator, PIECES, whole=False)
                found = next(others)
            yield found, True
        yield windows, False
