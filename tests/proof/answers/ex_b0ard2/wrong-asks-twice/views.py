# Gathers, throws the answers away, and asks everything again in turn.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    await asyncio.gather(sources.aget("weather"), sources.aget("rates"), sources.aget("news"))
    weather = await sources.aget("weather")
    rates = await sources.aget("rates")
    news = await sources.aget("news")
    return JsonResponse({"weather": weather, "rates": rates, "news": news})
