import asyncio

import printing
from django.http import JsonResponse


async def receipt(request):
    number = int(request.GET["number"])
    loop = asyncio.get_running_loop()
    text = await loop.run_in_executor(printing.POOL, printing.draw, number)
    return JsonResponse({"receipt": text})
