# Begins the call on a thread as a task, and waits for it where the number is needed.
import asyncio

import station
from django.http import JsonResponse


async def weather(request):
    city = request.GET["city"]
    reading = asyncio.create_task(asyncio.to_thread(station.read, city))
    page = {"city": city}
    page["celsius"] = await reading
    return JsonResponse(page)
