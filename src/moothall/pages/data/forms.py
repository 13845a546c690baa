"""Which two plans a reader wants to compare."""

from collections.abc import Mapping

from moothall.centre.queries.plans import HeldPlan


def asked(query: Mapping[str, str], plans: tuple[HeldPlan, ...]) -> tuple[HeldPlan, HeldPlan]:
    """Read the query; what is not on offer is the last plan but one, and the last."""
    by_key = {f"{one.key}": one for one in plans}
    first = by_key.get(query.get("first", ""), plans[-2])
    return first, by_key.get(query.get("second", ""), plans[-1])
