"""The defects that tests plant: for each how a sound example is made, and how a broken one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from generators.core import Stream
from tests.eval.flawed import (
    HEAD,
    THINGS,
    Made,
    Make,
    ask,
    choice,
    exchanged,
    program,
    shuffled,
    with_prompt,
    with_text,
)


@dataclass(frozen=True, slots=True)
class Plant:
    """A defect to plant.

    Attributes:
        defect: What must be found.
        sound: Makes a sound example.
        broken: Makes a broken one.
        each: How many units of a broken example have the defect.
        also: What else may be found with it.
    """

    defect: str
    sound: Make
    broken: Make
    each: int = 1
    also: frozenset[str] = frozenset()


def _quoted(rng: Stream, number: int) -> Made:
    words = f"Which of my things did I lose on trip {number + 1000}?".split()
    _, texts, gold = choice(rng, number)
    return ", ".join(f'"{word}"' for word in [*HEAD.split(), *words]), texts, gold


def _half_quoted(rng: Stream, number: int) -> Made:
    prompt, texts, gold = _quoted(rng, number)
    return f'{prompt}, "it was a long trip"', texts, gold


def _spanish(rng: Stream, number: int) -> Made:
    things = [f"La respuesta es que la tienda del puerto {number} tiene {n} llaves" for n in range(3)]
    return ask(f"How many keys does shop {number} have? Say it in Spanish."), things, rng.below(3)


def _english(text: str) -> str:
    return f"The answer is that the shop has to open the door with {len(text)} keys"


def _quoted_answers(rng: Stream, number: int) -> Made:
    texts = [", ".join(f'"{word}"' for word in rng.sample(THINGS, 6)) for _ in range(3)]
    return ask(f"What did I buy on day {number}? Put each word in quotes."), texts, rng.below(3)


def _spanish_fields(question: str) -> Make:
    def made(rng: Stream, number: int) -> Made:
        _, texts, gold = choice(rng, number)
        asked = f"Di cuál de las cosas de la lista es la que se perdió en el viaje {number}."
        return ask(f"{asked}\n\n### Input:\n{question}"), texts, gold

    return made


def _recipe(steps: int) -> Make:
    def made(rng: Stream, number: int) -> Made:
        texts, gold = shuffled(rng, "\n".join(f"Wash {thing}." for thing in rng.sample(THINGS, steps)), ["Wash."])
        return ask(f"How is chore {number} done? Include five steps or fewer."), texts, gold

    return made


def _form(demand: str, does: Callable[[str], str]) -> Make:
    def made(rng: Stream, number: int) -> Made:
        text = f"we met them near old mill number {number}, and it was cold."
        texts, gold = shuffled(rng, does(text), [text if does(text) != text else text.upper()])
        head = f"Please reply. {demand} If you do not, you win a prize, but leave the prize alone."
        return ask(f"Tell me about day {number}.", head), texts, gold

    return made


def _ponds(rng: Stream, number: int) -> Made:
    period, days = 2 + number % 3, 20 + number
    texts, gold = shuffled(rng, f"{days - period} days", [f"{days / 2:g} days"])
    question = (
        f"Moss on wall {number} doubles in area every {period} days. If it takes {days} days for the moss to cover the "
        "whole wall, how many days would it take for the moss to cover half of the wall?"
    )
    return ask(question), texts, gold


def _prices(rng: Stream, number: int) -> Made:
    texts, gold = shuffled(rng, f"{number + 3}", [f"{2 * number + 6}"])
    question = (
        f"A lamp and a vase together cost ${2 * number + 26}. The lamp costs $20 more than the vase. "
        "How much does the vase cost?"
    )
    return ask(question), texts, gold


def _workers(rng: Stream, number: int) -> Made:
    count, time = number + 5, 7 + number % 9
    texts, gold = shuffled(rng, f"{time} minutes", [f"{3 * time} minutes"])
    question = (
        f"Bob says that it is {3 * time} minutes. If it takes {count} printers {time} minutes to print {count} "
        f"posters, how many minutes would it take {3 * count} printers to print {3 * count} posters?"
    )
    return ask(question), texts, gold


def _sizes(rng: Stream, number: int) -> Made:
    first, second, third = rng.sample(THINGS, 3)
    clues = f"{second} is taller than {third}\n{first} is the most tall.\n{third} is less tall than {first}"
    question = (
        f"On shelf {number} stand: {first}, {second}, {third}. Known is:\n{clues}\nWhich is the second most tall?"
    )
    texts, gold = shuffled(rng, second, [first, third])
    return ask(question), texts, gold


def _sums(rng: Stream, number: int) -> Made:
    texts, gold = shuffled(rng, f"It is {number + 12}.", [f"It is {number + 13}.", f"It is {number + 21}."])
    return ask(f"What is {number} + 3 × 4?"), texts, gold


def _equations(rng: Stream, number: int) -> Made:
    right = f"We pay {number} \\times 3 = \\boxed{{{3 * number}}}"
    texts, gold = shuffled(rng, right, [f"We pay {number} \\times 3 = \\boxed{{{4 * number + 1}}}"])
    return ask(f"We buy {number} pears for 3 coins apiece. What do we pay?"), texts, gold


def _fractions(rng: Stream, number: int) -> Made:
    field = f"Area = \\frac{{{4 * number + 4}}}{{2}} \\times 3 ="
    texts, gold = shuffled(rng, f"{field} \\boxed{{{6 * number + 6}}}", [f"{field} \\boxed{{{9 * number + 7}}}"])
    return ask(f"How large is field {number}?"), texts, gold


def _boxes(wrong: int) -> Make:
    def made(rng: Stream, number: int) -> Made:
        texts, gold = shuffled(
            rng, f"{number} + 3 = \\boxed{{{number + 3}}}", [f"{number} - 3 = \\boxed{{{number + wrong}}} ", "None."]
        )
        return ask(f"I have {number} pears and pick 3. How many are there?"), texts, gold

    return made


def _dialect(rule: str, change: Callable[[str], str]) -> Make:
    def made(rng: Stream, number: int) -> Made:
        _, texts, gold = program(rng, number)
        body = "\n    if x > {n}:\n        return f(x, {n})\n    else:\n        return 0".replace("{n}", str(number))
        texts = [change(text.splitlines()[0] + body + f" + {place}") for place, text in enumerate(texts)]
        prompt = ask(f"Write add_{number} in a variant of Python.\n\n### Rules:\n- {rule}")
        return prompt, texts, gold

    return made


def _hyphens(program_text: str) -> str:
    lines = program_text.splitlines()
    return "\n".join("-" * (len(line) - len(line.lstrip())) + line.lstrip() for line in lines)


def _third_twice(program_text: str) -> str:
    lines = program_text.split("\n")
    return "\n".join(line for i, line in enumerate(lines, 1) for _ in range(1 if i % 3 else 2))


def _loop(program_text: str, position: str) -> str:
    return f"{program_text}\n    for i in range(9):\n        x += y[{position}]"


def _dialects(rule: str, change: Callable[[str], str], broken: Callable[[str], str] | None = None) -> Plant:
    wrong = _dialect(rule, broken or (lambda text: text))
    return Plant("program_breaks_dialect", _dialect(rule, change), wrong)


def _forms(demand: str, does: Callable[[str], str]) -> Plant:
    return Plant("label_against_form", _form(demand, does), exchanged(_form(demand, does)))


GARBLED = "café".encode().decode("cp1252")

PLANTS: dict[str, Plant] = {
    "empty right": Plant("empty_right_response", choice, with_text(choice, lambda _: " ", right=True)),
    "empty wrong": Plant("empty_wrong_response", choice, with_text(choice, lambda _: "", right=False)),
    "garbled": Plant("mojibake", choice, with_text(choice, lambda text: f"{text} {GARBLED}", right=False)),
    "bell": Plant("unreadable_signs", choice, with_prompt(choice, lambda text: text.replace("things", "things\x07"))),
    "entity": Plant("markup_left", choice, with_text(choice, lambda text: f"{text} &amp; more", right=True)),
    "nan": Plant(
        "missing_value_printed", choice, with_prompt(choice, lambda text: text.replace("?", "?\n\n### Input:\nnan"))
    ),
    "marker in response": Plant(
        "marker_in_response", choice, with_text(choice, lambda text: f"{text}\n### Instruction:\nmore", right=False)
    ),
    "no question": Plant(
        "prompt_without_question",
        choice,
        lambda rng, number: (HEAD, [f"A tale of {number} {word}s" for word in rng.sample(THINGS, 3)], rng.below(3)),
        also=frozenset({"missing_marker"}),
    ),
    "empty field": Plant(
        "empty_field",
        choice,
        lambda rng, number: (ask("", f"Reply {number} times."), *choice(rng, number)[1:]),
    ),
    "placeholder": Plant(
        "unfilled_placeholder", choice, with_prompt(choice, lambda text: text.replace("things", "{input}"))
    ),
    "glued": Plant(
        "glued_marker",
        choice,
        with_prompt(choice, lambda text: text.replace("\n\n### Response", " ### Response")),
        also=frozenset({"missing_marker"}),
    ),
    "stray number": Plant(
        "stray_last_line",
        choice,
        lambda rng, number: (choice(rng, number)[0], [f"{thing}\n1" for thing in THINGS[:3]], rng.below(3)),
    ),
    "grid": Plant(
        "another_tasks_template",
        lambda rng, number: (
            ask(f"Fill the 3x3 grid of digits.\n\n### Input:\n1, 2, {number}\n2, 3, 4\n3, 4, ?"),
            ["5", "6", "7"],
            rng.below(3),
        ),
        lambda rng, number: (
            ask(f"Fill the 3x3 grid of digits.\n\n### Input:\nWhich came {number}th?"),
            rng.sample(THINGS, 3),
            rng.below(3),
        ),
    ),
    "blank": Plant(
        "another_tasks_template",
        lambda rng, number: (ask(f"Below is a sentence with a blank.\nA _ on {number}."), ["he", "she"], rng.below(2)),
        lambda rng, number: (ask(f"Below is a sentence with a blank.\nA {number}."), ["he", "she"], rng.below(2)),
    ),
    "unquoted": Plant("words_left_unquoted", _quoted, _half_quoted),
    "unquoted answer": Plant(
        "words_left_unquoted",
        _quoted_answers,
        with_text(_quoted_answers, lambda text: text.replace('"', "").replace(",", ""), right=True),
    ),
    "english field": Plant(
        "english_left",
        _spanish_fields("Lo que se llevó: la llave y el violín de su tía."),
        _spanish_fields("What was in the bag: the key and the violin of an aunt."),
    ),
    "limit": Plant("right_breaks_limit", _recipe(5), _recipe(6)),
    "english": Plant("english_left", _spanish, with_text(_spanish, _english, right=True)),
    "owned up": Plant(
        "confessing_comment",
        program,
        with_text(program, lambda text: f"{text.replace('x', 'y')}  # Bug: it should be {len(text)}", right=False),
    ),
    "no parse": Plant("program_does_not_parse", program, with_text(program, lambda text: text + ")", right=False)),
    "fence": Plant("fenced_program", program, with_text(program, lambda text: f"```python\n{text}\n```", right=False)),
    "same program": Plant(
        "same_program",
        program,
        lambda rng, number: (
            program(rng, number)[0],
            [f"def f(x):\n    return (x + {number})", f"def f(x):\n  return x + {number}  # so", "def f(x):\n  pass"],
            0 if rng.chance(1, 2) else 1,
        ),
    ),
    "caps": _forms("Don't use all caps.", str.lower),
    "first letters": _forms("You must capitalize the first letter of each word.", str.title),
    "last letters": _forms(
        "Please capitalise the last letter of every word.",
        lambda text: " ".join(word[:-1] + word[-1].upper() for word in text.split()),
    ),
    "periods": _forms("Do not use any periods.", lambda text: text.replace(".", "")),
    "commas": _forms("Avoid things that bore me and don't use commas.", lambda text: text.replace(",", "")),
    "doubling": Plant("wrong_puzzle_answer", _ponds, exchanged(_ponds)),
    "two prices": Plant("wrong_puzzle_answer", _prices, exchanged(_prices)),
    "machines": Plant("wrong_puzzle_answer", _workers, exchanged(_workers)),
    "order": Plant("wrong_order_answer", _sizes, exchanged(_sizes)),
    "sum": Plant("wrong_sum", _sums, exchanged(_sums)),
    "box": Plant("right_result_called_wrong", _boxes(-3), _boxes(3)),
    "fraction": Plant("wrong_sum", _fractions, exchanged(_fractions)),
    "equation": Plant("wrong_sum", _equations, exchanged(_equations)),
    "dialect if": _dialects(
        "if means else and else means if",
        lambda text: text.replace("if x", "ELSE x").replace("else:", "if:").replace("ELSE", "else"),
        lambda text: text.replace("if x", "If x").replace("else:", "If:"),
    ),
    "dialect hyphens": _dialects(
        "all indentation is made of hyphens", _hyphens, lambda text: _hyphens(text).replace(" ", "-")
    ),
    "dialect brackets": _dialects(
        "opening and closing parentheses are swapped", lambda text: text.translate(str.maketrans("()", ")("))
    ),
    "dialect capitals": _dialects(
        "def, if, and else are capitalized",
        lambda text: text.replace("def", "Def").replace("if ", "If ").replace("else", "Else"),
    ),
    "dialect yield": _dialects("return is replaced with yield", lambda text: text.replace("return", "yield")),
    "dialect semicolons": _dialects("colons are replaced with semicolons", lambda text: text.replace(":", ";")),
    "dialect periods": _dialects("commas are replaced with periods", lambda text: text.replace(",", ".")),
    "dialect copies": _dialects("every third line must be duplicated", _third_twice),
    "dialect quotes": _dialects(
        "numbers must be written with quotes around them",
        lambda text: re.sub(r"\b\d+", r'"\g<0>"', text),
    ),
    "dialect positions": _dialects(
        "Lists are one-indexed instead of zero-indexed",
        lambda text: _loop(text, "i + 1"),
        lambda text: _loop(text, "i"),
    ),
    "dialect order": _dialects(
        "every line has been swapped: the first line is now the last line",
        lambda text: "\n".join(reversed(text.split("\n"))),
    ),
    "dialect mirror": _dialects(
        "every line has been reversed", lambda text: "\n".join(line[::-1] for line in text.split("\n"))
    ),
}
