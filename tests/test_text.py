"""The border for text: every payload and every random string leaves it harmless, and nothing else is changed."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tracker import text
from tracker.errors import Refused, UsageError

HOSTILE = Path(__file__).parent.parent / "fixtures" / "hostile"
PAYLOADS: dict[str, list[str]] = {path.stem: json.loads(path.read_text("utf-8")) for path in HOSTILE.glob("*.json")}
EVERY_PAYLOAD = [payload for payloads in PAYLOADS.values() for payload in payloads]

CONTROLS = {*range(0x20), *range(0x7F, 0xA0)}
NEVER = {
    *range(0xD800, 0xE000),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *range(0xFDD0, 0xFDF0),
    *range(0xE0000, 0xE0080),
    *(plane * 0x10000 + last for plane in range(17) for last in (0xFFFE, 0xFFFF)),
}
KEPT = CONTROLS - {0x09, 0x0A} | NEVER
SHOWN = CONTROLS | NEVER | {0x2028, 0x2029}

anything = st.text(st.characters(codec=None, exclude_categories=[]))
nasty = st.text(
    st.sampled_from("'''==+-@\uff1d\uff0b\uff0d\uff20\u2212 \t\r\n\0|%\u200b\ufeff\u00a0\u00ad\x1b\x9b\u202ea1.")
)
marked = st.text(
    st.sampled_from("aZe\u0301\u0315\u0345\u05b0\u1100\u1161\u3099\u0f73\U0001f1fa\u200d\u200c\u200b\u0130ßσς’-.:")
)
hostile = anything | nasty | marked
unhurried = settings(deadline=None)


def codes(value: str) -> set[int]:
    """The code points of a string."""
    return set(map(ord, value))


def test_the_payloads_are_there_and_dangerous() -> None:
    assert {"terminal", "markup", "formula", "query", "unicode", "filenames", "long"} == set(PAYLOADS)
    assert all(len(payloads) >= 25 for payloads in PAYLOADS.values())
    assert len([payload for payload in PAYLOADS["terminal"] if codes(payload) & KEPT]) > 70
    assert len([payload for payload in PAYLOADS["formula"] if text.guard(payload) != payload]) > 60


@pytest.mark.parametrize("kind", sorted(PAYLOADS))
def test_no_forbidden_code_point_leaves(kind: str) -> None:
    for payload in PAYLOADS[kind]:
        kept = text.clean(payload)
        assert not codes(kept) & KEPT
        assert not codes(text.clean(payload, multiline=False)) & (KEPT | {0x09, 0x0A})
        assert not codes(text.clean(text.entities(payload))) & KEPT
        assert not codes(text.guard(kept)) & KEPT
        assert not codes(text.fold(payload)) & (CONTROLS | NEVER)
        assert not codes(text.screen(payload)) & SHOWN
        assert not codes("".join(text.screen_lines(payload))) & SHOWN
        assert not codes(text.truncate(payload, 30)) & SHOWN
        assert text.unguard(text.guard(payload)) == payload


# --- in: bytes to text


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
    ],
)
def test_marks_and_utf8_are_recognised(codec: str, named: str) -> None:
    data = "Kyiv, Київ\r\n".encode(codec)
    decoded = text.decode(data)
    assert decoded == ("Kyiv, Київ\r\n", named, hashlib.sha256(data).hexdigest())
    assert data.decode(decoded.encoding) == decoded.text


@pytest.mark.parametrize(
    ("mark", "codec"), [(b"\xfe\xff", "utf-16-be"), (b"\0\0\xfe\xff", "utf-32-be"), (b"\xff\xfe", "utf-16-le")]
)
def test_both_byte_orders(mark: bytes, codec: str) -> None:
    assert text.decode(mark + "é€".encode(codec)).text == "é€"


def test_the_given_encoding_comes_after_utf8_and_a_mark_before_both() -> None:
    assert text.decode(b"it\x92s", "cp1252")[:2] == ("it’s", "cp1252")
    assert text.decode("it’s".encode(), "cp1252")[:2] == ("it’s", "utf-8")
    assert text.decode("it’s".encode("utf-16"), "cp1252")[:2] == ("it’s", "utf-16")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-32-be", "utf-7", "iso2022_jp", "cp037"])
def test_an_encoding_that_is_no_ascii_is_believed_when_given(codec: str) -> None:
    sample = "Aleppo 日" if codec not in ("cp037",) else "Aleppo"
    assert text.decode(sample.encode(codec), codec).text == sample


@pytest.mark.parametrize(
    ("data", "encoding", "says"),
    [
        (b"a,b\nc,\xe9\n", None, ["x.csv", "0xE9", "offset 6", "line 2", "--encoding cp1252"]),
        (b"\xef\xbb\xbfa\n\xff", None, ["offset 5", "UTF-8", "byte order mark"]),
        (b"\xff\xfea", None, ["UTF-16", "byte order mark"]),
        (b"a\n\x92\x81", "cp1252", ["0x81", "offset 3", "cp1252", "nor is the file UTF-8"]),
        ("Homs, 12 dead\n".encode("utf-16-le"), None, ["NUL", "--encoding utf-16-le"]),
        ("Homs, 12 dead\n".encode("utf-32-be"), None, ["NUL", "--encoding utf-32-be"]),
        ("Hama, café\n".encode("utf-16-be"), None, ["--encoding utf-16-be"]),
        (b"\x1f\x8b\x08\0\0", "cp1252", ["x.csv", "gzip", "unpack"]),
        (b"PK\x03\x04\x14\0", "latin-1", ["x.csv", "zip", "unpack"]),
    ],
)
def test_what_cannot_be_read_is_refused_with_place_and_cure(data: bytes, encoding: str | None, says: list[str]) -> None:
    with pytest.raises(Refused) as refusal:
        text.decode(data, encoding, name="x.csv")
    sentence = str(refusal.value)
    assert [part for part in says if part not in sentence] == []


def test_a_refusal_shows_a_hostile_file_name_harmlessly() -> None:
    with pytest.raises(Refused) as refusal:
        text.decode(b"\xff", name="\x1b]0;x\x07.csv")
    assert not codes(str(refusal.value)) & SHOWN


@pytest.mark.parametrize("encoding", ["klingon", "", "zlib", "rot13", "undefined", "a\0b", "\x1b[2J"])
def test_an_unknown_encoding_is_a_usage_error(encoding: str) -> None:
    with pytest.raises(UsageError, match="no text encoding") as refusal:
        text.decode(b"x", encoding)
    assert not codes(str(refusal.value)) & SHOWN


@unhurried
@given(st.binary(max_size=64), st.sampled_from([None, "cp1252", "latin-1", "utf-16-le", "utf-7", "shift_jis", "hz"]))
def test_any_bytes_are_read_as_they_stand_or_refused(data: bytes, encoding: str | None) -> None:
    refused = ""
    try:
        decoded = text.decode(data, encoding)
    except Refused as refusal:
        refused = str(refusal)
    else:
        assert data.decode(decoded.encoding) == decoded.text
    assert not refused or any(cure in refused for cure in ("--encoding", "save the file again", "unpack it"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Q&amp;A &lt;b&gt;", "Q&A <b>"),
        ("&amp;lt;", "&lt;"),
        ("&#8217;&#x2019;&rsquo;", "’’’"),
        ("?a=1&copy=2&para=3", "?a=1&copy=2&para=3"),
        ("&notanentity; & &; &#; &#x;", "&notanentity; & &; &#; &#x;"),
        ("AT&T;", "AT&T;"),
        ("&#0;&#xD800;", "\ufffd\ufffd"),
    ],
)
def test_entities(written: str, read: str) -> None:
    assert text.entities(written) == read


# --- in: what is kept


@pytest.mark.parametrize(
    ("given_", "kept", "removed"),
    [
        ("plain", "plain", 0),
        ("", "", 0),
        ("a\r\nb\rc\nd\te", "a\nb\nc\nd\te", 0),
        ("a\0b\x1b[2Jc\x7f\x9b", "ab[2Jc", 4),
        ("cafe\u0301", "café", 0),
        ("e\0\u0301", "é", 1),
        ("\r\0\n", "\n", 1),
        ("می\u200cخواهم 👨\u200d👩\u200d👧", "می\u200cخواهم 👨\u200d👩\u200d👧", 0),
        ("invoice\u202efdp.exe\u2069", "invoicefdp.exe", 2),
        ("\ud800x\uffff\ufdd0\U0010ffff\U000e0041", "x", 5),
        ("[sic] [bold", "[sic] [bold", 0),
    ],
)
def test_clean(given_: str, kept: str, removed: int) -> None:
    assert text.clean(given_) == kept
    assert text.clean_counted(given_) == (kept, removed)


def test_one_line_fields_have_no_breaks() -> None:
    assert text.clean("a\r\n\tb\u2028c", multiline=False) == "a b c"


@unhurried
@given(hostile)
def test_clean_text_is_normal_and_clean_again(value: str) -> None:
    kept = text.clean(value)
    assert not codes(kept) & KEPT
    assert unicodedata.is_normalized("NFC", kept)
    assert text.clean(kept) == kept
    assert text.clean_counted(kept) == (kept, 0)


@unhurried
@given(
    st.text(st.sampled_from("a\u0301\u0315\u0345\u05b0\u0f71\u0f73\u0344\u3099\uac01\ufb1d\ufdfa")), st.integers(1, 9)
)
def test_long_runs_of_marks_are_normalised_as_short_ones(pattern: str, times: int) -> None:
    value = pattern * times + "\u0f73\u0315\u0300" * 100
    assert text.clean(value) == unicodedata.normalize("NFC", value)


def test_a_field_of_nothing_but_marks_is_no_trap() -> None:
    # In the quadratic time of unicodedata.normalize alone this would not end within an hour.
    value = "a" + "\u0315\u0300" * (text.MAX_FIELD // 2)
    kept = text.clean(value)
    assert kept[:2] == "\u00e0\u0300"
    assert kept.endswith("\u0315")
    assert text.fold(kept) == "a"


# --- matching


@pytest.mark.parametrize(
    "same",
    [
        (
            "al-Haq",
            "al Haq",
            "Al  Haq",
            "al‑Haq",
            "al–Haq",
            "al−Haq",
            "AL_HAQ",
            "al\u200b-Haq",
            "“al-Haq”",
            "ａｌ－Ｈａｑ",
        ),
        ("Shi’ite", "Shiite", "Shi'ite", "Shiʿite", "Shi`ite", "Shi´ite", "Shi\u00adite", "SHIITE"),
        ("U.N.", "UN", "u.n", "U.N"),
        ("Müller", "Mu\u0308ller", "muller", "MÜLLER"),
        ("Diyarbakır", "Diyarbakir", "DİYARBAKIR"),
        ("Łódź", "Lodz"),
        ("Straße", "STRASSE", "straẞe"),
        ("محمّد", "محمد", "محـمد"),
        ("می\u200cخواهم", "می\u200dخواهم"),
        ("ﬁre", "fire"),
        ("’", "'"),
        ("—", "-"),
    ],
)
def test_spellings_of_one_name_fold_alike(same: tuple[str, ...]) -> None:
    assert len({text.fold(spelling) for spelling in same}) == 1


@pytest.mark.parametrize(
    "different", [("が", "か"), ("कुल", "कल"), ("กุล", "กล"), ("C++", "C"), ("!", "?"), ("Aden", "Eden"), ("A B", "AB")]
)
def test_different_words_fold_apart(different: tuple[str, str]) -> None:
    assert text.fold(different[0]) != text.fold(different[1])


@unhurried
@given(hostile)
def test_a_key_folds_to_itself_and_is_never_empty_without_cause(value: str) -> None:
    key = text.fold(value)
    assert text.fold(key) == key
    assert text.clean(key, multiline=False) == key
    visible = any(char.isprintable() and not char.isspace() for char in value)
    assert bool(key) >= visible


@unhurried
@given(hostile)
def test_folding_does_not_see_normal_forms(value: str) -> None:
    assert text.fold(unicodedata.normalize("NFC", value)) == text.fold(unicodedata.normalize("NFD", value))


# --- out: the screen


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("[sic] [/x] [bold", "[sic] [/x] [bold"),
        ("a\nb\tc", "a⏎b c"),
        ("\x1b]52;c;eA==\x07", "␛]52;c;eA==␇"),
        ("\x9b2J\x7f\0", "\ufffd2J␡␀"),
        ("x\u202etxt\u2066", "x\ufffdtxt\ufffd"),
        ("\ud800\uffff", "\ufffd\ufffd"),
        ("الجيش \u200fالحر 日本 👍🏽", "الجيش \u200fالحر 日本 👍🏽"),
    ],
)
def test_screen(given_: str, shown: str) -> None:
    assert text.screen(given_) == shown


@unhurried
@given(hostile)
def test_the_screen_gets_one_harmless_code_point_for_each(value: str) -> None:
    shown = text.screen(value)
    assert not codes(shown) & SHOWN
    assert len(shown) == len(value)
    assert all(before == after or ord(before) in SHOWN for before, after in zip(value, shown, strict=True))
    assert text.screen(shown) == shown
    shown.encode()


def test_screen_lines_keeps_the_breaks() -> None:
    assert text.screen_lines("a\r\nb\rc\n\nd\u2028\x1be") == ["a", "b", "c", "", "d", "␛e"]


@pytest.mark.parametrize(
    ("given_", "width", "cut"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("abcdef", 1, "…"),
        ("abcdef", 0, ""),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("👨\u200d👩\u200d👧👨\u200d👩\u200d👧x", 4, "👨\u200d👩\u200d👧…"),
        ("🇺🇦🇺🇸🇫🇷", 4, "🇺🇦…"),
        ("각\u1100\u1161\u11a8각", 3, "각…"),
        ("क्षत्रिय", 3, "क्ष…"),
        ("a\nb\x1bc", 4, "a⏎b…"),
    ],
)
def test_truncate(given_: str, width: int, cut: str) -> None:
    assert text.truncate(given_, width) == cut


@unhurried
@given(hostile, st.integers(0, 30))
def test_truncated_text_fits_and_begins_the_same(value: str, width: int) -> None:
    cut = text.truncate(value, width)
    assert cell_len(cut) <= width
    assert cut == text.screen(value) or not cut or (cut[-1] == "…" and text.screen(value).startswith(cut[:-1]))


def test_truncating_an_enormous_value_looks_at_its_head_only() -> None:
    assert text.truncate("日\n" * (text.MAX_FIELD // 2), 7) == "日⏎日⏎…"


# --- out: CSV

BLANKS = "".join(
    chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Cf", "Zs", "Zl", "Zp", "Cc")
)
DANGEROUS = re.compile(r"[=+\-@＝＋－＠−]")


@unhurried
@given(hostile)
def test_the_guard_comes_off_again_and_nothing_dangerous_leads(value: str) -> None:
    cell = text.guard(value)
    assert text.unguard(cell) == value
    assert not DANGEROUS.match(cell.lstrip(BLANKS))
    assert cell[:1] not in set("\t\r\n\0|%")
    assert cell in (value, "'" + value)


@unhurried
@given(nasty, nasty)
def test_two_values_never_make_one_cell(one: str, other: str) -> None:
    assert (text.guard(one) == text.guard(other)) == (one == other)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1", "'=1"),
        ("'=1", "''=1"),
        (" \u200b-5", "' \u200b-5"),
        ("＝1", "'＝1"),
        ("−5", "'−5"),
        ("|x", "'|x"),
        ("\tx", "'\tx"),
        ("'\n", "''\n"),
        ("'tis", "'tis"),
        ("a=1", "a=1"),
        ("5%", "5%"),
        ("", ""),
        ("'", "'"),
        (" x", " x"),
    ],
)
def test_guard(value: str, cell: str) -> None:
    assert text.guard(value) == cell
    assert text.unguard(cell) == value


def test_every_blank_and_format_character_is_looked_through() -> None:
    assert [hex(ord(blank)) for blank in BLANKS if not text.guard(blank + "=1").startswith("'")] == []


# --- cost


def test_the_module_is_light() -> None:
    program = "import sys, tracker.text as t; t.screen('\\x1b'); t.fold('é'); t.truncate('abc', 2); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "tracker.text" in loaded
    assert not {"rich", "textual", "html", "hashlib", "dataclasses"} & set(loaded)


@pytest.mark.parametrize("border", [text.clean, text.screen, text.guard, text.unguard, text.entities])
def test_plain_ascii_is_returned_as_it_is(border: Callable[[str], str]) -> None:
    plain = "Shelling in Homs killed 12 people"
    assert border(plain) is plain
