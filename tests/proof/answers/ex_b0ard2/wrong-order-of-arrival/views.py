# Gives out the names in the order in which the answers arrive.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    answers = []
    for question in asyncio.as_completed([sources.aget(name) for name in sources.NAMES]):
        answers.append(await question)
    return JsonResponse(dict(zip(sources.NAMES, answers)))
