# Sends the page when the first service has answered.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    tasks = {name: asyncio.create_task(sources.aget(name)) for name in sources.NAMES}
    await asyncio.wait(tasks.values(), return_when=asyncio.FIRST_COMPLETED)
    return JsonResponse(
        {name: task.result() if task.done() else None for name, task in tasks.items()}
    )
