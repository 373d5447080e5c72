"""What gives a language away: scripts, letters, and frequent words of buyers' mail.

The words are our own choice; a word that stands in several rows counts for less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

# Words that buyers use most. `xx` holds neighbours that tactd does not speak: they raise a doubt.
WORDS: Final[Mapping[str, str]] = {
    "en": """the a an is are was were be been i you he she it we they my your our this that these
        and or but not no yes to of in on at for from with have has had do does did don't didn't
        can could will would should please thanks thank hello hi dear sir when where what why how
        who which there here order ordered item package parcel shipped shipping delivery delivered
        tracking number refund money back return received receive arrived arrive still yet any
        update good great bad very much want need get got seller feedback product know if me
        isn't hasn't haven't wasn't i'm i've just now only so as about after before since weeks
        days nothing broken perfect excellent fast works love regards stop me
        emails emailing email writing contact unsubscribe waiting reimburse kindly ok quality
        recommend happy items nice awesome""",
    "de": """der die das ein eine einen einem und oder aber nicht kein keine ist sind war ich du
        sie er es wir ihr mein meine meinen ihre ihren mit von zu im am auf für bei nach noch
        schon wann wo was wie warum bitte danke hallo guten tag bestellung bestellt paket ware
        lieferung geliefert versendet verschickt angekommen erhalten bekommen geld zurück
        rückerstattung artikel sendung sendungsnummer habe hat haben wird kann können möchte
        leider immer sehr gut schnell alles mir mich den dem auch aus dass wenn
        freundlichen grüße""",
    "es": """el la los las un una y o pero no es son está están estaba yo tú usted mi mis su sus
        de del en con por para que qué cuando cuándo donde dónde cómo como hola buenos buenas
        días
        tardes gracias pedido paquete producto artículo envío enviado entrega llegado llega
        llegará recibido recibí quiero quisiera reembolso dinero devolución devolver compra
        comprado todavía aún ya he ha han tengo me lo le se muy bien bueno todo si sí hasta desde
        hace semanas seguimiento número saludos favor vendedor excelente perfecto nada más
        esperando esperar sigo necesito solicito solicitar exijo reembolsar devuelvan devuelva
        encanta calidad genial recomendable rápido dejen deje escriban escriba escribirme correos
        recibir muchas tardes noches buenas llegó contento vuelta completo""",
    "fr": """le la les un une des et ou mais ne pas est sont était je tu vous il elle nous mon ma
        mes votre vos de du au aux en avec pour par que qui quand où comment pourquoi bonjour
        merci bonsoir commande commandé colis article produit livraison livré envoyé expédié
        arrivé reçu remboursement argent retour suivi numéro toujours encore rien ai avez ce
        cette c'est j'ai n'ai très bien bon tout plus si sur dans s'il plaît cordialement jours""",
    "id": """yang dan di ke dari untuk dengan ini itu saya anda kami kita tidak belum sudah ada
        adalah akan bisa kapan dimana mana bagaimana apa kenapa mohon tolong terima kasih halo
        pesanan barang paket pengiriman dikirim kirim sampai diterima terima uang kembali
        pengembalian dana produk nomor resi lacak masih juga sekali bagus cepat baik penjual
        selamat pagi siang malam pak bu kak mau""",
    "it": """il lo la gli le un una e o ma non è sono era io tu lei noi mio mia miei vostro
        di del della dei in con per da al alla che chi quando dove come perché ciao buongiorno
        buonasera grazie ordine ordinato pacco prodotto articolo spedizione spedito consegna
        arrivato arriva ricevuto rimborso soldi indietro restituzione ho ha hai avete ancora
        tutto bene molto ottimo perfetto vorrei prego cordiali saluti nulla niente mi ci numero
        tracciamento questo questa più sempre""",
    "nl": """de het een en of maar niet geen is zijn was ik je jij u hij zij we wij mijn uw jullie
        van in met voor op aan bij naar dat die deze dit wanneer waar hoe waarom wat hallo dank
        bedankt goedemorgen bestelling besteld pakket pakje artikel levering geleverd verzonden
        aangekomen ontvangen geld terug terugbetaling nog steeds al heb heeft hebben kan kunt
        graag wil zou alles goed snel erg zeer groet groeten ook er mij""",
    "pl": """i w z na do nie jest są był ja ty pan pani mój moja moje moją mojej państwo od za po o
        że
        to co kiedy gdzie jak dlaczego dzień dobry witam proszę dziękuję zamówienie zamówienia
        zamówiłem zamówiłam paczka paczki paczkę przesyłka przesyłki przesyłkę produkt wysłane
        wysłana wysyłka dostawa dotarła dotarło otrzymałem otrzymałam zwrot pieniędzy pieniądze
        numer śledzenia jeszcze nadal już mam mi się wszystko bardzo dobrze czy będzie
        pozdrawiam""",
    "pt": """o a os as um uma e ou mas não é são está estão eu você vocês meu minha meus seu sua de
        do da dos das em no na com por para que quando onde como olá oi bom dia boa tarde obrigado
        obrigada pedido encomenda pacote produto artigo envio enviado entrega entregue chegou
        chega chegar recebi recebido quero gostaria reembolso dinheiro volta devolução devolver
        compra comprei ainda já tenho me muito bem tudo se sim até desde há semanas rastreio
        rastreamento código número favor vendedor nada mais cadê""",
    "tr": """ve veya ama bir bu şu o ben sen siz biz benim sizin için ile de da mi mı mu mü ne
        zaman nerede nasıl neden kaç merhaba selam lütfen teşekkürler teşekkür ederim sipariş
        siparişim siparişimi ürün ürünü paket paketim kargo kargom gönderi gönderildi geldi gelmedi
        gelecek ulaştı ulaşmadı aldım alamadım para paramı iade istiyorum takip numarası hala
        henüz var yok değil çok iyi güzel hızlı her şey günler satıcı nerde""",
    "xx": """och är jag har inte min mitt paket det att för med på hvor er jeg ikke har min pakke
        og det til fra med når kommer kde je moje objednávka není ještě kdy zásilka dobrý den
        děkuji unde este meu comanda pachetul când nu și am hol van a csomag nem és még mikor
        köszönöm missä on minun tilaus ei ole paketti milloin kiitos tak hej tack đơn hàng của tôi
        chưa nhận được khi nào bạn không nasaan ang aking hindi pa ko po salamat on la meva comanda
        gdje je moja narudžba nije kada hvala pošiljka""",
}  # fmt: skip

# A letter that few languages have counts as much as a word of each of them.
LETTERS: Final[Mapping[str, str]] = {
    "ß": "de", "ä": "de xx", "ö": "de tr xx", "ü": "de tr", "ñ": "es", "¿": "es", "¡": "es",
    "ã": "pt xx", "õ": "pt", "ç": "fr pt tr", "ğ": "tr", "ı": "tr", "ş": "tr xx", "ł": "pl",
    "ą": "pl", "ę": "pl", "ś": "pl", "ż": "pl", "ź": "pl", "ć": "pl xx", "ń": "pl", "œ": "fr",
    "è": "fr it", "ù": "fr it", "ò": "it", "ì": "it", "à": "fr it pt", "ê": "fr pt", "î": "fr",
    "â": "fr pt xx", "ô": "fr pt", "å": "xx", "ø": "xx", "æ": "xx", "ě": "xx", "ř": "xx",
    "ů": "xx", "ț": "xx", "ă": "xx", "ő": "xx", "ű": "xx", "đ": "xx", "ơ": "xx", "ư": "xx",
    "č": "xx", "š": "xx", "ž": "xx",
}  # fmt: skip

BRAZILIAN: Final = frozenset({
    "você", "vocês", "cadê", "pra", "celular", "rastreamento", "correios", "cpf", "boleto",
    "reais", "oi", "cê", "tá", "vcs", "vc",
})  # fmt: skip
PORTUGUESE: Final = frozenset({
    "encomenda", "telemóvel", "vosso", "vossa", "convosco", "connosco", "ctt", "rastreio",
    "contacto", "facto",
})  # fmt: skip

# Traditional characters and the simplified ones for them, pair by pair.
TRADITIONAL: Final = (
    "們這個來說時會對還沒過發後國學動種麼樣長現電點業問間開關書車馬門見貝買賣錢單訂貨運輸遞達"
    "導實際環節價購產質量壞換讓請謝謝聯繫體驗滿評論貼應該經歷為於與並嗎呢裡邊邊幾歲萬億區縣號"
    "線網絡頁選擇辦認識語話讀寫給紅藍綠黃顏鐘樂難錯誤傷報協訴騙爛損東兩從當機師許條題變處舊"
    "飛簡單補償歡頭寶寄個麗圖規則麥員試詢盡將準備賠舉戶優費專郵據殘壓嚴醫傳遲終傢週裝"
)
SIMPLIFIED: Final = (
    "们这个来说时会对还没过发后国学动种么样长现电点业问间开关书车马门见贝买卖钱单订货运输递达"
    "导实际环节价购产质量坏换让请谢谢联系体验满评论贴应该经历为于与并吗呢里边边几岁万亿区县号"
    "线网络页选择办认识语话读写给红蓝绿黄颜钟乐难错误伤报协诉骗烂损东两从当机师许条题变处旧"
    "飞简单补偿欢头宝寄个丽图规则麦员试询尽将准备赔举户优费专邮据残压严医传迟终家周装"
)
TO_SIMPLIFIED: Final = str.maketrans(TRADITIONAL, SIMPLIFIED)
ONLY_TRADITIONAL: Final = frozenset(
    t for t, s in zip(TRADITIONAL, SIMPLIFIED, strict=True) if t != s
)
ONLY_SIMPLIFIED: Final = frozenset(
    s for t, s in zip(TRADITIONAL, SIMPLIFIED, strict=True) if t != s
) - frozenset("里后系并准家周于")  # those stand in traditional texts too
# Characters that Chinese cannot do without and Japanese does not write.
CHINESE_ONLY: Final = frozenset(
    "的了吗嗎呢吧我你您们們这這没沒还還什么麼请請是在谢謝很给給款货麻烦"
)

COUNTRY_LANGUAGE: Final[Mapping[str, str]] = {
    "AE": "ar", "SA": "ar", "KW": "ar", "QA": "ar", "OM": "ar", "BH": "ar", "JO": "ar",
    "EG": "ar", "MA": "ar", "IQ": "ar", "DE": "de", "AT": "de", "LI": "de", "US": "en",
    "GB": "en", "AU": "en", "CA": "en", "NZ": "en", "IE": "en", "ZA": "en", "SG": "en",
    "ES": "es", "MX": "es", "AR": "es", "CL": "es", "CO": "es", "PE": "es", "UY": "es",
    "EC": "es", "CR": "es", "DO": "es", "GT": "es", "VE": "es", "FR": "fr", "MC": "fr",
    "ID": "id", "IT": "it", "SM": "it", "JP": "ja", "KR": "ko", "NL": "nl", "PL": "pl",
    "PT": "pt", "BR": "pt-BR", "RU": "ru", "BY": "ru", "KZ": "ru", "TR": "tr", "CN": "zh",
    "TW": "zh-Hant", "HK": "zh-Hant", "MO": "zh-Hant",
}  # fmt: skip


def word_weights() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Each word, and what it counts for each language that has it: 1 shared among them."""
    having: dict[str, list[str]] = defaultdict(list)
    for code, words in WORDS.items():
        for word in set(words.split()):
            having[word].append(code)
    return {word: tuple((c, 1 / len(codes)) for c in codes) for word, codes in having.items()}


WORD_WEIGHTS: Final = word_weights()
