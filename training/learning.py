"""Teaching the network: windows of variously changed texts, soft labels, averaged weights; seeds fixed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import cpu_count, get_context
from pathlib import Path

import regex
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from redaction.ner.tag_labels import TAG_LABELS
from redaction.ner.word_pieces import WINDOW, WordPieces, first_pieces, windows, word_pieces
from training.network import Network, from_base
from training.texts import Text
from training.variety import varied

_PARAGRAPH = regex.compile(r"\n\s*\n\s*")
_BATCH = 8
_UNTOLD = -100


@dataclass(frozen=True)
class Recipe:
    """What was chosen, of several that were compared on texts held back (redaction/ner/model/card.md)."""

    epochs: int = 8
    rate: float = 2e-4
    own_times: int = 2
    kind_weight: float = 0.5
    averaged: float = 0.99
    seeds: tuple[int, ...] = (7, 11)


@dataclass(frozen=True)
class Example:
    """One window: ids and shapes of its pieces, and for each the share that masks it (-1: none to learn) and its kind."""

    ids: list[int]
    shapes: list[int]
    masks: list[float]
    kinds: list[int]


def learn(base: Path, tokenizer: Tokenizer, texts: Sequence[Text], recipe: Recipe) -> Network:
    """A network taught once with each seed, from the same beginning; what comes back holds the mean of their weights.

    On a graphics card one after another, else side by side, each on a thread of its own: two threads for one are slower.
    """
    tasks = [(base, tokenizer, tuple(texts), recipe, seed) for seed in recipe.seeds]
    if torch.cuda.is_available():
        taught = [_taught(*task) for task in tasks]
    else:
        with ProcessPoolExecutor(min(len(tasks), cpu_count()), get_context("spawn")) as pool:
            taught = list(pool.map(_taught, *zip(*tasks, strict=True)))
    network = from_base(base, recipe.seeds[0])
    network.load_state_dict({name: torch.stack([one[name] for one in taught]).mean(0) for name in taught[0]})
    return network.eval()


def _taught(base: Path, tokenizer: Tokenizer, texts: Sequence[Text], recipe: Recipe, seed: int) -> dict[str, Tensor]:
    """The weights of a network taught, averaged over the steps."""
    torch.set_num_threads(1)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    # the beginning is the same for all seeds: else their mean would be of nothing
    network = from_base(base, recipe.seeds[0]).to(device)
    torch.manual_seed(seed)
    chance = random.Random(seed)
    decayed = [p for p in network.parameters() if p.ndim > 1]
    others = [p for p in network.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}], lr=recipe.rate
    )
    average = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(recipe.averaged)
    )
    steps, done = 0, 0
    for epoch in range(recipe.epochs):
        batches = list(_batches(_examples(tokenizer, texts, recipe, chance), chance))
        steps = steps or len(batches) * recipe.epochs
        total = 0.0
        network.train()
        for batch in batches:
            warm = min(1.0, (done + 1) / (0.06 * steps))
            for group in optimiser.param_groups:
                group["lr"] = recipe.rate * warm * max(0.02, 1 - done / steps)
            with torch.autocast(device.type, torch.bfloat16, enabled=_halves(device)):
                loss = _loss(network, batch, recipe, device)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            average.update_parameters(network)
            total += float(loss.detach())
            done += 1
        print(
            f"seed {seed}, epoch {epoch + 1} of {recipe.epochs}: {len(batches)} batches, loss {total / len(batches):.4f}",
            flush=True,
        )
    return {name: weights.cpu() for name, weights in average.module.state_dict().items()}


def _halves(device: torch.device) -> bool:
    """Whether the machine multiplies sixteen-bit numbers faster than others."""
    return device.type == "cuda" or bool(torch.cpu.get_capabilities().get("avx512_bf16"))


def _examples(tokenizer: Tokenizer, texts: Sequence[Text], recipe: Recipe, chance: random.Random) -> Iterator[Example]:
    for text in texts:
        for _ in range(recipe.own_times if text.own else 1):
            yield from examples_of(tokenizer, varied(text, chance), alone=chance.random() < 0.5)


def examples_of(tokenizer: Tokenizer, text: Text, *, alone: bool = False) -> Iterator[Example]:
    """The windows of a text, of whole paragraphs, or each paragraph by itself."""
    read = word_pieces(tokenizer, text.text)
    masks, kinds = labels(text, read)
    breaks = [m.end() for m in _PARAGRAPH.finditer(text.text)]
    for first, last in _alone(read, breaks) if alone else windows(read, breaks):
        ids, shapes = read.window(first, last)
        yield Example(ids, shapes, [-1.0, *masks[first:last], -1.0], [_UNTOLD, *kinds[first:last], _UNTOLD])


def _alone(read: WordPieces, breaks: Sequence[int]) -> Iterator[tuple[int, int]]:
    starts = first_pieces(read, breaks)
    for first, last in zip(starts, [*starts[1:], len(read)], strict=True):
        for start in range(first, last, WINDOW):
            yield start, min(start + WINDOW, last)


def labels(text: Text, read: WordPieces) -> tuple[list[float], list[int]]:
    """For each piece the share of annotators who mask it, and the index of its kind."""
    masks = [0.0] * len(text.text)
    kinds = [_UNTOLD] * len(text.text)
    for span in text.spans:
        for position in range(span.start, span.end):
            # annotators' spans differ in length: what several mask adds up
            masks[position] = min(1.0, masks[position] + span.mask)
            if span.kind is not None:
                kinds[position] = TAG_LABELS.index(span.kind)
    return [max(masks[s:e], default=0.0) for s, e in read.spans], [
        kinds[s] if s < len(kinds) else _UNTOLD for s, _ in read.spans
    ]


def _batches(examples: Iterator[Example], chance: random.Random) -> Iterator[list[Example]]:
    """Windows of about the same length together, in any order."""
    ordered = sorted(examples, key=lambda e: len(e.ids) + chance.random() * 16)
    batches, batch, size = [], [], 0
    for example in ordered:
        if batch and (size + len(example.ids) > _BATCH * WINDOW):
            batches.append(batch)
            batch, size = [], 0
        batch.append(example)
        size += len(example.ids)
    batches.append(batch)
    chance.shuffle(batches)
    yield from batches


def _loss(network: Network, batch: Sequence[Example], recipe: Recipe, device: torch.device) -> Tensor:
    longest = max(len(e.ids) for e in batch)

    def padded(values: Sequence[Sequence[float]], fill: float, dtype: torch.dtype) -> Tensor:
        return torch.tensor([[*v, *[fill] * (longest - len(v))] for v in values], dtype=dtype, device=device)

    masks = padded([e.masks for e in batch], -1.0, torch.float)
    logits = network(
        padded([e.ids for e in batch], 0, torch.long),
        padded([e.shapes for e in batch], 0, torch.long),
        padded([[1] * len(e.ids) for e in batch], 0, torch.long),
    ).float()
    told = masks >= 0
    mask = functional.binary_cross_entropy_with_logits(logits[..., 0][told], masks[told])
    kinds = padded([e.kinds for e in batch], _UNTOLD, torch.long)
    kind = functional.cross_entropy(
        logits[..., 1:].reshape(-1, len(TAG_LABELS)), kinds.reshape(-1), ignore_index=_UNTOLD
    )
    return mask if torch.isnan(kind) else mask + recipe.kind_weight * kind
