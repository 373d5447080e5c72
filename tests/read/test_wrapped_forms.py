"""Of a contact form only what a buyer typed counts, in every language."""

from __future__ import annotations

import pytest

from tactd.core.read.quotes import cut
from tactd.core.read.wrapped import unwrapped

FORMS = {
    "de": (
        "Name: K. Probe\nE-Mail: kp@example.com\nBestellnummer: keine\n"
        "Ihr Anliegen: Ist die Kanne spülmaschinenfest, und gibt es sie in Blau?",
        "Ist die Kanne spülmaschinenfest, und gibt es sie in Blau?",
    ),
    "it": (
        "Nome: Lia\nEmail: lia@example.com\nMessaggio: Il filtro è compreso?\n\n"
        "Inviato dal sito – consenso privacy: SI",
        "Il filtro è compreso?",
    ),
    "fr": (
        "Formulaire : Contactez-nous\nNom : Odile Essai\nSujet : Choisissez un sujet\n"
        "Votre message : Le couvercle manque.\nAcceptez-vous de recevoir nos offres ? Non",
        "Le couvercle manque.",
    ),
    "it, the last of a list": (
        "Nome: Ugo\nMotivo: Altro\nTesto: Aspetto ancora l'accredito\n\n"
        "Privacy: accettata – Marketing: non accettato",
        "Aspetto ancora l'accredito",
    ),
    "pt": (
        "Assunto escolhido pelo cliente: Quero devolver?\n\nTexto: Ficou ótimo, obrigada.\n\n"
        "Responda a esta mensagem no prazo de um dia útil.",
        "Ficou ótimo, obrigada.",
    ),
    "en": (
        "Name: Jo\nTopic chosen by the customer: Where is my order?\nMessage: It fits well\n"
        "I agree to the privacy policy: yes",
        "It fits well",
    ),
    "es": (
        "Formulario: Contacto\nAsunto: Elige un asunto\nMensaje: Me gusta mucho\n\n"
        "He leído y acepto la política de privacidad: sí",
        "Me gusta mucho",
    ),
    "nl": (
        "Naam: Ab\nOnderwerp: Maak een keuze\nBericht: De deksel past niet\n"
        "Ik ga akkoord met de privacyverklaring: ja",
        "De deksel past niet",
    ),
    "pl": (
        "Imię: Ola\nTemat: Inne\nTreść: Brakuje śrubki\n"
        "Wyrażam zgodę na przetwarzanie moich danych: tak",
        "Brakuje śrubki",
    ),
    "ru": (
        "Имя: Яна\nТема: Другое\nТекст: Крышка треснула\n\n"
        "Письмо сформировано автоматически. Согласен на обработку: да",
        "Крышка треснула",
    ),
    "tr": (
        "Ad: Ece\nKonu: Lütfen seçin\nMesaj: Kapağı kırık\n"
        "Bu e-posta web sitenizden gönderilmiştir.",
        "Kapağı kırık",
    ),
    "tr, a customer's comment": (
        'Müşteri yorumu: "bardak çatlak, kutusu duruyor"\nNeden: Kusurlu\nOnayla | Kapat',
        "Kusurlu\nbardak çatlak, kutusu duruyor",
    ),
    "id": (
        "Nama: Budi\nTopik: Lainnya\nPesan: tutupnya retak\n\n"
        "Pesan ini dikirim otomatis dari situs toko.",
        "tutupnya retak",
    ),
    "ar": (
        "الاسم: سعاد\nالموضوع: أخرى\nالرسالة: الغطاء مكسور\n\nأُرسلت هذه الرسالة من موقع المتجر.",
        "الغطاء مكسور",
    ),
    "ja": (
        "[お名前] 見本\n[件名] 選択してください\n[内容] 蓋が割れています\n\n"
        "プライバシーポリシーに同意: はい",
        "蓋が割れています",
    ),
    "ko": (
        "이름: 견본\n문의 유형: 기타\n내용: 뚜껑이 깨졌어요\n\n개인정보 수집 및 이용에 동의: 예",
        "뚜껑이 깨졌어요",
    ),
    "zh": (
        "国家/地区：CN\n姓名：样品\n主题：其他\n内容：盖子裂了\n\n—— 此消息由网站发出",
        "盖子裂了",
    ),
}

CHOSEN = {
    "en": ("Topic chosen by the customer: Where is it?", "Message: it came"),
    "de": ("Vom Kunden gewähltes Thema: Wo ist es?", "Text: ist da"),
    "es": ("Asunto elegido por el cliente: ¿Dónde está?", "Texto: ya llegó"),
    "fr": ("Sujet choisi par le client : Où est-ce ?", "Texte : bien reçu"),
    "it": ("Argomento scelto dal cliente: Dov'è?", "Testo: arrivato"),
    "pt": ("Assunto escolhido pelo cliente: Onde está?", "Texto: chegou"),
    "nl": ("Onderwerp gekozen door de klant: Waar is het?", "Tekst: is er"),
    "pl": ("Temat wybrany przez klienta: Gdzie jest?", "Treść: doszło"),
    "ru": ("Тема, выбранная покупателем: Где он?", "Текст: пришло"),
    "tr": ("Müşterinin seçtiği konu: Nerede?", "Mesaj: geldi"),
    "id": ("Topik yang dipilih pelanggan: Di mana?", "Pesan: sampai"),
    "ar": ("الموضوع الذي اختاره العميل: أين؟", "النص: وصل"),
    "ja": ("お客様が選んだ件名：どこですか？", "本文：届いた"),
    "ko": ("고객이 선택한 제목: 어디에 있나요?", "내용: 왔어요"),
    "zh": ("买家选择的主题：在哪里？", "内容：到了"),
    "zh, Hant": ("買家選擇的主題：在哪裡？", "內容：到了"),
}


@pytest.mark.parametrize(("chosen", "said"), CHOSEN.values(), ids=CHOSEN)
def test_a_subject_that_the_site_let_him_choose_is_not_his_words(chosen: str, said: str) -> None:
    assert unwrapped(f"{chosen}\n{said}") == said.replace("：", ":").split(":")[1].strip()


@pytest.mark.parametrize(("frame", "words"), FORMS.values(), ids=FORMS)
def test_of_a_form_only_what_was_typed_is_read(frame: str, words: str) -> None:
    assert unwrapped(cut(frame)[0]) == words


def test_a_reason_alone_is_read_only_where_nothing_else_may_be_his() -> None:
    assert unwrapped("Order: 5521\nReason: Item hasn't arrived") == "Item hasn't arrived"
    text = "Reason: No longer needed\nItem: the cup I took has a crack and leaks\nApprove | Decline"
    assert "leaks" in unwrapped(text)
