# Has a thread do the work, and holds the loop until it is done.
from concurrent.futures import ThreadPoolExecutor

import station
from django.http import JsonResponse

pool = ThreadPoolExecutor()


async def weather(request):
    city = request.GET["city"]
    celsius = pool.submit(station.read, city).result()
    return JsonResponse({"city": city, "celsius": celsius})
