from asgiref.sync import sync_to_async
from board.models import Board
from django.http import JsonResponse


async def times_shown(request):
    boards = await sync_to_async(list)(Board.objects.filter(name=request.GET["name"]))
    if not boards:
        return JsonResponse({"error": "no such board"}, status=404)
    return JsonResponse({"times_shown": boards[0].times_shown})
