"""A run of linkage over what a test wrote."""

import shutil

import pytest
from tests.integration.linkage.recorded import ADA

from onrecord.apps.audit.services import sequence_pending
from onrecord.apps.linking.modelling import link_people


@pytest.fixture(scope="session")
def learned(tmp_path_factory):
    """Hold the model that the first run learns; it is learned once, since that takes seconds."""
    return tmp_path_factory.mktemp("learned")


@pytest.fixture
def models(tmp_path, learned):
    """Return the folder of models that the runs of a test use."""
    folder = tmp_path / "models"
    shutil.copytree(learned, folder)
    return folder


@pytest.fixture
def run(store, tmp_path, models, learned):
    def go(**more):
        sequence_pending()
        given = {"actor": ADA, "snapshots": tmp_path / "snapshots", "models": models,
                 "reason": "a test", "learns": False, "is_trial": False}  # fmt: skip
        found = link_people(**(given | more))
        if found.written and not any(learned.iterdir()):
            shutil.copytree(models, learned, dirs_exist_ok=True)
        return found

    return go
