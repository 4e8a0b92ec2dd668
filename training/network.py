"""The network: MiniLM with the shape of each word added to what it reads, and two heads (mask, kind)."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from redaction.ner.tag_labels import TAG_LABELS
from redaction.ner.word_pieces import SHAPES


class Network(nn.Module):
    """(ids, shapes, mask of real pieces), each batch × pieces → logits, batch × pieces × (1 + kinds); the first is mask or keep."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        self.shape = nn.Embedding(SHAPES, config.hidden_size)
        nn.init.normal_(self.shape.weight, std=0.02)
        self.dropout = nn.Dropout(0.1)
        self.heads = nn.Linear(config.hidden_size, 1 + len(TAG_LABELS))

    def forward(self, ids: Tensor, shapes: Tensor, real: Tensor) -> Tensor:
        """The logits."""
        read = self.bert.embeddings.word_embeddings(ids) + self.shape(shapes)
        hidden = self.bert(inputs_embeds=read, attention_mask=real).last_hidden_state
        logits: Tensor = self.heads(self.dropout(hidden))
        return logits


def from_base(folder: Path, seed: int) -> Network:
    """A network that begins with the weights of a sentence-transformers folder (config.json, model.safetensors)."""
    torch.manual_seed(seed)
    config = BertConfig(**json.loads((folder / "config.json").read_text(encoding="utf-8")))
    config._attn_implementation = "sdpa"
    # chance inside attention costs a third of the time and earns nothing
    config.attention_probs_dropout_prob = 0.0
    network = Network(config)
    weights = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
    weights = {k: v for k, v in weights.items() if not k.startswith("pooler.") and k != "embeddings.position_ids"}
    network.bert.load_state_dict(weights)
    return network
