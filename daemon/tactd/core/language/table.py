"""What gives a language away beside the learnt letters: characters, neighbours, countries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Frequent words of neighbours that tactd does not speak: they raise a doubt. Those that one of
# its own languages has too do not count (core/language/detect.py).
_FOREIGN: Final = """
    och är jag har inte min mitt paket det att för med på hvor er jeg ikke pakke og til fra
    når kommer kde je moje objednávka není ještě kdy zásilka dobrý den děkuji unde este meu
    comanda pachetul când nu și am hol van a csomag nem és még mikor köszönöm missä on minun
    tilaus ei ole paketti milloin kiitos tak hej tack đơn hàng của tôi chưa nhận được khi
    nào bạn không nasaan ang aking hindi pa ko po salamat la meva gdje moja narudžba nije
    kada hvala pošiljka
"""
FOREIGN_WORDS: Final = frozenset(_FOREIGN.split())

# Letters that none of its languages writes.
FOREIGN_LETTERS: Final = frozenset("åøæěřůțăőűđơưčšžþðėįųģķļņ")

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
