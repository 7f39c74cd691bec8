"""The list of rules, and one rule in words with its price at every threshold."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from onrecord.apps.patterns.keeping import kept_prices
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.patterns.rules import shipped_rules
from onrecord.core.patterns.sentences import rule_in_words
from onrecord.web.frame import show
from onrecord.web.patterns.presenters import price_table, rules_table
from onrecord.web.viewing import viewer_of


def rules(request: HttpRequest) -> HttpResponse:
    """Show every rule: what it asks, and how many people meet it."""
    viewer_of(request, page="pattern rules")
    table = rules_table(shipped_rules().values(), kept_prices(settings.HOME.root))
    return show(request, "patterns/rules.jinja", table=table)


def rule(request: HttpRequest, name: str) -> HttpResponse:
    """Show one rule, and move its threshold to see the price."""
    viewer_of(request, page="pattern rule")
    found = shipped_rules().get(name)
    if found is None:
        raise NotFoundError("There is no such rule.", next_step="Choose one from the list.")
    price = kept_prices(settings.HOME.root).get(name)
    if price is not None and price.hash != found.content_hash:
        price = None
    return show(
        request, "patterns/rule.jinja", rule=found, words=rule_in_words(found),
        table=price_table(found, price) if price else None,
    )  # fmt: skip
