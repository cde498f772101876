# Gathers three questions.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    news, rates, weather = await asyncio.gather(
        sources.aget("news"), sources.aget("rates"), sources.aget("weather")
    )
    return JsonResponse({"weather": weather, "rates": rates, "news": news})
