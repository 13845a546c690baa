"""What the bridge says when a plan cannot be carried over.

HallError
├── PlanCellError            a cell of a plan's table is not what the hall can keep
├── PlanReferenceError       a row names what no other table holds
└── OtherPlanError           the hall stands on another plan already
"""

from moothall.records.errors import HallError


class PlanCellError(HallError):
    """A cell is missing or is not a number where one is needed."""

    def __init__(self, table: str, row: int, column: str, found: str) -> None:
        super().__init__(table, row, column, found)
        self.table, self.row, self.column, self.found = table, row, column, found

    def __str__(self) -> str:
        return (
            f"{self.table}.csv, row {self.row}, column '{self.column}': '{self.found}' cannot be "
            "read, so the plan was not loaded. Make the plan again with 'folkmoot plan'."
        )


class PlanReferenceError(HallError):
    """A row points to something that the plan does not hold."""

    def __init__(self, table: str, row: int, kind: str, code: str) -> None:
        super().__init__(table, row, kind, code)
        self.table, self.row, self.kind, self.code = table, row, kind, code

    def __str__(self) -> str:
        return (
            f"{self.table}.csv, row {self.row} names the {self.kind} '{self.code}', which the plan "
            "does not hold, so it was not loaded. Make the plan again with 'folkmoot plan'."
        )


class OtherPlanError(HallError):
    """The hall is constituted from another plan, and was not told to change it."""

    def __init__(self, present: str, offered: str) -> None:
        super().__init__(present, offered)
        self.present, self.offered = present, offered

    def __str__(self) -> str:
        return (
            f"The hall stands on plan {self.present[:12]}, and this is plan {self.offered[:12]}. "
            "Nothing was changed. Add --replace to withdraw the old plan and load this one; "
            "its rows and its record stay readable."
        )
