# Has a limit for the service of the example only.
import asyncio

import sources
from django.http import JsonResponse


async def rates_or_nothing():
    try:
        return await asyncio.wait_for(sources.aget("rates"), 0.5)
    except TimeoutError:
        return None


async def dashboard(request):
    weather, rates, news = await asyncio.gather(
        sources.aget("weather"), rates_or_nothing(), sources.aget("news")
    )
    missing = [] if rates else ["rates"]
    return JsonResponse({"weather": weather, "rates": rates, "news": news, "missing": missing})
