import asyncio

from django.http import HttpResponse


async def view(request):
    for _ in range(12_000):
        await asyncio.sleep(0)
    return HttpResponse("wrong")
