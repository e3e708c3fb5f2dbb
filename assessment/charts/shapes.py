"""Give each role a shape, the same in every figure."""

from collections.abc import Mapping

SHAPES: Mapping[str, str] = {
    "square": "M-6.5 -6.5H6.5V6.5H-6.5Z",
    "circle": "M7 0A7 7 0 1 1 -7 0A7 7 0 1 1 7 0Z",
    "triangle": "M0 -8L8 6.5H-8Z",
    "diamond": "M0 -8.5L8.5 0L0 8.5L-8.5 0Z",
    "down": "M0 8L8 -6.5H-8Z",
    "pentagon": "M0 -8L7.6 -2.5L4.7 6.5H-4.7L-7.6 -2.5Z",
}


def shape_icon(shape: str) -> str:
    """Give a small drawing of a shape; it repeats what the label beside it says, so it is not read aloud."""
    path = f'<path class="shape" d="{SHAPES[shape]}"></path>'
    return f'<svg class="icon" viewBox="-9 -9 18 18" aria-hidden="true" focusable="false">{path}</svg>'
