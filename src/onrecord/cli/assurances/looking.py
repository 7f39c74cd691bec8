"""Unusual looking is told within a day, and ordinary work is left alone."""

from onrecord.cli.assurances.reporting import Report
from onrecord.core.looking.rules import rules
from onrecord.core.looking.simulated import Outcome, measure, simulate

FULL = 50
_SHARE_FOUND, _FALSE_ALARMS = 95.0, 2.0
"""The targets: per cent of stories found within a day; false alarms per 1,000 days worked."""

_PROMISE = (
    "Twelve stories of looking that somebody should hear of (one for each rule) are planted into"
    " 90 days of invented use by 200 users, for each seed. At least 95 % of them are told by their"
    " own rule within a day of the story's last look, and at most 2 alerts for every 1,000 days"
    " worked rest on no planted look. The rules were tuned on the seeds 100001 to 100024 only; their"
    " first version, written before anything was measured, found 99.3 % on the first twelve of"
    " these, with 9.5 false alarms for every 1,000 days worked. The simulator was not changed after that, and is by the"
    " same authors as the rules: it says how they do on the use we could think of, not on a real"
    " force's. A former partner or relative who is nowhere on record is not among the stories; no"
    " rule can see that. Nor does it say what a rule is told wrongly: all facts here are right."
)


def run(seed: int, times: int) -> Report:
    """Measure `times` seeds from `seed` on."""
    report, total = Report("looking", seed, _PROMISE), Outcome()
    for one in range(seed, seed + times):
        total.add(measure(simulate(one)))
    report.counts = {
        "seeds": times,
        "looks": total.looks,
        "days worked, over all users": total.user_days,
        "stories planted": total.found.total() + total.missed.total(),
        "stories found within a day": total.found.total(),
        "of them, per cent": round(total.share_found, 2),
        "false alarms": total.false_alarms.total(),
        "false alarms per 1,000 days worked": round(total.false_alarms_per_thousand, 2),
    }
    for rule in rules().values():
        report.counts[f"{rule.id} v{rule.version}: missed"] = total.missed[rule.id]
        report.counts[f"{rule.id} v{rule.version}: false alarms"] = total.false_alarms[rule.id]
    report.failures = _failures(total)
    return report


def _failures(total: Outcome) -> list[str]:
    failures = []
    if total.share_found < _SHARE_FOUND:
        failures.append(f"Only {total.share_found:.1f} % of the stories were found within a day.")
    if total.false_alarms_per_thousand > _FALSE_ALARMS:
        rate = total.false_alarms_per_thousand
        failures.append(f"There were {rate:.2f} false alarms for every 1,000 days worked.")
    return failures
