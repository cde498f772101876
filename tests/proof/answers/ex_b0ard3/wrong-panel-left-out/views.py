# Leaves out a panel that is empty.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    page, missing = {}, []

    async def fill(name):
        try:
            page[name] = await asyncio.wait_for(sources.aget(name), 0.5)
        except TimeoutError:
            missing.append(name)

    await asyncio.gather(*map(fill, sources.NAMES))
    return JsonResponse({**page, "missing": missing})
