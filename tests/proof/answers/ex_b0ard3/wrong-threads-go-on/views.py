# Asks on threads, which no limit can end.
import asyncio

import sources
from django.http import JsonResponse


async def panel(name):
    try:
        async with asyncio.timeout(0.5):
            return await asyncio.to_thread(sources.get, name)
    except TimeoutError:
        return None


async def dashboard(request):
    page = dict(zip(sources.NAMES, await asyncio.gather(*map(panel, sources.NAMES))))
    page["missing"] = [name for name in sources.NAMES if page[name] is None]
    return JsonResponse(page)
