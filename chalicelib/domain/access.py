"""Who may do what. Every use case asks here; a stranger's case is as good as a missing one."""

from collections.abc import Collection
from typing import Literal

from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.journal import Actor
from chalicelib.domain.values import Value

Role = Literal["citizen", "registrar", "head-of-unit", "administrator"]
OFFICIALS: frozenset[Role] = frozenset({"registrar", "head-of-unit"})


class Principal(Value):
    """Somebody signed in. `egn` is known only for citizens and is never logged."""

    subject: SubjectId
    name: str
    roles: frozenset[Role]
    unit: str | None = None
    egn: str | None = None

    def __repr__(self) -> str:
        return f"Principal({self.subject}, {sorted(self.roles)})"

    @property
    def actor(self) -> Actor:
        """As the journal names them."""
        kind: Literal["citizen", "official"] = "citizen" if "citizen" in self.roles else "official"
        return Actor(kind=kind, id=self.subject)

    def has(self, *roles: Role) -> bool:
        """Whether they have any of these roles."""
        return not self.roles.isdisjoint(roles)


def require(principal: Principal, *roles: Role) -> None:
    """Raises Forbidden unless the principal has one of the roles."""
    if not principal.has(*roles):
        raise Forbidden(needs=", ".join(roles))


def is_applicant(principal: Principal, applicant: SubjectId) -> bool:
    """Whether this is their own case as a citizen."""
    return "citizen" in principal.roles and principal.subject == applicant


def serves(principal: Principal, units: Collection[str]) -> bool:
    """Whether an official's unit has to do with the case."""
    return principal.has(*OFFICIALS) and principal.unit in units


def require_sight(principal: Principal, *, applicant: SubjectId, units: Collection[str]) -> None:
    """Raises NotFound for everybody but the applicant and the units' officials."""
    if not (is_applicant(principal, applicant) or serves(principal, units)):
        raise NotFound(what="case")


def require_own(principal: Principal, applicant: SubjectId) -> None:
    """Raises NotFound unless it is their own case."""
    if not is_applicant(principal, applicant):
        raise NotFound(what="case")


def require_office(principal: Principal, units: Collection[str]) -> None:
    """Raises Forbidden for those who are no officials, NotFound for those of other units."""
    require(principal, *OFFICIALS)
    if principal.unit not in units:
        raise NotFound(what="case")
