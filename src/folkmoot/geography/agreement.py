"""How nearly two ways of dividing the same people agree.

In:        a contingency table: people by area of a plan (rows) and of a geography (columns).
Out:       one ``Agreement``; the part of the disagreement that each row makes.
Rule:      entropies in nats over the people of the table, 0 ln 0 = 0.
Not here:  making the table (``Places.contingency``); weights (``geography.scores``).
Source:    Meilă 2007 (variation of information); Rosenberg & Hirschberg 2007 (V-measure);
           Nowosad & Stepinski 2018 (the same for maps).
"""

from dataclasses import dataclass

import numpy as np

from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How an area plan and an existing geography divide the same people."""

    people: float
    """Residents who are in the geography."""
    entropy: float
    """H(R): how finely the geography divides them. Unit: nats."""
    variation_of_information: float
    """H(R given Z) + H(Z given R); 0 when both divide alike. Unit: nats."""
    homogeneity: float
    """1 when each area of the plan lies in one area of the geography."""
    completeness: float
    """1 when each area of the geography lies in one area of the plan."""
    v_measure: float
    """Harmonic mean of the two. A ratio, so never a sum over areas."""
    nested_share: float
    """Part of the geography's people whose area of it lies wholly in one area of the plan."""
    misplaced_people: float
    """People outside the area of the plan that holds most of their area of the geography."""


def agreement(table: FloatMatrix) -> Agreement:
    """Compare two ways of dividing the same people.

    Parameters
    ----------
    table : array of shape (n_areas, n_columns)
        People who are in area *A* of the plan and *q* of the geography. Unit: persons.

    Examples
    --------
    >>> import numpy as np
    >>> found = agreement(np.array([[60.0, 0.0], [10.0, 30.0]]))
    >>> found.nested_share, found.misplaced_people, round(found.v_measure, 3)
    (0.3, 10.0, 0.601)
    """
    held, columns = table.sum(axis=1), table.sum(axis=0)
    people = float(columns.sum())
    plan_entropy, entropy = _entropy(held, people), _entropy(columns, people)
    within_plan = float(unsettled(table).sum())
    within_geography = float(unsettled(table.T).sum())
    homogeneity = _kept(within_plan, entropy)
    completeness = _kept(within_geography, plan_entropy)
    both = homogeneity + completeness
    whole = columns[np.count_nonzero(table, axis=0) == 1]
    return Agreement(
        people=people,
        entropy=entropy,
        variation_of_information=within_plan + within_geography,
        homogeneity=homogeneity,
        completeness=completeness,
        v_measure=2 * homogeneity * completeness / both if both else 0.0,
        nested_share=float(whole.sum()) / people if people else 0.0,
        misplaced_people=float((columns - table.max(axis=0, initial=0.0)).sum()),
    )


def unsettled(table: FloatMatrix) -> FloatVector:
    """What is left to ask, once someone's row is known, about their column.

    The rows of the table itself sum to H(R given Z), those of its transpose to
    H(Z given R); no term is negative.

    Returns
    -------
    array of shape (n_rows,)
        −Σ_q C_Aq/N ln(C_Aq/C_A). Unit: nats.
    """
    rows = table.sum(axis=1)
    share = np.divide(table, rows[:, None], out=np.ones_like(table), where=table > 0)
    part = -(table * np.log(share)).sum(axis=1)
    return _over(part, float(rows.sum()))


def information_by_area(table: FloatMatrix) -> FloatVector:
    """The part of the variation of information that each area of the plan makes.

    Returns
    -------
    array of shape (n_areas,)
        −Σ_q C_Aq/N (ln(C_Aq/C_A) + ln(C_Aq/C_q)). Unit: nats; they sum to it.
    """
    columns = table.sum(axis=0)
    share = np.divide(table, columns, out=np.ones_like(table), where=table > 0)
    elsewhere = -(table * np.log(share)).sum(axis=1)
    return unsettled(table) + _over(elsewhere, float(columns.sum()))


def _entropy(people: FloatVector, total: float) -> float:
    shares = people[people > 0] / total
    return float(-(shares * np.log(shares)).sum()) if len(shares) > 1 else 0.0


def _kept(left_to_ask: float, entropy: float) -> float:
    return min(max(1 - left_to_ask / entropy, 0.0), 1.0) if entropy else 1.0


def _over(parts: FloatVector, people: float) -> FloatVector:
    return parts / people if people else np.zeros_like(parts)
