# Catches the failure inside of the transaction, so that the count stays.
from board.models import Board, Showing
from django.db import transaction


@transaction.atomic
def record_showing(missing):
    board = Board.objects.get(name="hall")
    board.times_shown += 1
    board.save()
    try:
        with transaction.atomic():
            Showing.objects.create(board=board, number=board.times_shown, missing=missing)
    except Exception:
        pass
    return board.times_shown
