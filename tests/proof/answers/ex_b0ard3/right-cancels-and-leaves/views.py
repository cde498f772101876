# Cancels what is late, and sends the page without waiting for the cancelled ones.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    tasks = [asyncio.create_task(sources.aget(name), name=name) for name in sources.NAMES]
    done, late = await asyncio.wait(tasks, timeout=0.5)
    page = dict.fromkeys(sources.NAMES) | {task.get_name(): task.result() for task in done}
    for task in late:
        task.cancel()
    return JsonResponse(page | {"missing": [task.get_name() for task in tasks if task in late]})
