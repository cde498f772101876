# Counts and writes down with async names, and no transaction holds the two together.
import asyncio

import sources
from board.models import Board, Showing
from django.contrib.auth.models import User
from django.http import JsonResponse


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
    board.times_shown += 1
    await board.asave()
    await Showing.objects.acreate(
        board=board, number=board.times_shown, missing=page["missing"]
    )
    page["showing"] = board.times_shown
    return JsonResponse(page)
