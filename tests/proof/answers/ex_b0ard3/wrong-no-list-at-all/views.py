# Forgets to name those that are missing.
import asyncio

import sources
from django.http import JsonResponse


async def panel(name):
    try:
        return await asyncio.wait_for(sources.aget(name), 0.5)
    except TimeoutError:
        return None


async def dashboard(request):
    weather, rates, news = await asyncio.gather(panel("weather"), panel("rates"), panel("news"))
    return JsonResponse({"weather": weather, "rates": rates, "news": news})
