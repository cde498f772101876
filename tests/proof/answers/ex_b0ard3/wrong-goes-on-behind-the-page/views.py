# Stops waiting, and lets the late questions go on.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    tasks = {name: asyncio.create_task(sources.aget(name)) for name in sources.NAMES}
    await asyncio.wait(tasks.values(), timeout=0.5)
    page = {name: task.result() if task.done() else None for name, task in tasks.items()}
    page["missing"] = [name for name, task in tasks.items() if not task.done()]
    return JsonResponse(page)
