"""How pages are rendered: where templates lie, and what every one of them may use.

Jinja rather than Django's own language, because the design system's macros are
written in it. A slice keeps its templates in `templates/<slice>/`.
"""

import dataclasses
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    Undefined,
    UndefinedError,
)
from jinja2.utils import missing

from onrecord.web.wording.dates import uk_date, uk_moment
from onrecord.web.wording.numbers import counted

WEB = Path(__file__).parent


class LoudUndefined(Undefined):
    """A misspelt field of one of our own pages is an error, not a blank.

    The design system's macros lean on blanks: theirs are looked up in
    dictionaries and stay silent.
    """

    def __init__(
        self, hint: str | None = None, obj: Any = missing, *args: Any, **kwargs: Any
    ) -> None:
        """Refuse at once when `obj` is one of our dataclasses."""
        super().__init__(hint, obj, *args, **kwargs)
        if dataclasses.is_dataclass(obj):
            raise UndefinedError(self._undefined_message)


def template_loader() -> BaseLoader:
    """Return the loader that finds the design system's, the components' and each slice's files."""
    slices = [WEB / "templates", *sorted(path for path in WEB.glob("*/templates") if path.is_dir())]
    return ChoiceLoader(
        [
            FileSystemLoader(slices),
            PrefixLoader(
                {
                    "components": FileSystemLoader(WEB / "components"),
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                }
            ),
        ]
    )


def environment(**options: Any) -> Environment:
    """Return the Jinja environment that Django's settings name."""
    settings = {**options, "loader": template_loader(), "undefined": LoudUndefined}
    env = Environment(  # noqa: S701 - Django's backend passes autoescape; asserted in tests
        trim_blocks=True, lstrip_blocks=True, **{"autoescape": True, **settings}
    )
    env.globals.update(static=static, url=reverse)
    env.filters.update(uk_date=uk_date, moment=uk_moment, counted=counted)
    return env
