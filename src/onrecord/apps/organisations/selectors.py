"""Read organisations and holders. They are reference data: every viewer may see them."""

from dataclasses import dataclass

from onrecord.apps.organisations.models import Holder, Organisation
from onrecord.core.kernel.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class HolderRef:
    """A holder as facts and pages name it."""

    id: int
    organisation_id: int
    organisation_code: str
    organisation_name: str
    system: str
    system_name: str

    @property
    def code(self) -> str:
        """Return `ORGANISATION:SYSTEM`."""
        return f"{self.organisation_code}:{self.system}"


def holders_by_id() -> dict[int, HolderRef]:
    """Return every holder by its number."""
    rows = Holder.objects.select_related("organisation").order_by("id")
    return {
        row.pk: HolderRef(
            row.pk,
            row.organisation.pk,
            row.organisation.code,
            row.organisation.name,
            row.system,
            row.name,
        )
        for row in rows
    }


def holder_ids(code: str) -> frozenset[int]:
    """Return the numbers of the holders meant by `ORGANISATION` or `ORGANISATION:SYSTEM`.

    Raises:
        NotFoundError: there is no such holder.
    """
    found = frozenset(
        ref.id for ref in holders_by_id().values() if code in {ref.code, ref.organisation_code}
    )
    if not found:
        raise NotFoundError(
            f"There is no holder '{code}'.", next_step="`onrecord holders` lists them."
        )
    return found


def organisation_words() -> frozenset[str]:
    """Return the codes and names of the organisations on record."""
    rows = Organisation.objects.values_list("code", "name")
    return frozenset(word for row in rows for word in row)
