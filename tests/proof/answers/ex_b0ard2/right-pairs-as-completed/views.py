# Pairs of name and answer, taken as they come.
import asyncio

import sources
from django.http import JsonResponse


async def panel(name):
    return name, await sources.aget(name)


async def dashboard(request):
    page = {}
    for pair in asyncio.as_completed(map(panel, sources.NAMES)):
        name, text = await pair
        page[name] = text
    return JsonResponse(page)
