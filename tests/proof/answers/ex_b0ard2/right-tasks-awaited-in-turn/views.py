# Starts two tasks, asks the third question itself, and then waits for the two.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    weather = asyncio.create_task(sources.aget("weather"))
    rates = asyncio.create_task(sources.aget("rates"))
    news = await sources.aget("news")
    return JsonResponse({"weather": await weather, "rates": await rates, "news": news})
