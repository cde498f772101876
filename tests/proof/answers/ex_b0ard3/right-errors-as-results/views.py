# Gathers limited questions, with the errors as results.
import asyncio

import sources
from django.http import JsonResponse


async def dashboard(request):
    answers = await asyncio.gather(
        *(asyncio.wait_for(sources.aget(name), timeout=0.5) for name in sources.NAMES),
        return_exceptions=True,
    )
    page, missing = {}, []
    for name, answer in zip(sources.NAMES, answers):
        if isinstance(answer, TimeoutError):
            missing.append(name)
            page[name] = None
        elif isinstance(answer, BaseException):
            raise answer
        else:
            page[name] = answer
    page["missing"] = missing
    return JsonResponse(page)
