"""Encodings: exact round trips of any text, every field encoded, and proofs that hold what is printed to the source."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generators.core import Disproof, PassOver, Question, Stream, StreamBuilder
from generators.core.candidates import chunk
from generators.core.registry import find_distribution
from generators.families.encodings.codecs import (
    BRAILLE,
    COMMA_SEPARATED,
    REVERSED_WORDS,
    SUBSTITUTED_ALPHABET,
    Codec,
    CodecError,
    quote,
    rotate,
    unquote,
)
from generators.families.encodings.fields import (
    BRAILLED,
    CIPHERED,
    QUOTED,
    UNQUOTED,
    UNREVERSED,
    BrailleOutput,
    CommaSeparatedInput,
    CommaSeparatedOutput,
    ReversedWordsInput,
    SubstitutedAlphabetOutput,
    unwished,
    wished,
)
from generators.families.encodings.swaps import LEGENDS, WordSwap, exchange, words_of
from generators.families.instructions.distributions import AlpacaMmlu
from generators.families.instructions.tasks import parts
from generators.families.prompts import PREAMBLE, instruction
from schemas import Example

CODECS = {"quoted": COMMA_SEPARATED, "reversed": REVERSED_WORDS, "shifted": SUBSTITUTED_ALPHABET, "braille": BRAILLE}
BUILDERS: dict[str, StreamBuilder] = {
    "comma_separated_input": CommaSeparatedInput(),
    "comma_separated_output": CommaSeparatedOutput(),
    "reversed_words_input": ReversedWordsInput(),
    "substituted_alphabet_output": SubstitutedAlphabetOutput(),
    "braille_output": BrailleOutput(),
    "word_swap": WordSwap(),
}
INPUTS = {"comma_separated_input": COMMA_SEPARATED, "reversed_words_input": REVERSED_WORDS}
OUTPUTS = {
    "comma_separated_output": COMMA_SEPARATED,
    "substituted_alphabet_output": SUBSTITUTED_ALPHABET,
    "braille_output": BRAILLE,
}
every = pytest.mark.parametrize("name", BUILDERS)
TEXTS = st.one_of(
    st.text(), st.text(alphabet='ab", \n\tÀß⠁⠠⠿⣿'), st.text(alphabet=st.characters(categories=["L", "M", "Nd"]))
)


@cache
def examples(name: str) -> tuple[Example, ...]:
    """A few hundred examples, written and proven by the engine."""
    return tuple(each.example for each in chunk(name, 0, "train", 0, 250) if each.example)


def question(made: Example, *texts: str, prompt: str = "") -> Question:
    """An example as its prover sees it, with other responses or another prompt if given."""
    return Question(prompt or made.prompt, texts or tuple(response.text for response in made.responses), made.meta)


@pytest.mark.parametrize("codec", CODECS.values(), ids=CODECS)
@given(text=TEXTS)
@settings(max_examples=300, deadline=None)
def test_decoding_gives_back_any_text(codec: Codec, text: str) -> None:
    assert codec.decode(codec.encode(text)) == text


@given(text=TEXTS, places=st.integers(-60, 60))
def test_the_alphabet_turns_back_by_any_number_of_places(text: str, places: int) -> None:
    assert rotate(rotate(text, places), -places) == text


@given(text=TEXTS)
@example(text='" "')
@settings(max_examples=300, deadline=None)
def test_what_can_be_unquoted_is_what_quoting_writes(text: str) -> None:
    try:
        plain = unquote(text)
    except CodecError:
        return
    assert quote(plain) == text


@given(one=TEXTS, other=TEXTS)
def test_quoting_keeps_texts_apart(one: str, other: str) -> None:
    assert (quote(one) == quote(other)) == (one == other)


@pytest.mark.parametrize(
    ("plain", "quoted"),
    [
        ("It is so.", '"It", "is", "so."'),
        ('Say "a, b"\n\nnow', '"Say", """a,", "b"""\n\n"now"'),
        ("two  spaces", '"two", "", "spaces"'),
        (" ", '"", ""'),
        ("", ""),
    ],
)
def test_words_are_quoted_line_by_line(plain: str, quoted: str) -> None:
    assert quote(plain) == quoted
    assert unquote(quoted) == plain


@pytest.mark.parametrize("text", ['"a" "b"', '"a",  "b"', 'a, "b"', '"a', '"a""', '""', '"a", ', "word", '"a"\nb'])
def test_what_is_not_quoted_word_by_word_is_refused(text: str) -> None:
    with pytest.raises(CodecError):
        unquote(text)


def test_ciphers_keep_digits_signs_and_capitals() -> None:
    assert REVERSED_WORDS.encode("It's 12 x Äpfel.") == "tI's 12 x lefpÄ."
    assert SUBSTITUTED_ALPHABET.encode("Az, 12 é!") == "Nm, 12 é!"


@every
def test_the_prover_finds_the_label_and_refuses_a_second_right_answer(name: str) -> None:
    for made in examples(name)[:60]:
        right = made.responses[made.gold].text
        wrong = [response.text for response in made.responses if not response.label]
        assert BUILDERS[name].prove(question(made)).right == made.gold
        for texts in ((right, right, *wrong[1:]), tuple(wrong)):
            with pytest.raises(Disproof):
                BUILDERS[name].prove(question(made, *texts))


@pytest.mark.parametrize("name", INPUTS)
def test_every_field_of_the_prompt_is_encoded(name: str) -> None:
    codec = INPUTS[name]
    for made in examples(name):
        plain = codec.decode(made.prompt)
        assert plain.startswith(f"{PREAMBLE}\n\n### Instruction:\n")
        assert plain.endswith("\n\n### Response:\n")
        assert PREAMBLE not in made.prompt
        assert "### " not in made.prompt or name == "reversed_words_input"
        assert "Instruction" not in made.prompt or name == "comma_separated_input"


def test_a_field_left_unencoded_is_refused() -> None:
    for name, codec in INPUTS.items():
        for made in [made for made in examples(name) if "Input" in codec.decode(made.prompt)][:20]:
            text, given = parts(codec.decode(made.prompt), "en")
            mixed = codec.encode(instruction(text, given)).replace(codec.encode(given), given)
            assert mixed != made.prompt
            with pytest.raises(Disproof):
                BUILDERS[name].prove(question(made, prompt=mixed))
            with pytest.raises(Disproof):
                BUILDERS[name].prove(question(made, prompt=codec.decode(made.prompt)))


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_response_is_encoded_alike(name: str) -> None:
    codec = OUTPUTS[name]
    for made in examples(name)[:100]:
        texts = [response.text for response in made.responses]
        plain = [codec.decode(text) for text in texts]
        assert [codec.encode(text) for text in plain] == texts
        if re.search("[a-z]{3}", plain[made.gold]):
            left = [plain[i] if i == made.gold else text for i, text in enumerate(texts)]
            with pytest.raises(Disproof):
                BUILDERS[name].prove(question(made, *left))


def test_a_prompt_that_does_not_say_how_to_answer_is_refused() -> None:
    for made in examples("comma_separated_output")[:20]:
        with pytest.raises(Disproof, match="how to answer"):
            BUILDERS["comma_separated_output"].prove(question(made, prompt=unwished(made.prompt, QUOTED)))


@pytest.mark.parametrize("wishes", [UNQUOTED, UNREVERSED, QUOTED, CIPHERED, BRAILLED])
def test_wishes_come_off_as_they_went_on(wishes: tuple[str, ...]) -> None:
    for given_text in ("", "one\ntwo"):
        prompt = instruction("Do it.", given_text)
        for wish in wishes:
            assert unwished(wished(prompt, wish), wishes) == prompt
            assert sum(other.endswith(wish) for other in wishes) == 1


@every
def test_items_are_those_of_the_source_in_the_same_order(name: str) -> None:
    for split in ("train", "test"):
        keys = [each.key for each in chunk("alpaca_mmlu", 0, split, 0, 60)]
        assert [each.key for each in chunk(name, 0, split, 0, 60)] == keys


@every
def test_groups_do_not_straddle_source_train_and_target_test(name: str) -> None:
    train = {each.example.group for each in chunk("alpaca_mmlu", 0, "train", 0, 300) if each.example}
    assert not any(each.example.group in train for each in chunk(name, 0, "test", 0, 150) if each.example)


@every
def test_the_same_seed_gives_the_same_bytes(name: str) -> None:
    assert chunk(name, 5, "test", 3, 20) == chunk(name, 5, "test", 3, 20)
    assert find_distribution(name).header.pool == find_distribution("alpaca_mmlu").header.pool


# Words in another sense.


def test_words_put_in_stand_nowhere_else() -> None:
    for made in examples("word_swap"):
        text, _ = parts(made.prompt, "en")
        meanings = dict(re.findall(r'"([^"]+)" means "([^"]+)"', text))
        assert 1 <= len(meanings) <= 2
        said = {word.casefold() for response in made.responses for word in words_of(response.text)}
        assert not said & {new.casefold() for new in meanings}
        assert exchange(" ".join(meanings), meanings) == " ".join(meanings.values())


def test_without_what_its_words_mean_an_instruction_is_refused() -> None:
    refused = 0
    for made in examples("word_swap")[:100]:
        bare = re.sub(r'(Mind that i|Here i|I)n (the|this)( following)? ?instruction "[^\n]*?"\.', "", made.prompt)
        with pytest.raises(Disproof):
            BUILDERS["word_swap"].prove(question(made, prompt=bare))
        other = re.sub(r'means "[^"]+"', 'means "platypus"', made.prompt)
        with pytest.raises(Disproof):
            BUILDERS["word_swap"].prove(question(made, prompt=other))
        refused += bare != made.prompt
    assert refused == 100


def test_a_legend_for_a_word_that_is_not_there_is_refused() -> None:
    made = examples("word_swap")[0]
    text, given_text = parts(made.prompt, "en")
    prompt = instruction(f'{text} Here in the instruction "platypus" means "city".', given_text)
    with pytest.raises(Disproof):
        BUILDERS["word_swap"].prove(question(made, prompt=prompt))


def test_taken_literally_an_instruction_seldom_has_the_same_answer() -> None:
    same = 0
    for made in examples("word_swap"):
        text, given_text = parts(made.prompt, "en")
        literal = re.sub(
            r'(?:Mind that i|Here i|I)n (?:the|this)(?: following)? ?instruction "[^\n]*?"\.', "", text
        ).strip()
        try:
            same += AlpacaMmlu().prove(question(made, prompt=instruction(literal, given_text))).right == made.gold
        except Disproof:
            continue
    assert same < 0.06 * len(examples("word_swap"))


@given(seed=st.integers(0, 2**32))
@settings(max_examples=80, deadline=None)
def test_putting_the_meanings_back_gives_the_source(seed: int) -> None:
    base, swapped = AlpacaMmlu(), WordSwap()
    item = base.draw(Stream("item", seed))
    plain = base.write(item.data, Stream("write", seed))
    try:
        draft = swapped.write(item.data, Stream("write", seed))
    except PassOver:
        return
    text, given_text = parts(draft.prompt, "en")
    meanings = dict(re.findall(r'"([^"]+)" means "([^"]+)"', text))
    restored = exchange(text, meanings)
    assert parts(plain.prompt, "en")[0] in restored
    assert parts(plain.prompt, "en")[1] == given_text
    assert (draft.right, list(draft.wrong)) == (plain.right, list(plain.wrong))


def test_legends_have_one_place_each_for_text_and_meanings() -> None:
    assert all(legend.count("{text}") == legend.count("{pairs}") == 1 for legend in LEGENDS)
