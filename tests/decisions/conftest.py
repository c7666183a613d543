import pytest

from tests.decisions import questions


@pytest.fixture
def questions_of_every_kind():
    with questions.registered():
        yield
