# Is async for its callers, and one transaction on a thread.
from asgiref.sync import sync_to_async
from board.models import Board, Showing
from django.db import transaction


@sync_to_async
@transaction.atomic(durable=True)
def note(missing):
    board = Board.objects.get(name="hall")
    board.times_shown += 1
    board.save()
    showing = Showing.objects.create(board=board, number=board.times_shown, missing=missing)
    return showing.number
