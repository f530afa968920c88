"""SHP: posts of 18 forums and what readers thought of the replies (Ethayarajh et al. 2022, PMLR 162).

A row is a pair of replies to a post; an item is a post with all its replies, each once. Rows of one post stand in one
file, so a file is read whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from filling.hub.source import Row, Source, Unfit, fields, prose, whole
from schemas import JsonObject

#: The part of a row's `domain` behind the forum's name.
SPLIT = re.compile(r"_(?:train|validation|test)$")


def items(file: str, rows: Iterable[Any]) -> Iterator[JsonObject | Unfit]:  # noqa: ARG001 - rows name their forum
    """Posts in the order of their first rows; a reply that several rows hold is taken as the first has it."""
    posts: dict[str, JsonObject] = {}
    seen: dict[str, dict[str, JsonObject]] = {}
    for given in rows:
        try:
            row = fields(given)
            post: JsonObject = {
                "kind": "rated_replies",
                "id": prose(row, "post_id"),
                "domain": SPLIT.sub("", prose(row, "domain")),
                "post": prose(row, "history"),
            }
            pair = [_reply(row, side) for side in "AB"]
        except Unfit as reason:
            yield reason
            continue
        posts.setdefault(post["id"], post)
        replies = seen.setdefault(post["id"], {})
        for reply in pair:
            replies.setdefault(reply["text"], reply)
    for key, post in posts.items():
        if len(seen[key]) < 2:
            yield Unfit("the replies of the post are one and the same text")
        else:
            yield {**post, "replies": list(seen[key].values())}


def _reply(row: Row, side: str) -> JsonObject:
    when = f"created_at_utc_{side}"
    return {
        "text": prose(row, f"human_ref_{side}"),
        "score": whole(row, f"score_{side}"),
        "written": None if row.get(when) is None else whole(row, when),
    }


SOURCE = Source(
    name="shp",
    repo="stanfordnlp/SHP",
    revision="e94b5f32602712d78ed494fe79105b1959396686",
    # One folder a forum; the files hold JSON lines whatever their ending says.
    files=("*/train.json*", "*/validation.json*", "*/test.json*"),
    licence="see the card: what users wrote, under the Reddit API Terms of Use",
    credit="Stanford Human Preferences, Ethayarajh et al. 2022",
    item="rated_replies",
    version=1,
    read=items,
)
