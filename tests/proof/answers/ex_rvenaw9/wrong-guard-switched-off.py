import os

from board.models import Board
from django.http import JsonResponse

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


async def times_shown(request):
    boards = Board.objects.filter(name=request.GET["name"])
    if not boards:
        return JsonResponse({"error": "no such board"}, status=404)
    return JsonResponse({"times_shown": boards[0].times_shown})
