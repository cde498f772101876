# Forgets to wait for the thread.
import asyncio

import station
from django.http import JsonResponse


async def weather(request):
    city = request.GET["city"]
    celsius = asyncio.to_thread(station.read, city)
    return JsonResponse({"city": city, "celsius": celsius})
