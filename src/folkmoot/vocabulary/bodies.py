"""Bodies that hold money or functions: the Treasury, departments, commissioners."""

from dataclasses import dataclass
from typing import Literal

from folkmoot.vocabulary.codes import AreaCode, CommissionerCode

CommissionerKind = Literal["treasury", "department", "centre", "national", "local", "body"]
"""``centre``: sets the framework; ``national``: commissions for the whole country;
``local``: commissions for one place today; ``body``: one area's single commissioner."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Commissioner:
    """A body that decides what residents need and pays for it."""

    code: CommissionerCode
    name: str
    kind: CommissionerKind


def body_code(area: AreaCode) -> CommissionerCode:
    """Code of the single commissioning body of an area.

    Examples
    --------
    >>> body_code("A01")
    'body-A01'
    """
    return CommissionerCode(f"body-{area}")
