# A class whose tasks each write into the page.
import asyncio

import sources
from django.http import JsonResponse
from django.views import View


class Board(View):
    async def get(self, request):
        page = {}

        async def fill(name):
            page[name] = await sources.aget(name)

        await asyncio.gather(fill("weather"), fill("rates"), fill("news"))
        return JsonResponse(page)


dashboard = Board.as_view()
