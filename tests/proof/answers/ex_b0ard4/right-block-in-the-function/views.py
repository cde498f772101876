# Reads the names in one question for values.
import asyncio

import sources
from asgiref.sync import sync_to_async
from django.contrib.auth.models import User
from django.http import JsonResponse
from records import record_showing


async def panel(name):
    try:
        async with asyncio.timeout(0.5):
            return await sources.aget(name)
    except TimeoutError:
        return None


async def dashboard(request):
    texts = await asyncio.gather(*map(panel, sources.NAMES))
    page = dict(zip(sources.NAMES, texts))
    page["missing"] = [name for name in sources.NAMES if page[name] is None]
    names = User.objects.filter(is_active=True).values_list("username", flat=True)
    page["members"] = sorted([name async for name in names])
    page["showing"] = await sync_to_async(record_showing)(page["missing"])
    return JsonResponse(page)
