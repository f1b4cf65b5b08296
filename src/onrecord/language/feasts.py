"""The day of a feast in a year, by the rule that the language's table gives it.

Promise: arithmetic and listed days only; a feast whose day no calendar tells beforehand (Eid waits for the moon to be
seen) has no rule. The odd case that forced its shape: Diwali and the Lunar New Year follow the moon by calendars that
take pages to compute, so their days are listed, and a year beyond the list has no day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

Listed = Mapping[str, Mapping[str, str]]
"""For a feast, month and day (``11-05``) by the year."""

_WESTERN, _ORTHODOX = 3, 2
"""The Easters of `dateutil.easter`: that of the Gregorian calendar, and that of the Julian one as a Gregorian day."""

_JEWISH_EPOCH, _YEARS_BEFORE = -1_373_427, 3_761
"""The ordinal of the first Jewish New Year, and by how much the years that begin in autumn are ahead of ours."""


def feast(of: int, rule: str, listed: Listed) -> date | None:
    """Return the day of a feast in the year ``of``; None where ``listed`` does not have that year.

    Rules: ``12-25``; ``11 4 4``, the fourth Thursday of November, ``05 1 -1`` the last Monday of May; ``easter -2``,
    ``orthodox 0`` and ``jewish 9``, so many days from Easter, from that of the Orthodox churches, and from the Jewish
    New Year; ``listed diwali``.
    """
    name, _, rest = rule.partition(" ")
    if name in ("easter", "orthodox"):
        from dateutil.easter import easter

        sunday: date = easter(of, _WESTERN if name == "easter" else _ORTHODOX)
        return sunday + timedelta(days=int(rest))
    if name == "jewish":
        return _jewish_new_year(of + _YEARS_BEFORE) + timedelta(days=int(rest))
    if name == "listed":
        day = listed[rest].get(str(of))
        return date.fromisoformat(f"{of}-{day}") if day else None
    if not rest:
        return date(of, *map(int, rule.split("-")))
    number, weekday, nth = map(int, rule.split())
    last = monthrange(of, number)[1]
    days = [each for k in range(1, last + 1) if (each := date(of, number, k)).isoweekday() == weekday]
    return days[nth - 1 if nth > 0 else nth]


def _jewish_new_year(year: int) -> date:
    """The first day of a Jewish year (Reingold and Dershowitz, Calendrical Calculations, chapter 8)."""
    before, here, after = (_elapsed(each) for each in (year - 1, year, year + 1))
    late = 2 if after - here == 356 else int(here - before == 382)
    return date.fromordinal(_JEWISH_EPOCH + here + late)


def _elapsed(year: int) -> int:
    """Days from the epoch to the new moon of a year's first month, put off where it falls on a day that is barred."""
    months = (235 * year - 234) // 19
    parts = 12_084 + 13_753 * months
    day = 29 * months + parts // 25_920
    return day + (3 * (day + 1) % 7 < 3)
