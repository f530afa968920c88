"""Which banks a command means, and how many items each of them is to get."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from filling.grow.kinds import Record
from generators.core import Bank, load_bank
from generators.core.banks import BANKS, bank_names, read_bank
from generators.core.registry import distributions
from schemas.files import read_lines


def meant(name: str) -> list[Bank]:
    """The banks that a name stands for.

    Args:
        name: A bank, a pattern of banks, a distribution (whose banks are meant), or a file in the format of a bank.

    Raises:
        ShiftworksError: There is no such thing.
    """
    if name.endswith(".jsonl"):
        path = Path(name)
        header: Any = next((record for _, record in read_lines(path)), None)
        return [read_bank(path, header["bank"] if isinstance(header, dict) and "bank" in header else path.stem)]
    patterns = distributions()[name].header.banks if name in distributions() else (name,)
    return [load_bank(found) for found in sorted({one for pattern in patterns for one in bank_names(pattern)})]


def sisters(bank: Bank) -> list[Bank]:
    """The banks that a bank is read together with, itself among them: those of its folder with items of its kind."""
    folder, _, _ = bank.name.rpartition("/")
    if not (BANKS / f"{bank.name}.jsonl").is_file():
        return [bank]
    found = [load_bank(name) for name in bank_names(f"{folder}/*" if folder else "*")]
    return [other for other in found if other.header["item"] == bank.header["item"]]


def known(bank: Bank) -> list[Record]:
    """All items of a bank and its sisters."""
    return [item for sister in sisters(bank) for item in sister.items]


def shares(banks: Sequence[Bank], number: int) -> dict[str, int]:
    """A number of items dealt to banks in proportion to their sizes, what is left over to the largest remainders."""
    total = sum(len(bank.items) for bank in banks) or 1
    exact = {bank.name: number * len(bank.items) / total for bank in banks}
    dealt = {name: int(share) for name, share in exact.items()}
    for name in sorted(exact, key=lambda one: (dealt[one] - exact[one], one))[: number - sum(dealt.values())]:
        dealt[name] += 1
    return dealt
