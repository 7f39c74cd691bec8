"""A batch comes in whole, once, and can be taken back."""

import shutil

import pytest

from integration.intake.importing import EXAMPLE, counts, example, import_from, rows_of

pytestmark = pytest.mark.usefixtures("store")


def test_the_worked_example_comes_in_whole(tmp_path):
    result = import_from(example(), EXAMPLE, tmp_path)

    assert result.wrote
    assert counts(result) == {
        "complaints": (3, 0),
        "accused": (5, 0),
        "officers": (2, 0),
        "complainants": (3, 0),
    }
    assert rows_of("facts.allegation") == 5


def test_the_same_files_again_write_nothing(tmp_path):
    first = import_from(example(), EXAMPLE, tmp_path)
    again = import_from(example(), EXAMPLE, tmp_path)

    assert not again.wrote
    assert again.batch == first.batch
    assert rows_of("facts.allegation") == 5
    assert all(one["unchanged"] == one["read"] for one in again.tables)


def test_the_same_rows_in_another_order_write_nothing(tmp_path):
    import_from(example(), EXAMPLE, tmp_path)
    turned = shutil.copytree(EXAMPLE, tmp_path / "turned")
    for file in turned.glob("*.csv"):
        heading, *rows = file.read_text().splitlines()
        file.write_text("\n".join([heading, *reversed(rows)]) + "\n")

    again = import_from(example(), turned, tmp_path)

    assert not again.wrote
    assert all(one["unchanged"] == one["read"] for one in again.tables)
