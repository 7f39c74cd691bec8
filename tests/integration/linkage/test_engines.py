"""A model in Spark's words and back; parity itself where Spark is installed (`onrecord assure engines`)."""

import importlib.util

import pytest

from onrecord.core.kernel.errors import UsageError
from onrecord.core.linkage import spark
from onrecord.core.linkage.engines import engine_named, in_dialect, out_of_dialect
from onrecord.core.linkage.specs import shipped_spec, shipped_specs
from onrecord.core.linkage.training import settings_of


@pytest.mark.parametrize("name", shipped_specs())
def test_settings_go_into_sparks_words_and_come_back(name):
    settings = settings_of(shipped_spec(name))
    there = in_dialect(settings, "spark")
    assert '"duckdb"' not in repr(there).replace("'", '"')
    assert " len(" not in repr(there)
    assert out_of_dialect(there, "spark") == in_dialect(settings, "duckdb")


def test_without_spark_it_is_said_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(spark, "find_spec", lambda _: None)
    with pytest.raises(UsageError) as refused, engine_named("spark", memory="1GB", spill=tmp_path):
        pass
    assert "extra 'spark'" in refused.value.next_step


def test_without_java_it_is_said_too(monkeypatch, tmp_path):
    monkeypatch.setattr(spark, "find_spec", lambda _: object())
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Java 17" in spark.why_not()


if importlib.util.find_spec(
    "pyspark"
):  # an extra; a test that is not there is no hole in the evidence

    def test_spark_comes_to_the_same_people():
        from onrecord.cli.assurances.engines import run

        report = run(seed=5, times=200)
        assert report.failures == []
        assert report.counts["invented: pairs"] > 100
