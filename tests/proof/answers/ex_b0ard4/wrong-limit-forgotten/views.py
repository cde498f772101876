# Does the new things, and has lost the limits of the step before.
import asyncio

import sources
from asgiref.sync import sync_to_async
from django.contrib.auth.models import User
from django.http import JsonResponse
from records import record_showing


async def dashboard(request):
    texts = await asyncio.gather(*map(sources.aget, sources.NAMES))
    page = dict(zip(sources.NAMES, texts))
    page["missing"] = []
    active = User.objects.filter(is_active=True).order_by("username")
    page["members"] = [user.username async for user in active]
    page["showing"] = await sync_to_async(record_showing)(page["missing"])
    return JsonResponse(page)
