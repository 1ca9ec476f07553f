"""What the owners of a case settle: of which acts a statement needs two people to be accepted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from muster.extract.vocabulary import acts
from muster.run.judge import require_four_eyes, required_four_eyes
from muster.web.correction import act_choices
from muster.web.doors import Visit, case_page


@case_page("owner", "GET", "POST", fresh=True)
def case_settings(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show and change the settings of the case."""
    if request.method == "POST":
        chosen = set(request.POST.getlist("four_eyes")) & set(acts().codes)
        if chosen != required_four_eyes(visit.case):
            require_four_eyes(visit.case, chosen)
        messages.success(request, _("The settings were changed."))
        return redirect("settings", visit.slug)
    return render(request, "case_settings.html", {"acts": act_choices(), "four_eyes": required_four_eyes(visit.case)})
