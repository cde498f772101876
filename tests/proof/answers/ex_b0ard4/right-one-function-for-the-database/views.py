# One plain function for all that the page wants of the database, run on a thread.
import asyncio

import sources
from asgiref.sync import sync_to_async
from django.contrib.auth.models import User
from django.http import JsonResponse
from records import Record


@sync_to_async
def from_database(missing):
    names = User.objects.filter(is_active=True).order_by("username")
    return {
        "members": list(names.values_list("username", flat=True)),
        "showing": Record(missing).write(),
    }


async def dashboard(request):
    tasks = {name: asyncio.create_task(sources.aget(name)) for name in sources.NAMES}
    _, late = await asyncio.wait(tasks.values(), timeout=0.5)
    for task in late:
        task.cancel()
    page = {name: None if task in late else task.result() for name, task in tasks.items()}
    missing = [name for name, task in tasks.items() if task in late]
    return JsonResponse({**page, "missing": missing, **await from_database(missing)})
