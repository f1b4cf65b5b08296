"""The tagger as it is trained: a BERT encoder, tags, and links from each cue and each planned event to every piece.

All is first learnt together (`Tagger`); then the upper layers are learnt once more for plans in talk (`Talk`).

After Devlin et al. 2019 (BERT) and Wang et al. 2020 (MiniLM); the links are bilinear between the first and last
vectors of a cue or event and every piece's, with a learned term for the signed distance.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.statements.tagger.cues import CUES
from onrecord.statements.tagger.links import BUCKETS, Shape, buckets
from onrecord.statements.tagger.network import SHARED
from onrecord.statements.tagger.plans import KINDS, PARTS, STATUSES
from onrecord.statements.tagger.windows import PLACES, SHAPES, STATES


@dataclass(frozen=True)
class Size:
    """The measures of an encoder."""

    layers: int = 6
    hidden: int = 384
    heads: int = 12
    inner: int = 1536
    words: int = 30522
    positions: int = 512


class Layer(nn.Module):
    """One layer of the encoder: attention and a perceptron, each added to its input and normed."""

    def __init__(self, size: Size, dropout: float) -> None:
        super().__init__()
        self.heads = size.heads
        self.qkv = nn.Linear(size.hidden, 3 * size.hidden)
        self.out = nn.Linear(size.hidden, size.hidden)
        self.norm1 = nn.LayerNorm(size.hidden, eps=1e-12)
        self.up = nn.Linear(size.hidden, size.inner)
        self.down = nn.Linear(size.inner, size.hidden)
        self.norm2 = nn.LayerNorm(size.hidden, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return ``[B, T, H]`` of ``[B, T, H]``; ``mask`` is added to the attention's scores."""
        batch, length, hidden = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, hidden // self.heads).permute(2, 0, 3, 1, 4)
        weights = q @ k.transpose(-1, -2) * (hidden // self.heads) ** -0.5 + mask
        attended = (torch.softmax(weights, -1) @ v).transpose(1, 2).reshape(batch, length, hidden)
        x = self.norm1(x + self.dropout(self.out(attended)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Links(nn.Module):
    """Bilinear links from heads, which are runs of pieces, to every piece, one for each channel."""

    def __init__(self, hidden: int, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.keys = nn.Linear(hidden, shape.channels * shape.width)
        self.bias = nn.Linear(hidden, shape.channels)
        self.first = nn.Linear(hidden, shape.channels * shape.width)
        self.last = nn.Linear(hidden, shape.channels * shape.width)
        self.distance = nn.Parameter(torch.zeros(BUCKETS, shape.channels))
        nn.init.constant_(self.bias.bias, -2.0)

    def forward(self, x: Tensor, rows: Tensor, heads: Tensor) -> Tensor:
        """The logits ``[K, C, T]`` of the links of heads ``[K, 2]`` that stand in rows ``[K]`` of ``[B, T, H]``."""
        channels, width = self.shape
        query = (self.first(x[rows, heads[:, 0]]) + self.last(x[rows, heads[:, 1]])).view(-1, channels, width)
        keys = self.keys(x)[rows].view(len(rows), -1, channels, width)
        scores = torch.einsum("kcw,ktcw->kct", query.float(), keys.float()) * width**-0.5
        places = torch.from_numpy(buckets(heads.numpy(), x.shape[1]))
        return scores + self.bias(x)[rows].float().transpose(1, 2) + self.distance[places].permute(0, 2, 1)


class Tagger(nn.Module):
    """An encoder of word pieces with tags of statements and of planned events, and the links of both."""

    def __init__(self, size: Size = Size(), dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(size.words, size.hidden)
        self.positions = nn.Embedding(size.positions, size.hidden)
        self.norm = nn.LayerNorm(size.hidden, eps=1e-12)
        self.features = nn.ModuleList(nn.Embedding(count, size.hidden) for count in (len(SHAPES), len(STATES), PLACES))
        self.layers = nn.ModuleList(Layer(size, dropout) for _ in range(size.layers))
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(size.hidden, 9)
        self.cues = Links(size.hidden, CUES)
        self.plans = nn.Linear(size.hidden, 3 + len(KINDS) + len(STATUSES))
        self.parts = Links(size.hidden, PARTS)
        for feature in self.features:
            nn.init.normal_(feature.weight, std=0.02)

    def load_bert(self, path: Path) -> None:
        """Take the weights of a BERT encoder from a ``.safetensors`` file. Raises KeyError where one is missing."""
        w = load_file(path)
        w = {key.removeprefix("bert."): value for key, value in w.items()}
        with torch.no_grad():
            self.words.weight.copy_(w["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(
                w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0]
            )
            _copy(self.norm, w, "embeddings.LayerNorm")
            for n, layer in enumerate(self.layers):
                base = f"encoder.layer.{n}."
                for kind in ("weight", "bias"):
                    parts = [w[f"{base}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                    getattr(layer.qkv, kind).copy_(torch.cat(parts))
                _copy(layer.out, w, base + "attention.output.dense")
                _copy(layer.norm1, w, base + "attention.output.LayerNorm")
                _copy(layer.up, w, base + "intermediate.dense")
                _copy(layer.down, w, base + "output.dense")
                _copy(layer.norm2, w, base + "output.LayerNorm")

    def forward(self, ids: Tensor, shapes: Tensor, states: Tensor, places: Tensor) -> Tensor:
        """Return the vectors ``[B, T, H]`` of ``[B, T]`` pieces; piece 0 fills up."""
        x = self.words(ids) + self.positions.weight[: ids.shape[1]]
        for feature, values in zip(self.features, (shapes, states, places), strict=True):
            x = x + feature(values)
        x = self.dropout(self.norm(x))
        mask = masked(ids == 0)
        for layer in self.layers:
            x = layer(x, mask)
        return self.dropout(x)


class Talk(nn.Module):
    """The upper layers of the encoder that talk has for its own, with the tags and links of planned events."""

    def __init__(self, size: Size = Size(), dropout: float = 0.1, shared: int = SHARED) -> None:
        super().__init__()
        self.layers = nn.ModuleDict({str(n): Layer(size, dropout) for n in range(shared, size.layers)})
        self.dropout = nn.Dropout(dropout)
        self.plans = nn.Linear(size.hidden, 3 + len(KINDS) + len(STATUSES))
        self.parts = Links(size.hidden, PARTS)

    def forward(self, lower: Tensor, empty: Tensor) -> Tensor:
        """Return the vectors ``[B, T, H]`` of what the shared layers give; pieces that are ``empty`` fill up."""
        mask, x = masked(empty), lower
        for layer in self.layers.values():
            x = layer(x, mask)
        return self.dropout(x)


def masked(empty: Tensor) -> Tensor:
    """Return what is added to the scores of attention, so that nothing looks at pieces that fill up ``[B, T]``."""
    return empty.to(torch.float32)[:, None, None, :] * -1e4


def _copy(module: nn.Module, w: dict[str, Tensor], base: str) -> None:
    for kind in ("weight", "bias"):
        getattr(module, kind).copy_(w[f"{base}.{kind}"])
