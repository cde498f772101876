# Awaits inside of the gather, so that the answers are there before it begins.
import asyncio

import sources
from django.http import JsonResponse


async def soon(answer):
    return answer


async def dashboard(request):
    weather, rates, news = await asyncio.gather(
        soon(await sources.aget("weather")),
        soon(await sources.aget("rates")),
        soon(await sources.aget("news")),
    )
    return JsonResponse({"weather": weather, "rates": rates, "news": news})
