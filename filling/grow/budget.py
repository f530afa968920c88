"""What may be spent: tokens and money, counted before a request leaves and put right when its answer comes."""

from __future__ import annotations

from dataclasses import dataclass

from filling.grow.exchange import Answer, Request

#: Prices are for so many tokens.
PRICED = 1_000_000


@dataclass
class Budget:
    """The spending of one run.

    Attributes:
        tokens: The most tokens, None for no limit.
        money: The most money, in the currency of the prices; None for no limit.
        price_in: Of a million tokens read.
        price_out: Of a million tokens written.
        read: Tokens read so far.
        written: Tokens written so far.
        under_way: Requests that were admitted and are not released yet.
        exhausted: Whether no further request is within the limits.
    """

    tokens: int | None = None
    money: float | None = None
    price_in: float = 0.0
    price_out: float = 0.0
    read: int = 0
    written: int = 0
    under_way: int = 0
    exhausted: bool = False
    _read_ahead: int = 0
    _written_ahead: int = 0

    @property
    def cost(self) -> float:
        """Money spent so far."""
        return self._cost(self.read, self.written)

    def admits(self, request: Request) -> bool:
        """Whether a request may leave: what is spent, what is under way and its own estimate stay within the limits.

        One that may is counted as under way until `settle` or `release`.
        """
        prompt, answer = request.estimate
        read = self.read + self._read_ahead + prompt
        written = self.written + self._written_ahead + answer
        if (self.tokens is not None and read + written > self.tokens) or (
            self.money is not None and self._cost(read, written) > self.money
        ):
            # What is under way may come to less than its estimate.
            self.exhausted = self.under_way == 0
            return False
        self.under_way += 1
        self._read_ahead += prompt
        self._written_ahead += answer
        return True

    def release(self, request: Request) -> None:
        """A request is no longer under way."""
        prompt, answer = request.estimate
        self.under_way -= 1
        self._read_ahead -= prompt
        self._written_ahead -= answer

    def settle(self, answer: Answer) -> None:
        """An answer came and is paid for."""
        self.read += answer.prompt_tokens
        self.written += answer.completion_tokens

    def _cost(self, read: int, written: int) -> float:
        return (read * self.price_in + written * self.price_out) / PRICED
