"""Twin worlds, small: two roles here; every role in `onrecord assure twins`."""

from onrecord.cli.assurances.twins import compare_worlds


def test_a_world_with_sealed_material_answers_like_one_without(store, settings, tmp_path):
    from onrecord.project.home import Home

    settings.HOME = Home(tmp_path / "home").prepare()
    report = compare_worlds(store, seed=1, limit=400, roles=["review_lead", "investigator"])

    assert report.failures == []
    assert report.counts["answers compared"] > 300
