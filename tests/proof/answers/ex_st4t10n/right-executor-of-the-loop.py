# Hands the call to the executor that the loop has already.
import asyncio

import station
from django.http import JsonResponse


async def weather(request):
    city = request.GET["city"]
    loop = asyncio.get_running_loop()
    celsius = await loop.run_in_executor(None, station.read, city)
    return JsonResponse({"city": city, "celsius": celsius})
