# Makes tasks, and waits for each as soon as it is made.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    weather = await asyncio.create_task(sources.aget("weather"))
    rates = await asyncio.create_task(sources.aget("rates"))
    news = await asyncio.create_task(sources.aget("news"))
    return JsonResponse({"weather": weather, "rates": rates, "news": news})
