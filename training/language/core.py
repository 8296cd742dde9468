"""Train the core: splitting, parts of speech, lemmas, parse and coreference, on EWT and GUM."""

import json
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from language.batches import Batch, Window, batch_of, epoch_of
from language.examples import IGNORE, MENTION_TYPES, Example, Inventory, example_of, inventory_of
from language.model import Core, Sizes, dropped
from language.treebank import TreebankDocument, read_treebank
from variorum.language.pairs import ParsedWord, antecedents_of, features_of

EPOCHS = 12
PIECES = 1100
"""Pieces in a batch."""
ENCODER_RATE, HEAD_RATE = 2e-4, 1e-3
WARM_UP = 0.06
"""Share of the steps in which the learning rate rises."""
DROPOUT, HEAD_DROPOUT = 0.1, 0.25
AVERAGE = 0.998
"""Decay of the running average of the weights, which is what is kept."""
LEAST_SCRIPT = 3
"""Times that an edit script of lemmas must be seen."""
SHARES = {"seg": 0.5, "upos": 0.6, "lemma": 0.4, "arc": 1.0, "deprel": 0.6, "mention": 0.3, "coref": 0.3}
"""Weights of the losses."""

TREEBANKS = {
    "ewt": ("en_ewt-ud-train.r2.12.conllu.gz", "en_ewt-ud-dev.r2.12.conllu.gz"),
    "gum": ("en_gum-ud-train.r2.16.conllu.gz", "en_gum-ud-dev.r2.16.conllu.gz"),
}


@dataclass(frozen=True)
class Links:
    """What coreference is learned from in one document: its mentions in order, and features of their pairs."""

    places: Tensor
    """Piece index of each mention."""
    clusters: Tensor
    features: Tensor


def links_of(document: TreebankDocument, example: Example) -> Links:
    """The gold mentions of a document; the features are told from the gold parse."""
    sentence = {w: n for n, (first, end) in enumerate(document.sentences) for w in range(first, end)}
    words = [
        ParsedWord(word.form, word.lemma, word.upos, word.head, word.deprel, sentence[i])
        for i, word in enumerate(document.words)
    ]
    word_at = {word.start: i for i, word in reversed(list(enumerate(document.words)))}
    places = np.flatnonzero(example.cluster != IGNORE)
    heads = [word_at[int(example.pieces.starts[place])] for place in places]
    return Links(
        torch.from_numpy(places),
        torch.from_numpy(example.cluster[places].astype(np.int64)),
        torch.from_numpy(features_of(words, heads)),
    )


def coreference_loss(model: Core, x: Tensor, batch: list[Window], links: Links) -> Tensor:
    """Marginal likelihood of the right antecedents (Lee et al. 2017, "End-to-end Neural Coreference Resolution")."""
    size = int(max(window.end for window in batch))
    row = torch.full((size,), -1, dtype=torch.long)
    column = torch.zeros(size, dtype=torch.long)
    for i, window in enumerate(batch):
        row[window.start : window.end] = i
        column[window.start : window.end] = torch.arange(1, window.end - window.start + 1)
    inside = (links.places < size) & (links.places >= batch[0].start)
    there = torch.zeros(len(links.places), dtype=torch.bool)
    there[inside] = row[links.places[inside]] >= 0
    count = len(links.places)
    if int(there.sum()) < 2:
        return torch.zeros(())
    at = links.places.clamp(max=size - 1)
    vectors = x[row[at].clamp(min=0), column[at]]
    anaphors = dropped(model.anaphor(vectors), HEAD_DROPOUT)
    antecedents = dropped(model.antecedent(vectors), HEAD_DROPOUT)
    before, valid = (torch.from_numpy(array) for array in antecedents_of(count))
    valid = valid & there[before] & there[:, None]
    scores = model.pairs(anaphors[:, None, :].expand(-1, before.shape[1], -1), antecedents[before], links.features)
    scores = scores.masked_fill(~valid, -1e4)
    right = valid & (links.clusters[before] == links.clusters[:, None])
    none = torch.where(right.any(1), -1e4, 0.0)[:, None]
    total = torch.logsumexp(torch.cat([torch.zeros(count, 1), scores], 1), 1)
    good = torch.logsumexp(torch.cat([none, scores.masked_fill(~right, -1e4)], 1), 1)
    return (total - good)[there].mean()


def losses_of(model: Core, batch: Batch, links: Links | None) -> dict[str, Tensor]:
    """The loss of each head."""
    labels = batch.labels
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x, _ = model.encode(batch.ids, batch.shapes, batch.spaces, batch.mask, DROPOUT)
    x = x.float()
    heads = dropped(x, HEAD_DROPOUT)

    def choose(scores: Tensor, wanted: Tensor) -> Tensor:
        return F.cross_entropy(scores.flatten(0, -2), wanted.flatten(), ignore_index=IGNORE)

    found = {"seg": choose(model.seg(heads), labels["seg"])}
    words = labels["upos"] != IGNORE
    found["upos"] = choose(model.upos(heads[words]), labels["upos"][words])
    found["lemma"] = choose(model.lemma(heads[words]), labels["lemma"][words])
    if bool((labels["mention"] != IGNORE).any()):
        found["mention"] = choose(model.mention(heads[words]), labels["mention"][words])
    # a head is looked for among the words of the sentence; those of others and inner pieces are out of the question
    starts = labels["seg"] == 2
    sentence = torch.cumsum(starts, 1)
    allowed = (sentence[:, :, None] == sentence[:, None, :]) & words[:, None, :]
    allowed[:, :, 0] = True
    arcs = model.arcs(x, HEAD_DROPOUT).masked_fill(~allowed, -1e4)
    found["arc"] = choose(arcs, labels["head"])
    dep, head = model.label_vectors(x, HEAD_DROPOUT)
    known = (labels["head"] != IGNORE) & (labels["deprel"] != IGNORE)
    rows, columns = known.nonzero(as_tuple=True)
    scores = model.labels(dep[rows, columns], head[rows, labels["head"][known]])
    found["deprel"] = F.cross_entropy(scores, labels["deprel"][known])
    if links is not None:
        found["coref"] = coreference_loss(model, x, batch.windows, links)
    return found


@torch.no_grad()
def quick_scores(model: Core, examples: list[Example]) -> dict[str, float]:
    """Accuracy on gold words and sentences, for the log; the figures that count come from `benchmarks`."""
    right = dict.fromkeys(("seg", "upos", "lemma", "uas", "las", "mention"), 0)
    total = dict.fromkeys(right, 0)
    generator = np.random.default_rng(0)
    for windows in epoch_of(examples, generator, 4000, whole=True):
        batch = batch_of(windows, None)
        labels = batch.labels
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x, _ = model.encode(batch.ids, batch.shapes, batch.spaces, batch.mask)
        x = x.float()
        for name, layer in (
            ("seg", model.seg),
            ("upos", model.upos),
            ("lemma", model.lemma),
            ("mention", model.mention),
        ):
            known = labels[name] != IGNORE
            right[name] += int((layer(x[known]).argmax(-1) == labels[name][known]).sum())
            total[name] += int(known.sum())
        words = labels["upos"] != IGNORE
        sentence = torch.cumsum(labels["seg"] == 2, 1)
        allowed = (sentence[:, :, None] == sentence[:, None, :]) & words[:, None, :]
        allowed[:, :, 0] = True
        heads = model.arcs(x).masked_fill(~allowed, -1e4).argmax(-1)
        known = labels["head"] != IGNORE
        hit = heads[known] == labels["head"][known]
        dep, head = model.label_vectors(x)
        rows, columns = known.nonzero(as_tuple=True)
        label = model.labels(dep[rows, columns], head[rows, heads[known]]).argmax(-1)
        right["uas"] += int(hit.sum())
        right["las"] += int((hit & (label == labels["deprel"][known])).sum())
        total["uas"] += int(known.sum())
        total["las"] += int(known.sum())
    return {name: round(100 * right[name] / max(1, total[name]), 2) for name in right}


def schedule(step: int, steps: int) -> float:
    """Share of the full learning rate: a linear rise, then half a cosine down to nothing."""
    warm = max(1, int(WARM_UP * steps))
    return step / warm if step < warm else 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))


def batches_of(
    ewt: list[Example], gum: list[Example], generator: np.random.Generator
) -> Iterator[tuple[list[Window], bool]]:
    """One epoch: batches of both treebanks, mixed."""
    found = [(windows, False) for windows in epoch_of(ewt, generator, PIECES, whole=False)]
    found += [(windows, True) for windows in epoch_of(gum, generator, PIECES, whole=True)]
    for i in generator.permutation(len(found)):
        yield found[i]


def train(data: Path, encoder: Path, out: Path, epochs: int, seed: int) -> None:
    """Train, or go on from the last checkpoint in `out`."""
    torch.manual_seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    documents = {name: list(read_treebank(data / "treebank" / files[0])) for name, files in TREEBANKS.items()}
    dev = {name: list(read_treebank(data / "treebank" / files[1])) for name, files in TREEBANKS.items()}
    inventory = inventory_of([*documents["ewt"], *documents["gum"]], LEAST_SCRIPT)
    (out / "inventory.json").write_text(json.dumps(inventory.__dict__, ensure_ascii=False), "utf-8")

    def examples(found: list[TreebankDocument], name: str) -> list[Example]:
        return [example_of(document, inventory, coreference=name == "gum") for document in found]

    ewt, gum = examples(documents["ewt"], "ewt"), examples(documents["gum"], "gum")
    held = {name: examples(found, name) for name, found in dev.items()}
    links = {e.id: links_of(d, e) for d, e in zip(documents["gum"], gum, strict=True)}
    model = Core(sizes_of(inventory), encoder)
    average = {name: value.detach().clone() for name, value in model.state_dict().items()}
    slow = [p for n, p in model.named_parameters() if n.startswith("encoder") and p.requires_grad]
    fast = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    optimiser = torch.optim.AdamW(
        [{"params": slow, "lr": 0.0, "base": ENCODER_RATE}, {"params": fast, "lr": 0.0, "base": HEAD_RATE}],
        betas=(0.9, 0.98), weight_decay=0.01, fused=True,
    )  # fmt: skip
    per_epoch = len(list(batches_of(ewt, gum, np.random.default_rng(seed))))
    steps = per_epoch * epochs
    step, begun = 0, 0
    checkpoint = out / "core.checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        average, step, begun = state["average"], state["step"], state["epoch"]
    params = dict(model.named_parameters())
    learned = [name for name, value in params.items() if value.requires_grad]
    for epoch in range(begun, epochs):
        generator = np.random.default_rng((seed, epoch))
        torch.manual_seed(seed * 1000 + epoch)
        model.train()
        sums: dict[str, float] = {}
        started = time.monotonic()
        for count, (windows, coreferent) in enumerate(batches_of(ewt, gum, generator), 1):
            found = losses_of(model, batch_of(windows, generator), links[windows[0].example.id] if coreferent else None)
            loss = sum((SHARES[name] * value for name, value in found.items()), torch.zeros(()))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(slow + fast, 1.0)
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * schedule(step, steps)
            optimiser.step()
            step += 1
            decay = min(AVERAGE, (1 + step) / (10 + step))
            torch._foreach_lerp_([average[n] for n in learned], [params[n].detach() for n in learned], 1 - decay)
            for name, value in found.items():
                sums[name] = 0.98 * sums.get(name, float(value.detach())) + 0.02 * float(value.detach())
            if count % 50 == 0:
                took = (time.monotonic() - started) / count
                print(
                    f"{epoch + 1}/{epochs} {count}/{per_epoch} {took:.2f} s "
                    + str({k: round(v, 3) for k, v in sums.items()}),
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
        if epoch % 2 == 1 or epoch + 1 == epochs:
            judged = Core(model.sizes)
            judged.load_state_dict(average)
            for name in held:
                print("dev", name, quick_scores(judged.eval(), held[name]), flush=True)
    torch.save({"model": average, "sizes": model.sizes.as_dict()}, out / "core.pt")


def sizes_of(inventory: Inventory) -> Sizes:
    """The sizes of a model for these classes."""
    return Sizes(len(inventory.upos), len(inventory.lemmas), len(inventory.deprels), len(MENTION_TYPES))
