"""Sets on which linkage is measured: how each is read, by what it is linked, what it must reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class MeasuredSet:
    """One set with truth.

    Attributes:
        spec: the specification that links it.
        files: what is read, in the folder of shared data.
        sql: selects mentions, `truth`, and columns of groups; `{0}`, `{1}` … are the files.
        groups: columns by which figures are also given.
        chosen_on: the part of true people on which the threshold is chosen: `folds` (each fold on
            the others), `even` (half of the people, by hash), or nothing where it was frozen before.
        frozen: the threshold that was frozen before.
        automatic: the threshold from which links are automatic, where that was frozen too.
        targets: figure and least value.
    """

    name: str
    title: str
    spec: str
    files: tuple[str, ...]
    sql: str
    targets: Mapping[str, float]
    groups: tuple[str, ...] = ()
    chosen_on: str = ""
    frozen: float = 0.0
    automatic: float = 0.0

    def select(self, data: Path) -> str:
        """Return what selects the mentions of this set from its files."""
        return self.sql.format(*(f"read_parquet('{data / file}')" for file in self.files))

    def is_there(self, data: Path) -> bool:
        """Tell whether its files are in this folder."""
        return all((data / file).is_file() for file in self.files)


_FEBRL = (
    "rec_id as mention, rec_id as key, given_name as given, surname as family,"
    " date_of_birth as birth_date, true_entity as truth"
)
_FEBRL_REST = ", soc_sec_id as identifier, address_1 as street, street_number as house, suburb as place, postcode"
_BENCH = "linkage_benchmarks"


def _febrl(
    name: str, files: tuple[str, ...], *, is_whole: bool, targets: Mapping[str, float]
) -> MeasuredSet:
    columns = _FEBRL + (_FEBRL_REST if is_whole else "")
    sql = " union all ".join(
        f"select '{place}' as source, {columns} from {{{place}}}" for place in range(len(files))
    )
    return MeasuredSet(
        name=name, title=f"FEBRL {name[5]}, {'all fields' if is_whole else 'name and date of birth'}",
        spec="febrl" if is_whole else "febrl-names", files=files, sql=sql,
        frozen=1.0 if is_whole else -4.0, automatic=1.0 if is_whole else 2.0, targets=targets,
    )  # fmt: skip


_FOUR = (f"{_BENCH}/febrl_dataset4a.parquet", f"{_BENCH}/febrl_dataset4b.parquet")

SETS: dict[str, MeasuredSet] = {
    each.name: each
    for each in (
        *(
            _febrl(f"febrl{n}{'' if is_whole else '-names'}", (f"{_BENCH}/febrl_dataset{n}.parquet",),
                   is_whole=is_whole, targets={})
            for n in (1, 2, 3) for is_whole in (True, False)
        ),
        _febrl("febrl4", _FOUR, is_whole=True,
               targets={"F1": 0.999, "automatic share of true pairs": 0.97,
                        "automatic precision, lower bound": 0.998}),
        _febrl("febrl4-names", _FOUR, is_whole=False, targets={"F1": 0.945}),
        MeasuredSet(
            name="historical", title="Historical figures, 50,000 mentions", spec="historical",
            files=(f"{_BENCH}/historical_figures_50k.parquet",),
            sql="select unique_id as mention, unique_id as key, 'one' as source, full_name as whole_name,"
                " first_name as given, surname as family, dob as birth_date, birth_place as place,"
                " postcode_fake as postcode, occupation, gender as sex_recorded, cluster as truth from {0}",
            groups=("sex_recorded",), chosen_on="even",
            targets={"F1": 0.88, "precision": 0.98},
        ),
        MeasuredSet(
            name="chicago", title="Chicago officers in 12 extracts", spec="chicago",
            files=("chicago_linkage/officer_mentions.parquet",),
            sql="select cast(mention_id as varchar) as mention, source,"
                " cast(source_person_id as varchar) as key, first_name as given, last_name as family,"
                " middle_initial as middle, suffix, coalesce(birth_year, cast(regexp_extract(source,"
                " '(20..)-..$', 1) as integer) - age_at_source) as birth_year, gender as sex,"
                " race as ethnicity, gender as sex_recorded, race as race_recorded,"
                " appointed_date as appointed, stars as number, cast(uid_2018 as varchar) as truth from {0}",
            groups=("sex_recorded", "race_recorded"), chosen_on="folds",
            targets={"precision": 0.998, "recall": 0.95, "automatic share of true pairs": 0.80,
                     "automatic precision, lower bound": 0.998},
        ),
    )
}  # fmt: skip
