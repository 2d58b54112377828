from decimal import Decimal

import pytest

from pledges.core.legacy import Encoding
from pledges.core.workbooks.letters import Suspect, modernised, suspects
from pledges.core.workbooks.sheets import Cell, Row, Sheet
from tests.support.campaign_files import FILES, rows
from tests.support.old_fonts import encode, font_for
from tests.support.spreadsheets import values


def sheet(*rows: list[Cell]) -> Sheet:
    return Sheet("Danh mục", tuple(Row(number, tuple(row)) for number, row in enumerate(rows, start=4)), 3)


def plain(*texts: str) -> list[Cell]:
    return [Cell(text) for text in texts]


def test_suspects_stand_with_their_places_before_and_after():
    one = sheet(plain("STT", "Tên"), [Cell(Decimal(1)), Cell("§­êng", ".VnTime"), Cell("ñy ban", ".VnTimeH")])
    assert suspects(one) == [
        Suspect(5, 1, "§­êng", "Đường", Encoding.TCVN3),
        Suspect(5, 2, "ñy ban", "ỦY BAN", Encoding.TCVN3),
    ]


def test_a_modernised_sheet_differs_only_there():
    one = sheet([Cell("Ñöôøng", "VNI-Times"), Cell(None), Cell("Đường"), Cell(Decimal(2), "VNI-Times")])
    assert modernised(one) == sheet(
        [Cell("Đường", "VNI-Times"), Cell(None), Cell("Đường"), Cell(Decimal(2), "VNI-Times")]
    )
    assert suspects(modernised(one)) == []


def test_both_encodings_may_stand_in_one_sheet():
    one = sheet([Cell("cã", ".VnTime"), Cell("coù", "VNI-Times"), Cell("cã", "Arial"), Cell("Đội", "Arial")])
    assert values(modernised(one)) == [["có", "có", "cã", "Đội"]]


def test_short_words_go_with_their_sheet():
    one = sheet(plain("§­êng Hµ Kh¸nh", "cã", "m²", "H§ND", "x"))
    assert values(modernised(one)) == [["Đường Hà Khánh", "có", "m²", "HĐND", "x"]]


def test_short_words_stay_where_something_can_only_be_unicode():
    one = sheet(plain("§­êng Hµ Kh¸nh", "cã", "Đội"))
    assert [suspect.before for suspect in suspects(one)] == ["§­êng Hµ Kh¸nh"]


def test_short_words_stay_where_the_encoding_is_in_doubt():
    one = sheet(plain("§­êng Hµ Kh¸nh", "Ñöôøng phoá", "cã"))
    assert [suspect.after for suspect in suspects(one)] == ["Đường Hà Khánh", "Đường phố"]


def test_old_fonts_elsewhere_say_nothing_of_cells_in_new_ones():
    one = sheet([Cell("§­êng", ".VnTime"), Cell("Xã", "Times New Roman")])
    assert values(modernised(one)) == [["Đường", "Xã"]]


def test_unicode_typed_into_an_old_font_stays_beside_what_is_old_there():
    fonts = {".VnTime": "§­êng cã nhµ m¸i «", "VNI-Times": "Ñöôøng coù nhaø"}
    for font, old in fonts.items():
        texts = ["Đường Hà Khánh", "Công an", "thép Ø20", "quí II", old]
        found = suspects(sheet([Cell(text, font) for text in texts]))
        assert [suspect.before for suspect in found] == [old]
    alone = suspects(sheet([Cell("c«ng", ".VnTime"), Cell("cã", ".VnTime")]))
    assert [suspect.after for suspect in alone] == ["công", "có"]


def test_a_sheet_in_unicode_has_none():
    one = sheet(
        plain("Đường Hà Khánh", "xã", "hoà", "Noël"), [Cell("Đường", ".VnTime"), Cell("m2", ".VnTime")]
    )
    assert suspects(one) == []
    assert modernised(one) == one


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize("file", ["tasks.csv", "indicators.csv"])
def test_a_campaigns_list_in_an_old_font_says_the_same(file: str, encoding: Encoding):
    said = [[text or None for text in row.values()] for row in rows(FILES / file)]
    old = sheet(*([in_old_font(text, encoding) for text in row] for row in said))
    assert values(modernised(old)) == said
    bare = sheet(*([Cell(text and encode(text, encoding)) for text in row] for row in said))
    assert values(modernised(bare)) == said


def in_old_font(text: str | None, encoding: Encoding) -> Cell:
    if text is None:
        return Cell()
    font = font_for(text, encoding)
    return Cell(encode(text, encoding, font), font)
