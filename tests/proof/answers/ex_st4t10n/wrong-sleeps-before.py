# Lets the loop go on for a while, and blocks it after that.
import asyncio

import station
from django.http import JsonResponse


async def weather(request):
    city = request.GET["city"]
    await asyncio.sleep(0.2)
    celsius = station.read(city)
    return JsonResponse({"city": city, "celsius": celsius})
