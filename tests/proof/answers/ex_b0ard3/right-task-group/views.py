# A task group, whose tasks note for themselves that they were late.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    page = {"missing": []}

    async def fill(name):
        page[name] = None
        try:
            page[name] = await asyncio.wait_for(sources.aget(name), 0.5)
        except asyncio.TimeoutError:
            page["missing"].append(name)

    async with asyncio.TaskGroup() as group:
        for name in sources.NAMES:
            group.create_task(fill(name))
    return JsonResponse(page)
