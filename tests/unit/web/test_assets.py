"""What a browser is sent: ours alone, without what is licensed to governments only."""

import json
import re
from pathlib import Path

import onrecord

WEB = Path(onrecord.__file__).parent / "web"
SENT = sorted(
    path for path in (WEB / "static" / "onrecord").iterdir() if path.suffix in {".css", ".js"}
)


def test_the_stylesheet_has_no_crown_crest_or_licensed_font():
    css = (WEB / "static" / "onrecord" / "onrecord.css").read_text()

    assert not re.search(r"crest|crown|gds transport|@font-face|url\(", css, re.IGNORECASE)
    assert ".onr-header" in css


LOADS = re.compile(r"""(url\(|@import|from|import\(?|fetch\(|\.src\s*=)\s*["']?(https?:)?//""")


def test_nothing_sent_loads_anything_from_another_host():
    assert LOADS.search('@import "https://elsewhere.example/a.css"')
    for path in SENT:
        assert not LOADS.search(path.read_text()), path.name


def test_the_lock_of_the_build_names_no_host():
    lock = (WEB / "assets" / "package-lock.json").read_text()

    assert "http" not in lock
    assert json.loads(lock)["packages"]["node_modules/govuk-frontend"]["version"] == "6.3.0"


def test_templates_carry_no_inline_style_script_or_handler():
    for path in WEB.rglob("*.jinja"):
        found = re.search(r"<[^>{]*\s(style|on[a-z]+)=|<script(?![^>]*\ssrc=)", path.read_text())
        assert not found, path.name
