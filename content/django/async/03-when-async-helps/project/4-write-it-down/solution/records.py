"""What is written down of each showing of the board."""

from board.models import Board, Showing
from django.db import transaction


@transaction.atomic
def record_showing(missing):
    """Counts a showing and writes it down, with the names of the empty panels. Returns its number."""
    board = Board.objects.select_for_update().get(name="hall")
    board.times_shown += 1
    board.save()
    Showing.objects.create(board=board, number=board.times_shown, missing=missing)
    return board.times_shown
