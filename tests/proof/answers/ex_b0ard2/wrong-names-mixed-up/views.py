# Unpacks the answers in another order than that of the questions.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    news, rates, weather = await asyncio.gather(
        sources.aget("weather"), sources.aget("rates"), sources.aget("news")
    )
    return JsonResponse({"weather": weather, "rates": rates, "news": news})
