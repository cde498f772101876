# Goes back to a plain view, whose thread waits for a loop of its own.
import asyncio

import sources
from django.http import JsonResponse


async def ask_all():
    return await asyncio.gather(*map(sources.aget, sources.NAMES))


def dashboard(request):
    return JsonResponse(dict(zip(sources.NAMES, asyncio.run(ask_all()))))
