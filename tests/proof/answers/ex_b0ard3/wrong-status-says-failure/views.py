# Shows the right page with the status of a failure.
import asyncio

import sources
from django.http import JsonResponse


async def panel(name):
    try:
        return await asyncio.wait_for(sources.aget(name), 0.5)
    except TimeoutError:
        return None


async def dashboard(request):
    page = dict(zip(sources.NAMES, await asyncio.gather(*map(panel, sources.NAMES))))
    page["missing"] = [name for name in sources.NAMES if page[name] is None]
    return JsonResponse(page, status=503 if page["missing"] else 200)
