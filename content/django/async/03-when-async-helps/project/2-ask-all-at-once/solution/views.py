"""The page that the board in the hall shows."""

import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    questions = [sources.aget(name) for name in sources.NAMES]
    answers = await asyncio.gather(*questions)
    return JsonResponse(dict(zip(sources.NAMES, answers)))
