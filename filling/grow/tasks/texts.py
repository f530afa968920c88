"""The texts of an item that are meant to be read, and an item with others in their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from filling.grow.tasks.task import Record, closed, schema_of

#: Fields whose texts name or encode something instead of being read.
KEYS = frozenset({"kind", "id", "near", "class", "field", "paths", "name", "params", "work", "author", "origin"})
#: Fields that hold programs, their arguments and results.
CODE = frozenset({"solutions", "oracle", "inputs", "tests", "expected"})


def read_texts(item: Record, kind: str) -> list[str]:
    """The texts of an item that are meant to be read, in order."""
    return [text for _, text in _found(item, schema_of(kind), ())]


def with_texts(item: Record, kind: str, texts: Sequence[str]) -> dict[str, Any]:
    """An item with other texts in the places of `read_texts`."""
    copy: Any = _copied(item)
    for (path, _), text in zip(_found(item, schema_of(kind), ()), texts, strict=True):
        place = copy
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = text
    return dict(copy)


def texts_schema(count: int) -> Mapping[str, Any]:
    """JSON Schema of an answer that holds so many texts."""
    listed = {"type": "array", "items": {"type": "string"}, "minItems": count, "maxItems": count}
    return closed({"texts": listed})


def _found(value: Any, schema: Mapping[str, Any], path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    if isinstance(value, str):
        if "enum" not in schema and "const" not in schema:
            yield path, value
    elif isinstance(value, Mapping):
        for key, own in value.items():
            if key not in KEYS | CODE:
                yield from _found(own, schema.get("properties", {}).get(key, {}), (*path, key))
    elif isinstance(value, Sequence):
        for number, own in enumerate(value):
            yield from _found(own, {}, (*path, number))


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(own) for key, own in value.items()}
    return [_copied(own) for own in value] if isinstance(value, list | tuple) else value
