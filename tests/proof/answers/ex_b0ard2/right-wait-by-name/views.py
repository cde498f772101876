# Waits for a set of tasks, and knows each by its name.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    tasks = [asyncio.create_task(sources.aget(name), name=name) for name in sources.NAMES]
    done, _ = await asyncio.wait(tasks)
    return JsonResponse({task.get_name(): task.result() for task in done})
