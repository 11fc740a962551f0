from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hakapa.accounts.http import HtmxRequest
from hakapa.commitments import actions
from hakapa.commitments.forms import VerifyForm
from hakapa.commitments.models import Verification


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def verify(request: HtmxRequest, token: str) -> HttpResponse:
    asked = get_object_or_404(
        Verification.objects.select_related("commitment__proposal__lab", "commitment__receiver"),
        token=token,
    )
    form = VerifyForm(request.POST or None, instance=asked)
    if form.is_valid():
        actions.verify(asked, **form.cleaned_data)
        messages.success(request, _("Thank you. Your answer is saved and can be changed here."))
        return redirect(asked.secret_url)
    reports = asked.commitment.follow_ups.all()[:1]
    context = {"form": form, "asked": asked, "commitment": asked.commitment, "reports": reports}
    return render(request, "commitments/verify.html", context)
