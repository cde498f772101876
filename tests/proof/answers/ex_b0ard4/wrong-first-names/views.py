# Has first names, by which nobody signs in.
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
    active = User.objects.filter(is_active=True).order_by("username")
    page["members"] = [user.first_name async for user in active]
    page["showing"] = await sync_to_async(record_showing)(page["missing"])
    return JsonResponse(page)
