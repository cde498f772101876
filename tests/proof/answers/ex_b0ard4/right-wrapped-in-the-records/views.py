# Reads the names while the services are asked.
import asyncio

import sources
from django.contrib.auth.models import User
from django.http import JsonResponse
from records import note


async def panel(name):
    try:
        async with asyncio.timeout(0.5):
            return await sources.aget(name)
    except TimeoutError:
        return None


async def member_names():
    users = User.objects.exclude(is_active=False)
    return sorted([user.username async for user in users])


async def dashboard(request):
    *texts, members = await asyncio.gather(*map(panel, sources.NAMES), member_names())
    page = dict(zip(sources.NAMES, texts))
    page["missing"] = [name for name in sources.NAMES if page[name] is None]
    page["members"] = members
    page["showing"] = await note(page["missing"])
    return JsonResponse(page)
