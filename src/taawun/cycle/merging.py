"""What leads from cases to people and organisations, and what becomes of it when two are merged."""

from django.utils.translation import gettext_lazy as _

from taawun.directory.references import moves, stays


def declare() -> None:
    """Whoever has a part, a seat or a function now, moves; who decided, asked, gave or wrote that day, stays."""
    moves(
        "cycle.CooperationRequest",
        *("requesting", "coordination", "provider", "country_office", "implementing"),
        what=_("Request"),
        told=True,
    )
    moves("cycle.Operation", "provider", "country_office", what=_("Operation"), told=True)
    moves("cycle.Party", "organisation", what=_("Party"), told=True)
    moves("cycle.Party", "acts_through", what=_("Seat of a party"))
    moves(
        "cycle.TeamMember",
        "person",
        what=_("Function"),
        told=True,
        alike=("organisation_id", "field", "held_to", "handed_over"),
    )
    moves("cycle.TeamMember", "organisation", what=_("Function"))
    moves("cycle.Component", "supplier", what=_("Component"))
    moves("cycle.Consent", "organisation", what=_("Consent"))
    moves("cycle.Opinion", "organisation", what=_("Opinion"))
    moves("cycle.Round", "provider", what=_("Round"))
    moves("cycle.ApprovingSeat", "organisation", what=_("Seat that approves"))
    moves("cycle.ConsultedMinistry", "organisation", what=_("Ministry usually asked"), alike=())
    stays("cycle.ProviderSettings", "provider", "made_by")
    stays("cycle.AgencyDay", "provider", "made_by")
    stays("cycle.Lot", "coordination", "provider")
    stays("cycle.Decision", "organisation", "decided_by")
    stays("cycle.Consent", "given_by", "for_person")
    stays("cycle.Opinion", "given_by")
    stays("cycle.CooperationRequest", "created_by")
    stays("cycle.ActivityReport", "written_by")
    stays("cycle.AppraisalNote", "written_by")
