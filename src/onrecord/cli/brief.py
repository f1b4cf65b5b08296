"""The brief of one event on a terminal: the lines of `publish.brief`, what changed, and who tells of it."""

from __future__ import annotations

from onrecord.publish.brief import Brief, brief_rows, item_lines
from onrecord.publish.standing import fact_line


def brief(found: Brief) -> str:
    """Return all that a ledger holds on an event as people read it."""
    held = found.held
    rows = [
        f"{held.state.name}  [{held.id}]",
        *(f"  {name:<12}  {value}" for name, value in brief_rows(found)),
    ]
    if found.items:
        rows += ["", "  Who takes part, and the agenda"]
    for item in item_lines(found):
        rows += [f"    {item.known}", f"        “{' '.join(item.words.split())}”"]
        rows += [f"        {line}" for line in item.history]
    rows += [
        "",
        "  What changed",
        *(f"    {each.day}  {fact_line(each)}" for each in found.changes),
        "",
        "  Who tells of it",
    ]
    for told, why in found.told:
        rows.append(f"    {told.day}  {told.outlet or told.document}: {told.status}")
        rows.append(f"        “{' '.join(told.text.split())}”")
        if why:
            rows.append(f"        the same event: {'; '.join(why)}")
    return "\n".join(rows)
