import asyncio

from django.http import JsonResponse


async def rates(request):
    await asyncio.sleep(0.2)  # the bank takes its time, and the thread serves others
    return JsonResponse({"euro": 1.1})
