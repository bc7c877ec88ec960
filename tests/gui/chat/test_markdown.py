"""What of Markdown counts in a message, and what of it may never count."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.gui.chat.code import DARK as CODE_DARK
from presence_desktop.gui.chat.code import LIGHT as CODE_LIGHT
from presence_desktop.gui.chat.code import colored
from presence_desktop.gui.chat.markdown import Block, Kind, Mark, plain, read, safe_link
from presence_desktop.gui.chat.mentions import marked
from presence_desktop.gui.theme import DARK, LIGHT, contrast
from presence_desktop.protocol import limits
from tests.test_house import modules_loaded_by


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return ["".join(span.text for span in block.spans) for block in blocks]


def marks(text: str) -> dict[str, Mark]:
    return {span.text: span.mark for block in read(text) for span in block.spans}


def links(text: str) -> list[str]:
    return [span.link for block in read(text) for span in block.spans if span.link]


def test_bold_italic_struck_and_code() -> None:
    found = marks("plain **bold** *italic* ~~struck~~ `code` ***both***")
    assert found["bold"] == Mark.BOLD
    assert found["italic"] == Mark.ITALIC
    assert found["struck"] == Mark.STRUCK
    assert found["code"] == Mark.CODE
    assert found["both"] == Mark.BOLD | Mark.ITALIC
    assert found["plain "] == Mark.NONE


def test_bold_ends_where_korean_goes_on_after_a_bracket() -> None:
    for text, bold in (
        ("**이름(필수)**은 비워 둘 수 없어요", "이름(필수)"),
        ('오늘은 **"출시"**입니다', '"출시"'),
        ('인용 "**가나**" 그대로', "가나"),
        ("**가나** 다라 **마바!**사", "마바!"),
    ):
        assert marks(text)[bold] == Mark.BOLD
        assert "\u205f" not in plain(read(text))
    assert plain(read("`a(**가`")) == "a(**가"


def test_every_line_break_counts_and_an_empty_line_parts() -> None:
    assert texts(read("one\ntwo\n\nthree")) == ["one\ntwo", "three"]
    assert texts(read("**one**\ntwo\n\nthree")) == ["one\ntwo", "three"]


def test_code_blocks_keep_every_character() -> None:
    (block,) = read("```python\n  <b>**x**</b>\n```")
    assert (block.kind, block.language) == (Kind.CODE, "python")
    assert texts((block,)) == ["  <b>**x**</b>"]


def test_lists_and_quotes_have_their_place() -> None:
    blocks = read("- one\n- two\n  1. deep\n\n> quoted\n>\n> > twice")
    assert [(b.marker, b.indent, b.quotes) for b in blocks] == [
        ("•", 1, 0), ("•", 1, 0), ("1.", 2, 0), ("", 0, 1), ("", 0, 2),
    ]  # fmt: skip
    assert [b.marker for b in read("7. seven\n8. eight")] == ["7.", "8."]


def test_tasks_are_items_with_a_box() -> None:
    blocks = read(
        "- [x] palette\n- [ ] **type** scale\n- [X](https://a.b) link\n- [ ]\n- [y] no\n1. [X] one\n\n[x] text"
    )
    assert [block.marker for block in blocks] == ["☑", "☐", "•", "•", "•", "☑", ""]
    assert texts(blocks) == ["palette", "type scale", "X link", "[ ]", "[y] no", "one", "[x] text"]
    assert plain(blocks[:2]) == "☑ palette ☐ type scale"
    assert [block.marker for block in read("> - [ ] quoted\n\n- `[x] code`\n- [x] a\n\n  more")] == [
        "☐", "•", "☑", ""
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![picture](http://x.y/z.png)",
        "&lt;b&gt;", "    indented", "[a]: http://x.y", "snake_case_name", "2 * 3 * 4",
    ],
)  # fmt: skip
def test_everything_else_is_shown_as_it_was_typed(text: str) -> None:
    assert plain(read(text)).replace(" ", "") in (text.replace(" ", ""), "!picture")
    assert all(span.mark is Mark.NONE for block in read(text) for span in block.spans)


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "file:///etc/passwd",
        "vbscript:x", "http:", "//x.y", "x.y", "", "ftp://x.y", "smb://x/y", "javascript://x.y/%0aalert(1)",
    ],
)  # fmt: skip
def test_no_other_link_leads_anywhere(target: str) -> None:
    assert safe_link(target) is None
    assert links(f"[click]({target})") == []
    assert links(f"<{target}>") == []
    assert safe_link("http://[") is None


def test_links_that_may_be_followed() -> None:
    assert links("[a](https://x.y/z?q=1#top) <http://x.y> [m](mailto:a@b.c)") == [
        "https://x.y/z?q=1#top", "http://x.y", "mailto:a@b.c",
    ]  # fmt: skip
    assert links("see https://x.y/a_(b), or (http://x.y/c).") == ["https://x.y/a_(b)", "http://x.y/c"]
    assert links("한국어 주소는 https://예시.kr/길 입니다") == ["https://예시.kr/길"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[https://bank.example/in](https://evil.example/x)", "https://bank.example/in (evil.example)"),
        ("[**bank.example**](https://evil.example)", "bank.example (evil.example)"),
        ("[go to www.bank.example](https://bank.example.evil.org)", "go to www.bank.example (bank.example.evil.org)"),
        ("[a@bank.example](mailto:a@evil.example)", "a@bank.example (a@evil.example)"),
        ("[https://bank.example](https://bank.example/deep)", "https://bank.example"),
        ("[Bank.example](https://www.bank.example/)", "Bank.example"),
        ("[예시.kr](https://예시.kr/길)", "예시.kr"),
        ("[www..bank.example](https://bank.example)", "www..bank.example (bank.example)"),
        ("[our notes](https://evil.example)", "our notes"),
        ("[https://]( https://x.y)", "https:// (x.y)"),
    ],
)  # fmt: skip
def test_a_link_that_calls_itself_another_address_says_where_it_leads(text: str, shown: str) -> None:
    assert plain(read(text)) == shown


def test_mentions_stand_out_but_not_in_code() -> None:
    blocks = marked(
        read('@"Noah Fischer" and @minsu, `@minsu`'),
        [("Noah Fischer", False), ("minsu", True)],
        everyone=False,
    )
    found = {span.text: span.mark for block in blocks for span in block.spans}
    assert found["@Noah Fischer"] == Mark.MENTION
    assert [span.mark for block in blocks for span in block.spans if span.text == "@minsu"] == [
        Mark.MENTION_ME,
        Mark.CODE,
    ]
    (everyone,) = marked(read("for @all"), [], everyone=True)
    assert everyone.spans[1].mark == Mark.MENTION_ME


BOMBS = [
    "[" * 8000, "[a](" * 2000, "*a " * 2600, "_*" * 4000, "> " * 4000, ">" * 8000, "- " * 4000, "* a\n" * 2000,
    "![[" * 2600, "`a``b```" * 900, "<" * 8000, "\\" * 8000, "~~a" * 2600, "http://" * 1100, "@" * 8000, "```\n" * 2000,
    "a" * 8000, "((((https://x.y" * 500,
]  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS, ids=[bomb[:6].strip() + "…" for bomb in BOMBS])
def test_a_bomb_is_read_in_a_moment(bomb: str) -> None:
    begun = time.process_time()
    read(bomb[: limits.MESSAGE_LENGTH])
    assert time.process_time() - begun < 3  # hours, where the cost were not linear; the machine may be busy


def test_parser_and_colours_are_loaded_with_the_first_message_that_needs_them() -> None:
    assert modules_loaded_by("import presence_desktop.gui.main_window") & {"markdown_it", "pygments"} == set()


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    for block in read(text):
        for span in block.spans:
            assert span.link is None or safe_link(span.link) == span.link


def test_code_is_coloured_by_its_language() -> None:
    source = "def f():  # 설명\n    return 'x', 1\n"
    pieces = colored(source, "python")
    assert "".join(text for text, _ in pieces) == source
    assert ("def", "keyword") in pieces
    assert {name for _, name in pieces} >= {"keyword", "comment", "string", "number", None}
    assert colored(source, "no-such-language") == ((source, None),)
    assert colored(source, "") == ((source, None),)
    assert len(colored("x = 1\n" * 3000, "python")) == 1


@pytest.mark.parametrize(("inks", "palette"), [(CODE_LIGHT, LIGHT), (CODE_DARK, DARK)])
def test_coloured_code_can_be_read(inks: dict[str, str], palette: object) -> None:
    back = palette.side  # type: ignore[attr-defined]
    assert {
        name: round(contrast(ink, back), 1) for name, ink in inks.items() if contrast(ink, back) < 4.5
    } == {}
