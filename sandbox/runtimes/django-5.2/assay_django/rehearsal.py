"""A small program that does what programs about the framework commonly do, and its undoing."""

from contextlib import suppress

from assay_django.serving import stop_serving

_PROGRAM = """
import asyncio
from django.contrib.auth.models import User
from django.core.exceptions import SynchronousOnlyOperation
from django.http import JsonResponse

async def async_view(request):
    await User.objects.acreate(username="ada", email="ada@example.com")
    user = await User.objects.aget(username="ada")
    names = [each.username async for each in User.objects.filter(pk__gt=0).order_by("pk")]
    await asyncio.sleep(0)
    count = await User.objects.acount()
    return JsonResponse({"user": user.username, "names": names, "count": count})

async def wrong_view(request):
    try:
        User.objects.get(username="ada")
    except SynchronousOnlyOperation as error:
        return JsonResponse({"error": str(error)})

def view(request):
    user, made = User.objects.get_or_create(username="bob")
    user.is_staff = True
    user.save()
    return JsonResponse({"staff": list(User.objects.filter(is_staff=True).values("username"))})
"""

_DRIVE = """
observe("answers", [(await request("GET", path)).json for path in ("/async", "/wrong", "/sync")])
"""

REHEARSAL = (_PROGRAM, {"/async": "async_view", "/wrong": "wrong_view", "/sync": "view"}, _DRIVE)


def forget() -> None:
    """After the rehearsal: no connection, no thread and no cache of it is left."""
    from asgiref.sync import SyncToAsync
    from django.contrib.contenttypes.models import ContentType
    from django.db import connections

    stop_serving()
    connections.close_all()
    with suppress(AttributeError):
        # This thread may not have had one.
        del connections["default"]
    ContentType.objects.clear_cache()
    SyncToAsync.single_thread_executor.shutdown(wait=True)


def begin() -> None:
    """The executor for work that must stay on one thread, as the import of asgiref makes it."""
    from concurrent.futures import ThreadPoolExecutor

    from asgiref.sync import SyncToAsync

    SyncToAsync.single_thread_executor = ThreadPoolExecutor(max_workers=1)
