# Has no use for the other file, and does everything here.
import asyncio

import sources
from asgiref.sync import sync_to_async
from board.models import Board, Showing
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.http import JsonResponse


async def panel(name):
    try:
        async with asyncio.timeout(0.5):
            return await sources.aget(name)
    except TimeoutError:
        return None


def count_and_note(missing):
    with transaction.atomic():
        board = Board.objects.get(name="hall")
        board.times_shown = F("times_shown") + 1
        board.save()
        board.refresh_from_db()
        Showing.objects.bulk_create(
            [Showing(board=board, number=board.times_shown, missing=missing)]
        )
        return board.times_shown


async def dashboard(request):
    texts = await asyncio.gather(*map(panel, sources.NAMES))
    page = dict(zip(sources.NAMES, texts))
    page["missing"] = [name for name in sources.NAMES if page[name] is None]
    active = User.objects.filter(is_active=True).order_by("username")
    page["members"] = [user.username async for user in active]
    page["showing"] = await sync_to_async(count_and_note)(page["missing"])
    return JsonResponse(page)
