# Has a limit for each, and asks one after the other.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    page, missing = {}, []
    for name in sources.NAMES:
        try:
            async with asyncio.timeout(0.5):
                page[name] = await sources.aget(name)
        except TimeoutError:
            page[name] = None
            missing.append(name)
    return JsonResponse({**page, "missing": missing})
