"""Files appear whole; settings are plain data; names cannot lead out of their folder."""

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import files
from assessment.errors import AssessmentError, DefinitionError
from assessment.yaml_text import read_yaml, yaml_text


@pytest.mark.parametrize("point", ["before_write", "after_write", "after_sync"])
def test_a_failed_write_leaves_the_old_file_and_no_rubbish(tmp_path, monkeypatch, point):
    path = tmp_path / "page.html"
    files.write_text(path, "old")

    def fail(name: str) -> None:
        if name == point:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "on_fault_point", fail)
    with pytest.raises(OSError, match="No space left"):
        files.write_text(path, "new")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_a_published_folder_is_never_overwritten(tmp_path):
    (tmp_path / "staged").mkdir()
    (tmp_path / "staged" / "a").write_text("new")
    (tmp_path / "0001").mkdir()
    with pytest.raises(AssessmentError, match="never overwritten"):
        files.publish_folder(tmp_path / "staged", tmp_path / "0001")
    assert list((tmp_path / "0001").iterdir()) == []


def test_a_folder_is_published_with_all_that_is_in_it(tmp_path):
    (tmp_path / "staged" / "figures").mkdir(parents=True)
    (tmp_path / "staged" / "figures" / "a.svg").write_text("<svg/>")
    files.publish_folder(tmp_path / "staged", tmp_path / "0001")
    assert (tmp_path / "0001" / "figures" / "a.svg").read_text() == "<svg/>"
    assert not (tmp_path / "staged").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="rights work differently there")
def test_a_private_folder_is_closed_to_others_even_when_it_was_open(tmp_path):
    (tmp_path / "was-open").mkdir(mode=0o755)
    for name in ("was-open", "new"):
        files.private_folder(tmp_path / name)
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o700


def test_every_fault_point_is_listed_and_passed():
    sources = (Path(files.__file__).parent).rglob("*.py")
    passed = {name for path in sources for name in re.findall(r'fault_point\("(\w+)"\)', path.read_text("utf-8"))}
    assert passed == set(files.FAULT_POINTS)


@pytest.mark.parametrize("name", ["acme", "a", "2026-q3", "x" * 100])
def test_a_slug_names_a_folder_on_every_system(name):
    assert files.check_slug(name, field="organisation") == name


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "A", "con", "nul", "com1", "a b", "a/b", "-a", "a.", "ä", "x" * 101, "a\n"]
)
def test_other_names_are_refused_with_the_field(name):
    with pytest.raises(AssessmentError, match="organisation"):
        files.check_slug(name, field="organisation")


@pytest.mark.parametrize("part", ["..", "/etc", "a/../..", "", "nul", "A"])
def test_a_part_that_is_no_slug_gives_no_path(tmp_path, part):
    with pytest.raises(AssessmentError, match="folder"):
        files.safe_child(tmp_path, "organisations", part)


def test_a_link_that_leads_out_is_not_followed(tmp_path):
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "link").symlink_to(tmp_path)
    with pytest.raises(AssessmentError, match="leads out"):
        files.safe_child(tmp_path / "inside", "link")


def read(tmp_path, text: str):
    path = tmp_path / "settings.yaml"
    path.write_text(text, encoding="utf-8")
    return read_yaml(path)


def test_only_the_types_of_json_are_read(tmp_path):
    text = "a: yes\nb: 2026-03-01\nc: 12:30\nd: 012\nh: 0.1.0\nj: on\nk: 1e5\n"
    texts = {"a": "yes", "b": "2026-03-01", "c": "12:30", "d": "012", "h": "0.1.0", "j": "on", "k": "1e5"}
    assert read(tmp_path, text).data == texts
    assert read(tmp_path, "e: 1.50\nf: true\ng:\ni: -7\n").data == {"e": 1.5, "f": True, "g": None, "i": -7}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &x [1]\nb: *x\n", "line 2: a reference"),
        ("a: 1\nb: 2\na: 3\n", "line 3: the key 'a' is written twice"),
        ("a: &x 1\n", "line 1: an anchor"),
        ("a: !!python/object/apply:os.system [x]\n", "tag python/object/apply:os.system"),
        ("a: 1\nb: !!int twelve\n", "line 2: the tag int"),
        ("b: !local {a: 1}\n", "tag !local"),
        ("true: 1\n", "line 1: a key must be"),
        ("a: 1\n---\nb: 2\n", "line 2"),
        ("a: 1\nb: \x07\n", "line 2: a control character"),
        ("roles:\n  - id: a\n    id: b\n", "roles.1, line 3: the key 'id' is written twice"),
        ("a: [1,\n b: {", "line "),
        ("? [1, 2]\n: x\n", "line 1: a key must be"),
        ("a: " + "[" * 30 + "]" * 30, "levels deep"),
        ("[" * 100_000, "levels deep"),
        ("# " + "x" * 2 * 1024 * 1024, "larger than 2 MiB"),
    ],
)
def test_what_may_surprise_is_refused_with_its_line(tmp_path, text, message):
    with pytest.raises(DefinitionError) as caught:
        read(tmp_path, text)
    assert message in str(caught.value)


def test_three_faults_are_named_with_their_lines_at_once(tmp_path):
    with pytest.raises(DefinitionError) as caught:
        read(tmp_path, "a: 1\na: 2\nb: {c: 1, c: 2}\n1.5: x\n")
    assert caught.value.problems == (
        "line 2: the key 'a' is written twice",
        "b, line 3: the key 'c' is written twice",
        "line 4: a key must be a text or a whole number",
    )


def test_a_message_never_repeats_what_is_written_under_a_key(tmp_path):
    with pytest.raises(DefinitionError) as caught:
        read(tmp_path, "a: [canary-7, {canary-7: 1, canary-7\n")
    assert "canary-7" not in str(caught.value)


def test_a_folder_in_place_of_a_file_is_a_message(tmp_path):
    (tmp_path / "x.yaml").mkdir()
    with pytest.raises(DefinitionError, match="cannot be opened"):
        read_yaml(tmp_path / "x.yaml")


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path):
    assert read(tmp_path, "\ufeffname: Acme\n").data == {"name": "Acme"}


def test_what_stands_twice_is_written_out_twice(tmp_path):
    shared = ["a", "b"]
    assert read(tmp_path, yaml_text({"x": shared, "y": shared})).data == {"x": shared, "y": shared}


def test_a_file_that_is_not_utf8_says_which_byte(tmp_path):
    (tmp_path / "x.yaml").write_bytes(b"name: Caf\xe9\n")
    with pytest.raises(DefinitionError, match="byte 9 is not UTF-8"):
        read_yaml(tmp_path / "x.yaml")


def test_the_line_of_every_key_is_known(tmp_path):
    document = read(tmp_path, "items:\n- {id: a}\n- id: b\n  scale: s\n")
    assert document.lines["items", 1, "scale"] == 4


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(-1e30, 1e30, allow_subnormal=False)
    | st.sampled_from(["yes", "on", "12:30", "1e5", "012", "0.1.0", "2026-03-01", "~", "true", "<<", "=", "0x1f"])
    | st.text(st.characters(exclude_categories=["C"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text("abcdef", min_size=1), plain, max_size=4))
def test_what_we_write_is_read_back_as_it_was(tmp_path_factory, data):
    assert read(tmp_path_factory.mktemp("yaml"), yaml_text(data)).data == (data or {})
