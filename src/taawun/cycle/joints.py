"""The consents of joint steps: the approving seats in their order, the signing parties in any."""

from collections.abc import Iterable
from typing import Any

from taawun.cycle import actions
from taawun.cycle.models import CooperationRequest, Operation, settings_for
from taawun.directory.roles import Role
from taawun.foundation.ports import TaskSpec
from taawun.foundation.steps import Context
from taawun.kernel.workflow import Transition


class ApprovingSeats:
    """Adoption: each seat in the provider's order, only the next one asked; or so many of them as its settings need."""

    def _awaited(self, case: CooperationRequest, step: Transition) -> list[int]:
        given = {c.organisation_id for c in actions.consents_given(case, step.name)}
        seats, needed = case.approving_organisations, settings_for(case).approvals_needed
        left = [pk for pk in seats if pk not in given]
        if needed:
            return left if len(seats) - len(left) < needed else []
        return left[:1]

    def waiting(self, case: CooperationRequest, step: Transition, due: Any) -> Iterable[TaskSpec]:
        for organisation_id in self._awaited(case, step):
            yield TaskSpec(step.name, organisation_id=organisation_id, role=Role.APPROVER, due=due)

    def consent(self, case: CooperationRequest, ctx: Context) -> bool:
        actions.keep_consent(case, ctx)
        return not self._awaited(case, ctx.step)

    def withdraw(self, case: CooperationRequest, step: Transition, organisation_id: int | None) -> None:
        actions.withdraw_consent(case, step.name, organisation_id)


class PartiesJointly:
    """Confirmation of results: each signing party, in any order."""

    def waiting(self, case: Operation, step: Transition, due: Any) -> Iterable[TaskSpec]:
        given = {c.organisation_id for c in actions.consents_given(case, step.name)}
        for party in case.party_rows:
            if party.signs and party.acts_through_id not in given:
                yield TaskSpec(step.name, organisation_id=party.acts_through_id, role=party.acts_as, due=due)

    def consent(self, case: Operation, ctx: Context) -> bool:
        actions.keep_consent(case, ctx)
        return not list(self.waiting(case, ctx.step, None))

    def withdraw(self, case: Operation, step: Transition, organisation_id: int | None) -> None:
        actions.withdraw_consent(case, step.name, organisation_id)
