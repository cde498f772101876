import asyncio

from django.http import HttpResponse


async def view(request):
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 3)
    except TimeoutError:
        print("BREACH outlived its time")
    return HttpResponse("late")
