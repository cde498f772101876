# Writes down first and counts afterwards, and no transaction holds the two together.
from board.models import Board, Showing


def record_showing(missing):
    board = Board.objects.get(name="hall")
    board.times_shown += 1
    Showing.objects.create(board=board, number=board.times_shown, missing=missing)
    board.save()
    return board.times_shown
