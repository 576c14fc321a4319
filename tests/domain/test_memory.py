"""What counts as the same event and pattern, and for how long."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from finops_cli.domain.memory import (
    Acknowledgement,
    Fleeting,
    Happening,
    Memories,
    Pattern,
    Sighting,
)

DAY = date(2026, 11, 16)
NAT = Pattern("prod", "EC2 - Other", "eu-west-1", "NatGateway-Bytes", "up")
EVENT = Happening("a3f1c9", NAT, date(2026, 11, 9))
ACK = Acknowledgement(EVENT, "planned", "", DAY)


def _later(days: int, pattern: Pattern = NAT) -> Happening:
    return Happening(f"later{days}", pattern, EVENT.start + timedelta(days=days))


def test_an_event_is_itself_by_id_or_by_a_start_that_came_to_light() -> None:
    assert EVENT.is_same(replace(EVENT, start=date(2025, 1, 1)))
    assert EVENT.is_same(_later(2))
    assert EVENT.is_same(_later(2, replace(NAT, usage_type="NatGateway-Hours")))
    assert not EVENT.is_same(_later(4))
    assert not EVENT.is_same(_later(2, replace(NAT, service="S3")))
    assert not EVENT.is_same(_later(0, replace(NAT, direction="down")))


def test_an_acknowledgement_covers_its_pattern_for_ninety_days() -> None:
    assert ACK.until == date(2027, 2, 14)
    for day, covered in ((date(2027, 2, 13), True), (date(2027, 2, 14), False)):
        later = Happening("x", NAT, day)
        assert ACK.covers(later, day, running_on=None) is covered


def test_an_acknowledgement_covers_nothing_else() -> None:
    for other in (
        replace(NAT, account="dev"),
        replace(NAT, region="us-east-1"),
        replace(NAT, usage_type="NatGateway-Hours"),
        replace(NAT, direction="down"),
    ):
        event = Happening("x", other, DAY)
        assert not ACK.covers(event, DAY, running_on=None)
    earlier = Happening("x", NAT, EVENT.start - timedelta(days=30))
    assert not ACK.covers(earlier, earlier.start, running_on=None)


def test_an_event_that_outlasts_its_acknowledgement_comes_up_again() -> None:
    assert ACK.covers(EVENT, EVENT.start, running_on=date(2027, 2, 13))
    assert not ACK.covers(EVENT, EVENT.start, running_on=date(2027, 2, 14))
    assert ACK.covers(EVENT, EVENT.start, running_on=None)


def test_acknowledging_again_replaces_and_withdrawing_removes() -> None:
    twice = Memories().with_acknowledged(ACK).with_acknowledged(replace(ACK, reason="fixed"))
    assert [one.reason for one in twice.acknowledged] == ["fixed"]
    assert twice.without_acknowledged(EVENT).acknowledged == ()


def test_an_event_is_remembered_at_its_largest() -> None:
    seen = Memories().with_seen(Sighting(EVENT, Decimal(60), DAY))
    seen = seen.with_seen(Sighting(_later(2), Decimal(1500), DAY + timedelta(days=9)))
    seen = seen.with_seen(Sighting(EVENT, Decimal(80), DAY))
    assert seen.seen == (Sighting(EVENT, Decimal(1500), DAY),)
    assert seen.sighting(_later(30)) is None


def test_a_fleeting_memory_keeps_what_it_is_told() -> None:
    memory = Fleeting()
    memory.change(lambda memories: memories.with_acknowledged(ACK))
    assert memory.recall().acknowledged == (ACK,)
