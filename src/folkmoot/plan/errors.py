"""Errors of the plan room.

FolkmootError
├── OutputFolderError (vocabulary)  the folder holds something that is not a plan of ours
└── FaultsError
    └── PlanFolderError             a folder is not a devolution plan, or breaks an invariant
"""

from folkmoot.vocabulary.errors import FaultsError


class PlanFolderError(FaultsError):
    """A folder cannot be read as a devolution plan."""

    what = "plan folder"
    why = "Nothing can be shown or checked from it. Make it anew with 'folkmoot plan'."
