# Keeps a small pool of threads for the station, and wraps its future.
import asyncio
from concurrent.futures import ThreadPoolExecutor

import station
from django.http import JsonResponse

pool = ThreadPoolExecutor(max_workers=4)


async def weather(request):
    city = request.GET["city"]
    answer = pool.submit(station.read, city)
    celsius = await asyncio.wrap_future(answer)
    return JsonResponse({"city": city, "celsius": celsius})
