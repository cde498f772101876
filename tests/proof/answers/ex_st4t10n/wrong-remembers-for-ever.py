# Asks a station once, and answers with that number ever after.
import asyncio

import station
from django.http import JsonResponse

remembered = {}


async def weather(request):
    city = request.GET["city"]
    if city not in remembered:
        remembered[city] = await asyncio.to_thread(station.read, city)
    return JsonResponse({"city": city, "celsius": remembered[city]})
