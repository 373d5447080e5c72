"""What a buyer wrote himself is kept; what his mail program added below it is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.core.read.quotes import cut

SHOP = "Dear buyer, your parcel is on its way."

# (language, client, the buyer's words, what the client puts below them before the shop's words)
FORMS = [
    ("en", "Gmail", "Where is it?", "On Fri, May 3, 2024 at 12:00 PM Shop <a@example.com> wrote:"),
    (
        "en",
        "Gmail, wrapped",
        "Where is it?",
        "On Fri, May 3, 2024 at 12:00 PM Blue Sheep Outdoor\n<a@example.com> wrote:",
    ),
    (
        "en",
        "Yahoo",
        "Where is it?",
        "On Friday, May 3, 2024 at 12:00:00 PM GMT+2, Shop <a@example.com> wrote:",
    ),
    ("en", "Apple Mail", "Where is it?", "On May 3, 2024, at 12:00, Shop <a@example.com> wrote:"),
    ("en", "eBay", "Where is it?", "On 03/05/2024, 12:00, blue_sheep wrote:"),
    ("en", "NetEase", "Where is it?", 'At 2024-05-03 12:00:00, "Shop" <a@example.com> wrote:'),
    (
        "en",
        "Outlook desktop",
        "Where is it?",
        "From: Shop <a@example.com>\nSent: Friday, May 3, 2024 12:00 PM\nTo: Jane\nSubject: Hi\n",
    ),
    (
        "en",
        "Outlook mobile",
        "Where is it?",
        "Get Outlook for iOS<https://aka.example/o>\n________________________________\n"
        "From: Shop <a@example.com>\nSent: Friday, May 3, 2024\nTo: Jane <b@example.org>\n"
        "Subject: Your order\n",
    ),
    ("en", "Outlook Express", "Where is it?", "-----Original Message-----\nFrom: Shop\nTo: Jane"),
    ("en", "Samsung", "Where is it?", "-------- Original message --------\nFrom: Shop\n"),
    ("en", "Apple, forwarded", "See below.", "Begin forwarded message:\n\nFrom: Shop\n"),
    ("de", "Gmail", "Wo ist es?", "Am Fr., 3. Mai 2024 um 12:00 Uhr schrieb S <a@example.com>:"),
    ("de", "Thunderbird", "Wo ist es?", "Am 03.05.2024 um 12:00 schrieb Shop:"),
    (
        "de",
        "Yahoo",
        "Wo ist es?",
        "Am Freitag, 3. Mai 2024 um 12:00:00 MESZ hat Shop <a@example.com> Folgendes geschrieben:",
    ),
    (
        "de",
        "Outlook",
        "Wo ist es?",
        "Von: Shop <a@example.com>\nGesendet: Freitag, 3. Mai 2024 12:00\nAn: Jane\nBetreff: Hallo",
    ),
    ("de", "Outlook 2003", "Wo ist es?", "-----Ursprüngliche Nachricht-----\nVon: Shop"),
    (
        "es",
        "Gmail",
        "¿Dónde está?",
        "El vie, 3 may 2024 a las 12:00, S (<a@example.com>) escribió:",
    ),
    (
        "es",
        "Yahoo",
        "¿Dónde está?",
        "En viernes, 3 de mayo de 2024, 12:00:00 CEST, Shop <a@example.com> escribió:",
    ),
    (
        "es",
        "Outlook",
        "¿Dónde está?",
        "De: Shop <a@example.com>\nEnviado el: viernes, 3 de mayo\nPara: Jane\nAsunto: Hola",
    ),
    ("fr", "Gmail", "Où est-il ?", "Le ven. 3 mai 2024 à 12:00, Shop <a@example.com> a écrit :"),
    ("fr", "Apple", "Où est-il ?", "Le 3 mai 2024 à 12:00, Shop <a@example.com> a écrit\u00a0:"),
    (
        "fr",
        "Outlook",
        "Où est-il ?",
        "De : Shop <a@example.com>\nEnvoyé : vendredi 3 mai 2024 12:00\nÀ : Jane\nObjet : Bonjour",
    ),
    (
        "it",
        "Gmail",
        "Dov'è?",
        "Il giorno ven 3 mag 2024 alle ore 12:00 S <a@example.com> ha scritto:",
    ),
    ("it", "Outlook", "Dov'è?", "Da: Shop\nInviato: venerdì 3 maggio 2024\nA: Jane\nOggetto: Ciao"),
    (
        "pt",
        "Gmail",
        "Onde está?",
        "Em sex., 3 de mai. de 2024 às 12:00, S <a@example.com> escreveu:",
    ),
    (
        "pt",
        "Gmail pt-PT",
        "Onde está?",
        "Shop <a@example.com> escreveu no dia sexta, 3/05/2024 à(s) 12:00:",
    ),
    (
        "pt",
        "Outlook",
        "Onde está?",
        "De: Shop\nEnviado: sexta-feira, 3 de maio de 2024\nPara: J\nAssunto: A",
    ),
    ("nl", "Gmail", "Waar is het?", "Op vr 3 mei 2024 om 12:00 schreef Shop <a@example.com>:"),
    (
        "nl",
        "Apple",
        "Waar is het?",
        "Op 3 mei 2024, om 12:00 heeft Shop <a@example.com> het volgende geschreven:",
    ),
    (
        "nl",
        "Outlook",
        "Waar is het?",
        "Van: Shop\nVerzonden: vrijdag 3 mei 2024\nAan: J\nOnderwerp: A",
    ),
    ("pl", "Gmail", "Gdzie jest?", "pt., 3 maj 2024 o 12:00 Shop <a@example.com> napisał(a):"),
    ("pl", "Thunderbird", "Gdzie jest?", "W dniu 3.05.2024 o 12:00, Shop pisze:"),
    (
        "pl",
        "Outlook",
        "Gdzie jest?",
        "Od: Shop\nWysłano: piątek, 3 maja 2024\nDo: Jane\nTemat: Hej",
    ),
    ("ru", "Gmail", "Где он?", "пт, 3 мая 2024 г. в 12:00, Shop <a@example.com>:"),
    ("ru", "Apple", "Где он?", "3 мая 2024 г., в 12:00, Shop <a@example.com> написал(а):"),
    ("ru", "Mail.ru", "Где он?", "Пятница, 3 мая 2024, 12:00 +03:00 от Shop <a@example.com>:"),
    ("ru", "Yandex", "Где он?", '03.05.2024, 12:00, "Shop" <a@example.com>:'),
    (
        "ru",
        "Yandex, forwarded",
        "Вот",
        "-------- Пересылаемое сообщение --------\n03.05.2024, Shop",
    ),
    ("ru", "Thunderbird", "Где он?", "03.05.2024 12:00, Shop пишет:"),
    (
        "ru",
        "Outlook",
        "Где он?",
        "От: Shop\nОтправлено: 3 мая 2024 г. 12:00\nКому: Jane\nТема: Привет",
    ),
    ("tr", "Gmail", "Nerede?", "Shop <a@example.com>, 3 May 2024 Cum, 12:00 tarihinde şunu yazdı:"),
    (
        "tr",
        "Gmail, a long name",
        "Nerede?",
        "Uzun Bir Mağaza Adı <musteri.hizmetleri@example.com>, 3 May 2024 Cum, 12:00 tarihinde "
        "şunu yazdı:",
    ),
    ("tr", "Apple", "Nerede?", "Shop <a@example.com> şunları yazdı (3 May 2024 12:00):"),
    (
        "tr",
        "Outlook",
        "Nerede?",
        "Kimden: Shop\nGönderildi: 3 Mayıs 2024 Cuma\nKime: Jane\nKonu: Merhaba",
    ),
    (
        "id",
        "Gmail",
        "Di mana?",
        "Pada tanggal Jum, 3 Mei 2024 pukul 12.00 S <a@example.com> menulis:",
    ),
    (
        "id",
        "Outlook",
        "Di mana?",
        "Dari: Shop\nDikirim: Jumat, 03 Mei 2024\nKepada: Jane\nSubjek: Halo",
    ),
    (
        "ar",
        "Gmail",
        "أين الطرد؟",
        "في الجمعة، 3 مايو 2024 في 12:00 م تمت كتابة ما يلي بواسطة S <a@example.com>:",
    ),
    ("ar", "Apple", "أين الطرد؟", "في ٣ مايو ٢٠٢٤، الساعة ١٢:٠٠، كتب Shop <a@example.com>:"),
    (
        "ar",
        "Outlook",
        "أين الطرد؟",
        "من: Shop\nتاريخ الإرسال: 3 مايو 2024\nإلى: Jane\nالموضوع: طلب",
    ),
    ("ja", "Gmail", "どこですか。", "2024年5月3日(金) 12:00 Shop <a@example.com>:"),
    ("ja", "Apple", "どこですか。", "2024/05/03 12:00、Shop <a@example.com>のメール:"),
    (
        "ja",
        "Outlook",
        "どこですか。",
        "差出人: Shop\n送信日時: 2024年5月3日 12:00\n宛先: Jane\n件名: 注文",
    ),
    (
        "ko",
        "Gmail",
        "어디에 있나요?",
        "2024년 5월 3일 (금) 오후 12:00, Shop <a@example.com>님이 작성:",
    ),
    ("ko", "Apple", "어디에 있나요?", "2024. 5. 3. 오후 12:00, Shop <a@example.com> 작성:"),
    (
        "ko",
        "Naver",
        "어디에 있나요?",
        "-----Original Message-----\nFrom: Shop\nTo: J\nSent: 2024-05-03",
    ),
    (
        "ko",
        "Outlook",
        "어디에 있나요?",
        "보낸 사람: Shop\n보낸 날짜: 2024년 5월 3일\n받는 사람: J\n제목: 주문",
    ),
    ("zh", "Gmail", "在哪里？", "Shop <a@example.com> 于2024年5月3日周五 12:00写道："),
    ("zh", "Gmail, narrow", "在哪里？", "Shop <a@example.com> 于2024年5月3日周五 12:00写道:"),
    (
        "zh",
        "Gmail zh-Hant",
        "在哪裡？",
        "Shop <a@example.com> 於 2024年5月3日 週五 下午12:00寫道：",
    ),
    ("zh", "NetEase", "在哪里？", '在 2024-05-03 12:00:00，"Shop" <a@example.com> 写道：'),
    ("zh", "NetEase, narrow", "在哪里？", '在 2024-05-03 12:00:00,"Shop" <a@example.com> 写道:'),
    (
        "zh",
        "NetEase mobile",
        "在哪里？",
        "---- 回复的原邮件 ----\n| 发件人 | Shop |\n| 日期 | 2024年 |",
    ),
    (
        "zh",
        "Gmail, a long name",
        "在哪里？",
        "Blue Sheep Outdoor <customer.service@example.com> 于2024年5月3日周五 12:00写道：",
    ),
    ("zh", "Apple", "在哪里？", "在 2024年5月3日，12:00，Shop <a@example.com> 写道："),
    (
        "zh",
        "QQ",
        "在哪里？",
        '------------------ 原始邮件 ------------------\n发件人: "Shop" <a@example.com>;\n'
        '发送时间: 2024年5月3日(星期五) 中午12:00\n收件人: "Jane";\n主题: 订单',
    ),
    (
        "zh",
        "Foxmail",
        "在哪里？",
        "发件人： Shop\n发送时间： 2024-05-03 12:00\n收件人： Jane\n主题： 订单",
    ),
    (
        "zh",
        "Outlook zh-Hant",
        "在哪裡？",
        "寄件者: Shop\n寄件日期: 2024年5月3日\n收件者: Jane\n主旨: 訂單",
    ),
    (
        "en",
        "Zoho",
        "Where is it?",
        "---- On Fri, 03 May 2024 12:00:00 +0100 Shop <a@example.com> wrote ---",
    ),
    (
        "zh",
        "QQ, spaces from HTML",
        "在哪里？",
        '------------------&nbsp;原始邮件&nbsp;------------------\n发件人: "Shop";\n'
        "发送时间:&nbsp;2024年5月3日\n收件人: Jane;\n主题: 订单",
    ),
    (
        "fr",
        "Free",
        "Où est-il ?",
        "----- Mail original -----\nDe: Shop\nÀ: Jane\nEnvoyé: Vendredi 3 Mai 2024\nObjet: A",
    ),
    ("en", "a help desk", "Where is it?", "##- Please type your reply above this line -##"),
    ("de", "a help desk", "Wo ist es?", "## Bitte antworten Sie oberhalb dieser Zeile ##"),
    ("pl", "a site", "Gdzie jest?", "--- Poprzednie wiadomości ---\nSprzedawca: Wysłane."),
    ("zh", "QQ mobile", "在哪里？", "---Original---\nFrom: Shop\nDate: Fri, May 3, 2024\nTo: Jane"),
]


@pytest.mark.parametrize(("language", "client", "own", "form"), FORMS)
def test_the_history_below_the_buyers_words_is_cut(
    language: str, client: str, own: str, form: str
) -> None:
    assert cut(f"{own}\n\n{form}\n\n{SHOP}\n") == (own, f"{form}\n\n{SHOP}".strip())


@pytest.mark.parametrize(("language", "client", "own", "form"), FORMS)
def test_the_history_is_cut_also_where_its_lines_are_marked(
    language: str, client: str, own: str, form: str
) -> None:
    kept, _ = cut(f"{own}\n\n{form}\n> {SHOP}\n> Thank you.\n")
    assert kept == own


def test_the_forms_cover_every_language() -> None:
    assert {language for language, *_ in FORMS} == {
        "ar",
        "de",
        "en",
        "es",
        "fr",
        "id",
        "it",
        "ja",
        "ko",
        "nl",
        "pl",
        "pt",
        "ru",
        "tr",
        "zh",
    }


SIGNED = [
    ("en", "Sent from my iPhone"),
    ("en", "Sent from my Galaxy"),
    ("en", "Sent from Mail for Windows 10"),
    ("en", "Sent from Yahoo Mail on Android"),
    ("en", "Get Outlook for Android"),
    ("de", "Von meinem iPhone gesendet"),
    ("de", "Von meinem Samsung Galaxy Smartphone gesendet."),
    ("es", "Enviado desde mi iPhone"),
    ("fr", "Envoyé de mon iPhone"),
    ("it", "Inviato da iPhone"),
    ("pt", "Enviado do meu iPhone"),
    ("nl", "Verstuurd vanaf mijn iPhone"),
    ("pl", "Wysłane z iPhone'a"),
    ("ru", "Отправлено с iPhone"),
    ("ru", "Отправлено из мобильной Почты Mail.ru"),
    ("tr", "iPhone'umdan gönderildi"),
    ("id", "Dikirim dari iPhone saya"),
    ("ar", "أُرسلت من الـ iPhone"),
    ("ar", "مُرسل من الـ iPhone"),
    ("ko", "Naver 메일 앱에서 보냄"),
    ("ja", "iPhoneから送信"),
    ("ko", "나의 iPhone에서 보냄"),
    ("zh", "发自我的iPhone"),
    ("zh", "發自我的 iPhone"),
    ("zh", "從我的 iPhone 傳送"),
    ("zh", "发自我的小米手机"),
    ("zh", "发自网易邮箱大师"),
]


@pytest.mark.parametrize(("language", "signature"), SIGNED)
def test_the_line_that_a_telephone_adds_is_cut(language: str, signature: str) -> None:
    assert cut(f"Hello\n\n{signature}\n") == ("Hello", signature)


def test_a_business_card_below_a_ruled_line_is_cut() -> None:
    card = "--------------------\n株式会社みほん\n見本 太郎\nTEL 03-0000-0000 / taro@example.com"
    assert cut(f"到着予定日を教えてください。\n\n{card}") == ("到着予定日を教えてください。", card)


FOOTERS = [
    ("en", "Virus-free.www.avg.com"),
    ("de", "-- \nDiese E-Mail wurde von Avast-Antivirussoftware auf Viren geprüft.\nwww.avast.com"),
    ("fr", "Garanti sans virus. www.avast.com <https://www.avast.com/sig?a=b>\n<#DAB4FAD8-2DD7>"),
    ("ru", "---\nЭто сообщение проверено на вирусы антивирусом Avast."),
    ("en", "This email is confidential. If you are not the intended recipient,\nplease delete it."),
    ("de", "Diese E-Mail ist vertraulich. Sind Sie nicht der Empfänger, löschen Sie sie bitte."),
    ("es", "AVISO LEGAL: Este mensaje es confidencial y va dirigido a su destinatario."),
    ("fr", "Ce message est confidentiel. Si vous n'en êtes pas le destinataire, détruisez-le."),
    ("it", "Le informazioni di questo messaggio sono riservate al destinatario."),
    ("pt", "Esta mensagem é confidencial. Se a recebeu por engano, avise o remetente."),
    ("nl", "Dit bericht is vertrouwelijk en alleen voor de geadresseerde."),
    ("pl", "Ta wiadomość jest poufna i przeznaczona dla adresata."),
    ("ru", "Это сообщение конфиденциально и предназначено адресату."),
    ("tr", "Bu e-posta gizlidir, yalnızca alıcısı içindir."),
    ("id", "Email ini rahasia dan hanya untuk penerima."),
    ("ar", "هذه الرسالة سرية وموجهة إلى المرسل إليه فقط."),
    ("ja", "このメールには機密情報が含まれます。誤って届いた場合は破棄してください。"),
    ("ko", "이 메일은 기밀이며 지정된 수신인만을 위한 것입니다."),
    ("zh", "本邮件含有保密信息，仅供收件人使用。"),
    ("en", "Please consider the environment before printing this e-mail."),
]


@pytest.mark.parametrize(("language", "footer"), FOOTERS)
def test_a_notice_that_stands_below_every_mail_is_cut(language: str, footer: str) -> None:
    assert cut(f"Hello\n\n{footer}\n") == ("Hello", footer)


CARDS = [
    ("Kind regards,\nJane Doe", "Purchasing | Sample Ltd\nT: +44 20 0000 0000\n1 Elm Road, Leeds"),
    ("Mit freundlichen Grüßen\n\nJan Muster", "Muster GmbH\n00000 Stadt\nHRB 00000"),
    ("С уважением,\nИван", "ООО «Пример»\nтел. +7 000 000-00-00"),
    ("祝好\n小王", "示例有限公司\n电话：000-00000000"),
]


@pytest.mark.parametrize(("closing", "card"), CARDS)
def test_of_a_signature_the_closing_and_the_name_stay(closing: str, card: str) -> None:
    own = f"Where is it?\n\n{closing}"
    kept, away = cut(f"{own}\n{card}")
    assert (kept, away) == (own, card)


def test_history_on_the_line_that_introduces_it_is_cut() -> None:
    form = "  On Fri, May 3, 2024 at 12:00 PM, Shop<a@example.com> wrote:   Hello, it is sent."
    assert cut(f"Where is it?\n{form}")[0] == "Where is it?"


def test_a_contact_forms_lines_are_no_header_of_a_quoted_mail() -> None:
    text = "New form entry\n\nFrom: Jane\nDate: 3 May\nSubject: mug\nMessage: It is broken."
    assert cut(text) == (text, "")


@pytest.mark.parametrize(
    "text",
    [
        "Thanks\nPlease call me under 0000 000000 before the delivery comes to my house",
        "Kind regards\nJane\n\nPS: is 12-345678-90 the right number?",
        "I sent you a confidential message by mistake. Please delete it.",
        "My mail: the parcel went to the wrong recipient. Is it confidential?",
        "The licence from avast.com does not work, what now?",
        "Nothing moves, see\nhttps://track.example.org/1",
        "Send the invoice to:\njane@example.org",
        "Does it show Outlook notes on Android?",
        "Where is my parcel?\n----- URGENT -----",
        "I wrote my name above this line of text.",
        "Sent from China three weeks ago, still nothing.",
        "Enviado con dos semanas de retraso",
        "来自中国的包裹还没到",
        "Von mir aus können Sie es nochmal senden.",
        "Hello,\nOn 3 May you wrote:\nit will come in ten days. It did not.",
        "The form says:\nFrom: China\nand nothing else.",
        "I paid 24.99: where is it?",
        "订单号：12-34567-89012\n收件人：王小明\n请改地址",
        "----\nWhere is it?\n----\nI wait.",
    ],
)
def test_the_buyers_own_sentence_is_no_quote_and_no_signature(text: str) -> None:
    assert cut(text) == (text, "")


def test_answers_between_quoted_lines_are_kept() -> None:
    text = (
        "Hello,\n\nOn Fri, May 3, 2024 at 12:00 PM Shop <a@example.com> wrote:\n"
        "> Which size did you order?\n\nLarge.\n\n> And which colour?\n\nBlue, please.\n"
    )
    assert cut(text)[0] == "Hello,\n\nLarge.\n\nBlue, please."


def test_an_answer_below_the_quote_is_kept() -> None:
    text = "On Fri, May 3, 2024 at 12:00 PM Shop <a@example.com> wrote:\n> Hi\n\nStill nothing."
    assert cut(text)[0] == "Still nothing."


def test_a_quoted_attribution_ends_the_own_words_before_it() -> None:
    text = "还没到。\n\n> 在 2024年5月3日，12:00，Shop <a@example.com> 写道：\n>\n> 您好"
    assert cut(text)[0] == "还没到。"


def test_a_signature_below_two_dashes_is_cut_and_so_is_its_line() -> None:
    assert cut("Where is it?\n\n-- \nJane Doe\n12 Elm Street") == (
        "Where is it?",
        "-- \nJane Doe\n12 Elm Street",
    )


@pytest.mark.parametrize(
    "text",
    [
        "> only quoted",
        "Sent from my iPhone",
        "On Fri, May 3, 2024 at 12:00 PM Shop <a@example.com> wrote:\n\nHello",
        "-----Original Message-----\nFrom: Shop\nTo: Jane\n\nHello",
        "--\nJane",
    ],
)
def test_own_text_is_never_cut_to_nothing(text: str) -> None:
    assert cut(text) == (text, "")


LINES = st.sampled_from(
    [form for *_, form in FORMS]
    + [signature for _, signature in SIGNED]
    + ["> quoted", "", "Hello", "-- ", "___________", "Where is it?", "From: x", "wrote:"]
)


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_every_line_is_either_own_or_cut(text: str) -> None:
    own, away = cut(text)
    assert bool(own) == bool(text.strip())
    for line in filter(str.strip, text.split("\n")):
        assert line.strip() in own or line.strip() in away


@given(st.text(alphabet="aO n1:<>@\n-=wroteéà写道：在", max_size=400))
def test_any_text_can_be_cut(text: str) -> None:
    own, away = cut(text)
    assert len(own) + len(away) <= 2 * len(text) + 2
