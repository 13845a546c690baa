"""Read a table of people and the systems that they use, without knowing who they are.

In:        a pseudonymised table: a row for each person, system and commissioner.
Out:       a crowd.
Rule:      a name or a number by which someone could be found is refused, not read.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from folkmoot.outcomes.errors import PeopleError
from folkmoot.outcomes.overlap_of_people import Crowd
from folkmoot.readers.tables import Faults, Table, read_table
from folkmoot.vocabulary.arrays import IntVector

EXAMPLE = "people_example.csv"
PEOPLE_COLUMNS = ("person", "system", "commissioner", "pounds")
AFTER = "commissioner_after"
"""A column that may be left out: who pays once functions have passed."""
MOST_SYSTEMS = 40
"""More than anyone could read."""
MADE_UP_PERSON = "made-up-"
"""How the people of the template are called."""
INSURANCE = re.compile(r"[A-Za-z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-Da-d]")
"""The form of a national insurance number."""


def read_people(path: Path) -> Crowd:
    """Read a table in the form of ``parameters/people_example.csv``.

    Raises
    ------
    PeopleError
        With every fault: a person who could be recognised is one.
    """
    faults = Faults()
    table = read_table(path, faults)
    if table is None or not table.has(*PEOPLE_COLUMNS):
        raise PeopleError(str(path), faults.found)
    table.once(("person", "system", "commissioner"))
    has_after = AFTER in table.columns
    persons = table.text("person")
    for name in ("system", "commissioner", *([AFTER] if has_after else [])):
        table.text(name)
    pence = table.pence("pounds")
    for n, person in enumerate(persons):
        if kind := real_kind(person):
            mend = "Put a code of your own in its place, the same in every row of the person."
            table.fault(n, "person", f"it looks like {kind}.", mend)
    if (many := len(set(table.columns["system"]))) > MOST_SYSTEMS:
        mend = "Join them: one system is one kind of service, not one office."
        faults.add(table.file, f"it has {many} systems.", mend)
    if not len(table):
        faults.add(table.file, "it has no row.", "Write one for each person and system.")
    if faults.found:
        raise PeopleError(str(path), faults.found)
    return _crowd(table, [one or 0 for one in pence], table.columns.get(AFTER))


def real_kind(person: str) -> str | None:
    """What a code looks like, if someone could be found by it; None where it is only a code.

    Examples
    --------
    >>> real_kind("943 476 5919"), real_kind("QQ 12 34 56 C"), real_kind("p-0001")
    ('an NHS number', 'a national insurance number', None)
    """
    digits = re.sub(r"[\s-]", "", person)
    if re.fullmatch(r"\d{10}", digits) and _is_nhs_number(digits):
        return "an NHS number"
    if INSURANCE.fullmatch(person):
        return "a national insurance number"
    if "@" in person:
        return "an email address"
    return "a name" if re.fullmatch(r"[^\W\d_]+([ '-][^\W\d_]+)+", person) else None


def _is_nhs_number(digits: str) -> bool:
    """Whether the last of ten digits is the check digit of the others."""
    whole = sum(int(one) * weight for one, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - whole % 11) % 11 == int(digits[9])


def _crowd(table: Table, pence: Sequence[int], after: Sequence[str] | None) -> Crowd:
    persons, systems = table.columns["person"], table.columns["system"]
    named = tuple(dict.fromkeys(systems))
    people, who = np.unique(np.array(persons), return_inverse=True)
    system = {name: at for at, name in enumerate(named)}
    uses = np.zeros((len(people), len(named)), dtype=bool)
    uses[who, [system[one] for one in systems]] = True
    return Crowd(
        systems=named,
        uses=uses,
        people=np.ones(len(people)),
        pence=np.bincount(who, weights=pence).astype(np.float64),
        before=_distinct(who, table.columns["commissioner"]),
        after=None if after is None else _distinct(who, after),
        is_modelled=False,
        is_made_up=any(one.startswith(MADE_UP_PERSON) for one in persons),
    )


def _distinct(who: IntVector, commissioners: Sequence[str]) -> IntVector:
    """How many commissioners each person has."""
    pairs = np.unique(
        np.stack([who, np.unique(np.array(commissioners), return_inverse=True)[1]]), axis=1
    )
    return np.bincount(pairs[0], minlength=int(who.max()) + 1)
