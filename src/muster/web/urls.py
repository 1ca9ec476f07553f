"""The addresses.  Pages of a case lie under /cases/<slug>/; tests/doors must list every one of them."""

from django.urls import include, path
from django.views.i18n import set_language

from muster.web.api.routes import api
from muster.web.pages import (
    add,
    case_settings,
    cases,
    document,
    documents,
    entities,
    export,
    history,
    incidents,
    judging,
    members,
    overview,
    queue,
    search,
    sources,
    statement,
    timeline,
    world_map,
)

_of_a_case = [
    path("", overview.overview, name="overview"),
    path("documents/", documents.documents, name="documents"),
    path("documents/refused/", documents.refused_files, name="refused-files"),
    path("documents/problems/", documents.problems, name="problems"),
    path("documents/add/", add.add, name="add"),
    path("documents/finish/", add.finish, name="finish"),
    path("documents/builds/<slug:key>/", add.build, name="build"),
    path("documents/builds/<slug:key>/resume/", add.resume, name="resume"),
    path("documents/builds/<slug:key>/discard/", add.discard, name="discard"),
    path("documents/<slug:document>/", document.document, name="document"),
    path("documents/<slug:document>/original/", document.original, name="original"),
    path("documents/<slug:document>/download/", document.download, name="download"),
    path("documents/<slug:document>/add-statement/", document.add_statement, name="statement-add"),
    path("search/", search.results, name="search"),
    path("export/", export.choose, name="export"),
    path("export/report.html", export.report, name="export-report"),
    path("export/protected/", export.protected, name="protected"),
    path("export/<slug:kind>.zip", export.export, name="export-file"),
    path("queue/", queue.queue, name="queue"),
    path("queue/sure/", queue.accept_many, name="accept-many"),
    path("statements/<str:statement>/", statement.statement, name="statement"),
    path("statements/<str:statement>/judge/", queue.judge_statement, name="judge-statement"),
    path("statements/<str:statement>/move/", statement.move, name="move-statement"),
    path("history/", history.history, name="history"),
    path("settings/", case_settings.case_settings, name="settings"),
    path("members/", members.members, name="members"),
    path("members/invite/", members.invite, name="invite"),
    path("members/invitations/<int:invitation>/", members.withdraw, name="invitation-withdraw"),
    path("members/<int:member>/", members.change, name="member"),
]

_weighed = [
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/<slug:incident>/", incidents.incident, name="incident"),
    path("incidents/<slug:incident>/judge/", incidents.judge_incident, name="judge-incident"),
    path("people/", entities.people, name="people"),
    path("groups/", entities.groups, name="groups"),
    path("places/", entities.places, name="places"),
    path("entities/<slug:entity>/", entities.entity, name="entity"),
    path("entities/<slug:entity>/judge/", entities.judge_entity, name="judge-entity"),
    path("entities/<slug:entity>/protect/", entities.protect_entity, name="protect-entity"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:source>/", sources.source, name="source"),
    path("sources/<slug:source>/judge/", sources.judge_source, name="judge-source"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("map/", world_map.world_map, name="map"),
    path("map/<slug:entity>/place/", world_map.put_on_map, name="put-on-map"),
    path("judgements/<slug:judgement>/take-back/", judging.take_back, name="take-back"),
]

urlpatterns = [
    path("", cases.home, name="home"),
    path("cases/", cases.cases, name="cases"),
    path("cases/new/", cases.new_case, name="new-case"),
    path("invitation/<str:secret>/", cases.invitation, name="invitation"),
    path("tokens/", cases.tokens, name="tokens"),
    path("tokens/<int:token>/delete/", cases.delete_token, name="delete-token"),
    path("api/", api.urls),
    path("language/", set_language, name="set_language"),
    path("account/", include("muster.web.accounts.urls")),
    path("cases/<str:slug>/", include(_of_a_case + _weighed)),
]

handler400 = "muster.web.pages.errors.bad_input"
handler403 = "muster.web.pages.errors.forbidden"
handler404 = "muster.web.pages.errors.not_found"
handler500 = "muster.web.pages.errors.broken"
