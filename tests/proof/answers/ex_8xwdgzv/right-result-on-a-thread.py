import asyncio

import printing
from django.http import JsonResponse


async def receipt(request):
    job = printing.POOL.submit(printing.draw, int(request.GET["number"]))
    return JsonResponse({"receipt": await asyncio.to_thread(job.result)})
