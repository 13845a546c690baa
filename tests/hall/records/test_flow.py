"""The one write path: each refusal leaves nothing but its record."""

import json
import re
from pathlib import Path

import pytest

import moothall
from moothall.bodies.models import Area, AreaPlan, Block
from moothall.people.models import Person
from moothall.records.audit import first_broken_seq
from moothall.records.errors import (
    GuardsFailedError,
    NoSuchMoveError,
    NotAllowedError,
    RefusedError,
    StaleVersionError,
)
from moothall.records.flow import advance, together
from moothall.records.models import AuditEvent


def parts_of(area_plan: AreaPlan) -> tuple[Area, Block]:
    area = Area(area_plan=area_plan, code="A01", name="Here", population=1, area_km2=1, cost=0)
    block = Block(
        area_plan=area_plan,
        area=area,
        code="B1",
        name="There",
        search_name="there",
        population=1,
        area_km2=1,
    )
    return area, block


def drafted(centre: Person) -> AreaPlan:
    area_plan = AreaPlan(name="One area")
    advance(area_plan, "draft", by=centre, reason="To begin", parts=parts_of(area_plan))
    return area_plan


def last_event() -> dict[str, object]:
    event = AuditEvent.objects.last()
    assert event is not None
    found: dict[str, object] = json.loads(event.event)
    return found


def test_a_move_writes_the_entity_its_parts_and_its_event(centre: Person) -> None:
    area_plan = drafted(centre)

    assert (area_plan.state, area_plan.version) == ("draft", 1)
    assert Block.objects.get().area.area_plan == area_plan
    event = last_event()
    assert event["action"] == "bodies.areaplan.draft"
    assert event["actor"] == "devolution-unit"
    assert event["from"] == "–"
    assert event["reason"] == "To begin"
    assert event["rows"] == {"bodies.area": 1, "bodies.areaplan": 1, "bodies.block": 1}


def test_a_later_move_raises_the_version(centre: Person) -> None:
    area_plan = drafted(centre)

    advance(area_plan, "withdrawn", by=centre, reason="To end")

    stored = AreaPlan.objects.get()
    assert (stored.state, stored.version) == ("withdrawn", 2)
    assert (area_plan.state, area_plan.version) == ("withdrawn", 2)


def test_fields_of_the_payload_change_with_the_move(centre: Person) -> None:
    area_plan = drafted(centre)

    advance(area_plan, "withdrawn", by=centre, reason="To end", payload={"name": "No area"})

    assert AreaPlan.objects.get().name == "No area"
    assert last_event()["payload"] == {"name": "No area"}


def test_who_holds_no_role_is_refused_and_the_refusal_recorded(officer: Person) -> None:
    area_plan = AreaPlan(name="One area")

    with pytest.raises(NotAllowedError, match="needs the role centre at the centre"):
        advance(area_plan, "draft", by=officer, reason="Mine", parts=parts_of(area_plan))

    assert not AreaPlan.objects.exists()
    assert "needs the role centre" in str(last_event()["refused"])
    assert last_event()["actor"] == "officer-a01"


def test_a_move_that_the_table_does_not_hold_is_refused(centre: Person) -> None:
    with pytest.raises(NoSuchMoveError, match="it can move to 'withdrawn'"):
        advance(drafted(centre), "published", by=centre, reason="Too soon")


def test_every_guard_that_fails_is_named_at_once(centre: Person) -> None:
    area_plan = AreaPlan(name="One area")
    area, block = parts_of(area_plan)
    lonely = Area(area_plan=area_plan, code="A02", name="None", population=1, area_km2=1, cost=0)

    with pytest.raises(GuardsFailedError) as refused:
        advance(area_plan, "draft", by=centre, reason="Twice", parts=(area, lonely, block, block))

    names = [name for name, _ in refused.value.failures]
    assert names == ["each block in one area", "each area has a block"]
    assert "Place each block once" in str(refused.value)


def test_a_stale_version_is_refused(centre: Person) -> None:
    area_plan = drafted(centre)
    stale = AreaPlan.objects.get()
    advance(area_plan, "withdrawn", by=centre, reason="First")

    with pytest.raises(StaleVersionError, match="it is now version 2"):
        advance(stale, "withdrawn", by=centre, reason="Second")


def test_one_refusal_undoes_all_that_was_done_together(centre: Person, officer: Person) -> None:
    def draft_and_withdraw() -> None:
        with together():
            advance(drafted(centre), "withdrawn", by=officer, reason="Not mine")

    with pytest.raises(RefusedError):
        draft_and_withdraw()

    assert not AreaPlan.objects.exists()
    (event,) = AuditEvent.objects.all()
    assert "refused" in event.event
    assert first_broken_seq([event]) is None


def test_no_source_writes_a_table_past_the_one_path() -> None:
    root = Path(moothall.__file__).parent
    writers = {"records/flow.py", "records/audit.py", "people/actions.py"}
    writes = re.compile(
        r"\.(save|bulk_create|bulk_update|get_or_create|update_or_create|objects\.create)\("
        r"|objects[^\n]*\.(update|delete)\("
    )

    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if writes.search(path.read_text(encoding="utf-8"))
    }

    assert found <= writers
