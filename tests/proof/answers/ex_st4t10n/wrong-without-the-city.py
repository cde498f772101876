# Lets the loop go on, and loses half of the answer.
import asyncio

import station
from django.http import JsonResponse


async def weather(request):
    celsius = await asyncio.to_thread(station.read, request.GET["city"])
    return JsonResponse({"celsius": celsius})
