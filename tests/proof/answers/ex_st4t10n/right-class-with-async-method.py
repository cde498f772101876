# Is a class with an async method, which waits for a thread.
from asyncio import to_thread

import station
from django.http import JsonResponse
from django.views import View


class Page(View):
    async def get(self, request):
        city = request.GET["city"]
        return JsonResponse({"city": city, "celsius": await to_thread(station.read, city)})


weather = Page.as_view()
