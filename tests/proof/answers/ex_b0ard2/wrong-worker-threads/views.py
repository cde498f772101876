# Has the three open at once, on three threads that wait.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    answers = await asyncio.gather(
        *(asyncio.to_thread(sources.get, name) for name in sources.NAMES)
    )
    return JsonResponse(dict(zip(sources.NAMES, answers)))
