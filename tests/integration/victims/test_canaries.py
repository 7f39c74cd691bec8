"""Nothing planted about victims leaves the compartment; and where it does, it is found."""

import io
import logging
import zipfile

import pytest
from django.core.mail import send_mail
from django.http import HttpResponse

from onrecord.cli.assurances.canaries import search_everything
from onrecord.cli.proving import canaries as planting
from onrecord.project.home import Home

FEW = 40
ROLES = ["victim_contact", "review_lead"]
PLANTED: list["planting.Canaries"] = []


@pytest.fixture(autouse=True)
def one_way_to_fill_an_address(monkeypatch):
    """A full run tries five; here each address is asked for once in each role."""
    monkeypatch.setattr("onrecord.cli.proving.leaving._WAYS", 1)


def home_at(settings, tmp_path):
    settings.HOME = Home(tmp_path / "home").prepare()


def test_nothing_planted_is_found_outside(store, settings, tmp_path):
    home_at(settings, tmp_path)
    report = search_everything(store, seed=1, many=FEW, limit=10, roles=ROLES)
    assert report.failures == []
    assert report.counts["canaries planted"] >= FEW
    assert report.counts["canaries shown where they may be"] == report.counts["canaries planted"]
    assert report.counts["of them driven"] == report.counts["addresses and methods"]


class Leaking:
    """On the page of one victim, lets something slip in every way there is, each its own canary."""

    def __init__(self, respond):
        self._respond = respond

    def __call__(self, request):
        answer = self._respond(request)
        if not PLANTED or not request.path.startswith("/victims/"):
            return answer
        signs = [sign for sign in PLANTED[0].planted if not sign.isdigit()]
        if request.path == "/victims/":
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
                made.writestr("xl/sharedStrings.xml", signs[0])
            return HttpResponse(packed.getvalue(), content_type="application/zip")
        if answer.status_code == 404:
            answer.content += signs[1].upper().encode()
        elif request.method == "GET":
            answer.content += f"<p>{signs[2]}</p>".encode()
            answer["Content-Disposition"] = f'inline; filename="{signs[3]}.pdf"'
        elif request.path.endswith("/who"):
            answer.content = answer.content.replace(b"<title>", f"<title>{signs[4]} ".encode())
        self._elsewhere(request, signs)
        return answer

    def _elsewhere(self, request, signs):
        from django.conf import settings

        logging.getLogger("onrecord.slip").debug("called %s", signs[5])
        send_mail("A notice", f"See {signs[6]}", "a@example.invalid", ["b@example.invalid"])
        (settings.HOME.root / "left-behind.txt").write_text(signs[7])
        request.session["slip"] = signs[8]
        request.session.save()
        from onrecord.apps.audit.services import record_consultation
        from onrecord.cli.proving.people import viewer_of_role

        record_consultation(
            viewer_of_role("review_lead"), "victim:list", object_kind="party", object_ref=signs[9]
        )
        from tests.stores import acting

        from onrecord.apps.access.models import Team

        with acting():
            Team.objects.get_or_create(code="slip", defaults={"name": signs[10]})


CHANNELS = (
    "downloads and other answers", "error pages", "pages", "headers, addresses and file names",
    "titles", "lines of the log", "messages", "files", "sessions", "ledger", "tables", "commands",
)  # fmt: skip


def test_a_leak_is_found_in_every_channel(store, settings, tmp_path, monkeypatch):
    home_at(settings, tmp_path)
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.Leaking"]
    monkeypatch.setattr("onrecord.cli.assurances.canaries._commands", leaking_command)
    monkeypatch.setattr(planting, "plant", planting_known(planting.plant))
    PLANTED.clear()
    report = search_everything(store, seed=2, many=FEW, limit=5, roles=["victim_contact"])
    PLANTED.clear()
    found = "\n".join(report.failures)
    missed = [channel for channel in CHANNELS if f"turned up in {channel}:" not in found]
    assert missed == []
    assert not report.held


def leaking_command(canaries, made, home):
    """Print what one of the canaries is."""
    del made, home
    sign = next(sign for sign in canaries.planted if sign.isdigit())
    canaries.search("commands", "a command", f"call {sign[:5]} {sign[5:]} now")
    return 1


def planting_known(plant):
    """Let what leaks know the canaries, once they are planted."""

    def planted(made, canaries, many):
        parties = plant(made, canaries, many)
        PLANTED.append(canaries)
        return parties

    return planted


def test_what_is_not_shown_where_it_may_be_is_said(store, settings, tmp_path, monkeypatch):
    home_at(settings, tmp_path)
    monkeypatch.setattr("onrecord.cli.proving.leaving.ask_who", lambda *_: None)
    report = search_everything(store, seed=3, many=10, limit=0, roles=[])
    assert any("were not shown where they may be" in failure for failure in report.failures)
