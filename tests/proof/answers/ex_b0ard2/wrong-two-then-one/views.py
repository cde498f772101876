# Gathers two and asks the third when they are done.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    weather, rates = await asyncio.gather(sources.aget("weather"), sources.aget("rates"))
    news = await sources.aget("news")
    return JsonResponse({"weather": weather, "rates": rates, "news": news})
