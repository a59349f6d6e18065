"""What counts: people's rows, simulated people's where a study asks for them, nothing that was rehearsed."""

from django.db.models import Q

from apps.shared.models import Study


def counted(*, study: Study, path: str = "") -> Q:
    """Return which values, cards or votes count in a study; ``path`` leads to them, such as ``card__``.

    A rehearsal is a pilot or a preview: nothing of it counts, in the demo neither.
    """
    rehearsed = Q(**{f"{path}rehearsal": ""})
    return rehearsed if study.include_simulated else rehearsed & Q(**{f"{path}simulated": False})


def counted_or_of(*, study: Study, rehearsal: str, path: str = "") -> Q:
    """Return what counts; or, inside a rehearsal, what was made in that rehearsal and nothing else."""
    if rehearsal:
        return Q(**{f"{path}rehearsal": rehearsal})
    return counted(study=study, path=path)


def counted_anywhere(*, path: str = "") -> Q:
    """Return which rows count in the study that each belongs to."""
    asked_for = Q(**{f"{path}simulated": False}) | Q(**{f"{path}study__include_simulated": True})
    return Q(**{f"{path}rehearsal": ""}) & asked_for
