"""The front-end part: locked by digest, from no named host, and clean of what is not ours."""

import json
import re
from pathlib import Path

import pytest
from tools import front_end

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED_DIGEST = (
    "sha512-cXIQxm5PHCsbic47GXZrVBZhAeeshTLRL6ZBKilLsR6rMCjJuWb7Fruq0VUNMBJFlJk/"
    "srsRj/q8d5bM9cgKoA=="
)


def test_the_lock_holds_the_published_digest_and_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    package = json.loads(text)["packages"]["node_modules/govuk-frontend"]

    assert (package["version"], package["integrity"]) == ("6.3.0", PUBLISHED_DIGEST)
    assert not re.search(r"https?:|resolved", text)


def test_font_crest_and_source_map_are_taken_out() -> None:
    published = (
        "a{color:red}/*! Copyright (c) 2011 by Margaret Calvert & Henrik Kubel. All rights "
        "reserved. */@font-face{font-family:GDS Transport;src:url(/assets/fonts/x.woff2)}"
        "@font-face{font-family:GDS Transport;font-weight:700}b{font-family:GDS Transport,arial}"
        "c{background:url(/assets/images/govuk-crest.svg)}\n/*# sourceMappingURL=x.css.map */\n"
    )

    assert front_end.cleaned(published) == "a{color:red}b{font-family:arial}c{background:none}"
    assert front_end.cleaned("f();\n//# sourceMappingURL=x.js.map") == "f();"


def test_a_machine_without_npm_gets_one_or_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda *_args, **_named: None)
    monkeypatch.setattr(front_end, "succeeds", lambda _command: False)
    assert front_end.find_npm() is None

    with pytest.raises(SystemExit, match="npm is missing and could not be installed"):
        front_end.install_npm()


def test_a_failed_download_is_tried_twice_more_and_then_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\nexit 1\n")
    npm.chmod(0o755)

    with pytest.raises(SystemExit, match="run by hand"):
        front_end.run_npm(str(npm))

    assert capsys.readouterr().out.count("failed") == 3


def test_when_all_is_there_nothing_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_args: object) -> None:
        raise AssertionError

    assert front_end.is_done(), "run: python tools/front_end.py"
    monkeypatch.setattr(front_end, "run_npm", never)
    front_end.main()
