# Lets the writing go on behind the page, and guesses the number.
import asyncio

import sources
from asgiref.sync import sync_to_async
from board.models import Board
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
    page["members"] = [user.username async for user in active]
    board = await Board.objects.aget(name="hall")
    page["showing"] = board.times_shown + 1
    asyncio.create_task(sync_to_async(record_showing)(page["missing"]))
    return JsonResponse(page)
