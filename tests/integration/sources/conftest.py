"""The shipped sources, invented and real."""

import pytest

from integration.sources.reading import SHARED, read_source, write_twin


@pytest.fixture(scope="module")
def twin(request, tmp_path_factory):
    """The invented twin of the source that the test module names in SOURCE, read."""
    folder = tmp_path_factory.mktemp("twin")
    name = request.module.SOURCE
    with read_source(name, write_twin(name, folder), folder / "work") as read:
        yield read


@pytest.fixture(scope="module")
def real(request, tmp_path_factory):
    """The real source that the test module names in SOURCE, read; skipped where it is not shared."""
    name = request.module.SOURCE
    if not (SHARED / name).is_dir():
        pytest.skip(f"shared data absent: {name}")
    with read_source(name, SHARED, tmp_path_factory.mktemp("real") / "work") as read:
        yield read


@pytest.fixture(scope="module")
def raw(request):
    """A question to the real files themselves, in SQL of its own: the independent count."""
    import duckdb

    name = request.module.SOURCE
    if not (SHARED / name).is_dir():
        pytest.skip(f"shared data absent: {name}")
    connection = duckdb.connect(config={"memory_limit": "400MB", "threads": 2})
    for path in sorted((SHARED / name).glob("*.parquet")):
        connection.execute(f"create view {path.stem} as select * from '{path}'")
    for path in sorted((SHARED / name).glob("*.csv.gz")):
        stem = path.name.split("_")[0].replace("-", "_")
        reader = (
            f"read_csv('{path}', all_varchar = true, header = true, delim = ',', quote = "
            "'\"', escape = '\"')"
        )
        connection.execute(f"create view {stem} as select * from {reader}")
    yield lambda sql: connection.execute(sql).fetchall()
    connection.close()
