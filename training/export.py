"""From a taught network to the files that ship: ONNX with eight-bit weights, word pieces, checksums."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from torch import Tensor, nn

from redaction.ner.tagger import MODEL, PIECES, SUMS
from training.network import Network


class _OneWindow(nn.Module):
    """The network for one window without padding, which is how the tagger reads: the same sums, with nothing to mask.

    Queries, keys and values are one product of matrices, so that what goes in is brought to eight bits once.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        bert = network.bert
        self.heads = bert.config.num_attention_heads
        self.products = nn.ModuleList()
        for layer in bert.encoder.layer:
            parts = layer.attention.self.query, layer.attention.self.key, layer.attention.self.value
            product = nn.Linear(parts[0].in_features, sum(part.out_features for part in parts))
            product.weight.data = torch.cat([part.weight.data for part in parts])
            product.bias.data = torch.cat([part.bias.data for part in parts])
            # what queries are divided by, once and for all
            shrunk = layer.attention.self.attention_head_size**-0.5
            product.weight.data[: parts[0].out_features] *= shrunk
            product.bias.data[: parts[0].out_features] *= shrunk
            self.products.append(product)

    def forward(self, ids: Tensor, shapes: Tensor) -> Tensor:
        bert, length = self.network.bert, ids.shape[1]
        known = bert.embeddings
        read = known.word_embeddings(ids) + self.network.shape(shapes)
        read = read + (known.position_embeddings.weight + known.token_type_embeddings.weight[0])[:length]
        hidden = known.LayerNorm(read)
        for layer, product in zip(bert.encoder.layer, self.products, strict=True):
            query, key, value = product(hidden).view(1, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
            near = torch.softmax(query @ key.transpose(-1, -2), dim=-1)
            seen = (near @ value).transpose(1, 2).reshape(1, length, -1)
            hidden = layer.attention.output.LayerNorm(layer.attention.output.dense(seen) + hidden)
            hidden = layer.output.LayerNorm(layer.output.dense(layer.intermediate(hidden)) + hidden)
        logits: Tensor = self.network.heads(hidden)
        return logits


def write_onnx(network: Network, path: Path) -> None:
    """The network in full precision."""
    example = (torch.randint(1000, 2000, (1, 12)), torch.zeros((1, 12), dtype=torch.long))
    torch.onnx.export(
        _OneWindow(network).eval(),
        example,
        str(path),
        input_names=["ids", "shapes"],
        output_names=["logits"],
        dynamic_axes={"ids": {1: "pieces"}, "shapes": {1: "pieces"}, "logits": {1: "pieces"}},
        opset_version=17,
        dynamo=False,
    )


def write_quantised(full: Path, folder: Path) -> None:
    """The model that ships: weights in seven of eight bits, one scale a channel: no processor's eight-bit sums overflow, so that all read the same."""
    prepared = full.with_suffix(".prepared.onnx")
    quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        str(prepared),
        str(folder / MODEL),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul", "Gather"],
        extra_options={"MatMulConstBOnly": True},
    )
    prepared.unlink()
    _write_sums(folder)


def write_pieces(base: Path, folder: Path) -> None:
    """The word pieces of the base, without its cutting and padding."""
    told = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))
    told["truncation"] = told["padding"] = None
    (folder / PIECES).write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def tokenizer(folder: Path) -> Tokenizer:
    """The word pieces as they were written there."""
    return Tokenizer.from_file(str(folder / PIECES))


def _write_sums(folder: Path) -> None:
    """The SHA-256 of both files, as `sha256sum` writes it."""
    lines = (f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in (MODEL, PIECES))
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")
