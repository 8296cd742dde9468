"""Write trained weights as ONNX bundles that the package reads without PyTorch."""

import numpy as np
import numpy.typing as npt
import onnx

from language.graph import FLOAT, INT64, MICROSOFT, Graph
from language.model import HEADS, LAYERS, PAIR_FEATURES, ROLE, SHARED, WIDTH

CHOICES = 4
"""Edit scripts that are given for each piece, the best first."""

Array = npt.NDArray[np.float32]
Weights = dict[str, Array]


def _attention(graph: Graph, rows: str, qkv: tuple[Array, Array], lengths: str, size: str) -> str:
    """Self-attention on rows (batch x length, width); `size` holds (batch, length, width)."""
    parts = []
    product = graph.product(rows, qkv[0].T)
    parts = [graph.op("Reshape", f"{part}", size) for part in _thirds(graph, product)]
    return graph.op(
        "MultiHeadAttention", *parts, graph.constant(qkv[1], np.float32), lengths, domain=MICROSOFT, num_heads=HEADS
    )


def _thirds(graph: Graph, product: str) -> list[str]:
    first = graph.op("Split", product, graph.constant([WIDTH] * 3, np.int64), axis=1, outputs=3)
    return [first, f"{first}_1", f"{first}_2"]


def _layer(graph: Graph, rows: str, weights: Weights, prefix: str, lengths: str, size: str) -> str:
    """One transformer layer on rows."""

    def of(name: str) -> tuple[Array, Array]:
        return weights[f"{prefix}.{name}.weight"], weights[f"{prefix}.{name}.bias"]

    attended = graph.shaped(_attention(graph, rows, of("qkv"), lengths, size), -1, WIDTH)
    out, inner, outer = of("out"), of("inner"), of("outer")
    rows = graph.normed(graph.product(attended, out[0].T), rows, out[1], of("norm"))
    hidden = graph.op(
        "BiasGelu", graph.product(rows, inner[0].T), graph.constant(inner[1], np.float32), domain=MICROSOFT
    )
    return graph.normed(graph.product(hidden, outer[0].T), rows, outer[1], of("last"))


def _embedded(graph: Graph, table: Array, ids: str) -> str:
    """Rows of an embedding, kept in eight bits with a scale for each row."""
    scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
    eight = np.rint(table / scale).astype(np.int8)
    found = graph.op("Cast", graph.op("Gather", graph.constant(eight), ids), to=FLOAT)
    return graph.op("Mul", found, graph.op("Gather", graph.constant(scale, np.float32), ids))


def core_graph(weights: Weights, eight_bits: bool = True) -> onnx.ModelProto:
    """The encoder and the heads that read one piece, and the scores of arcs.

    Inputs (batch, length): ids (0 is padding), shapes and spaces, each plus one, 0 for a special piece. Outputs have
    the same first two axes; `arcs` (batch, length, length) has dependents by rows and heads by columns, where the first
    piece of a window is the root; `lower` is what the news weights read.
    """
    graph = Graph(eight_bits)
    one = graph.constant([1], np.int64)
    size = graph.op("Concat", graph.op("Shape", "ids"), graph.constant([WIDTH], np.int64), axis=0)
    real = graph.op("Cast", graph.op("Not", graph.op("Equal", "ids", graph.constant(0, np.int64))), to=6)
    lengths = graph.op("ReduceSum", real, one, keepdims=0)
    length = graph.op("Gather", graph.op("Shape", "ids"), graph.constant(1, np.int64))
    where = graph.op("Slice", graph.constant(weights["encoder.positions.weight"], np.float32),
                     graph.constant([0], np.int64), graph.op("Unsqueeze", length, graph.constant([0], np.int64)),
                     graph.constant([0], np.int64))  # fmt: skip
    x = _embedded(graph, weights["encoder.words.weight"], "ids")
    x = graph.op("Add", x, where)
    for name in ("shapes", "spaces"):
        table = graph.constant(weights[f"encoder.{name}.weight"], np.float32)
        x = graph.op("Add", x, graph.op("Gather", table, name))
    x = graph.op("LayerNormalization", x, graph.constant(weights["encoder.norm.weight"], np.float32),
                 graph.constant(weights["encoder.norm.bias"], np.float32), axis=-1, epsilon=1e-12)  # fmt: skip
    rows = graph.shaped(x, -1, WIDTH)
    mix = np.exp(weights["mix"]) / np.exp(weights["mix"]).sum()
    mixed, lower = "", ""
    for number in range(LAYERS):
        rows = _layer(graph, rows, weights, f"encoder.layers.{number}", lengths, size)
        share = graph.op("Mul", rows, graph.constant(mix[number], np.float32))
        mixed = graph.op("Add", mixed, share) if mixed else share
        if number == SHARED - 1:
            lower = graph.op("Reshape", rows, size)
    heads = (
        "seg",
        "upos",
        "mention",
        "lemma",
        "anaphor",
        "antecedent",
        "arc_dep",
        "arc_head",
        "label_dep",
        "label_head",
    )
    stacked = graph.linear(
        mixed, np.concatenate([weights[f"{name}.weight"] for name in heads]),
        np.concatenate([weights[f"{name}.bias"] for name in heads]),
    )  # fmt: skip
    widths = [len(weights[f"{name}.bias"]) for name in heads]
    first = graph.op("Split", stacked, graph.constant(widths, np.int64), axis=1, outputs=len(heads))
    part = {name: f"{first}_{i}" if i else first for i, name in enumerate(heads)}
    for name in heads[-4:]:
        part[name] = graph.op("Gelu", part[name], domain=MICROSOFT)

    def whole(name: str) -> str:
        shape = graph.op("Concat", graph.op("Shape", "ids"), graph.constant([-1], np.int64), axis=0)
        return graph.op("Reshape", part[name], shape)

    arc = weights["arc"]
    # the last row of the arc matrix is how readily a piece is a head at all, whatever the dependent
    part["arc_dep"] = graph.op("Add", graph.op("MatMul", part["arc_dep"], graph.constant(arc[:-1], np.float32)),
                               graph.constant(arc[-1], np.float32))  # fmt: skip
    arcs = graph.op("MatMul", whole("arc_dep"), graph.op("Transpose", whole("arc_head"), perm=[0, 2, 1]))
    best = graph.op("TopK", part["lemma"], graph.constant([CHOICES], np.int64), outputs=2, axis=1)
    choices = graph.op("Concat", graph.op("Shape", "ids"), graph.constant([CHOICES], np.int64), axis=0)
    outputs = {
        name: (whole(name), FLOAT)
        for name in ("seg", "upos", "mention", "anaphor", "antecedent", "label_dep", "label_head")
    }
    outputs["lemma"] = (graph.op("Reshape", f"{best}_1", choices), INT64)
    outputs["arcs"] = (arcs, FLOAT)
    outputs["lower"] = (lower, FLOAT)
    return graph.model({name: (INT64, ["batch", "length"]) for name in ("ids", "shapes", "spaces")}, outputs)


def labels_graph(weights: Weights) -> onnx.ModelProto:
    """Relations of arcs: vectors of dependents and heads (arcs, width) to scores (arcs, relations)."""
    graph = Graph(eight_bits=False)
    table = weights["label"]
    size, relations = table.shape[0], table.shape[1]
    # with a one behind both vectors: dep W head + dep u + v head + c
    half = graph.op("Add", graph.op("MatMul", "dep", graph.constant(table[:-1].reshape(size - 1, -1), np.float32)),
                    graph.constant(table[-1].reshape(-1), np.float32))  # fmt: skip
    half = graph.shaped(half, -1, relations, size)
    inner = graph.op("Slice", half, *(graph.constant([n], np.int64) for n in (0, size - 1, 2)))
    outer = graph.op("Slice", half, *(graph.constant([n], np.int64) for n in (size - 1, size, 2)))
    column = graph.op("Unsqueeze", "head", graph.constant([2], np.int64))
    scores = graph.op(
        "Squeeze", graph.op("Add", graph.op("MatMul", inner, column), outer), graph.constant([2], np.int64)
    )
    shape = ["arcs", size - 1]
    return graph.model({"dep": (FLOAT, shape), "head": (FLOAT, shape)}, {"labels": (scores, FLOAT)})


def pairs_graph(weights: Weights) -> onnx.ModelProto:
    """Scores of antecedents: vectors of anaphors and antecedents (pairs, width) and features to (pairs,)."""
    graph = Graph(eight_bits=False)
    both = graph.op("Concat", "anaphor", "antecedent", "features", axis=1)
    hidden = graph.linear(both, weights["pair.weight"], weights["pair.bias"])
    alike = graph.op(
        "MatMul", graph.op("Mul", "anaphor", "antecedent"), graph.constant(weights["pair_product.weight"].T, np.float32)
    )
    active = graph.op("Gelu", graph.op("Add", hidden, alike), domain=MICROSOFT)
    scores = graph.linear(active, weights["pair_out.weight"], weights["pair_out.bias"])
    width = weights["pair_out.weight"].shape[1]
    return graph.model(
        {
            "anaphor": (FLOAT, ["pairs", width]),
            "antecedent": (FLOAT, ["pairs", width]),
            "features": (FLOAT, ["pairs", PAIR_FEATURES]),
        },
        {"scores": (graph.shaped(scores, -1), FLOAT)},
    )


def news_graph(weights: Weights, eight_bits: bool = True) -> onnx.ModelProto:
    """The layers of the news weights and their heads that read one piece.

    Inputs (batch, length, ...): `lower`, the output of the core's shared layers, `syntax`, what the core's heads say
    (see ``variorum.language.reader``), `quoted`, states in regard to quotation marks, and `ids`, for the padding.
    """
    graph = Graph(eight_bits)
    size = graph.op("Shape", "lower")
    real = graph.op("Cast", graph.op("Not", graph.op("Equal", "ids", graph.constant(0, np.int64))), to=6)
    lengths = graph.op("ReduceSum", real, graph.constant([1], np.int64), keepdims=0)
    # in 32 bits: its columns are of very different sizes, and the product is a small one
    table = weights["syntax.weight"].T
    syntax = graph.op("MatMul", graph.shaped("syntax", -1, len(table)), graph.constant(table, np.float32))
    # the bias goes into the table of states, since every piece has one
    states = graph.constant(weights["quoted.weight"] + weights["syntax.bias"], np.float32)
    quoted = graph.shaped(graph.op("Gather", states, "quoted"), -1, WIDTH)
    rows = graph.op("Add", graph.op("Add", graph.shaped("lower", -1, WIDTH), syntax), quoted)
    for number in range(LAYERS - SHARED):
        rows = _layer(graph, rows, weights, f"layers.{number}", lengths, size)
    heads = ("names", "flat", "cue", "role_piece", "role_cue")
    stacked = graph.linear(
        rows, np.concatenate([weights[f"{name}.weight"] for name in heads]),
        np.concatenate([weights[f"{name}.bias"] for name in heads]),
    )  # fmt: skip
    widths = [len(weights[f"{name}.bias"]) for name in heads]
    first = graph.op("Split", stacked, graph.constant(widths, np.int64), axis=1, outputs=len(heads))
    shape = graph.op("Concat", graph.op("Shape", "ids"), graph.constant([-1], np.int64), axis=0)
    outputs = {
        name: (graph.op("Reshape", f"{first}_{i}" if i else first, shape), FLOAT) for i, name in enumerate(heads)
    }
    inputs: dict[str, tuple[int, list[str | int]]] = {
        "lower": (FLOAT, ["batch", "length", WIDTH]),
        "syntax": (FLOAT, ["batch", "length", len(table)]),
        "quoted": (INT64, ["batch", "length"]),
        "ids": (INT64, ["batch", "length"]),
    }
    return graph.model(inputs, outputs)


def roles_graph(weights: Weights) -> onnx.ModelProto:
    """What pieces are to cues: `piece` (cues, length, 2 x width), `cue` (cues, 2 x width), `far` (cues, length)."""
    graph = Graph(eight_bits=False)
    halves = graph.constant([ROLE, ROLE], np.int64)
    own = graph.op("Split", "piece", halves, axis=2, outputs=2)
    cue = graph.op("Split", graph.op("Unsqueeze", "cue", graph.constant([1], np.int64)), halves, axis=2, outputs=2)
    far = graph.op("Gather", graph.constant(weights["role_far.weight"], np.float32), "far")
    together = graph.op("Add", graph.op("Add", own, cue), graph.op("Add", far, graph.op("Mul", f"{own}_1", f"{cue}_1")))
    hidden = graph.shaped(graph.op("Gelu", together, domain=MICROSOFT), -1, ROLE)
    found = graph.linear(hidden, weights["role_out.weight"], weights["role_out.bias"])
    shape = graph.op("Concat", graph.op("Shape", "far"), graph.constant([-1], np.int64), axis=0)
    return graph.model(
        {
            "piece": (FLOAT, ["cues", "length", 2 * ROLE]),
            "cue": (FLOAT, ["cues", 2 * ROLE]),
            "far": (INT64, ["cues", "length"]),
        },
        {"scores": (graph.op("Reshape", found, shape), FLOAT)},
    )
