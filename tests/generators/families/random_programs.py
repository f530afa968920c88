"""Random programs of the bank's subset, as `ast.unparse` prints them; they need not make sense, nor halt."""

from __future__ import annotations

import ast

from hypothesis import strategies as st

NAMES = ("a", "b", "items", "total", "i")
_LEAVES = st.one_of(
    st.sampled_from(NAMES),
    st.integers(0, 12).map(str),
    st.sampled_from(["-1", "-7", "True", "None", "[]", "''", '"it\'s; (a, b)"', "'x: if'", "'-'"]),
)
_SIGNS = ("+", "-", "*", "//", "%", "**", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or")


def _join(parts: tuple[str, str, str]) -> str:
    left, sign, right = parts
    return f"(({left}) {sign} ({right}))"


def _wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions made of smaller ones."""
    one, pair = inner.map(lambda e: f"({e})"), st.tuples(inner, inner)
    return st.one_of(
        st.tuples(inner, st.sampled_from(_SIGNS), inner).map(_join),
        st.tuples(inner, st.sampled_from(_SIGNS), inner).map(_join),
        one.map(lambda e: f"(not {e})"),
        one.map(lambda e: f"(-{e})"),
        pair.map(lambda p: f"max({p[0]}, {p[1]})"),
        st.tuples(st.sampled_from(NAMES), inner).map(lambda p: f"{p[0]}[{p[1]}]"),
        st.tuples(st.sampled_from(NAMES), inner, inner).map(lambda p: f"{p[0]}[({p[1]}):({p[2]})]"),
        st.sampled_from(NAMES).map(lambda n: f"{n}[1:]"),
        one.map(lambda e: f"{e}.lower()"),
        pair.map(lambda p: f"[{p[0]}, {p[1]}]"),
        pair.map(lambda p: f"({p[0]}, {p[1]})"),
        pair.map(lambda p: f"{{{p[0]}: {p[1]}}}"),
        st.tuples(inner, inner, inner).map(lambda t: f"(({t[0]}) if ({t[1]}) else ({t[2]}))"),
        st.tuples(inner, inner, inner).map(lambda t: f"(({t[0]}) < ({t[1]}) <= ({t[2]}))"),
    )


EXPRESSIONS = st.recursive(_LEAVES, _wider, max_leaves=6)
_SIMPLE = st.one_of(
    st.tuples(st.sampled_from(NAMES), EXPRESSIONS).map(lambda p: f"{p[0]} = {p[1]}"),
    st.tuples(st.sampled_from(NAMES), EXPRESSIONS).map(lambda p: f"{p[0]}[{p[0]}] = {p[1]}"),
    st.tuples(st.sampled_from(NAMES), st.sampled_from("+-*"), EXPRESSIONS).map(lambda p: f"{p[0]} {p[1]}= {p[2]}"),
    EXPRESSIONS.map(lambda e: f"items.append({e})"),
    EXPRESSIONS.map(lambda e: f"return {e}"),
    st.just("a = b = 0"),
    st.just("pass"),
)


def _indented(lines: str) -> str:
    return "\n".join("    " + line for line in lines.split("\n"))


def _blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Statements made of smaller ones."""
    body = st.lists(inner, min_size=1, max_size=3).map(lambda lines: _indented("\n".join(lines)))
    return st.one_of(
        st.tuples(EXPRESSIONS, body).map(lambda p: f"if {p[0]}:\n{p[1]}"),
        st.tuples(EXPRESSIONS, body, body).map(lambda p: f"if {p[0]}:\n{p[1]}\nelse:\n{p[2]}"),
        st.tuples(EXPRESSIONS, body, EXPRESSIONS, body).map(lambda p: f"if {p[0]}:\n{p[1]}\nelif {p[2]}:\n{p[3]}"),
        st.tuples(EXPRESSIONS, body).map(lambda p: f"while {p[0]}:\n{p[1]}\n    break"),
        st.tuples(st.sampled_from(["i", "i, total"]), EXPRESSIONS, body).map(
            lambda p: f"for {p[0]} in {p[1]}:\n{p[2]}\n    continue"
        ),
    )


_STATEMENTS = st.recursive(_SIMPLE, _blocks, max_leaves=4)
RANDOM_PROGRAMS = st.lists(_STATEMENTS, min_size=2, max_size=4).map(
    lambda body: ast.unparse(ast.parse("def f(a, b, items):\n" + _indented("\n".join(body))))
)
