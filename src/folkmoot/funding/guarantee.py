"""A funding guarantee: nobody ends below last year once other income has changed.

In:        each area's change in other income, its share of a grant, and the grant.
Out:       top-ups and totals, by the pace-of-change rule: shares are the targets and
           losses the floors.
Not here:  what counts as other income.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from folkmoot.funding.certificate import Certificate
from folkmoot.funding.infeasible import Infeasible
from folkmoot.funding.pace_of_change import pace_of_change


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantee:
    """Grants that leave nobody worse off, areas sorted by code."""

    certificate: Certificate

    @property
    def totals(self) -> tuple[int, ...]:
        """Each area's share and top-up together. Unit: pence."""
        return self.certificate.pence()

    @property
    def shared(self) -> Fraction:
        """What is left to share once the top-ups are paid. Unit: pence."""
        return self.certificate.level

    @property
    def top_ups(self) -> tuple[Fraction, ...]:
        """What the guarantee adds to each area's share. Unit: pence, exact."""
        rows = zip(
            self.certificate.targets,
            self.certificate.lower,
            self.certificate.states,
            strict=True,
        )
        return tuple(
            least - self.shared * share if state in ("floor", "no_target") else Fraction(0)
            for share, least, state in rows
        )


def guarantee(
    grant: int,
    *,
    codes: Sequence[str],
    shares: Sequence[Fraction],
    other_income_changes: Sequence[int],
) -> Guarantee | Infeasible:
    """Share a grant so that no area loses overall, with the least spent on top-ups.

    Parameters
    ----------
    grant : int
        Unit: pence.
    shares : sequence of Fraction
        Each area's share of what is left after top-ups.
    other_income_changes : sequence of int
        Change on last year in each area's other income. Unit: pence; may be negative.

    Returns
    -------
    Guarantee or Infeasible
        Infeasible when the losses exceed the grant.

    Examples
    --------
    >>> found = guarantee(
    ...     80,
    ...     codes="ABC",
    ...     shares=(Fraction(1, 2), Fraction(3, 10), Fraction(1, 5)),
    ...     other_income_changes=(-50, -20, 30),
    ... )
    >>> found.totals, found.shared, [int(pence) for pence in found.top_ups]
    ((50, 20, 10), Fraction(50, 1), [25, 5, 0])
    """
    losses = [-change if change < 0 else 0 for change in other_income_changes]
    # Nobody has a ceiling; one beneath a loss would be refused before it is told what is short.
    most = max(grant, *losses)
    found = pace_of_change(grant, shares, lower=losses, upper=[most] * len(losses), codes=codes)
    return found if isinstance(found, Infeasible) else Guarantee(certificate=found)
