"""What the demo's shop has sold, and eBay's Orders report of it.

Days count from today, so that each order is always in the situation that its buyer writes about.
All people, addresses and numbers are invented.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

SHOP = "bluesheep_outdoor"

LANTERN = ("395012345671", "Folding camping lantern", "LAN-01", "$24.90")
KETTLE = ("395012345688", "Titanium kettle 0.8 l", "KET-08", "$39.50")
HAMMOCK = ("395012345695", "Travel hammock, green", "HAM-02", "$31.00")
TARP = ("395012345701", "Light tarp 3 x 3 m", "TAR-33", "$45.20")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """One order. Days: negative is past, None is not there."""

    number: str
    username: str
    name: str
    street: str
    city: str
    zip: str
    country: str
    goods: tuple[str, str, str, str]  # item number, title, label, price
    paid: int
    ship_by: int
    email: str = ""  # "": a relay that eBay made up
    shipped: int | None = None
    expected: tuple[int, int] | None = None
    tracking: str = ""
    service: str = "ePacket"
    feedback: str = ""

    @property
    def address(self) -> str:
        """What stands in "Buyer Email"."""
        return self.email or relay(self.username)

    @property
    def item(self) -> str:
        return self.goods[0]

    @property
    def title(self) -> str:
        return self.goods[1]


def relay(username: str) -> str:
    """eBay's alias for a member: twenty hexadecimal digits."""
    return f"{username.encode().hex():0<20.20}@members.ebay.com"


ANN = Sale(
    number="12-34567-89012", username="tidepool_ann", name="Ann Marlow", street="7 Harbour Lane",
    city="Portland", zip="04101", country="United States", goods=LANTERN, paid=-12, ship_by=-9,
    shipped=-10, expected=(3, 14), tracking="LK473124829CN",
)  # fmt: skip
LUCIA = Sale(
    number="14-20417-33851", username="lucia_monte", name="Lucía Ferrer", street="Calle del Pino 4",
    city="Valencia", zip="46001", country="Spain", goods=KETTLE, paid=-14, ship_by=-11,
    shipped=-12, expected=(2, 12), tracking="LK500213772CN",
)  # fmt: skip
CHEN = Sale(
    number="19-11873-40562", username="chenyu_trail", name="陈雨", street="18 Serangoon Road",
    city="Singapore", zip="218227", country="Singapore", goods=HAMMOCK, paid=-11, ship_by=-8,
    shipped=-9, expected=(1, 9), tracking="LK600314867CN",
)  # fmt: skip
TOM = Sale(
    number="21-55310-07746", username="tom.hadley77", name="Tom Hadley", street="3 Mill Row",
    city="Leeds", zip="LS1 4AB", country="United Kingdom", goods=TARP, paid=-1, ship_by=2,
    expected=(12, 24),
)  # fmt: skip
GRETA = Sale(
    number="23-80046-15529", username="greta_fjord", name="Greta Olsen", street="Strandveien 22",
    city="Bergen", zip="5003", country="Norway", goods=KETTLE, paid=-8, ship_by=-4,
    expected=(6, 18),
)  # fmt: skip
MAREK = Sale(
    number="08-77120-64418", username="marek_gory", name="Marek Nowicki", street="ul. Lipowa 9",
    city="Kraków", zip="30-001", country="Poland", goods=TARP, paid=-47, ship_by=-44,
    shipped=-45, expected=(-20, -5), tracking="LK512067480CN",
)  # fmt: skip
DORA = Sale(
    number="17-42209-98035", username="dora-finch", name="Dora Finch", street="52 Quarry Street",
    city="Toronto", zip="M4B 1B3", country="Canada", goods=HAMMOCK, paid=-16, ship_by=-13,
    shipped=-14, expected=(1, 16), tracking="LK530918268CN",
)  # fmt: skip
PAUL = Sale(
    number="11-30958-27714", username="paul_pines", name="Paul Renner", street="Waldweg 12",
    city="Freiburg", zip="79098", country="Germany", goods=LANTERN, paid=-30, ship_by=-27,
    shipped=-28, expected=(-14, -4), tracking="LK441870339CN", feedback="Neutral",
)  # fmt: skip
MIA = Sale(
    number="13-66402-51190", username="mia_lakes", name="Mia Sand", street="9 Shore Road",
    city="Duluth", zip="55802", country="United States", goods=KETTLE, paid=-25, ship_by=-22,
    shipped=-23, expected=(-8, -1), tracking="LK459203715CN",
)  # fmt: skip
RUTH = Sale(
    number="16-90233-70841", username="ruth_meadow", name="Ruth Calder", street="1 Orchard Close",
    city="Cork", zip="T12 AB12", country="Ireland", goods=LANTERN, paid=-15, ship_by=-12,
    shipped=-13, expected=(2, 11), tracking="LK487610026CN",
)  # fmt: skip
IVO = Sale(
    number="18-05574-12263", username="ivo_brandt", name="Ivo Brandt", street="Torggata 5",
    city="Oslo", zip="0181", country="Norway", goods=TARP, paid=-10, ship_by=-7, shipped=-8,
    expected=(5, 15), tracking="LK521736046CN", email="ivo.brandt@example.com",
)  # fmt: skip
NORA = Sale(
    number="18-31145-86690", username="nora.lindqvist", name="Nora Lindqvist",
    street="Björkgatan 31", city="Uppsala", zip="753 27", country="Sweden", goods=KETTLE, paid=-9,
    ship_by=-6, shipped=-7, expected=(6, 17), tracking="LK534482901CN",
    email="nora.lindqvist@example.com",
)  # fmt: skip
JORGE = Sale(
    number="15-72086-43317", username="jorge_sierra", name="Jorge Paz", street="12 Cactus Drive",
    city="Tucson", zip="85701", country="United States", goods=HAMMOCK, paid=-13, ship_by=-10,
    shipped=-11, expected=(2, 10), tracking="LK496375188CN", email="jorge.paz@example.org",
)  # fmt: skip
SAM_FIRST = Sale(
    number="20-14466-09158", username="sam_outback", name="Sam Whitlock", street="40 Ridge Avenue",
    city="Perth", zip="6000", country="Australia", goods=LANTERN, paid=-9, ship_by=-6, shipped=-7,
    expected=(4, 13), tracking="LK538801248CN",
)  # fmt: skip
SAM_AGAIN = Sale(
    number="22-67390-51824", username="sam_outback", name="Sam Whitlock", street="40 Ridge Avenue",
    city="Perth", zip="6000", country="Australia", goods=LANTERN, paid=-1, ship_by=2,
    expected=(11, 22),
)  # fmt: skip

SALES = (
    ANN, LUCIA, CHEN, TOM, GRETA, MAREK, DORA, PAUL, MIA, RUTH, IVO, NORA, JORGE, SAM_FIRST,
    SAM_AGAIN,
)  # fmt: skip

HEADER = (
    "Sales Record Number", "Order Number", "Buyer Username", "Buyer Name", "Buyer Email",
    "Buyer Note", "Ship To Name", "Ship To Address 1", "Ship To City", "Ship To Zip",
    "Ship To Country", "Item Number", "Item Title", "Custom Label", "Quantity", "Sold For",
    "Total Price", "Payment Method", "Sale Date", "Paid On Date", "Ship By Date",
    "Minimum Estimated Delivery Date", "Maximum Estimated Delivery Date", "Shipped On Date",
    "Feedback Received", "Shipping Service", "Tracking Number", "Transaction ID",
)  # fmt: skip


def report(sales: Iterable[Sale], now: datetime) -> str:
    """The file as Seller Hub makes it: bare commas first, an empty row, a footer."""
    rows = [_row(count, sale, now) for count, sale in enumerate(sales, 1841)]
    out = io.StringIO()
    bare = "," * (len(HEADER) - 1) + "\r\n"
    out.write(bare)
    writer = csv.DictWriter(out, HEADER, restval="", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    out.write(bare)
    writer.writerows(rows)
    out.write(f'\r\n{len(rows)},"record(s) downloaded"\r\n"Seller ID : {SHOP}"\r\n')
    return "\ufeff" + out.getvalue()


def _row(record: int, sale: Sale, now: datetime) -> dict[str, str]:
    def day(offset: int | None) -> str:
        return "" if offset is None else f"{now + timedelta(days=offset):%b-%d-%y}"

    earliest, latest = sale.expected or (None, None)
    item, title, label, price = sale.goods
    return {
        "Sales Record Number": str(record),
        "Order Number": sale.number,
        "Buyer Username": sale.username,
        "Buyer Name": sale.name,
        "Buyer Email": sale.address,
        "Ship To Name": sale.name,
        "Ship To Address 1": sale.street,
        "Ship To City": sale.city,
        "Ship To Zip": sale.zip,
        "Ship To Country": sale.country,
        "Item Number": item,
        "Item Title": title,
        "Custom Label": label,
        "Quantity": "1",
        "Sold For": price,
        "Total Price": price,
        "Payment Method": "Other",
        "Sale Date": day(sale.paid),
        "Paid On Date": day(sale.paid),
        "Ship By Date": day(sale.ship_by),
        "Minimum Estimated Delivery Date": day(earliest),
        "Maximum Estimated Delivery Date": day(latest),
        "Shipped On Date": day(sale.shipped),
        "Feedback Received": sale.feedback,
        "Shipping Service": sale.service,
        "Tracking Number": sale.tracking,
        "Transaction ID": f"28710045{record:05}",
    }
