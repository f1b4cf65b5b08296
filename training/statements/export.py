"""A trained tagger to the files that are shipped: ``python -m training.statements.export CHECKPOINT``.

Writes ``tagger.onnx`` (dynamic int8, per channel), ``links.npz`` (what is computed for heads alone, in 16-bit numbers)
and ``tagger.json`` (its name and the articles kept out) into
``src/onrecord/models/statements``. The graph is written by hand rather than traced, so that it holds the run time's own
fused operations, which take a third of the time of the traced ones.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from onrecord.statements.tagger import FOLDER
from onrecord.statements.tagger.tagger import INPUTS, OUTPUTS
from training.statements.model import Size

FUSED = "com.microsoft"
VECTORS = "vectors"
"""The output that is the encoder's own."""


class Graph:
    """An ONNX graph in the making."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: NDArray[np.generic]) -> str:
        """Keep a constant and return its name."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        """Add an operation and return the name of its output."""
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output


def graph(weights: dict[str, torch.Tensor], size: Size) -> onnx.ModelProto:
    """Return the model of a checkpoint's weights, in 32-bit numbers."""
    g = Graph()
    w = {name: value.numpy().astype(np.float32) for name, value in weights.items()}

    def linear(x: str, name: str, output: str) -> str:
        product = g.node("MatMul", [x, g.weight(f"{name}.w", w[f"{name}.weight"].T)], f"{output}.product")
        return g.node("Add", [product, g.weight(f"{name}.b", w[f"{name}.bias"])], output)

    def normed(x: str, more: str, bias: str, name: str, output: str) -> str:
        total = g.node("Add", [g.node("Add", [x, bias], f"{output}.biased"), more], f"{output}.sum")
        parts = [total, g.weight(f"{name}.w", w[f"{name}.weight"]), g.weight(f"{name}.b", w[f"{name}.bias"])]
        return g.node("LayerNormalization", parts, output, axis=-1, epsilon=1e-12)

    parts = [g.node("Gather", [g.weight("words", w["words.weight"]), "ids"], "word")]
    for n, name in enumerate(INPUTS[1:]):
        parts.append(g.node("Gather", [g.weight(name + ".table", w[f"features.{n}.weight"]), name], name + ".vector"))
    zero, one = g.weight("zero", np.array([0])), g.weight("one", np.array([1]))
    length = g.node("Slice", [g.node("Shape", ["ids"], "shape"), one, g.weight("two", np.array([2]))], "length")
    places = g.node("Slice", [g.weight("positions", w["positions.weight"]), zero, length, zero], "place")
    x = g.node("Sum", [*parts, places], "embedded")
    parts = [x, g.weight("norm.w", w["norm.weight"]), g.weight("norm.b", w["norm.bias"])]
    x = g.node("LayerNormalization", parts, "x", axis=-1, epsilon=1e-12)
    for n in range(size.layers):
        base = f"layers.{n}"
        attention = [
            x,
            g.weight(f"{base}.qkv.w", w[f"{base}.qkv.weight"].T),
            g.weight(f"{base}.qkv.b", w[f"{base}.qkv.bias"]),
        ]
        attended = g.node("Attention", attention, f"{base}.attended", FUSED, num_heads=size.heads)
        out = g.node("MatMul", [attended, g.weight(f"{base}.out.w", w[f"{base}.out.weight"].T)], f"{base}.out")
        x = normed(out, x, g.weight(f"{base}.out.b", w[f"{base}.out.bias"]), f"{base}.norm1", f"{base}.normed")
        up = g.node("MatMul", [x, g.weight(f"{base}.up.w", w[f"{base}.up.weight"].T)], f"{base}.up")
        up = g.node("BiasGelu", [up, g.weight(f"{base}.up.b", w[f"{base}.up.bias"])], f"{base}.gelu", FUSED)
        down = g.node("MatMul", [up, g.weight(f"{base}.down.w", w[f"{base}.down.weight"].T)], f"{base}.down")
        x = normed(down, x, g.weight(f"{base}.down.b", w[f"{base}.down.bias"]), f"{base}.norm2", f"{base}.x")
    for name in OUTPUTS:
        g.node("Identity", [x], name) if name == VECTORS else linear(x, name, name)
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["B", "T"]) for name in INPUTS]
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["B", "T", None]) for name in OUTPUTS]
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
    made = helper.make_graph(g.nodes, "statements", inputs, outputs, g.weights)
    return helper.make_model(made, opset_imports=opsets, ir_version=10, producer_name="onrecord")


def main() -> None:
    """Write the files of a checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--exact", action="store_true", help="32-bit numbers, to compare with")
    arguments = parser.parse_args()
    checkpoint = torch.load(arguments.checkpoint)
    weights = checkpoint["weights"]
    model = graph(weights, Size())
    target = arguments.out / "tagger.onnx"
    if arguments.exact:
        onnx.save(model, target)
    else:
        with tempfile.TemporaryDirectory() as folder:
            onnx.save(model, Path(folder) / "exact.onnx")
            quantize_dynamic(
                Path(folder) / "exact.onnx",
                target,
                per_channel=True,
                weight_type=QuantType.QInt8,
                op_types_to_quantize=["MatMul", "Attention", "Gather"],
                extra_options={"DefaultTensorType": TensorProto.FLOAT},
            )
    arrays: dict[str, Any] = {**learnt(weights, "cues"), **learnt(weights, "parts")}
    np.savez_compressed(arguments.out / "links.npz", **arrays)
    told = {
        "name": f"minilm-l6-statements-{sha256(target.read_bytes()).hexdigest()[:8]}",
        "kept_out": checkpoint["held"],
    }
    (arguments.out / "tagger.json").write_text(json.dumps(told) + "\n", encoding="utf-8")
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


def learnt(weights: dict[str, torch.Tensor], heads: str) -> dict[str, NDArray[np.float16]]:
    """Return the fields of `onrecord.statements.tagger.links.Learnt` of one kind of heads, by their names."""
    found = {
        "first": weights[f"{heads}.first.weight"].T,
        "last": weights[f"{heads}.last.weight"].T,
        "asked": weights[f"{heads}.first.bias"] + weights[f"{heads}.last.bias"],
        "distance": weights[f"{heads}.distance"],
    }
    return {f"{heads}.{name}": value.numpy().astype(np.float16) for name, value in found.items()}


if __name__ == "__main__":
    main()
