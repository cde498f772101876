"""A run that is recorded: what is set up before the program is loaded, and told in the end."""

from types import ModuleType

from jail import landmarks, places
from jail.recording import Recording
from jail.tracing import Tracer


class RecordedRun:
    """Begins when it is made. Its process runs this program only, so nothing is put back."""

    def __init__(
        self, runtime: ModuleType, request: dict, most_steps: int, *, is_driven: bool
    ) -> None:
        main, others = request["file"], request["files"]
        own_files = {main: 0}
        for number, name in enumerate(others, start=1):
            # As an import names them.
            own_files[f"{places.own}/{name}"] = number
        # The thread that begins has the loop where there is a drive.
        thread = "loop" if is_driven else "main"
        self._recording = Recording(most_steps, [main, *others], own_files, thread)
        known = landmarks.landmarks(self._recording, runtime)
        self._tracer = Tracer(self._recording, own_files, known)
        landmarks.listen_to_output(self._recording)
        self._tracer.start()

    def end(self) -> dict:
        """The recording, as the part of a report that it is."""
        try:
            self._tracer.stop()
            return {"recording": self._recording.result()}
        except MemoryError:
            raise
        except Exception:
            # The program has tampered with it. What is none is found out where it is checked.
            return {"recording": None}
