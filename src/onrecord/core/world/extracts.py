"""Make the files that each source system would send, from the truth and its layouts.

A layout (`layouts/*.yaml`) is what one system's export looks like: a query for
each file, its separators, its dates as text. What the world knows and the system
does not never gets into a query.
"""

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
import yaml

from onrecord.core.world.building import Truth
from onrecord.core.world.casebook import SHAPES, as_arrow
from onrecord.core.world.files import write_csv, write_parquet, write_xlsx
from onrecord.core.world.scales import EXTRACTED_ON

BUNDLES = (
    "northshire_hr",
    "northshire_standards",
    "northshire_legacy",
    "northshire_crime",
    "northshire_incidents",
    "northshire_vetting",
    "northshire_intelligence",
    "westmark",
    "eastholme",
    "calder_valley",
    "national",
)
"""Every bundle of files, in the order in which they are imported: the key list last."""

REVIEWED_PATTERN = "(?i)sexual|domestic|rape|exposure|voyeur|coercive|partner"
"""What makes a category sexual or domestic in truth, whatever a description says."""

_VIEWS = f"""
create view staff as select * from employed;
create view hr_names as
  select p.person, e.org, e.joined, p.given, p.middle, p.sex, p.ethnicity, p.born, p.family_later, p.renamed_on,
    p.family_later is not null and p.renamed_on > e.joined
      and p.renamed_on < coalesce(e.ended, date '{EXTRACTED_ON}') as renamed
  from people p join employed e using (person);
create view hr_keys as select org, person, key from records where system = 'HR';
create view posted as
  select p.* exclude (hr_no, manager_hr_no), k.key, m.key as manager
  from postings p join hr_keys k using (org, person)
  left join employed e on e.org = p.org and e.hr_no = p.manager_hr_no
  left join hr_keys m on m.org = e.org and m.person = e.person;
create view alleged as
  select a.*, r.key from allegations a
  left join records r on r.org = a.org and r.system = a.system and r.person = a.person;
create view anchors as
  select distinct on (person) org, system, person, key, named_on from records where system = 'HR'
  order by person, org <> 'NSP', org;
create view involved as
  select i.*, r.key, h.key as staff_key, h.org as staff_org from roles i
  left join records r on r.org = i.org and r.system = i.system and r.person = i.person
  left join anchors h on h.person = i.person;
create view crosswalked as
  select person from allegations a where person >= 0 and regexp_matches(category, '{REVIEWED_PATTERN}')
  union select person from roles where role = 'subject' and person >= 0;
create view lookalikes as
  select r.org || ':' || r.system as holder, r.key, r.collar, r.person, r.named_on from records r
  where r.org = 'NSP' and r.system = 'PSD' and r.person in (from crosswalked) and r.collar in (
    select collar from records where org = 'NSP' and system = 'PSD' group by 1 having count(*) = 2);
"""


@dataclass(frozen=True, slots=True)
class Written:
    """One file of the world: where it is and how many rows it has."""

    file: str
    rows: int


def connect(truth: Truth) -> duckdb.DuckDBPyConnection:
    """Return a database in memory with the truth's tables, and the views over them."""
    database = duckdb.connect()
    tables = {
        "people": truth.people,
        "employed": truth.employed,
        "postings": truth.postings,
        "records": truth.records,
    } | {name: truth.book.gathered(name) for name in SHAPES}
    for name, columns in tables.items():
        database.register(f"{name}_given", as_arrow(columns))
        database.execute(f"create table {name} as select * from {name}_given")
        database.unregister(f"{name}_given")
    database.execute(_VIEWS)
    return database


def write_extracts(database: duckdb.DuckDBPyConnection, folder: Path) -> list[Written]:
    """Write every file of every bundle under `folder`."""
    return [_write(database, layout, folder) for bundle in BUNDLES for layout in layouts(bundle)]


def layouts(bundle: str) -> list[dict[str, Any]]:
    """Return the layouts of one bundle's files."""
    text = resources.files(__package__).joinpath(f"layouts/{bundle}.yaml").read_text("utf-8")
    read: list[dict[str, Any]] = yaml.safe_load(text)
    return read


def _write(database: duckdb.DuckDBPyConnection, layout: dict[str, Any], folder: Path) -> Written:
    path = folder / layout["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    table = database.sql(layout["sql"]).to_arrow_table()
    if path.suffix == ".parquet":
        write_parquet(table, path)
    elif path.suffix == ".xlsx":
        write_xlsx(table, path, sheet=layout.get("sheet", "Sheet1"))
    else:
        write_csv(
            table,
            path,
            delimiter=layout.get("delimiter", ","),
            bom=layout.get("bom", False),
            encoding=layout.get("encoding", "utf-8"),
        )
    return Written(layout["file"], table.num_rows)


TRUTH = {
    "records": "select org || ':' || system as holder, key, person from records order by 1, 2",
    "people": "select * from people order by person",
    "employed": "select * from employed order by person, joined, org",
    "cases": "select * exclude (narrative) from cases order by org, system, ref",
    "allegations": "select * from allegations order by org, system, ref, number",
    "roles": "select * from roles order by org, system, ref, number",
}
"""The ground truth that is kept apart, never imported."""


def write_truth(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write who and what is really behind every record, apart from the extracts."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sql in TRUTH.items():
        write_parquet(database.sql(sql).to_arrow_table(), folder / f"{name}.parquet")
