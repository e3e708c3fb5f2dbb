"""Keep of an executed notebook what a client may have: the text, the calls, and the released pictures."""

from collections.abc import Iterator, Mapping

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_notebook, new_output

from assessment.drawing import FRAGMENT

ALLOWED_OUTPUTS = ("text/html", "text/plain")


def cleaned(executed: NotebookNode) -> NotebookNode:
    """Give a copy without times, paths, user names, tags, widgets, streams or tracebacks."""
    copy = new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        cells=[nbformat.from_dict(_cell(cell)) for cell in executed.cells],
    )
    nbformat.validate(copy)
    return copy


def _cell(cell: NotebookNode) -> dict[str, object]:
    kept: dict[str, object] = {"id": cell.id, "cell_type": cell.cell_type, "metadata": {}, "source": cell.source}
    if cell.cell_type == "code":
        return kept | {"execution_count": None, "outputs": list(_outputs(cell))}
    return kept


def _outputs(cell: NotebookNode) -> Iterator[NotebookNode]:
    for output in cell.outputs:
        if output.output_type in ("execute_result", "display_data"):
            data = {mime: text for mime, text in output.data.items() if mime in ALLOWED_OUTPUTS}
            yield new_output("display_data", data=data)


def drawn_sections(executed: NotebookNode) -> list[Mapping[str, str]]:
    """Give the sections that the cells drew, in order: id, number, name and html."""
    outputs = [output for cell in executed.cells if cell.cell_type == "code" for output in cell.outputs]
    return [output.data[FRAGMENT] for output in outputs if FRAGMENT in output.get("data", {})]
