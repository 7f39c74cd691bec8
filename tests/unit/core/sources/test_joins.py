"""Tables are joined before anything is judged."""

from unit.core.sources.trying import small, trying, write

LONG = small(
    ("rows: {file: rows.csv}", "rows: {file: rows.csv}\n  cases: {file: cases.csv}"),
    (
        "people:",
        "joins:\n  said: {from: rows, with: [{table: cases, on: [ref], required: true}]}\npeople:",
    ),
    ("kind: case_reported\n    from: rows", "kind: case_reported\n    from: cases"),
    ("kind: allegation\n    from: rows", "kind: allegation\n    from: said"),
    ("record: officer\n    known: received", "record: officer\n    known: cases.received"),
)
CASES = [("C1", "2015-01-01", "2015-01-02"), ("C2", "2015-02-01", "2015-02-02")]
ALLEGATIONS = [
    ("C1", "7", "Rudeness"),
    ("C1", "7", "Theft"),
    ("C1", "8", "Rudeness"),
    ("C2", "8", "Theft"),
]


def everything(tried):
    return [
        tried.facts(kind, "lineage", "known_on", "case_lineage", "record_lineage", "source_ref")
        + tried.facts(kind)
        for kind in ("case_reported", "allegation")
    ]


def facts_of(text, folder, rows, headings):
    write(folder, *CASES, headings=("ref", "day", "received"), name="cases.csv")
    write(folder, *rows, headings=headings)
    with trying(text, folder) as tried:
        return everything(tried)


def test_one_row_an_officer_and_one_row_an_allegation_give_the_same_facts(tmp_path):
    long = facts_of(LONG, tmp_path, ALLEGATIONS, ("ref", "officer", "what"))
    cells = [("C1", "7", "Rudeness; Theft"), ("C1", "8", "Rudeness"), ("C2", "8", "Theft")]
    split = LONG.replace(
        "from: rows, with", "from: rows, split: {column: whats, on: ';', into: what}, with"
    )
    columns = [
        ("C1", "7", "Rudeness", "Theft"),
        ("C1", "8", "Rudeness", ""),
        ("C2", "8", "", "Theft"),
    ]
    wide = LONG.replace(
        "from: rows, with", "from: rows, unpivot: {columns: [what1, what2], into: what}, with"
    )

    assert facts_of(split, tmp_path, cells, ("ref", "officer", "whats")) == long
    assert facts_of(wide, tmp_path, columns, ("ref", "officer", "what1", "what2")) == long
    assert len(long[1]) == 2 * len(ALLEGATIONS)


def test_a_row_without_its_required_other_row_is_rejected(tmp_path):
    write(tmp_path, *CASES, headings=("ref", "day", "received"), name="cases.csv")
    write(tmp_path, ("C9", "7", "Theft"), ("C1", "7", "Theft"), headings=("ref", "officer", "what"))
    with trying(LONG, tmp_path) as tried:
        assert tried.facts("allegation", "source_ref") == [("C1/7/Theft",)]
        assert [one.sentence for one in tried.rejects()] == ["No row of cases belongs to it."]


def test_a_row_with_several_other_rows_that_differ_is_rejected(tmp_path):
    write(
        tmp_path,
        *CASES,
        ("C1", "2015-01-03", "2015-01-04"),
        headings=("ref", "day", "received"),
        name="cases.csv",
    )
    write(tmp_path, ("C1", "7", "Theft"), ("C2", "7", "Theft"), headings=("ref", "officer", "what"))
    with trying(LONG, tmp_path) as tried:
        assert tried.facts("allegation", "source_ref") == [("C2/7/Theft",)]


def test_a_child_of_a_rejected_row_is_rejected_with_it(tmp_path):
    bad = [("C1", "2015-01-01", "2015-01-02"), ("C2", "2015-02-01", "soon")]
    write(tmp_path, *bad, headings=("ref", "day", "received"), name="cases.csv")
    write(tmp_path, *ALLEGATIONS, headings=("ref", "officer", "what"))
    text = LONG.replace("known: cases.received", "known: extract")
    with trying(text, tmp_path) as tried:
        assert len(tried.facts("allegation")) == 3
        assert {(one.table, one.row) for one in tried.rejects()} == {("cases", 3), ("rows", 5)}


def test_keys_may_be_joined_by_formulas(tmp_path):
    write(
        tmp_path,
        ("CR-1", "2015-01-01", "2015-01-02"),
        headings=("ref", "day", "received"),
        name="cases.csv",
    )
    write(tmp_path, ("1.0", "7", "Theft"), headings=("ref", "officer", "what"))
    text = LONG.replace("on: [ref]", "on: {whole(ref): \"replace(ref, 'CR-', '')\"}")
    with trying(text, tmp_path) as tried:
        assert len(tried.facts("allegation")) == 1
