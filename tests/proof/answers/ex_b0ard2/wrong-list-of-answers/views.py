# Sends a list, in which no answer has the name of its service.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    answers = await asyncio.gather(*map(sources.aget, sources.NAMES))
    return JsonResponse(answers, safe=False)
