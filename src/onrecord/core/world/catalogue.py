"""The source descriptions of the demonstration world, in the order of import."""

from importlib import resources

from onrecord.core.world.extracts import BUNDLES

SOURCE_PREFIX = "demo_"
"""What the names of all the world's sources begin with."""


def descriptions() -> dict[str, str]:
    """Return the text of each description by its bundle, the key list of people last."""
    folder = resources.files(__package__) / "descriptions"
    return {name: (folder / f"{name}.yaml").read_text("utf-8") for name in BUNDLES}
