# Stays a plain view, whose thread waits for a loop of its own.
import asyncio

import sources
from django.http import JsonResponse


async def ask():
    return {name: await sources.aget(name) for name in sources.NAMES}


def dashboard(request):
    return JsonResponse(asyncio.run(ask()))
