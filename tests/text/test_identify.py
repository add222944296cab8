"""The language of a text: other languages are told, and English is never refused."""

import os
import subprocess
import sys

import pytest

from dragoman.text.identify import identify, language_name

FOREIGN = {
    "de": "Bei einem Angriff wurden nach Angaben der Polizei zw\u00f6lf Menschen verletzt, vier davon schwer.",
    "fr": "Le gouvernement a annoncé vendredi qu'il reprendrait les discussions avec les syndicats la semaine prochaine.",
    "es": "El presidente anunció el viernes que su gobierno había abierto conversaciones con los Estados Unidos.",
    "it": "Almeno dieci persone sono rimaste ferite nell'esplosione, secondo la polizia di Tarvo.",
    "nl": "De regering heeft vrijdag aangekondigd dat de gesprekken volgende week worden hervat.",
    "pt": "O governo anunciou na sexta-feira que as conversações serão retomadas na próxima semana.",
    "ru": "Правительство объявило, что переговоры возобновятся.",
    "ar": "أعلنت الحكومة يوم الجمعة أن المحادثات ستستأنف.",
    "zh": "\u653f\u5e9c\u5468\u4e94\u5ba3\u5e03\uff0c\u4f1a\u8c08\u5c06\u4e8e\u4e0b\u5468\u6062\u590d\u3002",
    "id": "Pemerintah mengumumkan pada hari Jumat bahwa pembicaraan akan dilanjutkan minggu depan.",
}


@pytest.mark.parametrize("code", FOREIGN)
def test_another_language_is_told(code: str) -> None:
    assert identify(FOREIGN[code]) == code
    assert identify((FOREIGN[code] + " ") * 500) == code
    assert language_name(code) not in {code, "English"}


@pytest.mark.parametrize(
    "text",
    [
        "The mayor of Tarvo said that the bridge would stay shut.",
        "Tarvo mayor visits flooded towns, pledges millions in aid",
        "Jakarta police arrest Surabaya bombing suspects at Juanda",
        "RESULTS: Tarvo 2 (Petrov 14, Nakamura 80), Velmora 2 (Diallo 3, 66). Ansa 1 (Okafor 12), Port Dunmore 0.",
        "“Nein, danke,” the chancellor said when asked whether she would meet the “Gastarbeiter” of 1961.",
    ],
)
def test_english_is_english(text: str) -> None:
    assert identify(text) == "en"


@pytest.mark.parametrize("text", ["", " ", "1 2 3 !", "Nein, danke.", "\U0001f600" * 100, "\ud800\0" * 50])
def test_what_is_too_short_to_tell_is_taken_as_english(text: str) -> None:
    assert identify(text) == "en"


def test_an_english_text_does_not_open_the_library() -> None:
    text = "The men said that they would go with the others, but not before noon."
    code = f"import sys, dragoman.text.identify as i; i.identify({text!r}); print('py3langid' in sys.modules)"
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], env=here, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_names() -> None:
    assert language_name("en") == "English"
    assert language_name("xx") == "xx"
