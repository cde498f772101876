# Waits for a set of tasks, and cancels those that are not done.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    tasks = {name: asyncio.create_task(sources.aget(name)) for name in sources.NAMES}
    done, late = await asyncio.wait(tasks.values(), timeout=0.5)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    page = {name: task.result() if task in done else None for name, task in tasks.items()}
    page["missing"] = [name for name, task in tasks.items() if task in late]
    return JsonResponse(page)
