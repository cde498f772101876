# Has an empty text where nothing should be.
import asyncio

import sources
from django.http import JsonResponse


async def panel(name):
    try:
        return await asyncio.wait_for(sources.aget(name), 0.5)
    except TimeoutError:
        return ""


async def dashboard(request):
    page = dict(zip(sources.NAMES, await asyncio.gather(*map(panel, sources.NAMES))))
    page["missing"] = [name for name in sources.NAMES if not page[name]]
    return JsonResponse(page)
