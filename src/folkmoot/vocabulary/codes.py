"""Codes: each kind of thing has a type of its own, so that none passes for another."""

from typing import NewType

BlockCode = NewType("BlockCode", str)
AreaCode = NewType("AreaCode", str)
CommissionerCode = NewType("CommissionerCode", str)
ProviderCode = NewType("ProviderCode", str)
ProgrammeCode = NewType("ProgrammeCode", str)
StreamCode = NewType("StreamCode", str)
FunctionCode = NewType("FunctionCode", str)
HolderCode = NewType("HolderCode", str)
TaskCode = NewType("TaskCode", str)
