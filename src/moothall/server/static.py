"""How style and script are served: named by their content, so that browsers may keep them."""

from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

from moothall.records.errors import HallError

FRONT_END = ("govuk-frontend.min.css", "govuk-frontend.min.js")
"""What ``tools/front_end.py`` puts into the assets folder."""


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # untyped
    """WhiteNoise's storage; our script module finds the other by its content name too."""

    support_js_module_import_aggregation = True


class AssetsMissingError(HallError):
    """The front-end part was not installed, so no page would look like one."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.names = names

    def __str__(self) -> str:
        return f"front-end assets missing: run make up ({', '.join(self.names)} not found)"


def check_assets(folder: Path) -> None:
    """Refuse to start without the compiled style and script.

    Raises
    ------
    AssetsMissingError
        If a file is not in the folder.
    """
    missing = tuple(name for name in FRONT_END if not (folder / name).is_file())
    if missing:
        raise AssetsMissingError(missing)
