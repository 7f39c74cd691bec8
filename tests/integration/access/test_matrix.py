"""The matrix, pairwise; every cell in `onrecord assure matrix`."""

from onrecord.cli.assurances.matrix import try_matrix
from onrecord.cli.proving.quiet import quietly


def test_every_role_meets_every_address_as_the_table_of_permissions_says(store, settings, tmp_path):
    from onrecord.project.home import Home

    settings.HOME = Home(tmp_path / "home").prepare()
    with quietly():
        report = try_matrix(seed=1, at_most=1_000)

    assert not report.failures, "\n".join(report.failures)
    assert report.counts["cells tried"] > 1_000
