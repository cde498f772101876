# Gives the function an async form once, when the file is read.
from asgiref.sync import sync_to_async
from django.http import JsonResponse
from station import read

aread = sync_to_async(read, thread_sensitive=False)


async def weather(request):
    city = request.GET["city"]
    return JsonResponse({"city": city, "celsius": await aread(city)})
