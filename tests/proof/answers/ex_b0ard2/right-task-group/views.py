# A task for each name, in a group.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    async with asyncio.TaskGroup() as group:
        asked = {name: group.create_task(sources.aget(name)) for name in sources.NAMES}
    return JsonResponse({name: task.result() for name, task in asked.items()})
