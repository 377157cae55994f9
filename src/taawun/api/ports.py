"""What the interface supplies: the kind under which tokens are recorded, their gate, and whose they are."""

from django.utils.translation import gettext_lazy

from taawun.api import queries
from taawun.api.models import ApiToken
from taawun.directory.references import stays
from taawun.foundation import ports

ports.kind(
    slug=ApiToken.kind,
    label=gettext_lazy("Token of the interface for programs"),
    model=ApiToken,
    visible_to=queries.tokens_visible_to,
    url_name="api:token",
)
ports.act(
    ApiToken.kind,
    "token-made",
    label=gettext_lazy("Make a token"),
    done=gettext_lazy("Token made"),
)
ports.act(
    ApiToken.kind,
    "token-revoked",
    label=gettext_lazy("Revoke a token"),
    done=gettext_lazy("Token revoked"),
)

stays("api.ApiToken", "user")
