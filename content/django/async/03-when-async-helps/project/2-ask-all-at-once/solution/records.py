"""What is written down of each showing of the board. Nothing uses it yet."""

from board.models import Board, Showing


def record_showing(missing):
    """Counts a showing and writes it down, with the names of the empty panels. Returns its number."""
    board = Board.objects.get(name="hall")
    board.times_shown += 1
    board.save()
    Showing.objects.create(board=board, number=board.times_shown, missing=missing)
    return board.times_shown
