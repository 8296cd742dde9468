"""The network in PyTorch, as it is trained; `export` writes the same arithmetic as ONNX.

The encoder is all-MiniLM-L6-v2 (Wang et al. 2020, "MiniLM"; six layers, 384 wide, 12 heads), with two small embeddings
added at its input, for the shape of a unit and the space before it. Heads read one vector for each piece.
"""

from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536
PAIR_FEATURES = 24
SHARED = 1
"""Layers of the core that the news weights stand on."""
QUOTED = 4
"""States of a piece in regard to quotation marks, see ``variorum.language.quotations``."""
FLAT, CUE, ROLES, ROLE = 7, 3, 5, 128
"""Classes of pieces in themselves, as parts of cues, and to one cue; width of the vectors of the last."""
DISTANCES = 26
"""Classes of how far a piece stands from a cue."""


@dataclass(frozen=True)
class Sizes:
    """How wide the heads are and how many classes they choose from."""

    upos: int
    lemmas: int
    deprels: int
    mentions: int
    arc: int = 256
    label: int = 80
    pair: int = 96

    def as_dict(self) -> dict[str, int]:
        """The sizes, for a checkpoint."""
        return asdict(self)


def dropped(x: Tensor, share: float) -> Tensor:
    """Dropout from random bytes: five times as fast on a CPU as torch's own, whose generator draws a float each."""
    if not share:
        return x
    limit = round(share * 256)
    kept = torch.randint(0, 1 << 62, (-(-x.numel() // 7),)).view(torch.uint8).view(-1, 8)[:, :7].flatten()[: x.numel()]
    return x * ((kept >= limit).view(x.shape) * (256 / (256 - limit))).to(x.dtype)


class Layer(nn.Module):
    """One transformer layer (post-norm, as in BERT)."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.last = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None, dropout: float = 0.0) -> Tensor:
        """x: (batch, length, width); mask: additive, (batch, 1, 1, length), or None where nothing is padded."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        scores = (q * (WIDTH // HEADS) ** -0.5) @ k.transpose(-1, -2)
        attended = torch.softmax(scores if mask is None else scores + mask.to(scores.dtype), -1).to(v.dtype) @ v
        x = self.norm(x + dropped(self.out(attended.transpose(1, 2).reshape(batch, length, WIDTH)), dropout))
        return self.last(x + dropped(self.outer(F.gelu(self.inner(x))), dropout))


def load_layer(layer: Layer, weights: dict[str, Tensor], number: int) -> None:
    """Copy one layer of the published encoder."""
    prefix = f"encoder.layer.{number}."
    names = {
        "out": "attention.output.dense", "norm": "attention.output.LayerNorm", "inner": "intermediate.dense",
        "outer": "output.dense", "last": "output.LayerNorm",
    }  # fmt: skip
    with torch.no_grad():
        for part in ("weight", "bias"):
            parts = [weights[f"{prefix}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            getattr(layer.qkv, part).copy_(torch.cat(parts))
            for ours, theirs in names.items():
                getattr(getattr(layer, ours), part).copy_(weights[f"{prefix}{theirs}.{part}"])


class Encoder(nn.Module):
    """Pieces to vectors; keeps what every layer says."""

    def __init__(self, source: Path | None) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(16, WIDTH)
        self.spaces = nn.Embedding(8, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList([Layer() for _ in range(LAYERS)])
        nn.init.normal_(self.shapes.weight, std=0.02)
        nn.init.normal_(self.spaces.weight, std=0.02)
        self.words.weight.requires_grad_(False)
        if source is not None:
            self._load(load_file(source / "model.safetensors"))

    def _load(self, weights: dict[str, Tensor]) -> None:
        with torch.no_grad():
            self.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(
                weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
            )
            self.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
        for number, layer in enumerate(self.layers):
            assert isinstance(layer, Layer)
            load_layer(layer, weights, number)

    def embed(self, ids: Tensor, shapes: Tensor, spaces: Tensor) -> Tensor:
        """What goes into the first layer."""
        where = torch.arange(ids.shape[1])
        return self.norm(self.words(ids) + self.positions(where) + self.shapes(shapes) + self.spaces(spaces))

    def forward(self, ids: Tensor, shapes: Tensor, spaces: Tensor, mask: Tensor | None, dropout: float) -> list[Tensor]:
        """The output of each layer, (batch, length, width)."""
        x = dropped(self.embed(ids, shapes, spaces), dropout)
        found = []
        for layer in self.layers:
            x = layer(x, mask, dropout)
            found.append(x)
        return found


class Core(nn.Module):
    """Splitting, parts of speech, lemmas, parse and coreference on one encoder."""

    def __init__(self, sizes: Sizes, source: Path | None = None) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(source)
        self.mix = nn.Parameter(torch.tensor([0.0] * (LAYERS - 1) + [2.0]))
        self.seg = nn.Linear(WIDTH, 3)
        self.upos = nn.Linear(WIDTH, sizes.upos)
        self.lemma = nn.Linear(WIDTH, sizes.lemmas)
        self.mention = nn.Linear(WIDTH, sizes.mentions)
        self.arc_dep = nn.Linear(WIDTH, sizes.arc)
        self.arc_head = nn.Linear(WIDTH, sizes.arc)
        self.arc = nn.Parameter(torch.empty(sizes.arc + 1, sizes.arc))
        self.label_dep = nn.Linear(WIDTH, sizes.label)
        self.label_head = nn.Linear(WIDTH, sizes.label)
        self.label = nn.Parameter(torch.empty(sizes.label + 1, sizes.deprels, sizes.label + 1))
        self.anaphor = nn.Linear(WIDTH, sizes.pair)
        self.antecedent = nn.Linear(WIDTH, sizes.pair)
        self.pair = nn.Linear(2 * sizes.pair + PAIR_FEATURES, sizes.pair)
        self.pair_product = nn.Linear(sizes.pair, sizes.pair, bias=False)
        self.pair_out = nn.Linear(sizes.pair, 1)
        nn.init.normal_(self.arc, std=0.02)
        nn.init.normal_(self.label, std=0.02)

    def encode(
        self, ids: Tensor, shapes: Tensor, spaces: Tensor, mask: Tensor | None, dropout: float = 0.0
    ) -> tuple[Tensor, list[Tensor]]:
        """One vector for each piece, and the output of each layer."""
        layers = self.encoder(ids, shapes, spaces, mask, dropout)
        weights = torch.softmax(self.mix, 0)
        x = sum((weight * layer for weight, layer in zip(weights, layers, strict=True)), torch.zeros(()))
        return x, layers

    def arcs(self, x: Tensor, dropout: float = 0.0) -> Tensor:
        """Score of each piece (second axis) having each piece (third axis) as its head; the first piece is the root."""
        dep = dropped(F.gelu(self.arc_dep(x)), dropout)
        head = dropped(F.gelu(self.arc_head(x)), dropout)
        dep = torch.cat([dep, torch.ones_like(dep[..., :1])], -1)
        return (dep @ self.arc) @ head.transpose(1, 2)

    def label_vectors(self, x: Tensor, dropout: float = 0.0) -> tuple[Tensor, Tensor]:
        """What the label of an arc is told from: a vector for each piece as dependent and as head."""
        return (
            dropped(F.gelu(self.label_dep(x)), dropout),
            dropped(F.gelu(self.label_head(x)), dropout),
        )

    def labels(self, dep: Tensor, head: Tensor) -> Tensor:
        """Scores of the relations of arcs; dep, head: (arcs, label) to (arcs, relations)."""
        size = self.sizes.label + 1
        dep = torch.cat([dep, torch.ones_like(dep[..., :1])], -1)
        head = torch.cat([head, torch.ones_like(head[..., :1])], -1)
        half = (dep @ self.label.view(size, -1)).view(-1, self.sizes.deprels, size)
        return (half * head[:, None, :]).sum(-1)

    def pairs(self, anaphors: Tensor, antecedents: Tensor, features: Tensor) -> Tensor:
        """Scores of pairs of mentions; vectors (pairs, pair), features (pairs, PAIR_FEATURES) to (pairs,)."""
        hidden = self.pair(torch.cat([anaphors, antecedents, features], -1)) + self.pair_product(anaphors * antecedents)
        return self.pair_out(F.gelu(hidden))[..., 0]


class News(nn.Module):
    """Names and attributions, on layers of their own over the lowest of a trained core, which stays as it is.

    They start from the published encoder, not from the core, and share one layer with it: with three shared layers and
    three from the core, F1 after two epochs was .69 instead of .73 on the held-out region, .74 instead of .77 on
    CrossNER. What the core's heads say of the syntax, and whether a piece stands in quotation marks, comes in beside
    the core's layer.
    """

    def __init__(self, tags: int, syntax: int, source: Path | None = None) -> None:
        super().__init__()
        self.layers = nn.ModuleList([Layer() for _ in range(LAYERS - SHARED)])
        self.names = nn.Linear(WIDTH, tags)
        self.syntax = nn.Linear(syntax, WIDTH)
        self.quoted = nn.Embedding(QUOTED, WIDTH)
        self.flat = nn.Linear(WIDTH, FLAT)
        self.cue = nn.Linear(WIDTH, CUE)
        self.role_piece = nn.Linear(WIDTH, 2 * ROLE)
        self.role_cue = nn.Linear(WIDTH, 2 * ROLE)
        self.role_far = nn.Embedding(DISTANCES, ROLE)
        self.role_out = nn.Linear(ROLE, ROLES)
        self.flat_steps = nn.Parameter(torch.zeros(FLAT, FLAT))
        self.role_steps = nn.Parameter(torch.zeros(ROLES, ROLES))
        for table in (self.syntax.weight, self.syntax.bias, self.quoted.weight, self.role_far.weight):
            nn.init.zeros_(table)
        if source is not None:
            weights = load_file(source / "model.safetensors")
            for number, layer in enumerate(self.layers, SHARED):
                assert isinstance(layer, Layer)
                load_layer(layer, weights, number)

    def forward(self, x: Tensor, syntax: Tensor, quoted: Tensor, mask: Tensor | None, dropout: float = 0.0) -> Tensor:
        """x: the output of the core's layer `SHARED`; one vector for each piece."""
        x = x + self.syntax(syntax) + self.quoted(quoted)
        for layer in self.layers:
            x = layer(x, mask, dropout)
        return x

    def roles(self, pieces: Tensor, cues: Tensor, far: Tensor) -> Tensor:
        """Scores of what pieces are to cues; pieces (cues, length, width), cues (cues, width), far (cues, length)."""
        own, times = self.role_piece(pieces).chunk(2, -1)
        cue, cue_times = self.role_cue(cues)[:, None].chunk(2, -1)
        return self.role_out(F.gelu(own + cue + self.role_far(far) + times * cue_times))
