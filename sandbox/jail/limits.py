"""What one run may use."""

from dataclasses import dataclass, fields

# Of any unit: a tebibyte, thirty years. What is larger, the kernel's own types may not hold.
_MOST = 2**40


@dataclass(frozen=True)
class Limits:
    """Units as in the outer supervisor: milliseconds and bytes."""

    wallMs: int = 5_000  # noqa: N815 - the names are those of the frames
    cpuMs: int = 3_000  # noqa: N815
    memoryBytes: int = 512 * 1024 * 1024  # noqa: N815
    outputBytes: int = 64 * 1024  # noqa: N815
    diskBytes: int = 16 * 1024 * 1024  # noqa: N815
    files: int = 256

    @property
    def cpu_seconds(self) -> int:
        """The kernel counts whole seconds."""
        return max(1, -(-self.cpuMs // 1000))


def parse(data: object) -> Limits:
    """Limits from a header. Raises ValueError unless every one is a sensible integer."""
    names = {field.name for field in fields(Limits)}
    if not isinstance(data, dict) or set(data) != names:
        raise ValueError(f"limits must be exactly {sorted(names)}")
    for name, value in data.items():
        if type(value) is not int or not 0 < value <= _MOST:
            raise ValueError(f"limit {name} must be an integer from 1 to {_MOST}")
    return Limits(**data)
