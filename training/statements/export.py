"""A trained tagger to the files that are shipped: ``python -m training.statements.export CHECKPOINT --talk TALK``.

Writes ``shared.onnx``, ``print.onnx`` and ``talk.onnx`` (dynamic int8, per channel), ``links.npz`` (what is computed
for heads alone, in 16-bit numbers) and ``tagger.json`` (its name and the articles kept out) into
``src/onrecord/models/statements``. CHECKPOINT is one of `training.statements.train`, TALK one of
`training.statements.talk`. Without CHECKPOINT all of print stays as it is; without TALK talk has the upper layers of
CHECKPOINT. The graphs are written by hand rather than traced, so that they hold the run time's own fused operations,
which take a third of the time of the traced ones.
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
from onrecord.statements.tagger.network import FILES, INPUTS, LOWER, PRINT, SHARED, TALK
from training.statements.model import Size

FUSED = "com.microsoft"
VECTORS = "vectors"
"""The output that is the encoder's own."""


Weights = dict[str, NDArray[np.float32]]
"""A checkpoint's weights by their names."""


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

    def linear(self, x: str, name: str, w: Weights) -> str:
        """Add a linear map of a checkpoint's weights under its own name."""
        product = self.node("MatMul", [x, self.weight(f"{name}.w", w[f"{name}.weight"].T)], f"{name}.product")
        return self.node("Add", [product, self.weight(f"{name}.b", w[f"{name}.bias"])], name)

    def normed(self, x: str, more: str, bias: str, name: str, output: str, w: Weights) -> str:
        """Add a sum and its norm."""
        total = self.node("Add", [self.node("Add", [x, bias], f"{output}.biased"), more], f"{output}.sum")
        parts = [total, self.weight(f"{name}.w", w[f"{name}.weight"]), self.weight(f"{name}.b", w[f"{name}.bias"])]
        return self.node("LayerNormalization", parts, output, axis=-1, epsilon=1e-12)

    def layer(self, x: str, n: int, w: Weights, heads: int) -> str:
        """Add a layer of the encoder."""
        base = f"layers.{n}"
        attention = [
            x,
            self.weight(f"{base}.qkv.w", w[f"{base}.qkv.weight"].T),
            self.weight(f"{base}.qkv.b", w[f"{base}.qkv.bias"]),
        ]
        attended = self.node("Attention", attention, f"{base}.attended", FUSED, num_heads=heads)
        out = self.node("MatMul", [attended, self.weight(f"{base}.out.w", w[f"{base}.out.weight"].T)], f"{base}.out")
        bias = self.weight(f"{base}.out.b", w[f"{base}.out.bias"])
        x = self.normed(out, x, bias, f"{base}.norm1", f"{base}.normed", w)
        up = self.node("MatMul", [x, self.weight(f"{base}.up.w", w[f"{base}.up.weight"].T)], f"{base}.up")
        up = self.node("BiasGelu", [up, self.weight(f"{base}.up.b", w[f"{base}.up.bias"])], f"{base}.gelu", FUSED)
        down = self.node("MatMul", [up, self.weight(f"{base}.down.w", w[f"{base}.down.weight"].T)], f"{base}.down")
        bias = self.weight(f"{base}.down.b", w[f"{base}.down.bias"])
        return self.normed(down, x, bias, f"{base}.norm2", f"{base}.x", w)

    def made(self, x: str, inputs: dict[str, list[Any]], outputs: tuple[str, ...], w: Weights) -> onnx.ModelProto:
        """Return the model with heads on ``x``; inputs by their names, with their type and shape."""
        for name in outputs:
            if name in (VECTORS, LOWER):
                self.node("Identity", [x], name)
            else:
                self.linear(x, name, w)
        values = [helper.make_tensor_value_info(name, *kind) for name, kind in inputs.items()]
        given = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["B", "T", None]) for name in outputs]
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
        graph = helper.make_graph(self.nodes, "statements", values, given, self.weights)
        return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="onrecord")


def shared(w: Weights, size: Size) -> onnx.ModelProto:
    """Return the layers that print and talk have in common, in 32-bit numbers."""
    g = Graph()
    parts = [g.node("Gather", [g.weight("words", w["words.weight"]), "ids"], "word")]
    for n, name in enumerate(INPUTS[1:]):
        parts.append(g.node("Gather", [g.weight(name + ".table", w[f"features.{n}.weight"]), name], name + ".vector"))
    zero, one = g.weight("zero", np.array([0])), g.weight("one", np.array([1]))
    length = g.node("Slice", [g.node("Shape", ["ids"], "shape"), one, g.weight("two", np.array([2]))], "length")
    places = g.node("Slice", [g.weight("positions", w["positions.weight"]), zero, length, zero], "place")
    x = g.node("Sum", [*parts, places], "embedded")
    parts = [x, g.weight("norm.w", w["norm.weight"]), g.weight("norm.b", w["norm.bias"])]
    x = g.node("LayerNormalization", parts, "x", axis=-1, epsilon=1e-12)
    for n in range(SHARED):
        x = g.layer(x, n, w, size.heads)
    return g.made(x, {name: [TensorProto.INT64, ["B", "T"]] for name in INPUTS}, (LOWER,), w)


def upper(w: Weights, size: Size, heads: tuple[str, ...]) -> onnx.ModelProto:
    """Return the layers above with their heads, in 32-bit numbers; what the shared layers give is the input."""
    g = Graph()
    x = LOWER
    for n in range(SHARED, size.layers):
        x = g.layer(x, n, w, size.heads)
    return g.made(x, {LOWER: [TensorProto.FLOAT, ["B", "T", size.hidden]]}, heads, w)


def write(model: onnx.ModelProto, target: Path, exact: bool) -> None:
    """Write a model, in 8-bit numbers unless ``exact``."""
    if exact:
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
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Write the files of the checkpoints that are given."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("checkpoint", type=Path, nargs="?", help="of print, and of talk where it has no other")
    parser.add_argument("--talk", type=Path, help="a checkpoint of the layers of talk")
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--exact", action="store_true", help="32-bit numbers, to compare with")
    arguments = parser.parse_args()
    out: Path = arguments.out
    arrays: dict[str, Any] = {}
    if (out / "links.npz").exists():
        with np.load(out / "links.npz", allow_pickle=False) as saved:
            arrays = dict(saved)
    told = json.loads((out / "tagger.json").read_text(encoding="utf-8")) if (out / "tagger.json").exists() else {}
    if arguments.checkpoint:
        first = torch.load(arguments.checkpoint)
        told["kept_out"] = first["held"]
        arrays |= learnt(first["weights"], "cues") | learnt(first["weights"], "parts")
        w = numbers(first["weights"])
        write(shared(w, Size()), out / FILES[0], arguments.exact)
        write(upper(w, Size(), PRINT), out / FILES[1], arguments.exact)
    if arguments.talk or arguments.checkpoint:
        weights = torch.load(arguments.talk or arguments.checkpoint)["weights"]
        arrays |= {name.replace("parts", "talk"): value for name, value in learnt(weights, "parts").items()}
        write(upper(numbers(weights), Size(), TALK), out / FILES[2], arguments.exact)
    np.savez_compressed(out / "links.npz", **arrays)
    read = b"".join((out / name).read_bytes() for name in FILES)
    told = {"name": f"minilm-l6-statements-{sha256(read).hexdigest()[:8]}", "kept_out": told["kept_out"]}
    (out / "tagger.json").write_text(json.dumps(told) + "\n", encoding="utf-8")


def numbers(weights: dict[str, torch.Tensor]) -> Weights:
    """Return a checkpoint's weights as arrays of 32-bit numbers."""
    return {name: value.numpy().astype(np.float32) for name, value in weights.items()}


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
