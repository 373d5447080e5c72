"""Below a closing a business card is cut, and a letter that goes on is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.core.read.quotes import cut

# (the buyer's words with closing and name, the card below them)
CARDS = {
    "en": (
        "Where is it?\n\nBest,\nIda Sample",
        "Office Lead | Sample & Daughters\n1 Elm Street, Leeds\nT: 0555 010 203\n"
        "Rooms can be cancelled for free up to 7 days before the day of arrival.",
    ),
    "de": (
        "Wann kommt es?\n\nHerzliche Grüße\nUta Probe",
        "Einkauf\nProbe & Co. KG\nLindenweg 4, 00000 Stadt\nTel. 0000 / 12 34 56\n"
        "Stornierungen von Kursen bitte nur schriftlich und spätestens eine Woche vorher.",
    ),
    "es": (
        "¿Cuándo llega?\n\nReciba un cordial saludo,\nAna Prueba",
        "Compras | Talleres Prueba, S.L.\nCIF B00000000\n"
        "Las citas solo se pueden cancelar por escrito y con un día de antelación.",
    ),
    "fr": (
        "Quand arrive-t-elle ?\n\nBien cordialement,\n\nOdile Essai",
        "Assistante – Mairie d'Essai\nTél. 00 00 00 00 00\n"
        "Pensez à l'environnement avant d'imprimer ce message.\n"
        "Ce message est confidentiel ; en cas d'erreur, merci de le détruire.",
    ),
    "it": (
        "Quando arriva?\n\nDistinti saluti\nStudio Prova",
        "Segreteria: Lia\nTel. 000 0000000\n"
        "Si ricorda che gli appuntamenti non disdetti entro 24 ore saranno addebitati.",
    ),
    "pt": (
        "Quando chega?\n\nCom os meus cumprimentos,\nRui Amostra",
        "Compras | Amostra, Lda.\nNIF 500 000 000\nSiga-nos nas redes e conheça as novidades desta"
        " semana",
    ),
    "nl": (
        "Wanneer komt het?\n\nVriendelijke groeten,\n\nBea Proef",
        "Zaakvoerster | B&B De Proef\nProefstraat 1, 0000 Dorp\nBTW BE 0000.000.000\n"
        "Annuleren van een kamer kan gratis tot 7 dagen voor aankomst.",
    ),
    "pl": (
        "Kiedy dojdzie?\n\nZ pozdrowieniami\nOla Próbna",
        "Kierownik biura\nul. Lipowa 1, 00-000 Miasto\nREGON 000000000\n"
        "Rezerwację można bezpłatnie odwołać najpóźniej trzy dni przed przyjazdem gości.",
    ),
    "ru": (
        "Когда придёт?\n\nВсего доброго,\nЯна Пробная",
        "Отдел закупок\nООО «Проба»\nЗапись на курсы можно отменить не позднее чем за два дня.",
    ),
    "tr": (
        "Ne zaman gelir?\n\nSaygılarımızla,\nEce Örnek",
        "Satın Alma\nÖrnek Ltd. Şti.\nRandevular en geç bir gün önceden iptal edilmezse ücret"
        " alınır ve iade edilmez.",
    ),
    "id": (
        "Kapan sampai?\n\nSalam hangat,\nBudi Contoh",
        "Staf Umum\nPT Contoh Jaya\n(021) 000-0000\n"
        "Pembatalan kamar tanpa biaya paling lambat tujuh hari sebelumnya ya.",
    ),
    "ar": (
        "متى تصل؟\n\nمع أطيب التحيات،\nسعاد المثال",
        "مديرة المشتريات – شركة المثال ذ.م.م\nهذه الرسالة سرية. للفواتير راسلوا قسم الحسابات.",
    ),
    "ja": (
        "いつ届きますか。\n\n何卒よろしくお願い申し上げます。\n見本 太郎",
        "総務部\n株式会社みほん\nTEL 03-0000-0000\n※診療のご予約の変更は前日の17時までとなります",
    ),
    "ko": ("언제 오나요?\n\n고맙습니다.\n견본 드림", "구매팀 과장\n㈜견본\nT. 02-000-1234"),
    "zh": ("什么时候到？\n\n顺颂商祺\n王样", "总务科\n样品股份有限公司\n课程取消须提前三天办理"),
    "zh, Hant": (
        "何時到貨？\n\n敬祝商祺\n王樣",
        "總務課 副理\n樣品股份有限公司\n統一編號 00000000",
    ),
}

LETTERS = [
    ("en", "Best,\nIda\nSample Ltd\nPlease leave it with the neighbour."),
    ("en", "Best,\nIda\nSample Ltd\nT: 0555 010 203\nI paid twice."),
    ("en", "Regards\nIda\nT: 0555 010 203\n\nWill it come on Monday?"),
    ("en", "Thanks\nIda\nT: 0555 010 203\nThe parcel must be here on Friday"),
    ("en", "Thanks\nIda\nT: 0555 010 203\nVisit us if you would rather see the crack yourself"),
    ("es", "Saludos\nAna\nTel. 900 000 000\nLlámame cuando sepas algo"),
    ("de", "Beste Grüße\nUta\nProbe GmbH\nBitte nicht vor Montag liefern."),
    ("de", "Beste Grüße\nUta\nProbe GmbH\nDie Ware muss bis zum nächsten Freitag da sein."),
    ("es", "Saludos\nAna\nTel. 900 000 000\nQuiero la factura"),
    ("fr", "Cordialement\nOdile\nTél. 00 00 00 00 00\nPS : la facture manque"),
    ("it", "Saluti\nLia\nTel. 000 0000000\nAspetto la fattura"),
    ("pt", "Cumprimentos\nRui\nNIF 500 000 000\nAguardo a fatura"),
    ("nl", "Groeten\nBea\nBTW BE 0000.000.000\nGraag bellen voor de levering"),
    ("pl", "Pozdrawiam\nOla\nNIP 0000000000\nProszę o fakturę"),
    ("ru", "С уважением\nЯна\nООО «Проба»\nЖду ответа"),
    ("tr", "Saygılar\nEce\nTel 0266 000 00 00\nFatura bekliyorum"),
    ("id", "Salam\nBudi\nPT Contoh Jaya\nMohon faktur pajaknya"),
    ("ar", "مع التحية\nسعاد\nهاتف 0000 000 4 971+\nأرجو إرسال الفاتورة"),
    ("ja", "よろしくお願いいたします。\n見本\nTEL 03-0000-0000\n領収書もお送りください"),
    ("ko", "감사합니다.\n견본\nT. 02-000-1234\n영수증도 부탁드려요"),
    ("zh", "谢谢\n王样\n电话：000-00000000\n请附上发票"),
]


@pytest.mark.parametrize(("own", "card"), CARDS.values(), ids=CARDS)
def test_the_card_below_a_closing_is_cut(own: str, card: str) -> None:
    assert cut(f"{own}\n{card}") == (own, card)


@pytest.mark.parametrize(("language", "closing"), LETTERS)
def test_what_goes_on_like_a_letter_below_a_closing_is_kept(language: str, closing: str) -> None:
    text = f"Hello, a word.\n\n{closing}"
    assert cut(text) == (text, "")


def test_an_address_below_thanks_is_no_card_without_a_company_or_a_number() -> None:
    text = "My new address is below.\n\nThanks\nIda Sample\n1 Elm Street\nLeeds"
    assert cut(text) == (text, "")


def test_a_card_between_ruled_lines_of_japanese_mail_is_cut() -> None:
    card = "――――――――――\n株式会社みほん\nTEL 03-0000-0000\n※請求書は経理部まで\n――――――――――"
    assert cut(f"到着日を教えてください。\n\n{card}")[0] == "到着日を教えてください。"


_LINES = st.sampled_from(
    ["Ida Sample", "Sample Ltd", "T: 0555 010 203", "ida@example.com", "", "1 Elm Street, Leeds"]
)
_SAID = st.sampled_from(
    ["I still wait for it", "Is it blue?", "Ich warte noch", "où est-ce ?", "ho già pagato"]
)


@given(st.lists(_LINES, max_size=6), _SAID, st.lists(_LINES, max_size=4))
def test_a_question_and_a_first_person_below_a_closing_stay(
    above: list[str], said: str, below: list[str]
) -> None:
    text = "\n".join(["It is late.", "", "Kind regards", *above, said, *below])
    assert said in cut(text)[0]
