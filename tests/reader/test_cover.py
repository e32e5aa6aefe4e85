from tests.reader.conftest import COVER


def test_cover_asks_the_first_question_at_once(reader, inquiry):
    page = reader.open()

    assert page.status_code == 200
    assert 'name="Q1" value="5"' in page.content.decode()
    assert page.cookies == {}
    assert COVER
