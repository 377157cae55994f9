"""The consents of joint steps: the approving seats in their order, the signing parties in any."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from taawun.cycle import actions
from taawun.cycle.models import Consent, CooperationRequest, Operation, settings_for
from taawun.directory.roles import Role
from taawun.foundation.ports import TaskSpec
from taawun.foundation.standing import Seat, Standing
from taawun.foundation.steps import Context
from taawun.kernel.workflow import Transition


class OneConsentEach(ABC):
    """In which seats of a joint step a person may consent: see `actions.seats_left_to`."""

    @abstractmethod
    def seats(self, case: Any, consents: list[Consent]) -> set[Seat]:
        """The seats awaited, once these have consented."""

    def open_to(self, case: Any, step: Transition, who: Standing) -> set[Seat]:
        given = actions.consents_given(case, step.name)
        return actions.seats_left_to(case, who, self.seats(case, given), given)

    def why_shut(self, case: Any, step: Transition, who: Standing) -> str:
        given = actions.consents_given(case, step.name)
        held = self.seats(case, given) & who.posts
        if not held or actions.seats_left_to(case, who, held, given):
            return ""
        return _(
            "You have consented to this step in another seat. A deputy does not give the consent of two seats: "
            "it waits on the holder of this one, or on another deputy."
        )


class ApprovingSeats(OneConsentEach):
    """Adoption: each seat in the provider's order, only the next one asked; or so many of them as its settings need."""

    def _awaited(self, case: CooperationRequest, consents: list[Consent]) -> list[int]:
        given = {c.organisation_id for c in consents}
        seats, needed = case.approving_organisations, settings_for(case).approvals_needed
        left = [pk for pk in seats if pk not in given]
        if needed:
            return left if len(seats) - len(left) < needed else []
        return left[:1]

    def waiting(self, case: CooperationRequest, step: Transition, due: Any) -> Iterable[TaskSpec]:
        for organisation_id in self._awaited(case, actions.consents_given(case, step.name)):
            yield TaskSpec(step.name, organisation_id=organisation_id, role=Role.APPROVER, due=due)

    def consent(self, case: CooperationRequest, ctx: Context) -> bool:
        actions.keep_consent(case, ctx)
        return not self._awaited(case, actions.consents_given(case, ctx.step.name))

    def seats(self, case: CooperationRequest, consents: list[Consent]) -> set[Seat]:
        return {(pk, str(Role.APPROVER)) for pk in self._awaited(case, consents)}

    def withdraw(self, case: CooperationRequest, step: Transition, organisation_id: int | None) -> None:
        actions.withdraw_consent(case, step.name, organisation_id)


class PartiesJointly(OneConsentEach):
    """Confirmation of results: each signing party, in any order."""

    def _awaited(self, case: Operation, consents: list[Consent]) -> list[Seat]:
        """In the order in which the operation names its parties."""
        given = {c.organisation_id for c in consents}
        signing = [party for party in case.party_rows if party.signs]
        return [(p.acts_through_id, p.acts_as) for p in signing if p.acts_through_id not in given]

    def seats(self, case: Operation, consents: list[Consent]) -> set[Seat]:
        return set(self._awaited(case, consents))

    def waiting(self, case: Operation, step: Transition, due: Any) -> Iterable[TaskSpec]:
        for organisation_id, role in self._awaited(case, actions.consents_given(case, step.name)):
            yield TaskSpec(step.name, organisation_id=organisation_id, role=role, due=due)

    def consent(self, case: Operation, ctx: Context) -> bool:
        actions.keep_consent(case, ctx)
        return not list(self.waiting(case, ctx.step, None))

    def withdraw(self, case: Operation, step: Transition, organisation_id: int | None) -> None:
        actions.withdraw_consent(case, step.name, organisation_id)
