"""Which clock a state, province or federal subject goes by, for countries with several clocks.

Names are written as `plain` leaves them: lower case, without accents, punctuation and the words
for "region". Exports have them as code, in English, transliterated or in the country's script. A
region that lies in two zones has both. Zones are those of the IANA time zone database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

Zones = tuple[str, ...]

_PARTS = re.compile(r"[^\w]+")
# What stands beside a name and says only what kind of region it is (as `_letters` leaves it).
_SAID_BESIDE = (
    "oblast область обл krai kray краи republic respublika республика resp респ okrug округ ao ао "
    "autonomous автономныи avtonomnyy автономная state estado province provincia prov region "
    "territory of de da do the"
)
_KIND = frozenset(_SAID_BESIDE.split())


def plain(name: str) -> str:
    """ "Московская обл." → "московская", "Estado de São Paulo" → "sao paulo", "US-TX" → "us tx"."""
    words = [word for word in _PARTS.split(_letters(name)) if word]
    return " ".join([word for word in words if word not in _KIND] or words)


def _letters(name: str) -> str:
    """Lower case, without accents (for which the breve of "й" counts, too)."""
    base = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in base if not unicodedata.combining(sign))


def region_zones(country: str, region: str) -> Zones | None:
    """The zones of a region, () where it is no place with a clock of its own (army post); None if
    the table does not know it."""
    name = plain(region).removeprefix(f"{country.lower()} ")
    return _names(country).get(name)


@cache
def _names(country: str) -> Mapping[str, Zones]:
    return dict(_each(REGIONS.get(country, {})))


def _each(table: Mapping[str, str]) -> Iterator[tuple[str, Zones]]:
    for zones, names in table.items():
        for name in names.split(","):
            yield plain(name), tuple(zones.split())


_EAST, _CENTRAL = "America/New_York", "America/Chicago"
_MOUNTAIN, _WEST = "America/Denver", "America/Los_Angeles"

# country: {zones, separated by white space: names, separated by commas}
REGIONS: Mapping[str, Mapping[str, str]] = {
    "US": {
        _EAST: "CT,Connecticut,DE,Delaware,DC,District of Columbia,Washington DC,GA,Georgia,ME,"
        "Maine,MD,Maryland,MA,Massachusetts,NH,New Hampshire,NJ,New Jersey,NY,New York,NC,"
        "North Carolina,OH,Ohio,PA,Pennsylvania,RI,Rhode Island,SC,South Carolina,VT,Vermont,VA,"
        "Virginia,WV,West Virginia",
        _CENTRAL: "AL,Alabama,AR,Arkansas,IL,Illinois,IA,Iowa,LA,Louisiana,MN,Minnesota,MS,"
        "Mississippi,MO,Missouri,OK,Oklahoma,WI,Wisconsin",
        _MOUNTAIN: "CO,Colorado,MT,Montana,NM,New Mexico,UT,Utah,WY,Wyoming",
        _WEST: "CA,California,NV,Nevada,WA,Washington",
        f"{_EAST} {_CENTRAL}": "FL,Florida,IN,Indiana,KY,Kentucky,MI,Michigan,TN,Tennessee",
        f"{_CENTRAL} {_MOUNTAIN}": "KS,Kansas,NE,Nebraska,ND,North Dakota,SD,South Dakota,TX,Texas",
        f"{_MOUNTAIN} {_WEST}": "ID,Idaho,OR,Oregon",
        f"America/Phoenix {_MOUNTAIN}": "AZ,Arizona",
        "America/Anchorage America/Adak": "AK,Alaska",
        "Pacific/Honolulu": "HI,Hawaii",
        "America/Puerto_Rico": "PR,Puerto Rico,VI,Virgin Islands,US Virgin Islands",
        "Pacific/Guam": "GU,Guam,MP,Northern Mariana Islands",
        "Pacific/Pago_Pago": "AS,American Samoa",
        "": "AA,AE,AP,Armed Forces Americas,Armed Forces Europe,Armed Forces Pacific",
    },
    "CA": {
        "America/Vancouver America/Edmonton": "BC,British Columbia,Colombie-Britannique",
        "America/Edmonton": "AB,Alberta,NT,Northwest Territories",
        "America/Regina America/Edmonton": "SK,Saskatchewan",
        "America/Winnipeg": "MB,Manitoba",
        "America/Toronto America/Winnipeg": "ON,Ontario",
        "America/Toronto America/Halifax": "QC,PQ,Quebec,Québec",
        "America/Halifax": "NB,New Brunswick,NS,Nova Scotia,PE,Prince Edward Island",
        "America/St_Johns America/Halifax": "NL,NF,Newfoundland,Newfoundland and Labrador,Labrador",
        "America/Whitehorse": "YT,YK,Yukon",
        "America/Iqaluit America/Winnipeg America/Edmonton": "NU,Nunavut",
    },
    "AU": {
        "Australia/Sydney": "NSW,New South Wales,ACT,Australian Capital Territory",
        "Australia/Melbourne": "VIC,Victoria",
        "Australia/Brisbane": "QLD,Queensland",
        "Australia/Adelaide": "SA,South Australia",
        "Australia/Perth": "WA,Western Australia",
        "Australia/Hobart": "TAS,Tasmania",
        "Australia/Darwin": "NT,Northern Territory",
    },
    "BR": {
        "America/Sao_Paulo": "DF,Distrito Federal,ES,Espírito Santo,GO,Goiás,MG,Minas Gerais,PR,"
        "Paraná,RJ,Rio de Janeiro,RS,Rio Grande do Sul,SC,Santa Catarina,SP,São Paulo,AP,Amapá,PA,"
        "Pará,TO,Tocantins,AL,Alagoas,BA,Bahia,CE,Ceará,MA,Maranhão,PB,Paraíba,PI,Piauí,RN,"
        "Rio Grande do Norte,SE,Sergipe",
        "America/Sao_Paulo America/Noronha": "PE,Pernambuco",
        "America/Cuiaba": "MT,Mato Grosso,MS,Mato Grosso do Sul",
        "America/Manaus": "RO,Rondônia,RR,Roraima",
        "America/Manaus America/Rio_Branco": "AM,Amazonas",
        "America/Rio_Branco": "AC,Acre",
    },
    "MX": {
        "America/Mexico_City": "AGU,AGS,Aguascalientes,CAM,CAMP,Campeche,CHP,CHIS,Chiapas,CMX,CDMX,"
        "DF,DIF,Ciudad de México,Mexico City,Distrito Federal,COA,COAH,Coahuila,"
        "Coahuila de Zaragoza,COL,Colima,DUR,DGO,Durango,GUA,GTO,Guanajuato,GRO,Guerrero,HID,HGO,"
        "Hidalgo,JAL,Jalisco,MEX,México,Estado de México,MIC,MICH,Michoacán,Michoacán de Ocampo,"
        "MOR,Morelos,NLE,NL,Nuevo León,OAX,Oaxaca,PUE,Puebla,QUE,QRO,Querétaro,SLP,San Luis Potosí,"
        "TAB,Tabasco,TAM,TAMPS,Tamaulipas,TLA,TLAX,Tlaxcala,VER,Veracruz,"
        "Veracruz de Ignacio de la Llave,YUC,Yucatán,ZAC,Zacatecas",
        "America/Mexico_City America/Ciudad_Juarez": "CHH,CHIH,Chihuahua",
        "America/Tijuana": "BCN,BC,Baja California,Baja California Norte",
        "America/Mazatlan": "BCS,Baja California Sur,SIN,Sinaloa",
        "America/Mazatlan America/Mexico_City": "NAY,Nayarit",
        "America/Hermosillo": "SON,Sonora",
        "America/Cancun": "ROO,QROO,Quintana Roo",
    },
    "RU": {
        "Europe/Kaliningrad": "Kaliningrad,Kaliningradskaya,Калининград,Калининградская,KGD",
        "Europe/Moscow": "Moscow,Moskva,Moskovskaya,Москва,Московская,Moscow City,MOW,MOS,"
        "Saint Petersburg,St Petersburg,Sankt-Peterburg,Санкт-Петербург,SPE,Leningrad,"
        "Leningradskaya,Ленинградская,LEN,Adygea,Adygeya,Адыгея,Arkhangelsk,Arkhangelskaya,"
        "Архангельская,Belgorod,Belgorodskaya,Белгородская,Bryansk,Bryanskaya,Брянская,Chechnya,"
        "Chechenskaya,Чеченская,Чечня,Chuvashia,Chuvashskaya,Чувашская,Чувашия,Dagestan,Дагестан,"
        "Ingushetia,Ingushetiya,Ингушетия,Ivanovo,Ivanovskaya,Ивановская,Kabardino-Balkaria,"
        "Kabardino-Balkarskaya,Кабардино-Балкарская,Kalmykia,Kalmykiya,Калмыкия,Kaluga,Kaluzhskaya,"
        "Калужская,Karachay-Cherkessia,Karachaevo-Cherkesskaya,Карачаево-Черкесская,Karelia,"
        "Kareliya,Карелия,Kirov,Kirovskaya,Кировская,Komi,Коми,Kostroma,Kostromskaya,Костромская,"
        "Krasnodar,Krasnodarskiy,Krasnodarsky,Краснодарский,KDA,Kursk,Kurskaya,Курская,Lipetsk,"
        "Lipetskaya,Липецкая,Mari El,Mariy El,Марий Эл,Mordovia,Mordoviya,Мордовия,Murmansk,"
        "Murmanskaya,Мурманская,Nenets,Nenetskiy,Ненецкий,Nizhny Novgorod,Nizhegorodskaya,"
        "Нижегородская,NIZ,North Ossetia,Severnaya Osetiya,Северная Осетия,"
        "Северная Осетия - Алания,Novgorod,Novgorodskaya,Новгородская,Oryol,Orel,Orlovskaya,"
        "Орловская,Penza,Penzenskaya,Пензенская,Pskov,Pskovskaya,Псковская,Rostov,Rostovskaya,"
        "Ростовская,ROS,Ryazan,Ryazanskaya,Рязанская,Smolensk,Smolenskaya,Смоленская,Stavropol,"
        "Stavropolskiy,Stavropolsky,Ставропольский,Tambov,Tambovskaya,Тамбовская,Tatarstan,"
        "Татарстан,TA,Tula,Tulskaya,Тульская,Tver,Tverskaya,Тверская,Vladimir,Vladimirskaya,"
        "Владимирская,Volgograd,Volgogradskaya,Волгоградская,Vologda,Vologodskaya,Вологодская,"
        "Voronezh,Voronezhskaya,Воронежская,Yaroslavl,Yaroslavskaya,Ярославская",
        "Europe/Samara": "Samara,Samarskaya,Самарская,SAM,Udmurtia,Udmurtiya,Udmurtskaya,"
        "Удмуртская,Удмуртия,Astrakhan,Astrakhanskaya,Астраханская,Saratov,Saratovskaya,"
        "Саратовская,Ulyanovsk,Ulyanovskaya,Ульяновская",
        "Asia/Yekaterinburg": "Bashkortostan,Bashkiria,Башкортостан,BA,Chelyabinsk,Chelyabinskaya,"
        "Челябинская,CHE,Khanty-Mansi,Khanty-Mansiyskiy,Ханты-Мансийский,"
        "Ханты-Мансийский - Югра,Ханты-Мансийский Автономный округ - Югра,Югра,Yugra,Kurgan,"
        "Kurganskaya,Курганская,Orenburg,Orenburgskaya,Оренбургская,Perm,Permskiy,Permsky,Пермский,"
        "PER,Sverdlovsk,Sverdlovskaya,Свердловская,SVE,Tyumen,Tyumenskaya,Тюменская,Yamalo-Nenets,"
        "Yamalo-Nenetskiy,Ямало-Ненецкий",
        "Asia/Omsk": "Omsk,Omskaya,Омская",
        "Asia/Krasnoyarsk": "Krasnoyarsk,Krasnoyarskiy,Krasnoyarsky,Красноярский,KYA,Altai,Altay,"
        "Altaiskiy,Altayskiy,Алтай,Алтайский,Kemerovo,Kemerovskaya,Кемеровская,Кузбасс,Khakassia,"
        "Khakasiya,Хакасия,Novosibirsk,Novosibirskaya,Новосибирская,NVS,Tomsk,Tomskaya,Томская,"
        "Tuva,Tyva,Тыва",
        "Asia/Irkutsk": "Irkutsk,Irkutskaya,Иркутская,IRK,Buryatia,Buryatiya,Бурятия",
        "Asia/Chita": "Zabaykalsky,Zabaykalskiy,Zabaikalskiy,Забайкальский,Amur,Amurskaya,Амурская",
        "Asia/Yakutsk Asia/Vladivostok Asia/Srednekolymsk": "Sakha,Yakutia,Sakha (Yakutia),"
        "Саха,Якутия,Саха (Якутия),SA",
        "Asia/Vladivostok": "Primorsky,Primorskiy,Primorye,Приморский,PRI,Khabarovsk,Khabarovskiy,"
        "Khabarovsky,Хабаровский,KHA,Jewish,Evreyskaya,Еврейская",
        "Asia/Magadan": "Magadan,Magadanskaya,Магаданская",
        "Asia/Sakhalin Asia/Srednekolymsk": "Sakhalin,Sakhalinskaya,Сахалинская,SAK",
        "Asia/Kamchatka": "Kamchatka,Kamchatskiy,Kamchatsky,Камчатский,Chukotka,Chukotskiy,"
        "Чукотский",
    },
    "ID": {
        "Asia/Jakarta": "Aceh,Sumatera Utara,North Sumatra,Sumatera Barat,West Sumatra,Riau,"
        "Kepulauan Riau,Riau Islands,Jambi,Sumatera Selatan,South Sumatra,Bengkulu,Lampung,"
        "Bangka Belitung,Kepulauan Bangka Belitung,DKI Jakarta,Jakarta,Jakarta Raya,Jawa Barat,"
        "West Java,Jawa Tengah,Central Java,DI Yogyakarta,Yogyakarta,Jawa Timur,East Java,Banten,"
        "Kalimantan Barat,West Kalimantan,Kalimantan Tengah,Central Kalimantan",
        "Asia/Makassar": "Bali,Nusa Tenggara Barat,West Nusa Tenggara,NTB,Nusa Tenggara Timur,"
        "East Nusa Tenggara,NTT,Kalimantan Selatan,South Kalimantan,Kalimantan Timur,"
        "East Kalimantan,Kalimantan Utara,North Kalimantan,Sulawesi Utara,North Sulawesi,Gorontalo,"
        "Sulawesi Tengah,Central Sulawesi,Sulawesi Barat,West Sulawesi,Sulawesi Selatan,"
        "South Sulawesi,Sulawesi Tenggara,Southeast Sulawesi",
        "Asia/Jayapura": "Maluku,Maluku Utara,North Maluku,Papua,Papua Barat,West Papua,"
        "Papua Selatan,Papua Tengah,Papua Pegunungan,Papua Barat Daya",
    },
    "ES": {"Atlantic/Canary": "Las Palmas,Santa Cruz de Tenerife,Tenerife,Canarias,Canary Islands"},
    "PT": {"Atlantic/Azores": "Azores,Açores,Ilha de São Miguel,Ponta Delgada"},
}
"""Zones are given by today's law, one for all regions that go by the same clock."""

ONE_CLOCK: Mapping[str, Zones] = {
    # The whole country lives by Beijing time, whatever clock Xinjiang keeps beside it.
    "CN": ("Asia/Shanghai",),
    # The mainland's clock, where the table above does not know the region as an island of its own.
    "ES": ("Europe/Madrid", "Atlantic/Canary"),
    # Kazakhstan has had one clock since March 2024.
    "KZ": ("Asia/Almaty",),
}
"""Countries for which the database lists more zones than people there live by."""
