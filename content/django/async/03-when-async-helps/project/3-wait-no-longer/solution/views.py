"""The page that the board in the hall shows."""

import asyncio

import sources
from django.http import JsonResponse

PATIENCE = 0.5  # seconds that one service is worth


async def ask(name):
    """The answer of a service, or None when it is too slow."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await sources.aget(name)
    except TimeoutError:
        return None


async def dashboard(request):
    answers = await asyncio.gather(*(ask(name) for name in sources.NAMES))
    panels = dict(zip(sources.NAMES, answers))
    missing = [name for name in sources.NAMES if panels[name] is None]
    return JsonResponse({**panels, "missing": missing})
