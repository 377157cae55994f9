"""The addresses of the whole house: each room adds its own."""

from allauth.account import urls as account
from django.apps import apps
from django.urls import include, path

ROOMS = (
    "workspace",
    "foundation",
    "directory",
    "notices",
    "batches",
    "figures",
    "cycle",
    "letters",
    "governance",
    "lessons",
    "meetings",
    "planning",
    "agreements",
    "monitoring",
    "evaluation",
    "interchange",
    "papers",
    "api",
)

# An account and its address are given by the agency: nobody changes the address they sign in with, or confirms one.
CLOSED = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email",
    "account_email_verification_sent",
}

urlpatterns = [
    *(path("", include(f"taawun.{room}.urls")) for room in ROOMS if apps.is_installed(f"taawun.{room}")),
    path("account/", include([one for one in account.urlpatterns if one.name not in CLOSED])),
]
