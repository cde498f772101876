# Answers from a copy of the table, and asks no station.
import asyncio

from django.http import JsonResponse

READINGS = {"Oslo": 4, "Rome": 19, "Cairo": 31}


async def weather(request):
    city = request.GET["city"]
    await asyncio.sleep(0.2)
    return JsonResponse({"city": city, "celsius": READINGS[city]})
