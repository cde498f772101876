# Makes a task of the blocking call, which runs on the loop all the same.
import asyncio

import station
from django.http import JsonResponse


async def read(city):
    await asyncio.sleep(0)
    return station.read(city)


async def weather(request):
    city = request.GET["city"]
    task = asyncio.create_task(read(city))
    await asyncio.sleep(0)
    return JsonResponse({"city": city, "celsius": await task})
