"""What a site puts into a list for the buyer, and where he has chosen nothing from it.

Literal tables, one row a language (a word that several share stands in the first of them);
compared in lower case, without decoration.
"""

from __future__ import annotations

import re
from typing import Final

from tactd.core.read.wrapper_labels import entries, folded

# "Subject chosen by the customer": the site's words, one of which he had to take.
PICKED: Final = entries(
    {
        "en": "chosen|selected|picked",
        "de": "gewählt|gewählter|gewähltes|gewählte|ausgewählt|ausgewählter|ausgewähltes"
        "|ausgewählte",
        "es": "elegido|elegida|seleccionado|seleccionada|escogido",
        "fr": "choisi|choisie|sélectionné|sélectionnée",
        "it": "scelto|scelta|selezionato|selezionata",
        "pt": "escolhido|escolhida|selecionado|selecionada",
        "nl": "gekozen|geselecteerd|geselecteerde",
        "pl": "wybrany|wybrana|wybrane",
        "ru": "выбранная|выбранный|выбрано|выбранное",
        "tr": "seçilen|seçtiği",
        "id": "dipilih|pilihan",
        "ar": "المختار|المختارة|المحدد|اختاره|اختارته|اختارها",
    }
)
SUBJECTS: Final = entries(
    {
        "en": "topic|subject|category",
        "de": "thema|betreff|kategorie|anliegen",
        "es": "tema|asunto|categoría",
        "fr": "sujet|objet|catégorie",
        "it": "oggetto|argomento|categoria",
        "pt": "assunto",
        "nl": "onderwerp|categorie",
        "pl": "temat|kategoria",
        "ru": "тема|категория",
        "tr": "konu|kategori",
        "id": "topik|subjek|kategori",
        "ar": "الموضوع|الفئة",
    }
)

# A list that was left as it was, and its last entry. Each may also be the beginning.
UNCHOSEN: Final = entries(
    {
        "en": "choose a|choose an|please choose|please select|select a|select an|not selected",
        "de": "bitte wählen|bitte auswählen|betreff wählen|keine auswahl|nicht ausgewählt",
        "es": "elige un|elija un|selecciona un|seleccione un|por favor selecciona|elegir",
        "fr": "choisissez|veuillez choisir|sélectionnez|veuillez sélectionner|choisir",
        "it": "scegli un|scegliere un|seleziona un|selezionare un",
        "pt": "escolha um|selecione um|por favor, selecione",
        "nl": "kies een|maak een keuze|selecteer een",
        "pl": "wybierz",
        "ru": "выберите|не выбрано",
        "tr": "lütfen seçin|seçiniz|konu seçin",
        "id": "pilih topik|silakan pilih|pilih salah",
        "ar": "اختر|الرجاء الاختيار|يرجى الاختيار",
        "ja": "選択してください|お選びください",
        "ko": "선택하세요|선택해 주세요|선택해주세요",
        "zh": "请选择|請選擇",
    }
)
OTHERS: Final = entries(
    {
        "en": "other|others|something else|none|n/a",
        "de": "sonstiges|sonstige|anderes|andere|keine",
        "es": "otro|otros|otra|otras",
        "fr": "autre|autres|autre demande",
        "it": "altro|altri",
        "pt": "outro|outros|outra",
        "nl": "anders|overig|overige",
        "pl": "inne|inny|inna",
        "ru": "другое|прочее|иное",
        "tr": "diğer",
        "id": "lainnya|lain-lain",
        "ar": "أخرى|غير ذلك|آخر",
        "ja": "その他",
        "ko": "기타",
        "zh": "其他|其它",
    }
)

_BEGINNINGS: Final = tuple(UNCHOSEN)
_WORD: Final = re.compile(r"[^\W\d_]+")
_UNSPACED: Final = re.compile(
    r"(?:選んだ|選択した|選択された|선택한|선택된|选择的|選擇的|所选|所選|选定的).{0,6}"
    r"(?:件名|種別|項目|カテゴリ|제목|유형|주제|主题|主題|类型|類型|类别|類別)"
)


def picked(label: str) -> bool:
    """ "Subject chosen by the customer": whatever he wanted to say, he had to take one."""
    if _UNSPACED.search(label):
        return True
    words = _WORD.findall(folded(label))
    return not PICKED.isdisjoint(words) and not SUBJECTS.isdisjoint(words)


def unchosen(value: str) -> bool:
    """The list as it was before somebody chose, its last entry, or all of them."""
    plain = folded(value).strip("-–—*_.[]()<>… \t")
    return plain in OTHERS or value.count(" / ") > 1 or plain.startswith(_BEGINNINGS)
