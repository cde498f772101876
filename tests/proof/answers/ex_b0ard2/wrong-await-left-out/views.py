# Does not wait for the gathered answers.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    answers = asyncio.gather(*map(sources.aget, sources.NAMES))
    return JsonResponse(dict(zip(sources.NAMES, answers)))
