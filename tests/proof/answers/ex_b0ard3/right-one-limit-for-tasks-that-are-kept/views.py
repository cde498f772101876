# One limit around all, after which the tasks that were done still have their answers.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    tasks = {name: asyncio.create_task(sources.aget(name)) for name in sources.NAMES}
    try:
        async with asyncio.timeout(0.5):
            await asyncio.gather(*tasks.values())
    except TimeoutError:
        pass  # gather has cancelled those that were not done
    page, missing = {}, []
    for name, task in tasks.items():
        answered = task.done() and not task.cancelled()
        page[name] = task.result() if answered else None
        if not answered:
            missing.append(name)
    return JsonResponse({**page, "missing": missing})
