# Takes async_to_sync for sync_to_async.
import station
from asgiref.sync import async_to_sync
from django.http import JsonResponse


async def weather(request):
    city = request.GET["city"]
    celsius = await async_to_sync(station.read)(city)
    return JsonResponse({"city": city, "celsius": celsius})
