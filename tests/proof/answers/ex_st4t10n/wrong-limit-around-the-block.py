# Puts a time limit around a call that gives the limit no chance.
import asyncio

import station
from django.http import JsonResponse


async def weather(request):
    city = request.GET["city"]
    async with asyncio.timeout(1):
        celsius = station.read(city)
    return JsonResponse({"city": city, "celsius": celsius})
