"""The addresses.  Pages of a case lie under /cases/<slug>/; tests/doors must list every one of them."""

from django.urls import include, path
from django.views.i18n import set_language

from muster.web.pages import cases, members, overview

_of_a_case = [
    path("", overview.overview, name="overview"),
    path("members/", members.members, name="members"),
    path("members/invite/", members.invite, name="invite"),
    path("members/<int:member>/", members.change, name="member"),
]

urlpatterns = [
    path("", cases.home, name="home"),
    path("cases/", cases.cases, name="cases"),
    path("cases/new/", cases.new_case, name="new-case"),
    path("invitation/<str:secret>/", cases.invitation, name="invitation"),
    path("tokens/", cases.tokens, name="tokens"),
    path("tokens/<int:token>/delete/", cases.delete_token, name="delete-token"),
    path("language/", set_language, name="set_language"),
    path("account/", include("muster.web.accounts.urls")),
    path("cases/<str:slug>/", include(_of_a_case)),
]

handler403 = "muster.web.pages.errors.forbidden"
handler404 = "muster.web.pages.errors.not_found"
handler500 = "muster.web.pages.errors.broken"
