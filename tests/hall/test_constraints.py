"""Each constraint of the database, and a row that it refuses."""

from collections.abc import Callable
from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from moothall.bodies.models import Area, AreaGeography, AreaPlan, Block, Body, Office
from moothall.centre.models import (
    AdministrationYear,
    Allocation,
    BlockGrant,
    Commissioner,
    Conflict,
    Deal,
    DealScore,
    DevolutionPlan,
    Function,
    Gate,
    MoneyRoute,
    Negotiation,
    NegotiationOption,
    PlanScore,
    Portfolio,
    Quantum,
    Responsibility,
    Settlement,
    SettlementStart,
    Stream,
    Task,
)
from moothall.people.models import HeldRole, Person
from moothall.records.models import AuditEvent
from moothall.understand.models import AreaNeed, Assessment, Indicator, Spread

HALL = ("people", "records", "bodies", "centre", "understand")


def change(model: type[models.Model], **values: object) -> Callable[[], object]:
    """Set every row of a table to the same values."""
    return lambda: model._default_manager.update(**values)


def again(model: type[models.Model]) -> Callable[[], object]:
    """Insert the first row of a table a second time."""

    def insert() -> None:
        row = model._default_manager.order_by("pk")[0]
        row.pk = None
        row.save(force_insert=True)

    return insert


def second_leader() -> None:
    Office.objects.create(body=Body.objects.order_by("pk")[0], kind="leader")


def second_plan() -> None:
    plan = DevolutionPlan.objects.get()
    plan.pk, plan.area_plan = None, AreaPlan.objects.create(name="Another", state="draft")
    plan.save(force_insert=True)


def event_nought() -> None:
    AuditEvent.objects.create(seq=0, event="{}", leaf="l", link="k")


def role_at_centre_with_body() -> None:
    HeldRole.objects.filter(role="centre").update(body="body-A01")


REFUSED: dict[str, Callable[[], object]] = {
    "administration_year_adds_up": change(AdministrationYear, net=0),
    "administration_year_has_label": change(AdministrationYear, label=""),
    "administration_year_once": again(AdministrationYear),
    "allocation_not_negative": change(Allocation, pence=-1),
    "allocation_once": again(Allocation),
    "area_code_once_a_plan": again(Area),
    "area_geography_once": again(AreaGeography),
    "area_geography_relation_is_known": change(AreaGeography, relation="near"),
    "area_geography_shares_are_shares": change(AreaGeography, share_of_area="1.000001"),
    "area_has_people": change(Area, population=0),
    "area_need_figure_or_reason": change(AreaNeed, value=None, reason=""),
    "area_need_once": again(AreaNeed),
    "area_need_standing_is_known": change(AreaNeed, standing="best"),
    "area_plan_state_is_known": change(AreaPlan, state="lost"),
    "area_self_containment_is_a_share": change(Area, self_containment_supply="1.5"),
    "assessment_state_is_known": change(Assessment, state="lost"),
    "audit_event_seq_from_one": event_nought,
    "block_grant_not_negative": change(BlockGrant, pence=-1),
    "block_grant_once": again(BlockGrant),
    "block_has_name_to_search": change(Block, search_name=""),
    "block_in_one_area_of_a_plan": again(Block),
    "body_code_once_while_constituted": change(Body, code="body-A01"),
    "body_state_is_known": change(Body, state="asleep"),
    "commissioner_once": again(Commissioner),
    "conflict_once": again(Conflict),
    "conflict_pulls_two_ways": change(Conflict, health_area=models.F("economy_area")),
    "deal_once": again(Deal),
    "deal_score_is_0_to_4": change(DealScore, score=5),
    "deal_score_once": again(DealScore),
    "devolution_plan_bound_and_gap_together": change(DevolutionPlan, bound=None),
    "devolution_plan_one_constituted": second_plan,
    "devolution_plan_state_is_known": change(DevolutionPlan, state="lost"),
    "function_once": again(Function),
    "gate_once": again(Gate),
    "held_role_at_the_centre_has_no_body": role_at_centre_with_body,
    "held_role_first_day_not_after_last": change(HeldRole, last_day=date(1999, 1, 1)),
    "held_role_is_a_known_role": change(HeldRole, role="king"),
    "held_role_once_from_a_day": again(HeldRole),
    "indicator_once": again(Indicator),
    "indicator_polarity_is_known": change(Indicator, polarity="sideways"),
    "money_route_is_money": change(MoneyRoute, pence=0),
    "money_route_once": again(MoneyRoute),
    "negotiation_once": again(Negotiation),
    "negotiation_option_once": again(NegotiationOption),
    "negotiation_state_is_known": change(Negotiation, state="lost"),
    "office_kind_is_known": change(Office, kind="king"),
    "office_one_leader_a_body": second_leader,
    "person_has_sign_in_name_and_office": change(Person, office=""),
    "plan_score_once": again(PlanScore),
    "portfolio_once": again(Portfolio),
    "quantum_is_money": change(Quantum, pence=0),
    "quantum_once_a_year": again(Quantum),
    "responsibility_once": again(Responsibility),
    "settlement_start_follows_its_election": change(
        SettlementStart, latest_election=date(2040, 5, 3)
    ),
    "settlement_start_once": again(SettlementStart),
    "settlement_state_is_known": change(Settlement, state="lost"),
    "spread_once": again(Spread),
    "stream_has_label": change(Stream, label=""),
    "stream_once_a_settlement": again(Stream),
    "task_once": again(Task),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
@pytest.mark.usefixtures("plan")
def test_the_database_refuses_a_row_that_breaks(name: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[name]()


def test_every_constraint_has_a_row_that_it_refuses() -> None:
    declared = {
        constraint.name
        for label in HALL
        for model in apps.get_app_config(label).get_models()
        for constraint in model._meta.constraints
    }

    assert declared == set(REFUSED)
