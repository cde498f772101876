from board.models import Board
from django.http import JsonResponse
from django.shortcuts import aget_object_or_404


async def times_shown(request):
    board = await aget_object_or_404(Board, name=request.GET["name"])
    return JsonResponse({"times_shown": board.times_shown})
