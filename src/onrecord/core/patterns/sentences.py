"""A rule in words that somebody who never saw a query can check by hand."""

from collections.abc import Iterator, Mapping

from onrecord.core.patterns.rules import Of, Rule, Same, Thing, When

_OF = {
    Of.ALLEGATION: "reports about the person as subject",
    Of.ENDING: "endings of reports about the person",
    Of.WITHDRAWAL: "times when somebody who reported the person stepped back",
    Of.DECISION: "decisions about the person that were reported",
    Of.CLEARANCE: "vetting decisions about the person",
    Of.RESTRICTION_END: "ends of a restriction, redeployment or suspension of the person",
    Of.POSTING: "postings of the person",
    Of.UNTOLD: "reports about the person that another organisation held and their employer was not told of",
}
_GIVEN = {
    When.BEFORE: "after the following had happened in a separate matter",
    When.OPEN_AT: "while the following was known to anybody and had not ended",
}
_SAME = {
    Same.FACTOR: "Only what shares one of these is counted together.",
    Same.ENDING: "Only what ended in the same words is counted together.",
    Same.MAKER: "Only what one and the same maker decided is counted together.",
}
_MEASURES = {
    "reports": "{} in all", "episodes": "{} separate episodes", "organisations": "{} organisations that hold one",
    "rises": "{} steps, each graver than all before it, the first included",
}  # fmt: skip


def rule_in_words(rule: Rule) -> Mapping[str, list[str]]:
    """Return what a rule counts, when it is met, what may explain it, what removes it, and why it may be asked."""
    return {
        "What is counted": list(_counted(rule)),
        "When it is met": list(_met(rule)),
        "What else may explain it": list(rule.innocent),
        "What would remove it": list(rule.removed_by),
        "Why it may be asked": [rule.ethics.strip()],
    }


def _counted(rule: Rule) -> Iterator[str]:
    yield f"{thing_in_words(rule.counts)[0].upper()}{thing_in_words(rule.counts)[1:]}."
    if rule.given is not None:
        yield f"Each only {_GIVEN[rule.when]}: {thing_in_words(rule.given)}."
    if rule.same is not None:
        yield _SAME[rule.same]
    if rule.levels:
        yield "How grave: " + ", ".join(
            f"{name.replace('_', ' ')} {level}" for name, level in sorted(rule.levels.items(), key=lambda e: e[1])
        ) + "."  # fmt: skip
    yield "Never: intelligence, a victim's or a witness's role, an unknown role, or what was positively disproved."
    yield "Every other ending counts and is shown."


def _met(rule: Rule) -> Iterator[str]:
    least = " and ".join(_MEASURES[name].format(many) for name, many in rule.at_least.items())
    window = (
        f" that happened within {rule.window_years} years of the day" if rule.window_years else ""
    )
    yield f"At least {least}{window}."
    if rule.apart_days:
        yield (
            f"An episode begins with what happened more than {rule.apart_days} days after the one before it and is"
            " neither of the same incident nor by the same complainant as any before it."
        )
    elif "episodes" in rule.at_least:
        yield "What is of one incident, or by one complainant, is one episode."


def thing_in_words(thing: Thing) -> str:
    """Return what a thing must be, in words."""
    said = (words.format(_any(value)) for words, value in (
        ("coded {}", thing.factors), ("in a case coded {}", thing.case_factors),
        ("of category {}", thing.category_codes), ("whose category says {}", thing.category_contains),
        ("whose category does not say {}", thing.category_does_not_contain),
        ("that ended as {}", thing.ended_as), ("that say {}", thing.decision_contains),
        ("that came to {}", thing.vetting_outcomes), ("to a post that names {}", thing.post_contains),
        ("within {} days", (str(thing.within_days),) if thing.within_days else ()),
    ) if value)  # fmt: skip
    return ", ".join((_OF[thing.of], *said))


def _any(names: tuple[str, ...]) -> str:
    said = [name.replace("_", " ") for name in names]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}"
