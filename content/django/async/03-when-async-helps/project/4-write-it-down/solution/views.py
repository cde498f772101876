"""The page that the board in the hall shows."""

import asyncio

import sources
from asgiref.sync import sync_to_async
from django.contrib.auth.models import User
from django.http import JsonResponse
from records import record_showing

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
    active = User.objects.filter(is_active=True).order_by("username")
    members = [user.username async for user in active]
    number = await sync_to_async(record_showing)(missing)
    page = {**panels, "missing": missing, "members": members, "showing": number}
    return JsonResponse(page)
