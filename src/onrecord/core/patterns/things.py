"""SQL for each thing that a rule can count, over what was known over time (see `sources`)."""

from collections.abc import Mapping

from onrecord.core.cohorts.conditions import alleged_sql, contains_one_of, is_one_of, listed
from onrecord.core.cohorts.definition import Alleged
from onrecord.core.patterns.rules import Same, Thing

RESTRICTED = ("restricted", "redeployed", "suspended")


def overlap(one: str, other: str) -> str:
    """Return the condition that two things were known at one time."""
    return f"{one}.known_from < {other}.known_until and {other}.known_from < {one}.known_until"


def together(*names: str) -> str:
    """Return when all of some things were known."""
    starts = ", ".join(f"{name}.known_from" for name in names)
    ends = ", ".join(f"{name}.known_until" for name in names)
    return f"greatest({starts}) as known_from, least({ends}) as known_until"


_IN_CASE = f"""
left join case_episode n on n.case_lineage = a.case_lineage and {overlap("a", "n")}
left join holder h on h.number = a.holder_id
left join person_cluster p on p.member = a.record_lineage"""


def _material(thing: Thing) -> str:
    """Return the condition on an allegation `a` for what it is about; that on its case is joined."""
    return alleged_sql([Alleged(
        factors=thing.factors, category_codes=thing.category_codes,
        category_contains=thing.category_contains,
        category_does_not_contain=thing.category_does_not_contain,
    )])  # fmt: skip


def _day(*columns: str) -> str:
    return _day_of("a", *columns)


def _day_of(name: str, *columns: str) -> str:
    """Return when a thing happened, as far as is said: never after it was first known."""
    return f"least(coalesce({', '.join((*columns, f'{name}.first_known'))}), {name}.first_known)"


def _row(
    *, thing: str = "a.lineage", allegation: str = "null::uuid", sort: str = "''", level: str = "0",
    day: str, known: str, case: str = "a.case_lineage",
) -> str:  # fmt: skip
    """Return the columns of a thing `a` that names a person's record."""
    return f"""select coalesce(p.cluster, a.record_lineage) as person, {thing} as thing,
       {allegation} as allegation, {case} as case_lineage, coalesce(n.episode, {case}, {thing}) as episode,
       h.organisation as organisation, {sort} as sort, {level} as level, {day} as day,
       a.first_known as first_known, {known}"""


def allegations(thing: Thing, *, same: Same | None, levels: Mapping[str, int]) -> str:
    """Return SQL of reports about a subject."""
    joins, known = [_IN_CASE], ["a", "coalesce_n"]
    if thing.ended_as:
        joins.append(_ended_join(thing))
        known.append("d")
    if thing.case_factors:
        joins.append(_case_factors_join(thing))
        known.append("f")
    sort, unnested = "''", ""
    if same is Same.FACTOR:
        unnested = (
            f", (select unnest(list_distinct(list_intersect(string_split(a.factors, ','), {listed(thing.factors)})))"
            " as shared) as s"
        )
        sort = "s.shared"
    return f"""{
        _row(
            allegation="a.lineage",
            sort=sort,
            level=_level(levels),
            day=_day("a.occurred_on", "a.happened_from"),
            known=_known(known),
        )
    }
      from known_allegation a {" ".join(joins)}{unnested}
     where a.record_lineage is not null and {_material(thing)}"""


def _known(names: list[str]) -> str:
    """Return when all of some rows were known; `coalesce_n` stands for the case, which may have none."""
    starts = [_start(name) for name in names]
    ends = [_end(name) for name in names]
    return (
        f"greatest({', '.join(starts)}) as known_from, least({', '.join(ends)}) as known_until"
        if len(names) > 1
        else f"{starts[0]} as known_from, {ends[0]} as known_until"
    )


def _start(name: str) -> str:
    return "coalesce(n.known_from, a.known_from)" if name == "coalesce_n" else f"{name}.known_from"


def _end(name: str) -> str:
    return (
        "coalesce(n.known_until, a.known_until)" if name == "coalesce_n" else f"{name}.known_until"
    )


def _ended_join(thing: Thing) -> str:
    return (
        f"join known_disposition d on d.allegation = a.lineage and {overlap('a', 'd')}"
        f" and {is_one_of('d.disposition_class', thing.ended_as)}"
    )


def _case_factors_join(thing: Thing) -> str:
    return f"""join (
      select lineage as case_of, factors, known_from, known_until from known_case_reported
      union all
      select c.lineage, i.factors, {together("c", "i")}
        from known_case_reported c join known_incident i on i.lineage = c.incident and {overlap("c", "i")}) f
      on f.case_of = a.case_lineage and {overlap("a", "f")}
     and list_has_any(string_split(f.factors, ','), {listed(thing.case_factors)})"""


def _level(levels: Mapping[str, int]) -> str:
    if not levels:
        return "0"
    tests = (
        f"case when list_contains(string_split(coalesce(a.factors, ''), ','), {listed([factor])}[1])"
        f" then {level:d} else 0 end"
        for factor, level in sorted(levels.items())
    )
    return f"greatest({', '.join(tests)})"


def endings(thing: Thing, same: Same | None) -> str:
    """Return SQL of how reports about a subject ended."""
    ended = f" and {is_one_of('d.disposition_class', thing.ended_as)}" if thing.ended_as else ""
    sort = "coalesce(d.wording, '')" if same is Same.ENDING else "''"
    day = _day_of("d", "d.finalised_on", "d.happened_from")
    return f"""{
        _row(
            thing="d.lineage",
            allegation="a.lineage",
            sort=sort,
            day=day,
            known=_known(["a", "d", "coalesce_n"]),
        )
    }
      from known_allegation a {_IN_CASE}
      join known_disposition d on d.allegation = a.lineage and {overlap("a", "d")}{ended}
     where a.record_lineage is not null and d.disposition_class <> 'open' and {_material(thing)}"""


def withdrawals(thing: Thing) -> str:
    """Return SQL of times when somebody who had reported a subject stepped back."""
    day = _day_of("w", "w.withdrawn_on", "w.happened_from")
    return f"""{
        _row(
            thing="w.lineage",
            allegation="a.lineage",
            day=day,
            known=_known(["a", "w", "coalesce_n"]),
        )
    }
      from known_allegation a {_IN_CASE}
      join known_withdrawal w on (w.allegation = a.lineage
                                  or (w.allegation is null and w.case_lineage = a.case_lineage))
       and {overlap("a", "w")}
     where a.record_lineage is not null and {_material(thing)}"""


def decisions(thing: Thing, same: Same | None) -> str:
    """Return SQL of decisions about a person that were reported."""
    maker = "coalesce(cast(a.maker_record as varchar), a.maker_post)"
    sort = maker if same is Same.MAKER else "''"
    said = (
        contains_one_of("concat_ws(' ', a.decision_type, a.decision)", thing.decision_contains)
        if thing.decision_contains
        else "true"
    )
    made = f" and {maker} is not null" if same is Same.MAKER else ""
    return f"""{
        _row(
            allegation="a.allegation",
            sort=sort,
            day=_day("a.decided_on", "a.happened_from"),
            known=_known(["a", "coalesce_n"]),
        )
    }
      from known_reported_decision a {_IN_CASE}
     where a.record_lineage is not null and {said}{made}"""


def clearances(thing: Thing) -> str:
    """Return SQL of vetting decisions about a person."""
    said = (
        is_one_of("a.vetting_outcome", thing.vetting_outcomes) if thing.vetting_outcomes else "true"
    )
    return f"""{_row(day=_day("a.granted_on", "a.happened_from"), known=_known(["a", "coalesce_n"]))}
      from known_clearance a {_IN_CASE} where a.record_lineage is not null and {said}"""


RESTRICTION_ENDS = f"""{
    _row(
        day=_day_of("e", "e.ended_on", "e.happened_from"),
        known=_known(["a", "e", "coalesce_n"]),
    )
}
  from known_duty_status_spell a {_IN_CASE}
  join known_spell_end e on e.spell = a.lineage and {overlap("a", "e")}
 where a.record_lineage is not null and {is_one_of("a.duty_status", RESTRICTED)}"""


def postings(thing: Thing) -> str:
    """Return SQL of postings of a person to a post that is named."""
    posted = contains_one_of("concat_ws(' ', a.post, a.unit)", thing.post_contains)
    return f"""{_row(day=_day("a.happened_from"), known=_known(["a", "coalesce_n"]))}
      from known_service_spell a {_IN_CASE}
     where a.record_lineage is not null and {posted if thing.post_contains else "not a.is_service"}"""
