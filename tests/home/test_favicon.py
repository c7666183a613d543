"""Browsers ask for /favicon.ico whatever the page says."""


def test_it_is_there_for_strangers_and_kept(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/x-icon"
    assert answer.content[:4] == b"\x00\x00\x01\x00"
    assert "max-age" in answer.headers["Cache-Control"]
