"""The facts that sites and contact forms print around a buyer's words: "Item: …", "Email: …".

Literal tables, one row a language (a word that several share stands in the first of them);
compared in lower case, without decoration.
"""

from __future__ import annotations

from typing import Final

from tactd.core.read.wrapper_labels import entries

# Before such a fact.
FIELDS: Final = entries(
    {
        "en": "reviewer|requested by|shopper|visitor|duration|order ref"
        "|regarding|created|created at|assigned to|about|received"
        "|item|item id|item number|item no|items|item title|order|order id|order number"
        "|order no|order date|order #|order#|product|product name|sku|asin|qty|quantity"
        "|price|asking price|list price|your price|buyer's offer|offer|buyer's offer price"
        "|total|order total|amount|buyer|buyer name|customer|customer name|name|full name"
        "|first name|last name|email|e-mail|email address|phone|phone number|country"
        "|country code|company|store|shop|seller|sent from|sent via|origin|rating|stars"
        "|status|item status|end time|end date|estimated delivery|tracking number|case"
        "|case id|ticket|sold by|transaction id|channel|username|user id|asked by|sent by"
        "|author|from|to|cc|date|time|sent|order reference|order ref|reference|ref|ref."
        "|address|city|postcode|zip|state|street|website|url|page|page url|ip|ip address"
        "|user agent|browser|language|respond by|reply by|deadline|due date|submitted"
        "|submitted on|requester|priority|ticket id|case number|return id|refund amount"
        "|color|colour|size|variant|transaction|user|marketplace|site|consent|privacy|terms"
        "|newsletter|date purchased|purchase date|seller sku|quantity remaining|payment"
        "|shipping method|carrier|action required|customer id|listing|member|account|source"
        "|form|request id|quantity purchased|return window|deliver to"
        "|marketing|newsletter|form name|subject chosen",
        "de": "artikel|artikelnummer|artikel-nr|artikelbezeichnung|bestellung|bestellnummer"
        "|bestell-nr|best.-nr|produkt|menge|anzahl|preis|ihr preis|angebot"
        "|angebot des käufers|betrag|käufer|käufername|kunde|kundenname|vorname|nachname"
        "|e-mail-adresse|telefon|land|ländercode|firma|shop-name|angebotsende"
        "|voraussichtliche lieferung|sterne|verkauft von|gesendet von|von|mitglied"
        "|kundennummer|datum|uhrzeit|an|frist|frist bis|adresse|straße|strasse|plz|ort"
        "|plz/ort|stadt|seite|ip-adresse|sprache|priorität|ticketnummer|kanal|größe|farbe"
        "|datenschutz|einwilligung|auftrag|auftragsnummer|rechnungsnummer|kundin|benutzer"
        "|benutzername|mail|e-mail adresse|telefonnummer|handy|mobil|antwort bis|absender"
        "|variante|versand|zahlung|produktname|zustimmung"
        "|formular|formularname",
        "es": "artículo|número de artículo|n.º de artículo|pedido|número de pedido|nº de pedido"
        "|n.º de pedido|orden|producto|cantidad|precio|precio solicitado|oferta"
        "|oferta del comprador|importe|comprador|cliente|nombre|apellidos|correo"
        "|correo electrónico|teléfono|país|código de país|empresa|tienda|vendedor|puntuación"
        "|calificación|estrellas|estado|fecha de fin|entrega estimada|enviado desde|de|fecha"
        "|hora|dirección|ciudad|código postal|dni|provincia|canal|prioridad|plazo"
        "|responder antes de|idioma|página|talla|política de privacidad|privacidad|usuario"
        "|número|nº|referencia|importe total|correo-e|móvil|publicación|venta|compra"
        "|título del artículo"
        "|formulario|marketing y publicidad",
        "fr": "objet|article|numéro de l'objet|n° d'objet|nº d'objet|commande|n° de commande"
        "|nº de commande|numéro de commande|produit|quantité|prix|prix demandé|offre|montant"
        "|acheteur|client|nom|prénom|courriel|adresse e-mail|téléphone|pays|code pays"
        "|société|boutique|vendeur|note|étoiles|statut|statut de l'objet|date de fin"
        "|livraison estimée|envoyé depuis|auteur|heure|ville|code postal|priorité|délai"
        "|langue|taille|couleur|référence|numéro|commande n|commande n°|portable|mobile|rgpd"
        "|consentement|nom complet|nom et prénom|civilité|date limite|répondre avant"
        "|montant total"
        "|formulaire|confidentialité|nom du formulaire",
        "it": "oggetto|numero oggetto|id oggetto|n. oggetto|articolo|ordine|numero ordine"
        "|n. ordine|prodotto|quantità|prezzo|prezzo richiesto|offerta|importo|acquirente"
        "|nome|cognome|telefono|paese|codice paese|azienda|negozio|venditore|valutazione"
        "|stelle|stato|data fine|consegna stimata|inviato da|data|ora|indirizzo|città|cap"
        "|canale|priorità|scadenza|lingua|pagina|taglia|colore|riferimento|numero|cellulare"
        "|consenso|nome e cognome|utente|ordine n|prezzo totale|codice ordine|codice"
        "|rispondi entro"
        "|modulo|nome modulo",
        "pt": "nº do item|número do item|nº do pedido|número do pedido|pedido nº|encomenda"
        "|nº da encomenda|produto|artigo|quantidade|preço|preço pedido|valor|nome completo"
        "|telefone|contato|contacto|país/região|código do país|loja|origem|estrelas"
        "|estado do item|entrega prevista|utilizador|usuário|vendido por|enviado de|endereço"
        "|cidade|cep|prioridade|prazo|tamanho|cor|referência|celular|telemóvel|cpf"
        "|privacidade|consentimento|anúncio|venda|responder até|morada"
        "|formulário",
        "nl": "objectnummer|bestelling|bestelnummer|bestelnr|bestelnr.|aantal|prijs|vraagprijs|bod"
        "|bedrag|koper|klant|naam|voornaam|achternaam|e-mailadres|telefoon|land/regio"
        "|landcode|bedrijf|winkel|verkoper|score|sterren|einddatum|verwachte levering"
        "|verzonden via|van|tijd|adres|stad|plaats|kanaal|prioriteit|taal|maat|kleur"
        "|referentie|mobiel|telefoonnummer|toestemming|klantnaam|klantnummer|reageer voor"
        "|ordernummer"
        "|formulier|nieuwsbrief",
        "pl": "nick|zgłoszenie"
        "|przedmiot|numer przedmiotu|nr przedmiotu|zamówienie|numer zamówienia|nr zamówienia"
        "|towar|ilość|cena|twoja cena|propozycja|kwota|kupujący|klient|imię|imię i nazwisko"
        "|nazwisko|adres e-mail|kraj|kod kraju|sklep|sprzedawca|ocena|gwiazdki"
        "|data zakończenia|przewidywana dostawa|od|godzina|miasto|kod pocztowy|kanał"
        "|priorytet|termin|język|strona|rozmiar|kolor|numer|tel|tel.|zgoda|zgoda rodo|rodo"
        "|login|odpowiedz do|kod|wyrażam zgodę na przetwarzanie danych"
        "|formularz|polityka prywatności",
        "ru": "товар|номер товара|заказ|номер заказа|№ заказа|количество|цена|ваша цена"
        "|предложение|сумма|покупатель|клиент|имя|фамилия|почта|эл. почта|электронная почта"
        "|телефон|страна|код страны|компания|магазин|продавец|автор|оценка|рейтинг|статус"
        "|отправлено с|пользователь|от|дата|время|адрес|город|индекс|канал|приоритет|срок"
        "|язык|страница|размер|цвет|артикул|номер|электронный адрес|фио|согласие|фамилия имя"
        "|логин|ответить до|название товара|тел|тел.|контакт|продукт|дата заказа|вариант"
        "|форма|рассылка|отправление",
        "tr": "ürün|ürün no|ürün adı|ürün numarası|sipariş|sipariş no|sipariş numarası|adet|fiyat"
        "|istenen fiyat|teklif|tutar|alıcı|müşteri|ad|adı|ad soyad|isim|e-posta|eposta|ülke"
        "|ülke kodu|mağaza|satıcı|puan|yıldız|durum|bitiş tarihi|tahmini teslimat|tarih|saat"
        "|şehir|posta kodu|öncelik|son tarih|dil|sayfa|beden|renk|numara|gsm|kvkk|onay"
        "|müşteri adı|kullanıcı|barkod|ürün kodu|ad-soyad|adınız|e-posta adresi"
        "|telefon numarası|sipariş numaranız|adı soyadı"
        "|form adı|soran|gönderen müşteri|soran kişi",
        "id": "batas respon"
        "|barang|nomor barang|produk|nama produk|pesanan|nomor pesanan|no. pesanan|jumlah"
        "|harga|harga diminta|penawaran|tawaran|pembeli|pelanggan|nama|nama lengkap"
        "|nomor telepon|telepon|negara|kode negara|perusahaan|toko|penjual|bintang"
        "|status pesanan|dikirim dari|dari|tanggal|waktu|alamat|kota|kode pos|saluran"
        "|prioritas|batas waktu|bahasa|halaman|ukuran|warna|varian|hp|no. hp|no hp"
        "|no. telepon|no pesanan|nomor order|no. order|invoice|no. invoice|whatsapp|wa"
        "|balas sebelum"
        "|formulir|penanya",
        "ar": "السلعة|رقم السلعة|المنتج|اسم المنتج|الطلب|رقم الطلب|الكمية|السعر|السعر المطلوب"
        "|عرض المشتري|المبلغ|المشتري|العميل|اسم العميل|الاسم|اسم الشركة|البريد"
        "|البريد الإلكتروني|الهاتف|رقم الهاتف|الدولة|رمز الدولة|الشركة|المتجر|البائع|النجوم"
        "|الحالة|المرسل|من|التاريخ|الوقت|العنوان البريدي|المدينة|الرمز البريدي|القناة"
        "|الأولوية|اللغة|الصفحة|المقاس|اللون|رقم|الجوال|رقم الجوال|البريد الالكتروني|الإيميل"
        "|الاسم الكامل|اسم المستخدم|تاريخ الطلب|تاريخ|اسم المشتري|الموعد النهائي"
        "|المدينة/الدولة|ايميل|إيميل"
        "|النموذج|الخصوصية|السائل",
        "ja": "商品|商品名|商品番号|注文|注文番号|ご注文番号|数量|価格|希望価格|金額|購入者"
        "|バイヤー|お客様|お客様名|氏名|お名前|名前|メール|メールアドレス|電話番号|国"
        "|国コード|会社名|ショップ|店舗|評価|ステータス|終了日時|お届け予定日|送信元|型番"
        "|日時|日付|住所|郵便番号|ご住所|期限|回答期限|返信期限|言語|ページ|サイズ|色|カラー"
        "|番号|受注番号|注文id|注文日|電話|ふりがな|フリガナ|会員id|ニックネーム|送信日時"
        "|受付日時|ユーザー|商品コード|商品管理番号|お電話番号|ご氏名|ipアドレス|購入日"
        "|お問い合わせ番号"
        "|フォーム|フォーム名|質問者|投稿者|選択した件名|お客様が選んだ件名|選ばれた件名",
        "ko": "상품|상품명|물품|물품 번호|상품번호|주문|주문번호|주문 번호|수량|가격|희망가|금액"
        "|구매자|고객|고객명|이름|성함|이메일|전화번호|연락처|국가|국가 코드|회사|상점"
        "|스토어|판매자|별점|평점|상태|작성자|보낸 사람|날짜|일시|시간|주소|우편번호|기한"
        "|답변기한|언어|페이지|사이즈|색상|옵션|번호|등록일|작성일|접수일|문의자|문의번호"
        "|문의일시|휴대폰|핸드폰|휴대전화|아이디|회원|주문자|수령인|주문일|판매처|개인정보"
        "|동의|상품코드|문의 일시|접수일시"
        "|양식|양식명|질문자|선택한 제목|선택한 유형|선택한 문의 유형",
        "zh": "物品|物品编号|物品編號|商品编号|商品編號|商品名称|商品名稱|订单|訂單|订单号|訂單號"
        "|订单编号|訂單編號|數量|价格|價格|您的价格|您的價格|报价|報價|金额|买家|買家"
        "|买家昵称|客户|客戶|顾客|顧客|姓名|名字|邮箱|郵箱|电子邮件|電子郵件|电话|手机|手機"
        "|国家|國家|国家代码|國家代碼|公司|店铺|店鋪|卖家|賣家|评分|評分|星级|状态|狀態"
        "|结束时间|来自|會員|会员|平台|日期|时间|時間|提交时间|提交時間|地址|城市|邮编|郵編"
        "|渠道|优先级|優先級|截止时间|截止時間|回复截止|语言|語言|页面|頁面|尺码|尺寸|颜色"
        "|顏色|规格|規格|编号|編號|单号|单號|快递单号|用户名|使用者|用户|联系方式|聯絡方式"
        "|联系电话|聯絡電話|微信|收货人|下单时间|下單時間|留言时间|提问时间|来源|來源|來自"
        "|发送时间|商品标题|发件人|寄件人|会员名|型号"
        "|表单|表單|国家/地区|國家/地區|提问者|提問者|所选主题|所選主題|选择的主题|選擇的主題",
    }
)
