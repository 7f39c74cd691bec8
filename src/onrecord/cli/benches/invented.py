"""A source of any size, invented: officers, complaints and allegations, the same for one seed."""

import random
from datetime import date, timedelta
from pathlib import Path

ALLEGATIONS_PER_OFFICER = 5
_WORDS = ("Conduct", "Force", "Domestic incident", "Indecent remark", "Neglect of duty")
_DAY_ONE = date(2001, 1, 1)
_DAYS = 5000

DESCRIPTION = """
onrecord: 1
name: invented_{lower}
title: An invented register for measuring
holder: {name}:COMPLAINTS
organisations: {{{name}: {{name: Invented {name}}}}}
extract_date: 2016-03-31
coverage: {coverage}
tables:
  officers: {{file: officers.csv}}
  accused: {{file: accused.csv}}
people:
  officer: {{key: [number]}}
crosswalks:
  ending: {{values: {{Upheld: proven, Not upheld: unresolved}}}}
  factor:
    patterns: [{{matches: indecen, code: sexual}}, {{matches: domestic, code: domestic}}]
    unknown: empty
facts:
  - {{kind: person_record, from: officers, person: officer, known: joined,
     columns: {{person_type: {{value: officer}}, family_name: surname, given_names: forenames,
                service_number: number}}}}
  - {{kind: service_spell, from: officers, key: [number], record: officer, happened: joined, known: joined,
     columns: {{employer: {{value: {name}}}, is_service: {{value: true}}}}}}
  - {{kind: case_reported, from: accused, key: [case_ref], known: received, on_conflict: first,
     columns: {{case_type: {{value: complaint}}, reference: case_ref, reported_on: received}}}}
  - {{kind: case_finalised, from: accused, key: [case_ref], case: [case_ref], known: finalised, happened: finalised,
     on_conflict: first, columns: {{finalised_on: finalised}}}}
  - {{kind: allegation, from: accused, key: [case_ref, number], case: [case_ref], record: officer, known: received,
     columns: {{category: words, factors: "lookup(factor, words)"}}}}
  - {{kind: disposition, from: accused, key: [case_ref, number], case: [case_ref], record: officer, known: finalised,
     columns: {{allegation: {{key: [case_ref, number]}}, wording: ending, disposition_class: "lookup(ending, ending)",
               finalised_on: finalised}}}}
"""


def write_source(folder: Path, *, allegations: int, seed: int = 1, name: str = "BENCH",
                 first_case: int = 0,
                 coverage: str = "full") -> Path:  # fmt: skip
    """Write the two files and their description into `folder`; return the description's path."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)  # noqa: S311 - invented data, not secrets
    officers = max(1, allegations // ALLEGATIONS_PER_OFFICER)
    with (folder / "officers.csv").open("w", encoding="utf-8") as file:
        file.write("number,surname,forenames,joined\n")
        for number in range(officers):
            file.write(f"{number},{_word(chance)},{_word(chance)},1999-0{1 + number % 9}-01\n")
    with (folder / "accused.csv").open("w", encoding="utf-8") as file:
        file.write("case_ref,number,words,ending,received,finalised\n")
        for row in range(allegations):
            case = first_case + row // 2
            received = _DAY_ONE + timedelta(days=(case * 7919) % _DAYS)
            ending = "Upheld" if chance.random() < 0.1 else "Not upheld"  # noqa: PLR2004 - a share
            ended = received + timedelta(days=200)
            file.write(
                f"C/{case},{(row * 31) % officers},{chance.choice(_WORDS)},{ending},{received},{ended}\n"
            )
    path = folder / "description.yaml"
    path.write_text(
        DESCRIPTION.format(name=name, lower=name.lower(), coverage=coverage), encoding="utf-8"
    )
    return path


def _word(chance: random.Random) -> str:
    return "".join(
        chance.choice(pair) for pair in ("BDFGHLMNPRST", "aeiou", "bdglmnrst", "aeiou", "lnrst")
    )
