from django.contrib.auth.decorators import login_required
from django.urls import include, path
from django.views.generic import ListView

from taawun.cycle.models import Operation


class PlainList(ListView):
    """The baseline: 25 operations, the same middleware and frame, no gate."""

    queryset = Operation.objects.order_by("-id")
    paginate_by = 25
    template_name = "plain.html"


urlpatterns = [path("plain/", login_required(PlainList.as_view())), path("", include("taawun.config.urls"))]
