# Lets the loop go on, and answers with a text where there was a number.
import asyncio

import station
from django.http import JsonResponse


async def weather(request):
    city = request.GET["city"]
    celsius = await asyncio.to_thread(station.read, city)
    return JsonResponse({"city": city, "celsius": f"{celsius}"})
