"""Files appear whole; settings are plain data; names cannot lead out of their folder."""

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


@pytest.mark.parametrize("name", ["acme", "a", "2026-q3", "x" * 100])
def test_a_slug_names_a_folder_on_every_system(name):
    assert files.check_slug(name, field="organisation") == name


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "A", "con", "nul", "com1", "a b", "a/b", "-a", "a.", "ä", "x" * 101, "a\n"]
)
def test_other_names_are_refused_with_the_field(name):
    with pytest.raises(AssessmentError, match="organisation"):
        files.check_slug(name, field="organisation")


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
    text = "a: yes\nb: 2026-03-01\nc: 12:30\nd: 012\ne: 1.50\nf: true\ng:\nh: 0.1.0\ni: -7\nj: on\n"
    assert read(tmp_path, text).data == {
        "a": "yes", "b": "2026-03-01", "c": "12:30", "d": "012", "e": 1.5, "f": True, "g": None, "h": "0.1.0", "i": -7, "j": "on",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &x [1]\nb: *x\n", "line 2: a reference"),
        ("a: 1\nb: 2\na: 3\n", "line 3: the key 'a' is written twice"),
        ("a: !!python/object/apply:os.system [x]\n", "tag python/object/apply:os.system"),
        ("a: [1,\n b: {", "line 2"),
        ("? [1, 2]\n: x\n", "line 1: a key must be"),
        ("a: " + "[" * 30 + "]" * 30, "levels deep"),
    ],
)
def test_what_may_surprise_is_refused_with_its_line(tmp_path, text, message):
    with pytest.raises(DefinitionError) as caught:
        read(tmp_path, text)
    assert message in str(caught.value)


def test_a_file_that_is_not_utf8_says_which_byte(tmp_path):
    (tmp_path / "x.yaml").write_bytes(b"name: Caf\xe9\n")
    with pytest.raises(DefinitionError, match="byte 9 is not UTF-8"):
        read_yaml(tmp_path / "x.yaml")


def test_the_line_of_every_key_is_known(tmp_path):
    document = read(tmp_path, "items:\n- {id: a}\n- id: b\n  scale: s\n")
    assert document.lines["items", 1, "scale"] == 4


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(st.characters(exclude_categories=["C"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text("abcdef", min_size=1), plain, max_size=4))
def test_what_we_write_is_read_back_as_it_was(tmp_path_factory, data):
    assert read(tmp_path_factory.mktemp("yaml"), yaml_text(data)).data == (data or {})
