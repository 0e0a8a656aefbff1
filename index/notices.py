"""What was skipped and what was lost, as a terminal shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.records import Skipped

LISTED = 10  # titles of one source, and places of one reason


def notice_lines(skipped: Sequence[Skipped]) -> Iterator[str]:
    """A line for each notice; where many of a file have one reason, the first of them and how many there are."""
    places: dict[tuple[str, str], list[Skipped]] = {}
    for item in skipped:
        places.setdefault((re.sub(r":\d+$", "", item.where), item.reason), []).append(item)
    for (_, reason), items in places.items():
        where = ", ".join(item.where for item in items[:LISTED])
        more = f" and {len(items) - LISTED} more" if len(items) > LISTED else ""
        yield f"{'' if items[0].kept else 'skipped '}{where}{more}: {reason}"
