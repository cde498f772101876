# Waits for as long as a service takes.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    weather, rates, news = await asyncio.gather(*map(sources.aget, sources.NAMES))
    return JsonResponse({"weather": weather, "rates": rates, "news": news, "missing": []})
