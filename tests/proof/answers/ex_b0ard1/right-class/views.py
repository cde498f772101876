# A class with an async method.
import sources
from django.http import JsonResponse
from django.views import View


class Dashboard(View):
    async def get(self, request):
        panels = {}
        for name in ("news", "weather", "rates"):
            panels[name] = await sources.aget(name)
        return JsonResponse(panels)


dashboard = Dashboard.as_view()
