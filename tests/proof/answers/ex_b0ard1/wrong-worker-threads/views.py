# Lets worker threads wait instead of the loop's.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    weather = await asyncio.to_thread(sources.get, "weather")
    rates = await asyncio.to_thread(sources.get, "rates")
    news = await asyncio.to_thread(sources.get, "news")
    return JsonResponse({"weather": weather, "rates": rates, "news": news})
