import asyncio

import printing
from django.http import JsonResponse


async def receipt(request):
    number = int(request.GET["number"])
    printing.POOL.submit(printing.draw, number)
    text = await asyncio.to_thread(printing.draw, number)
    return JsonResponse({"receipt": text})
