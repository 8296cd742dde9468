"""ONNX graphs by hand, with matrix products in eight bits whose results do not depend on the rest of the batch.

Each row of the left matrix is scaled by its own largest value, each column of the right one by its own; the product of
the integers is exact, whatever order it is summed in. Weights use seven of their eight bits (-64 to 64), because the
instruction that processors without VNNI have for this saturates beyond; so they compute the same numbers. Dynamic
quantisation as onnxruntime ships it takes one scale for a whole batch, so that a sentence's numbers would change with
its company.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

FLOAT, INT32, INT64, UINT8 = TensorProto.FLOAT, TensorProto.INT32, TensorProto.INT64, TensorProto.UINT8
OPSET, MICROSOFT = 17, "com.microsoft"
WEIGHT_LIMIT = 64


class Graph:
    """Nodes and constants in the making; every method returns the name of what it adds."""

    def __init__(self, eight_bits: bool = True) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.eight_bits = eight_bits
        self._quantised: dict[str, tuple[str, str]] = {}

    def constant(self, value: npt.ArrayLike, kind: type | None = None) -> str:
        """A constant."""
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value, dtype=kind), name))
        return name

    def op(self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: object) -> str:
        """One node; the name of its first output (the others have `_1`, `_2` behind it)."""
        name = f"v{len(self.nodes)}"
        names = [name, *(f"{name}_{i}" for i in range(1, outputs))]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=name, domain=domain, **attributes))
        return name

    def shaped(self, x: str, *sizes: int) -> str:
        """A tensor in another shape."""
        return self.op("Reshape", x, self.constant(sizes, np.int64))

    def product(self, x: str, weight: npt.NDArray[np.float32]) -> str:
        """X (rows, in) times weight (in, out), without a bias: (rows, out)."""
        if not self.eight_bits:
            return self.op("MatMul", x, self.constant(weight, np.float32))
        if x not in self._quantised:
            largest = self.op("ReduceMax", self.op("Abs", x), axes=[1], keepdims=0)
            floor = self.op("Max", largest, self.constant(1e-6, np.float32))
            scale = self.op("Mul", floor, self.constant(1 / 127, np.float32))
            zeros = self.op("Cast", self.op("Mul", scale, self.constant(0, np.float32)), to=UINT8)
            middle = self.op("Add", zeros, self.constant(128, np.uint8))
            rows = self.op("QuantizeLinear", x, scale, middle, axis=0)
            self._quantised[x] = rows, self.op("Unsqueeze", scale, self.constant([1], np.int64))
        rows, scale = self._quantised[x]
        columns = np.maximum(np.abs(weight).max(0), 1e-8) / WEIGHT_LIMIT
        eight = np.clip(np.rint(weight / columns), -WEIGHT_LIMIT, WEIGHT_LIMIT).astype(np.int8)
        found = self.op(
            "MatMulIntegerToFloat", rows, self.constant(eight), self.constant(1, np.float32),
            self.constant(columns, np.float32), self.constant(128, np.uint8), domain=MICROSOFT,
        )  # fmt: skip
        return self.op("Mul", found, scale)

    def linear(self, x: str, weight: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]) -> str:
        """A linear layer on rows; weight as PyTorch keeps it, (out, in)."""
        return self.op("Add", self.product(x, weight.T), self.constant(bias, np.float32))

    def normed(
        self, x: str, skip: str, bias: npt.NDArray[np.float32], norm: tuple[npt.NDArray[np.float32], ...]
    ) -> str:
        """Layer norm of x + skip + bias; norm: its weight and bias.

        Spelled out: onnxruntime's own SkipLayerNormalization takes three times as long on a CPU (1.32, rows of 384).
        """
        whole = self.op("Add", self.op("Add", x, self.constant(bias, np.float32)), skip)
        apart = self.op("Sub", whole, self.op("ReduceMean", whole, axes=[1], keepdims=1))
        spread = self.op("ReduceMean", self.op("Mul", apart, apart), axes=[1], keepdims=1)
        deviation = self.op("Sqrt", self.op("Add", spread, self.constant(1e-12, np.float32)))
        scaled = self.op("Mul", self.op("Div", apart, deviation), self.constant(norm[0], np.float32))
        return self.op("Add", scaled, self.constant(norm[1], np.float32))

    def model(
        self, inputs: Mapping[str, tuple[int, Sequence[str | int]]], outputs: dict[str, tuple[str, int]]
    ) -> onnx.ModelProto:
        """The finished model; inputs: name to type and shape; outputs: name to the value it shows and its type."""
        for name, (value, _) in outputs.items():
            self.nodes.append(helper.make_node("Identity", [value], [name], name=f"out_{name}"))
        graph = helper.make_graph(
            self.nodes, "variorum",
            [helper.make_tensor_value_info(name, kind, list(shape)) for name, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(name, kind, None) for name, (_, kind) in outputs.items()],
            self.constants,
        )  # fmt: skip
        return helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
            ir_version=8, producer_name="variorum",
        )  # fmt: skip
