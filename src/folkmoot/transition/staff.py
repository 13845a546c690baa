"""Where posts, assets and debts go when functions pass: counts only, no person is recorded.

In:        posts of an old body with their time by function; assets with their function.
Out:       what moves to which body, what stays, and what is open.
Rule:      a post follows the function that has more than half of its time; an even split is
           open, never guessed. What areas share is shared by largest remainder. A disputed
           asset stays in the old body's residual account until the dispute is settled.
Source:    docs/decisions/0021-bodies-gates-and-the-centre.md. The law on the transfer of staff
           is to check.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from folkmoot.transition.errors import AssetError, StaffError
from folkmoot.transition.receivers import Receivers, shared
from folkmoot.transition.rules import ContractRules, shipped_rules
from folkmoot.vocabulary.bodies import body_code
from folkmoot.vocabulary.codes import BlockCode, CommissionerCode, FunctionCode
from folkmoot.vocabulary.errors import Fault

What = Literal["moves", "stays", "is open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """Posts of one old body that spend their time alike.

    Raises
    ------
    StaffError
        If a count, the pay or a share of time is negative, or no function is named.
    """

    code: str
    body: CommissionerCode
    functions: Mapping[FunctionCode, int]
    """Time by function, in any unit."""
    hundredths: int
    """Full-time equivalents. Unit: hundredths."""
    pay_pence: int
    """Pay bill of a year. Unit: pence."""
    blocks: tuple[BlockCode, ...] = ()
    """Where they work; none: in the whole country."""

    def __post_init__(self) -> None:
        if faults := list(_post_faults(self)):
            raise StaffError(self.code, faults)

    def follows(self, rules: ContractRules | None = None) -> FunctionCode | None:
        """The function that has more than half of the time; None for an even split."""
        share = (rules or shipped_rules().contracts).follow_share
        most = max(self.functions, key=lambda one: (self.functions[one], one))
        whole = sum(self.functions.values())
        return most if Fraction(self.functions[most], whole) > share else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """An asset, or with a negative value a liability, of an old body."""

    code: str
    body: CommissionerCode
    function: FunctionCode
    book_pence: int
    blocks: tuple[BlockCode, ...] = ()
    is_disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred:
    """A part of some posts, or of an asset, and where it goes."""

    code: str
    body: CommissionerCode
    """The old body."""
    to: CommissionerCode | None
    """The body that receives it; the old body where it stays; None where it is open."""
    hundredths: int
    pence: int
    why: str

    @property
    def what(self) -> What:
        """What becomes of it."""
        if self.to is None:
            return "is open"
        return "stays" if self.to == self.body else "moves"


def transfer_posts(
    posts: Sequence[Posts], receivers: Receivers, *, rules: ContractRules | None = None
) -> tuple[Transferred, ...]:
    """Where every post goes: what goes in comes out, in hundredths and in pence.

    Raises
    ------
    StaffError
        With every block or function that the plan does not know.
    """
    if faults := [fault for one in posts for fault in staff_faults(one, receivers)]:
        raise StaffError("staff", faults)
    return tuple(part for one in posts for part in _posts_parts(one, receivers, rules))


def transfer_assets(assets: Sequence[Asset], receivers: Receivers) -> tuple[Transferred, ...]:
    """Where every asset goes; disputes stay with the old body, shown as such.

    Raises
    ------
    AssetError
        With every block or function that the plan does not know.
    """
    if faults := [fault for one in assets for fault in asset_faults(one, receivers)]:
        raise AssetError("assets", faults)
    return tuple(part for one in assets for part in _asset_parts(one, receivers))


def staff_faults(posts: Posts, receivers: Receivers) -> Iterator[Fault]:
    """Blocks and functions of posts that a plan does not know."""
    yield from _unknown(f"posts {posts.code}", "blocks", posts.blocks, receivers.area_of)
    yield from _unknown(f"posts {posts.code}", "functions", posts.functions, receivers.vesting)


def asset_faults(asset: Asset, receivers: Receivers) -> Iterator[Fault]:
    """Blocks and a function of an asset that a plan does not know."""
    yield from _unknown(f"asset {asset.code}", "blocks", asset.blocks, receivers.area_of)
    yield from _unknown(f"asset {asset.code}", "function", [asset.function], receivers.vesting)


def _unknown(
    file: str, column: str, codes: Iterable[str], known: Container[str]
) -> Iterator[Fault]:
    unknown = [code for code in codes if code not in known]
    if unknown:
        yield Fault(
            file=file,
            column=column,
            problem=f"the plan does not know {', '.join(unknown[:5])}.",
            mend="Use the codes of the plan's folder.",
        )


def _posts_parts(
    posts: Posts, receivers: Receivers, rules: ContractRules | None
) -> Iterator[Transferred]:
    function = posts.follows(rules)
    if function is None:
        whole = (posts.hundredths, posts.pay_pence)
        yield _part(posts, None, *whole, "no function has more than half of the time")
    elif function in receivers.retained:
        whole = (posts.hundredths, posts.pay_pence)
        yield _part(posts, posts.body, *whole, f"'{function}' is retained")
    else:
        weights = receivers.by_people(posts.blocks or receivers.area_of)
        counts = shared(posts.hundredths, weights)
        pay = shared(posts.pay_pence, weights)
        for area in weights:
            why = f"follow '{function}', by residents"
            yield _part(posts, body_code(area), counts[area], pay[area], why)


def _asset_parts(asset: Asset, receivers: Receivers) -> Iterator[Transferred]:
    if asset.is_disputed:
        why = "disputed: in the residual account until settled"
        yield _part(asset, asset.body, 0, asset.book_pence, why)
    elif asset.function in receivers.retained:
        why = f"'{asset.function}' is retained"
        yield _part(asset, asset.body, 0, asset.book_pence, why)
    else:
        weights = receivers.by_people(asset.blocks or receivers.area_of)
        why = f"follows '{asset.function}', by residents"
        for area, pence in shared(asset.book_pence, weights).items():
            yield _part(asset, body_code(area), 0, pence, why)


def _part(
    whole: Posts | Asset, to: CommissionerCode | None, hundredths: int, pence: int, why: str
) -> Transferred:
    return Transferred(
        code=whole.code, body=whole.body, to=to, hundredths=hundredths, pence=pence, why=why
    )


def _post_faults(posts: Posts) -> Iterator[Fault]:
    if posts.hundredths < 0:
        yield _fault(posts, "hundredths", f"there are {posts.hundredths}.", "Write 0 or more.")
    if posts.pay_pence < 0:
        yield _fault(posts, "pay_pence", f"they cost {posts.pay_pence}.", "Write 0 or more.")
    if not any(posts.functions.values()) or min(posts.functions.values()) < 0:
        yield _fault(
            posts,
            "functions",
            "no function has a share of the time.",
            "Write each with its time: probation=60; prisons=40.",
        )


def _fault(posts: Posts, column: str, problem: str, mend: str) -> Fault:
    return Fault(file=f"posts {posts.code}", column=column, problem=problem, mend=mend)
