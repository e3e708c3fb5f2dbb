"""The promises that the shape of the code keeps."""

import ast
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "assessment"
SOURCES = sorted(PACKAGE.rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def calls_of(tree: ast.AST, name: str) -> list[int]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [n.lineno for n in found if getattr(n.func, "id", getattr(n.func, "attr", None)) == name]


def places_that_build_released(sources: list[Path]) -> list[str]:
    places = [(path, calls_of(ast.parse(path.read_text(encoding="utf-8")), "Released")) for path in sources]
    return [str(path) for path, lines in places if lines]


def test_only_the_gate_builds_released_figures(tmp_path):
    inside = PACKAGE / "disclosure"
    assert places_that_build_released(SOURCES), "the gate itself must be seen"
    assert [p for p in places_that_build_released(SOURCES) if not Path(p).is_relative_to(inside)] == []
    elsewhere = tmp_path / "elsewhere.py"
    elsewhere.write_text("x = released.Released(table=t)\n")
    assert places_that_build_released([elsewhere]) == [str(elsewhere)], "the test must see a violation"


def test_nobody_changes_a_table_in_place():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            keywords = {k.arg for k in node.keywords} if isinstance(node, ast.Call) else set()
            assert "inplace" not in keywords, f"{path}:{getattr(node, 'lineno', 0)} changes a table in place"


def contracts_hold(folder: Path) -> bool:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("file", "line"),
    [
        pytest.param(None, "", id="as the code is"),
        pytest.param("model/base.py", "import assessment.pipeline", id="a lower floor imports a higher one"),
        pytest.param("sections/__init__.py", "import assessment.store", id="a section reads the store"),
        pytest.param("rendering/report.py", "import assessment.scoring", id="the rendering scores by hand"),
        pytest.param("unlisted.py", "", id="a room that no floor lists"),
    ],
)
def test_import_contracts_hold_and_break_when_violated(tmp_path, file, line):
    import shutil

    shutil.copytree(PACKAGE, tmp_path / "assessment", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    if file:
        with (tmp_path / "assessment" / file).open("a", encoding="utf-8") as source:
            source.write(f"\n{line}\n")
    assert contracts_hold(tmp_path) is (file is None)


def test_pyproject_and_conda_environment_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    packages = [entry for entry in conda if isinstance(entry, str) and entry != "pip"]
    assert sorted(packages) == sorted([f"python{project['requires-python']}", *project["dependencies"]])


def test_the_lock_names_no_index_and_hashes_everything():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "--index-url" not in lock
    assert "://" not in lock
    pinned = [line for line in lock.splitlines() if "==" in line and not line.startswith((" ", "#"))]
    assert pinned
    assert all(line.endswith("\\") for line in pinned), "each pin is followed by its hashes"


def test_the_lock_holds_every_dependency():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*settings["project"]["dependencies"], *settings["dependency-groups"]["dev"]]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    names = {line.split("==")[0].split("[")[0] for line in lock.splitlines() if "==" in line}
    assert {entry.split(">=")[0].split("[")[0] for entry in wanted} <= names


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestNotebooks:
    def cells(self, path: Path) -> list[dict]:
        return [c for c in json.loads(path.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == "code"]

    def test_holds_no_outputs(self, path):
        assert all(not cell["outputs"] and cell["execution_count"] is None for cell in self.cells(path))

    def test_has_one_parameters_cell_and_stable_ids(self, path):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert sum("parameters" in cell["metadata"].get("tags", []) for cell in cells) == 1
        assert len({cell["id"] for cell in cells}) == len(cells)

    def test_calls_the_package_and_holds_no_logic(self, path):
        logic = (
            ast.FunctionDef,
            ast.ClassDef,
            ast.For,
            ast.While,
            ast.If,
            ast.Lambda,
            ast.ListComp,
            ast.DictComp,
            ast.Try,
            ast.IfExp,
        )
        for cell in self.cells(path):
            tree = ast.parse("".join(cell["source"]))
            assert len(tree.body) <= 5
            assert not [node for node in ast.walk(tree) if isinstance(node, logic)]
            imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
            assert all(isinstance(node, ast.ImportFrom) and node.module == "assessment" for node in imports)


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return [ROOT / name for name in listed.splitlines()]


def test_nothing_generated_and_no_store_is_tracked():
    for path in tracked_files():
        assert path.suffix not in {".sqlite", ".pyc", ".log"}, path
        assert path.stat().st_size < 1_000_000, f"{path} is large"
