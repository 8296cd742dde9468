"""What the news weights stand on: a trained core that stays as it is, and its view of the syntax."""

from pathlib import Path

import torch
from torch import Tensor

from language.batches import Batch
from language.examples import IGNORE
from language.model import SHARED, Core, Sizes, dropped


def frozen_core(path: Path) -> Core:
    """A trained core that learns no more."""
    state = torch.load(path, weights_only=True)
    core = Core(Sizes(**state["sizes"]))
    core.load_state_dict(state["model"])
    return core.eval().requires_grad_(False)


@torch.no_grad()
def lower_and_syntax(core: Core, batch: Batch, dropout: float) -> tuple[Tensor, Tensor]:
    """What the shared layers say, and what the core's heads say of the syntax; one row for each piece."""
    x = dropped(core.encoder.embed(batch.ids, batch.shapes, batch.spaces), dropout)
    shares = torch.softmax(core.mix, 0)
    lower, mixed = x, torch.zeros_like(x)
    for number, layer in enumerate(core.encoder.layers):
        x = layer(x, batch.mask, dropout)
        mixed = mixed + shares[number] * x
        if number == SHARED - 1:
            lower = x
    gelu = torch.nn.functional.gelu
    dep, head = gelu(core.label_dep(mixed)), gelu(core.label_head(mixed))
    return lower, torch.cat([dep, head, core.upos(mixed), core.seg(mixed)], -1).float()


def syntax_width(core: Core) -> int:
    """Width of the second of what :func:`lower_and_syntax` returns."""
    return 2 * core.sizes.label + core.sizes.upos + 3


def quoted_of(batch: Batch) -> Tensor:
    """States of the pieces of a batch in regard to quotation marks; 0 for padding."""
    states = batch.labels["quoted"]
    return torch.where(states == IGNORE, 0, states)
