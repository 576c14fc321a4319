"""Many series, one event: spells that belong together, joined as they come.

Strictly forward: a spell joins an event on the day it is raised, by what was known on that day, so
no later day can move a start, a first alert or a driver.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from finops_cli.analytics.anomalies.lines import Lines
from finops_cli.analytics.anomalies.spell import Spell

REOPEN_DAYS = 7
_FOLLOWERS_DAYS = 3
_MASS_GROUPS = 4


@dataclass(slots=True)
class Joint:
    """Spells of one event. ``service`` is the driver's account and service, fixed when raised."""

    sign: int
    alert: int
    start: int
    service: int
    account: int
    services: set[int]
    mass: bool
    spells: list[Spell] = field(default_factory=list)

    def live(self, day: int) -> bool:
        """Tell whether a member was abnormal in the days before ``day``, as known then."""
        return any(s.closed is None or s.closed + REOPEN_DAYS >= day for s in self.spells)


def join(spells: Sequence[Spell], lines: Lines) -> list[Joint]:
    """Return the events in order of their first alert."""
    events: list[Joint] = []
    for day, raised in _by_day(spells):
        for sign in (1, -1):
            _settle([s for s in raised if s.sign == sign], day, sign, events, lines)
    return events


def _by_day(spells: Sequence[Spell]) -> Iterator[tuple[int, list[Spell]]]:
    for day in sorted({spell.alert for spell in spells}):
        yield day, [spell for spell in spells if spell.alert == day]


def _settle(raised: list[Spell], day: int, sign: int, events: list[Joint], lines: Lines) -> None:
    fresh: list[Spell] = []
    for spell in raised:
        event = _home(spell, day, events, lines)
        if event is None:
            fresh.append(spell)
        else:
            event.spells.append(spell)
            event.services.add(int(lines.service[spell.line]))
    services = {int(lines.service[spell.line]) for spell in fresh}
    if len(services) >= _MASS_GROUPS:
        events.append(_event(fresh, day, sign, True, lines))
        return
    for account in sorted({int(lines.account[spell.line]) for spell in fresh}):
        members = [s for s in fresh if lines.account[s.line] == account]
        events.append(_event(members, day, sign, False, lines))


def _home(spell: Spell, day: int, events: list[Joint], lines: Lines) -> Joint | None:
    account, service = int(lines.account[spell.line]), int(lines.service[spell.line])
    live = [e for e in reversed(events) if e.sign == spell.sign and e.live(day)]
    for event in live:
        if service in event.services:
            return event
    for event in live:
        wide = event.mass or (event.account == account and len(event.services) > 1)
        if wide and day - event.alert <= _FOLLOWERS_DAYS:
            return event
    return None


def _event(members: list[Spell], day: int, sign: int, mass: bool, lines: Lines) -> Joint:
    driver = max(members, key=lambda spell: abs(spell.dollars))
    return Joint(
        sign=sign,
        alert=day,
        start=driver.start,
        service=int(lines.service[driver.line]),
        account=int(lines.account[driver.line]),
        services={int(lines.service[spell.line]) for spell in members},
        mass=mass,
        spells=list(members),
    )
