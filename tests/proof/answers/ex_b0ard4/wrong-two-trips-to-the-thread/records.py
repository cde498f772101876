# Two transactions, of which the first stays when the second fails.
from board.models import Board, Showing
from django.db import transaction


@transaction.atomic
def count():
    board = Board.objects.get(name="hall")
    board.times_shown += 1
    board.save()
    return board.times_shown


@transaction.atomic
def note(number, missing):
    board = Board.objects.get(name="hall")
    Showing.objects.create(board=board, number=number, missing=missing)
