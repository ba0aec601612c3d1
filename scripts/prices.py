#!/usr/bin/env python3
"""Writes src-tauri/crates/app/src/catalogue/text.csv and hours.json: what the text models of today cost, and when less.

The prices are read as data from the package genai-prices, as they are on the day below. They are a table of ours from
then on: the app asks nobody for a price, and what a user edits stays as it was edited.

    python3 -m venv target/prices
    target/prices/bin/pip install --require-hashes --only-binary :all: -r scripts/prices.requirements.txt
    target/prices/bin/python scripts/prices.py

Four rules make one price of what a vendor publishes:

* Of several dates, the latest that has begun on the day counts.
* Of several times of day, the dearest counts: nobody can know when a call will be made, and so much is held for it. When
  it is cheaper, and which part of the dearest is asked then, stands in hours.json, and is what is booked.
* Where a dearer tier begins at N tokens read, the model reads N here, so that its one price is true for every call.
* Dollars for a million tokens become dollars for a thousand, exactly: decimals, never floating point.

A model that the package does not price is not written, and the script fails: a name that is misspelt must not vanish.
How much a model writes in one answer is not in the package. WRITES is what the smaller ones of today can, and more than
an article takes; the old ones that write less are named with what they can.
"""

import csv
import json
import sys
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

from genai_prices.data import providers
from genai_prices.types import ModelInfo, ModelPrice, TieredPrices

DAY = datetime(2026, 11, 23, tzinfo=timezone.utc)
CATALOGUE = Path(__file__).parent.parent / "src-tauri/crates/app/src/catalogue"
TABLE = CATALOGUE / "text.csv"
HOURS = CATALOGUE / "hours.json"
# What a model is taken to read and to write of which nobody says how much.
READS = 128_000
WRITES = 16_000

MODELS = {
    "openai": {
        "gpt-6.1-sol": "GPT-6.1 Sol",
        "gpt-6.1-terra": "GPT-6.1 Terra",
        "gpt-6-astra": "GPT-6 Astra",
        "gpt-6-sol": "GPT-6 Sol",
        "gpt-6-luna": "GPT-6 Luna",
        "gpt-5.6-sol": "GPT-5.6 Sol",
        "gpt-5.6-terra": "GPT-5.6 Terra",
        "gpt-5.6-luna": "GPT-5.6 Luna",
        "gpt-5.5": "GPT-5.5",
        "gpt-5.4": "GPT-5.4",
        "gpt-5.4-mini": "GPT-5.4 mini",
        "gpt-5.4-nano": "GPT-5.4 nano",
        "gpt-5.2": "GPT-5.2",
        "gpt-5.1": "GPT-5.1",
        "gpt-5": "GPT-5",
        "gpt-5-mini": "GPT-5 mini",
        "gpt-5-nano": "GPT-5 nano",
        "gpt-4.1": "GPT-4.1",
        "gpt-4.1-mini": "GPT-4.1 mini",
        "gpt-4o": "GPT-4o",
        "gpt-4o-mini": "GPT-4o mini",
    },
    "anthropic": {
        "claude-fable-5-2": "Claude Fable 5.2",
        "claude-opus-5-5": "Claude Opus 5.5",
        "claude-sonnet-5-5": "Claude Sonnet 5.5",
        "claude-haiku-5-5": "Claude Haiku 5.5",
        "claude-opus-5": "Claude Opus 5",
        "claude-sonnet-5": "Claude Sonnet 5",
        "claude-opus-4-8": "Claude Opus 4.8",
        "claude-sonnet-4-6": "Claude Sonnet 4.6",
        "claude-sonnet-4-5": "Claude Sonnet 4.5",
        "claude-haiku-4-5": "Claude Haiku 4.5",
        "claude-3-5-sonnet": "Claude 3.5 Sonnet",
        "claude-3-opus": "Claude 3 Opus",
        "claude-3-haiku": "Claude 3 Haiku",
    },
    "google": {
        "gemini-4-argon": "Gemini 4 Argon",
        "gemini-3.8-flash": "Gemini 3.8 Flash",
        "gemini-3.7-flash": "Gemini 3.7 Flash",
        "gemini-3.6-flash": "Gemini 3.6 Flash",
        "gemini-3.5-flash": "Gemini 3.5 Flash",
        "gemini-3.5-flash-lite": "Gemini 3.5 Flash-Lite",
        "gemini-3.1-flash-lite": "Gemini 3.1 Flash-Lite",
        "gemini-2.5-pro": "Gemini 2.5 Pro",
        "gemini-2.5-flash": "Gemini 2.5 Flash",
        "gemini-2.5-flash-lite": "Gemini 2.5 Flash-Lite",
    },
    "deepseek": {
        "deepseek-v4-pro": "DeepSeek V4 Pro",
        "deepseek-v4-flash": "DeepSeek V4 Flash",
        "deepseek-flash": "DeepSeek Flash",
    },
    "mistral": {
        "mistral-large-4": "Mistral Large 4",
        "mistral-large-2512": "Mistral Large 3",
        "mistral-medium-3-5": "Mistral Medium 3.5",
        "mistral-small-2603": "Mistral Small 4",
        "ministral-14b-2512": "Ministral 3 14B",
        "ministral-8b-2512": "Ministral 3 8B",
    },
    "x-ai": {
        "grok-4.7": "Grok 4.7",
        "grok-4.6": "Grok 4.6",
        "grok-4.5": "Grok 4.5",
        "grok-4.3": "Grok 4.3",
    },
}
WRITES_LESS = {"claude-3-5-sonnet": 8_192, "claude-3-opus": 4_096, "claude-3-haiku": 4_096}

COLUMNS = [
    "provider", "model_name", "display_name", "cost_per_1k_input", "cost_per_1k_output", "cost_per_1k_cached_input",
    "cost_per_1k_cache_write", "context_tokens", "max_output_tokens", "priced_on",
]  # fmt: skip


def found(provider: str, name: str) -> ModelInfo:
    """The package's entry that a request for `name` is billed by."""
    for entry in providers:
        if entry.id == provider:
            model = entry.find_model(name)
            if model:
                return model
    sys.exit(f"{provider} has no price for {name}")


def base(price: Decimal | TieredPrices | None) -> Decimal | None:
    return price.base if isinstance(price, TieredPrices) else price


def dearest(model: ModelInfo) -> ModelPrice:
    """The price at the dearest minute of the day."""
    minutes = (model.get_prices(DAY + timedelta(minutes=minute)) for minute in range(24 * 60))
    return max(minutes, key=lambda price: (base(price.output_mtok) or 0, base(price.input_mtok) or 0))


def cheaper(name: str, model: ModelInfo) -> list[dict[str, int]]:
    """The times of day at which all its prices are one part of the dearest, which must be a whole percent."""
    whole, parts = dearest(model), []
    for minute in range(24 * 60):
        price = model.get_prices(DAY + timedelta(minutes=minute))
        fields = [f for f in ("input_mtok", "output_mtok", "cache_read_mtok", "cache_write_mtok") if base(getattr(whole, f))]
        shares = {100 * base(getattr(price, f)) / base(getattr(whole, f)) for f in fields}
        if len(shares) != 1 or (share := shares.pop()) != int(share):
            sys.exit(f"{name} has no one part of its dearest price at minute {minute}")
        parts.append(int(share))
    starts = [minute for minute in range(24 * 60) if parts[minute] != parts[minute - 1]]
    ends = starts[1:] + starts[:1]
    return [
        {"from": start, "until": end, "percent": parts[start]}
        for start, end in zip(starts, ends)
        if parts[start] < 100
    ]


def reads(model: ModelInfo, price: ModelPrice) -> int:
    """Tokens it reads before any of its prices rises."""
    tiered = [part for part in vars(price).values() if isinstance(part, TieredPrices)]
    starts = [part.tiers[0].start for part in tiered]
    return min([model.context_window or READS, *starts])


def per_thousand(price: Decimal | TieredPrices | None) -> str:
    million = base(price)
    if million is None:
        return ""
    text = format(million / 1000, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def line(provider: str, name: str, shown: str) -> list[str]:
    model = found(provider, name)
    price = dearest(model)
    if base(price.input_mtok) is None or base(price.output_mtok) is None:
        sys.exit(f"{provider}/{name} is not priced by its tokens")
    parts = [price.input_mtok, price.output_mtok, price.cache_read_mtok, price.cache_write_mtok]
    limits = [reads(model, price), WRITES_LESS.get(name, WRITES)]
    return [provider, name, shown, *map(per_thousand, parts), *map(str, limits), DAY.date().isoformat()]


with TABLE.open("w", newline="", encoding="utf-8") as file:
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    for provider, models in MODELS.items():
        table.writerows(line(provider, name, shown) for name, shown in models.items())

hours = {}
for provider, models in MODELS.items():
    for name in models:
        if times := cheaper(name, found(provider, name)):
            hours.setdefault(json.dumps(times), []).append(f"{provider}/{name}")
lines = [{"models": names, "hours": json.loads(times)} for times, names in hours.items()]
HOURS.write_text(json.dumps(lines, indent=2) + "\n", encoding="utf-8")
