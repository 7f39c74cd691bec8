"""Learn weights without any truth, and refuse what cannot be right."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
import pyarrow as pa

from onrecord.core.kernel.errors import OnrecordError
from onrecord.core.linkage.engines import in_dialect, out_of_dialect
from onrecord.core.linkage.specs import LinkSpec

SEED = 1
SETTLED = 0.0001
ROUNDS = 60
LEAST_TO_LEARN = 200
"""Of fewer mentions than this the prior says nothing that could be checked."""
PRIOR_MAY_BE_OFF_BY = 5
AGREEMENT_MAY_SPEAK_AGAINST = frozenset({"source"})
"""Its first level is that one source has the two as two."""
ESSENTIAL = frozenset({"family", "given", "names", "words", "born", "birth_date"})
"""Where one of these comes out the wrong way round nothing else can be trusted either."""
LEAST_COMPARISONS = 2
_LEARNED = ("m_probability", "u_probability")
_UNSEEN = 1e-5


class TrainingError(OnrecordError):
    """What was learned cannot be right: nobody may be linked by it."""


def settings_of(spec: LinkSpec) -> dict[str, Any]:
    """Return a specification as Splink's settings."""
    from splink import SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="dedupe_only", unique_id_column_name="mention",
        comparisons=[each.as_splink() for each in spec.comparisons],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in spec.blocking],
        retain_matching_columns=False, retain_intermediate_calculation_columns=False,
        em_convergence=SETTLED, max_iterations=ROUNDS,
    )  # fmt: skip
    found: dict[str, Any] = settings.create_settings_dict(sql_dialect_str="duckdb")
    return found


def linker_for(settings: Mapping[str, Any], frame: Any, dialect: str = "duckdb") -> Any:
    """Return Splink's linker over registered mentions: with settings, or with a model learned before."""
    from splink import Linker

    with quiet():
        return Linker(frame, in_dialect(settings, dialect), log_level=logging.ERROR)


def train(spec: LinkSpec, frame: Any, dialect: str = "duckdb") -> dict[str, Any]:
    """Learn the weights from registered mentions, and return the model as Splink keeps it.

    Raises:
        TrainingError: what was learned cannot be right; it says what.
    """
    from splink import block_on

    if not (spec.training.prior_rules and spec.training.passes):
        raise TrainingError(
            "Too little is on record for weights to be learned from it.",
            next_step="Import more, or link with a model learned elsewhere: put its file into HOME/models.",
        )
    linker = linker_for(settings_of(spec), frame, dialect)
    with quiet(), shares_stay_above_nothing():
        rules = [block_on(*rule) for rule in spec.training.prior_rules]
        linker.training.estimate_probability_two_random_records_match(
            rules, recall=spec.training.prior_recall
        )
        linker.training.estimate_u_using_random_sampling(max_pairs=spec.training.sample, seed=SEED)
        for rule in spec.training.passes:
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*rule), estimate_without_term_frequencies=True,
                record_sample_proportion=1.0,
            )  # fmt: skip
        model = out_of_dialect(linker.misc.save_model_to_json(), dialect)
    _require_sane(model)
    return model


def _require_sane(model: dict[str, Any]) -> None:
    """Refuse parameters that could not be those of people; fill those of what never occurred.

    Raises:
        TrainingError: too little was learned, or the wrong way round of a name or a birth.
    """
    prior = model["probability_two_random_records_match"]
    if not 0 < prior < 0.5:  # noqa: PLR2004 - were half of all pairs matches, nothing could be told
        raise TrainingError(
            f"The share of pairs that match came out as {prior:.3g}.",
            next_step="Check the rules and the recall under 'prior'.",
        )
    told = [each for each in model["comparisons"] if not _says_nothing(each)]
    for comparison in told:
        _fill(comparison)
    for comparison in told:
        name = comparison["output_column_name"]
        if name in ESSENTIAL and not _speaks_for(comparison):
            raise TrainingError(
                f"Agreement on {name} came out as evidence against a match.",
                next_step="Look at what it compares: it may be a placeholder, or shared by colleagues.",
            )
    model["comparisons"] = [each for each in told if _speaks_for(each)]
    if len(model["comparisons"]) < LEAST_COMPARISONS:
        raise TrainingError(
            "Nothing was learned about enough of what is compared.",
            next_step="Add training passes by columns that leave it free, or link with a model learned elsewhere.",
        )


def _speaks_for(comparison: dict[str, Any]) -> bool:
    """Tell whether agreement speaks for one person, and more than difference does.

    Colleagues who began together share a day of appointment, and two forces write down two days
    for one person: what says less than nothing is left out, and the model's card names it.
    """
    first, *_, last = _levels(comparison)
    agrees, differs = (each["m_probability"] / each["u_probability"] for each in (first, last))
    is_free = comparison["output_column_name"] in AGREEMENT_MAY_SPEAK_AGAINST
    return bool(is_free or agrees > max(1, differs))


def _says_nothing(comparison: dict[str, Any]) -> bool:
    """Tell whether no two mentions of one person were ever seen to agree on it: it is left out.

    Two forces write down two days of appointment for one person; where nobody moved within
    a force there is nothing to learn from it.
    """
    first = _levels(comparison)[0]
    is_free = comparison["output_column_name"] in AGREEMENT_MAY_SPEAK_AGAINST
    return not is_free and any(first.get(what) is None for what in _LEARNED)


def _fill(comparison: dict[str, Any]) -> None:
    """Give levels that never, or hardly ever, occurred the least that could have been seen."""
    for level in _levels(comparison):
        for what in _LEARNED:
            level[what] = max(level.get(what) or 0.0, _UNSEEN)


def _levels(comparison: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in comparison["comparison_levels"] if not each.get("is_null_level")]


def require_prior(model: dict[str, Any], candidates: pa.Table, mentions: int) -> None:
    """Compare the prior with the share of pairs that the model itself takes for matches.

    Raises:
        TrainingError: they are more than `PRIOR_MAY_BE_OFF_BY` times apart.
    """
    odds = np.exp2(np.clip(candidates["weight"].to_numpy(), -60, 60))
    expected = float((odds / (1 + odds)).sum())
    pairs = mentions * (mentions - 1) / 2
    prior = model["probability_two_random_records_match"]
    ratio = (expected / pairs) / prior if pairs and prior else 0
    if mentions >= LEAST_TO_LEARN and not 1 / PRIOR_MAY_BE_OFF_BY <= ratio <= PRIOR_MAY_BE_OFF_BY:
        raise TrainingError(
            f"The prior says that {prior * pairs:,.0f} pairs match; by the weights {expected:,.0f} do.",
            next_step="A wrong prior is silent and costly. Check the rules and the recall under 'prior'.",
        )


@contextmanager
def shares_stay_above_nothing() -> Iterator[None]:
    """Keep a share that shrinks towards nothing at the least that Splink takes, while weights are learned.

    What no two mentions of one person ever show shrinks with every round, until Splink 5.0.0 refuses
    a share that it came to itself and nothing is learned at all. Where it makes a weight of a share
    it takes the same least for it, so nothing else comes out otherwise.
    """
    from splink.internals.comparison_level import M_U_CLAMP_MIN, ComparisonLevel

    def floored(name: str) -> property:
        plain = getattr(ComparisonLevel, name)

        def write(level: Any, value: Any) -> None:
            plain.fset(level, max(value, M_U_CLAMP_MIN) if isinstance(value, float) else value)

        return property(plain.fget, write)

    before = {name: getattr(ComparisonLevel, name) for name in _LEARNED}
    floors = {name: floored(name) for name in _LEARNED}
    try:
        for name, floor in floors.items():
            setattr(ComparisonLevel, name, floor)
        yield
    finally:
        for name, plain in before.items():
            setattr(ComparisonLevel, name, plain)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep Splink's own log, which shows values, out of ours."""
    log = logging.getLogger("splink")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)
