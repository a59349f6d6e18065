"""The door that simulated participants come in by: a signed token opens it once, while their pilot runs."""

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from apps.elicitation.models import PilotWalk
from apps.elicitation.services import participants
from apps.elicitation.services.participants import Arrival, Session, Ticks
from apps.shared import selectors as shared
from apps.shared.errors import Conflict, Missing
from apps.shared.models import Job

SALT = "elicitation.pilot"
VALID_SECONDS = 6 * 3600
CLOSED = "This door is for the simulated participants of a pilot, and it does not open."


def sign(*, walk: PilotWalk) -> str:
    """Return the token of one place in one attempt of a pilot; only the server's key can make one."""
    return signing.dumps({"run": walk.run_id, "place": walk.place, "attempt": walk.attempt}, salt=SALT)


def find(*, slug: str, token: str) -> PilotWalk:
    """Return the walk that a token belongs to.

    Raises Missing for a token that is forged, old, of another study, or of a pilot that does not run now.
    """
    try:
        read = signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature as error:
        raise Missing(CLOSED) from error
    walks = PilotWalk.objects.select_related("run__study", "run__version__consent")
    walk = walks.filter(
        run=read["run"],
        place=read["place"],
        attempt=read["attempt"],
        state=PilotWalk.State.WALKING,
        run__study__slug=slug,
    ).first()
    if walk is None or walk.run.version is None or walk.run.job_id is None:
        raise Missing(CLOSED)
    job = shared.jobs(study=walk.run.study).filter(pk=walk.run.job_id).first()
    if job is None or job.state != Job.State.RUNNING or job.attempts != walk.attempt:
        raise Missing(CLOSED)
    return walk


@transaction.atomic
def enrol(*, walk: PilotWalk, ticks: Ticks, address: str) -> Session:
    """Take a simulated participant in, marked; a place is taken once. Raises Conflict and Invalid."""
    row = PilotWalk.objects.select_for_update(of=("self",)).get(pk=walk.pk)
    if row.participant_id is not None or walk.run.version is None:
        raise Conflict(_("This study takes nobody in at the moment."))
    arrival = Arrival(language=walk.language, simulated=True, persona=walk.kind, pilot_run=walk.run_id)
    session = participants.enrol(version=walk.run.version, ticks=ticks, address=address, arrival=arrival)
    row.participant = session.participant
    row.save(update_fields=["participant"])
    return session
