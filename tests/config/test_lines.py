"""A setting put into a config file and taken out again, and nothing else of the file touched."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from finops_cli import config
from finops_cli.config.lines import with_setting, without_setting
from finops_cli.errors import SourceError

TABLES = """\
# my settings
metric = "list"

# prices, from the vendor
[mcp.pricing]
url = "https://prices.example/mcp"  # theirs
agent = "advisor"
tools = ["get_pricing"]
"""


def test_a_new_setting_stands_above_the_first_table_and_its_comment() -> None:
    assert with_setting(TABLES, "source", "demo") == TABLES.replace(
        'metric = "list"\n', 'metric = "list"\nsource = "demo"\n'
    )


def test_a_file_of_tables_alone_gets_its_first_setting_at_the_top() -> None:
    tables = "# prices\n[mcp.pricing]\n"
    assert with_setting(tables, "source", "demo") == 'source = "demo"\n\n# prices\n[mcp.pricing]\n'


def test_a_key_of_the_same_name_in_a_table_is_none_of_ours() -> None:
    text = 'metric = "list"\n[mcp.a]\nmetric = "theirs"\n'
    assert with_setting(text, "metric", "blended") == text.replace("list", "blended")
    assert without_setting(text, "metric") == '[mcp.a]\nmetric = "theirs"\n'


def test_line_ends_stay_as_they_are() -> None:
    text = TABLES.replace("\n", "\r\n")
    set_ = with_setting(with_setting(text, "source", "demo"), "metric", "blended")
    assert "\n" not in set_.replace("\r\n", "")
    assert without_setting(set_, "source") == text.replace('"list"', '"blended"')


def test_a_last_line_without_an_end_gets_one() -> None:
    assert with_setting('metric = "list"', "source", "demo") == (
        'metric = "list"\nsource = "demo"\n'
    )
    assert with_setting("", "source", "demo") == 'source = "demo"\n'


_LINES = st.sampled_from(
    ["", "# note", 'metric = "list"', 'source = "demo"', "[mcp.a]", "[mcp.b]", 'agent = "x"', " "]
)


@given(st.lists(_LINES, max_size=9), st.text(max_size=20))
@example(["[mcp.a]"], '\x7f\x00\n"\\')
def test_whatever_the_value_the_file_says_it_and_all_it_said_before(
    lines: list[str], value: str
) -> None:
    text = "".join(f"{line}\n" for line in lines)
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError:  # the same key or table twice
        return
    value = value.encode("utf-8", "replace").decode()
    after = with_setting(text, "profile", value)
    assert tomllib.loads(after) == {**before, "profile": value}
    assert tomllib.loads(without_setting(after, "profile")) == before
    for name in ("metric", "source"):
        kept = {key: old for key, old in before.items() if key != name}
        assert tomllib.loads(without_setting(text, name)) == kept


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_file_itself_keeps_its_tables(tmp_path: Path, end: str) -> None:
    file = tmp_path / "config.toml"
    text = TABLES.replace("\n", end)
    file.write_bytes(text.encode())
    config.write("source", "demo", file)
    config.unset("source", file)
    assert file.read_bytes() == text.encode()
    config.unset("metric", file)
    assert file.read_bytes() == text.replace(f'metric = "list"{end}', "").encode()


@pytest.mark.parametrize("text", ['metric = """\nlist"""\n', "accounts = [\n  '1',\n[],\n]\n"])
def test_what_cannot_be_edited_line_by_line_is_left_alone(tmp_path: Path, text: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    with pytest.raises(SourceError, match="cannot change safely") as caught:
        config.write("metric", "blended", file)
    assert "by hand" in caught.value.hint
    assert file.read_text() == text
