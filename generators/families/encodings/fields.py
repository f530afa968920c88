"""General tasks with the whole prompt, or all responses, in an encoding; the other side is in plain English.

The items are those of alpaca_mmlu, in the same order. A wish at the end of the instruction says how to answer; it is
encoded with the rest where the prompt is. Right and wrong responses are encoded alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution
from generators.families.encodings.codecs import (
    BRAILLE,
    COMMA_SEPARATED,
    REVERSED_WORDS,
    SUBSTITUTED_ALPHABET,
    Codec,
    CodecError,
)
from generators.families.instructions.distributions import AlpacaMmlu
from generators.families.instructions.tasks import parts
from generators.families.prompts import instruction

#: Wishes for an answer in plain English, where the prompt is encoded; none of them ends like another.
UNQUOTED = (
    "Answer in plain text, without quotes and commas between the words.",
    "Do not answer in separate quoted words but in normal text.",
    "Your reply should be ordinary text, not a list of quoted words.",
    "Reply the usual way; only this request is cut into quoted words.",
)
UNREVERSED = (
    "Answer in normal spelling.",
    "Do not turn the words of your answer round.",
    "Your reply should read forwards, as usual.",
    "Only this request is spelled backwards; spell the answer the usual way.",
)
#: Wishes for an encoded answer.
QUOTED = (
    "Put each word of your answer in double quotes, with a comma after each but the last.",
    "Write the answer as a list of its words: each in double quotes, commas in between.",
    "Give the answer word by word, every word in double quotes and separated from the next by a comma.",
    "In your reply every single word must stand in double quotes, and commas must part the words.",
)
CIPHERED = (
    "Write the answer in a cipher that replaces each letter by the one thirteen places further on, with a after z.",
    "Answer in rot13: every letter from a to z gives way to the letter thirteen places away.",
    "Swap the halves of the alphabet in your answer: n for a, o for b and so on up to m for z; leave other signs.",
    "Your reply must be enciphered by moving each letter on by thirteen places of the alphabet, round the end.",
)
BRAILLED = (
    "Write the answer in braille: a cell for each letter, with the sign ⠠ before a capital; leave all other signs.",
    "Answer in braille letters, capitals marked by ⠠; figures and punctuation stay as they are.",
    "Put each letter of your answer into its braille cell, after ⠠ if it is a capital. Other signs do not change.",
    "Your reply should be in braille, letter for letter, with ⠠ before capitals and ordinary figures and signs.",
)


def wished(prompt: str, wish: str) -> str:
    """A prompt whose instruction ends with a wish."""
    text, given = parts(prompt, "en")
    return instruction(f"{text} {wish}", given)


def unwished(prompt: str, wishes: Sequence[str]) -> str:
    """A prompt without its wish.

    Raises:
        Disproof: Its instruction ends with none of the wishes.
    """
    text, given = parts(prompt, "en")
    wish = next((f" {wish}" for wish in wishes if text.endswith(f" {wish}")), None)
    if wish is None:
        raise Disproof("the prompt does not say how to answer")
    return instruction(text.removesuffix(wish), given)


class _Encoded:
    """General tasks with one side encoded.

    Args:
        codec: The encoding.
        wishes: Ways to say how to answer.
    """

    def __init__(self, codec: Codec, wishes: Sequence[str]) -> None:
        self._base = AlpacaMmlu()
        self._codec = codec
        self._wishes = wishes

    def draw(self, rng: Stream) -> Item:
        """An item of alpaca_mmlu."""
        return self._base.draw(rng)

    def _written(self, data: Any, rng: Stream) -> Draft:
        """The base task in plain English, with the wish."""
        draft = self._base.write(data, rng)
        return replace(draft, prompt=wished(draft.prompt, rng.choice(self._wishes)))

    def _decoded(self, text: str) -> str:
        """What a field encodes; refused unless encoding it gives the very field."""
        try:
            plain = self._codec.decode(text)
        except CodecError as error:
            raise Disproof(str(error)) from None
        if self._codec.encode(plain) != text:
            raise Disproof(f"{text[:60]!r} is not what its encoding writes")
        return plain

    def _proven(self, prompt: str, texts: Sequence[str], question: Question) -> Verdict:
        """The verdict of the base task's prover on what was decoded."""
        verdict = self._base.prove(Question(unwished(prompt, self._wishes), tuple(texts), question.meta))
        return replace(verdict, detail={**verdict.detail, "decoded": True})


class _EncodedInput(_Encoded):
    """The whole prompt is encoded, heads and wish included; the responses are plain."""

    def write(self, data: Any, rng: Stream) -> Draft:
        """The task, its prompt encoded."""
        draft = self._written(data, rng)
        return replace(draft, prompt=self._codec.encode(draft.prompt))

    def prove(self, question: Question) -> Verdict:
        """Decodes the prompt and asks the base task's prover."""
        return self._proven(self._decoded(question.prompt), question.texts, question)


class _EncodedOutput(_Encoded):
    """All responses are encoded; the prompt is plain and asks for it."""

    def write(self, data: Any, rng: Stream) -> Draft:
        """The task, all its responses encoded."""
        draft = self._written(data, rng)
        encode = self._codec.encode
        return replace(draft, right=encode(draft.right), wrong=[encode(text) for text in draft.wrong])

    def prove(self, question: Question) -> Verdict:
        """Decodes every response and asks the base task's prover."""
        return self._proven(question.prompt, [self._decoded(text) for text in question.texts], question)


@distribution("comma_separated_input", version=2, banks=("facts/general/*", "words/*"), pool="general_tasks")
class CommaSeparatedInput(_EncodedInput):
    """The tasks and questions of alpaca_mmlu, the whole prompt written as quoted words with commas between them.

    Heads, input and the wish for a plain answer are written so too; the responses are in normal text. The encoding is
    exact: decoding the prompt gives back every sign and every line.
    """

    def __init__(self) -> None:
        super().__init__(COMMA_SEPARATED, UNQUOTED)


@distribution("comma_separated_output", version=2, banks=("facts/general/*", "words/*"), pool="general_tasks")
class CommaSeparatedOutput(_EncodedOutput):
    """The tasks and questions of alpaca_mmlu, with the wish for an answer in quoted words with commas between them.

    All four responses comply, so that only the content tells right from wrong.
    """

    def __init__(self) -> None:
        super().__init__(COMMA_SEPARATED, QUOTED)


@distribution("reversed_words_input", version=2, banks=("facts/general/*", "words/*"), pool="general_tasks")
class ReversedWordsInput(_EncodedInput):
    """The tasks and questions of alpaca_mmlu, every word of the whole prompt spelled backwards.

    Heads, input and the wish for a plain answer are written so too; digits and signs keep their places. The responses
    are in normal spelling.
    """

    def __init__(self) -> None:
        super().__init__(REVERSED_WORDS, UNREVERSED)


@distribution("substituted_alphabet_output", version=2, banks=("facts/general/*", "words/*"), pool="general_tasks")
class SubstitutedAlphabetOutput(_EncodedOutput):
    """The tasks and questions of alpaca_mmlu, with the wish for an answer in a simple cipher.

    The cipher swaps the halves of the alphabet; digits, signs and letters with accents stay. All four responses are
    enciphered, so that only the content tells right from wrong.
    """

    def __init__(self) -> None:
        super().__init__(SUBSTITUTED_ALPHABET, CIPHERED)


@distribution("braille_output", version=2, banks=("facts/general/*", "words/*"), pool="general_tasks")
class BrailleOutput(_EncodedOutput):
    """The tasks and questions of alpaca_mmlu, with the wish for an answer in braille.

    Letters become braille cells, capitals after their sign; digits, signs and letters with accents stay. All four
    responses comply, so that only the content tells right from wrong.
    """

    def __init__(self) -> None:
        super().__init__(BRAILLE, BRAILLED)
