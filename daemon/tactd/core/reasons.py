"""Why: one sentence for each code of a trail, in the languages that sellers read.

A code is stable, its sentence may be reworded. `{name}` is filled from the entry's data, codes in
it by their labels (core/labels.py); what the data lacks is left out as "?". A test holds every code
that the steps use against this table.
"""

from __future__ import annotations

from collections.abc import Mapping

from tactd.core.counted import COUNTED, counted_label, span_label
from tactd.core.labels import SPOKEN, column, labels, time_label
from tactd.core.types import TrailEntry

# code: (English, Chinese, Spanish)
SENTENCES: Mapping[str, tuple[str, str, str]] = {
    # ---- screen
    "screen.person": ("a person wrote it", "由真人撰写", "lo escribió una persona"),
    "screen.message_notice": (
        "tells that a buyer has written, without his words",
        "通知有买家来信，但没有来信内容",
        "avisa de que un comprador ha escrito, sin sus palabras",
    ),
    "screen.auto_submitted": (
        "written by a machine (Auto-Submitted: {detail})",
        "系统自动发出的邮件（Auto-Submitted: {detail}）",
        "lo escribió una máquina (Auto-Submitted: {detail})",
    ),
    "screen.null_return_path": (
        "a bounce or automatic mail (empty Return-Path)",
        "退信或自动邮件（Return-Path 为空）",
        "un rebote o correo automático (Return-Path vacío)",
    ),
    "screen.robot_address": (
        "comes from a robot's address ({detail})",
        "来自自动发信地址（{detail}）",
        "viene de una dirección de robot ({detail})",
    ),
    "screen.list": (
        "mail of a list ({detail})",
        "来自邮件列表（{detail}）",
        "correo de una lista ({detail})",
    ),
    "screen.precedence": (
        "bulk mail (Precedence: {detail})",
        "群发邮件（Precedence: {detail}）",
        "correo masivo (Precedence: {detail})",
    ),
    "screen.suppress": (
        "the sender asks for no automatic answers ({detail})",
        "发件方要求不要自动回复（{detail}）",
        "el remitente pide que no se le responda automáticamente ({detail})",
    ),
    "screen.x_autoreply": (
        "an automatic reply ({detail})",
        "自动回复（{detail}）",
        "una respuesta automática ({detail})",
    ),
    "screen.own_mark": (
        "our own mail come back ({detail})",
        "我们自己发出的邮件又回来了（{detail}）",
        "nuestro propio correo de vuelta ({detail})",
    ),
    "screen.report": (
        "a delivery or abuse report ({detail})",
        "投递报告或滥用投诉报告（{detail}）",
        "un informe de entrega o de abuso ({detail})",
    ),
    "screen.from_self": (
        "comes from one of your own addresses ({detail})",
        "来自您自己的邮箱地址（{detail}）",
        "viene de una de sus propias direcciones ({detail})",
    ),
    "screen.not_addressed": (
        "is not addressed to you ({detail})",
        "收件人不是您（{detail}）",
        "no va dirigido a usted ({detail})",
    ),
    "screen.marketplace_notice": (
        "a notice of the marketplace, not a buyer's mail ({detail})",
        "平台的通知，不是买家来信（{detail}）",
        "un aviso del mercado, no un correo de comprador ({detail})",
    ),
    "screen.unknown_notice": (
        "a mail of the marketplace that tactd does not know, not a buyer's ({detail})",
        "平台发来的、tactd 不认识的邮件，不是买家来信（{detail}）",
        "un correo del mercado que tactd no conoce, no de un comprador ({detail})",
    ),
    "screen.many_hops": (
        "has passed too many servers; perhaps a loop ({detail})",
        "经过的服务器太多，可能陷入了循环（{detail}）",
        "pasó por demasiados servidores; quizá un bucle ({detail})",
    ),
    "screen.ooo_subject": (
        "looks like an absence note ({detail})",
        "看起来像外出自动回复（{detail}）",
        "parece un aviso de ausencia ({detail})",
    ),
    "screen.bounce_subject": (
        "looks like a bounce ({detail})",
        "看起来像退信（{detail}）",
        "parece un rebote ({detail})",
    ),
    "screen.stacked_re": (
        "many stacked reply marks; perhaps two machines talk ({detail})",
        "主题里叠了很多回复标记，可能是两个系统在互相自动回复（{detail}）",
        "muchas marcas de respuesta seguidas; quizá hablan dos máquinas ({detail})",
    ),
    "screen.no_sender": (
        "has no sender's address that an answer could go to",
        "没有可以回复的发件人地址",
        "no tiene dirección de remitente a la que responder",
    ),
    "screen.answered_by_hand": (
        "you have answered it yourself",
        "您已经亲自回复过",
        "usted ya lo respondió",
    ),
    "screen.flagged_answered": (
        "was marked as answered before tactd started",
        "在 tactd 启动之前已标记为已回复",
        "estaba marcado como respondido antes de que tactd empezara",
    ),
    "screen.wrapper_unread": (
        "the marketplace's mail could not be taken apart: the whole text is shown",
        "未能识别平台邮件的格式，因此显示全文",
        "no se pudo separar el correo del mercado: se muestra el texto entero",
    ),
    "screen.look_alike": (
        "a forged sender that looks like {marketplace}: perhaps phishing, open no link in it",
        "冒充 {marketplace} 的伪造发件人：可能是钓鱼邮件，不要点里面的链接",
        "un remitente falso que imita a {marketplace}: quizá sea un fraude, no abra sus enlaces",
    ),
    "screen.only_quoted": (
        "holds nothing but quoted text: all of it is shown",
        "全是引用的内容：显示的是全文",
        "solo contiene texto citado: se muestra entero",
    ),
    "screen.charset": (
        "some letters could not be read for certain",
        "部分文字无法准确识别",
        "algunas letras no se pudieron leer con seguridad",
    ),
    "screen.truncated": (
        "is very large: only its beginning was read",
        "邮件太大：只读取了开头部分",
        "es muy grande: solo se leyó el principio",
    ),
    # ---- loop
    "loop.alike": (
        "the {count}th mail within an hour that reads nearly the same: perhaps a machine",
        "一小时内第 {count} 封内容几乎相同的来信：可能是机器自动发出的",
        "correo n.º {count} casi igual en una hora: quizá una máquina",
    ),
    "loop.quick": (
        "{count} times running the answer came within 30 seconds of our mail: perhaps a machine",
        "连续 {count} 次在我们发信后 30 秒内就有回信：可能是机器自动回复",
        "{count} veces seguidas respondió en menos de 30 segundos: quizá una máquina",
    ),
    "loop.domain_busy": (
        "{count} mails have gone by themselves to this domain within an hour: enough",
        "一小时内已向该域名自动发送 {count} 封邮件：不再自动发送",
        "{count} correos salieron solos a este dominio en una hora: ya basta",
    ),
    "loop.paused": (
        "nothing goes by itself in this conversation: a machine seems to answer ours; "
        "`tactd resume` with the buyer's address if it is a person",
        "此对话不再自动发送：对方可能是自动回复程序；如果是真人，请运行 `tactd resume` 加买家地址",
        "en esta conversación nada sale por sí solo: parece que responde una máquina; si es una "
        "persona, `tactd resume` con la dirección del comprador",
    ),
    # ---- match
    "match.order": (
        "is about order {order} ({evidence})",
        "对应订单 {order}（{evidence}）",
        "trata del pedido {order} ({evidence})",
    ),
    "match.no_order": (
        "no order in the book fits",
        "订单记录里没有对应的订单",
        "ningún pedido del libro corresponde",
    ),
    "match.before_sale": (
        "asks about an item that he has not bought: no order of his holds it",
        "询问的商品还没有购买：该买家的订单里没有它",
        "pregunta por un artículo que no ha comprado: ninguno de sus pedidos lo tiene",
    ),
    "match.several": (
        "several orders fit: {orders}",
        "有多个可能的订单：{orders}",
        "corresponden varios pedidos: {orders}",
    ),
    "match.too_many": (
        "far too many orders fit",
        "可能的订单太多",
        "corresponden demasiados pedidos",
    ),
    "match.other_buyer": (
        "names order {order}, but the sender is on file for {others}",
        "提到订单 {order}，但按登记资料，发件人属于订单 {others}",
        "nombra el pedido {order}, pero el remitente consta en {others}",
    ),
    "match.weak": (
        "probably order {order}, but the signs are weak",
        "可能是订单 {order}，但依据不足",
        "probablemente el pedido {order}, pero los indicios son débiles",
    ),
    # ---- classify
    "classify.sure": (
        "what is wanted is clear: {intent} ({words})",
        "意图明确：{intent}（{words}）",
        "está claro lo que quiere: {intent} ({words})",
    ),
    "classify.unsure": (
        "not sure enough of what is wanted: most likely {intent}",
        "不够确定买家想要什么：最可能是“{intent}”",
        "no está lo bastante claro lo que quiere: lo más probable, {intent}",
    ),
    "classify.language": (
        "not sure of the language: perhaps {language}",
        "语言不确定：可能是{language}",
        "idioma dudoso: quizá {language}",
    ),
    "classify.risk": (
        "careful: {flag}",
        "注意：{flag}",
        "cuidado: {flag}",
    ),
    "classify.earlier_question": (
        "read together with his earlier mail that still waits",
        "与买家此前仍在等待回复的来信一并理解",
        "leído junto con su correo anterior que aún espera",
    ),
    # ---- choose
    "choose.situation": ("situation: {situation}", "情况：{situation}", "situación: {situation}"),
    "choose.handover": (
        "no ready answer for this ({intent}): yours to write",
        "没有现成的回复（{intent}），请您亲自撰写",
        "no hay respuesta preparada ({intent}): escríbala usted",
    ),
    "choose.stop_or_other": (
        "asks for no more mail, or for something near it ({intent}): yours to tell",
        "买家要求不再收到邮件，也可能是相近的意思（{intent}），请您判断",
        "pide no recibir más correos, o algo parecido ({intent}): júzguelo usted",
    ),
    "choose.no_reply_needed": (
        "needs no answer",
        "不需要回复",
        "no necesita respuesta",
    ),
    "choose.open_case": (
        "a case is open for this order ({kind} {number})",
        "此订单有未结的纠纷（{kind} {number}）",
        "hay un caso abierto para este pedido ({kind} {number})",
    ),
    "choose.past_protection": (
        'asks him to wait until {wait}, but the marketplace takes "not received" only until '
        "{until}: waiting must not cost him his protection",
        "让买家等到 {wait}，但平台只在 {until} 之前受理“未收到”：不能让买家因等待而失去保障",
        "le pide que espere hasta el {wait}, pero el mercado solo acepta «no recibido» hasta el "
        "{until}: esperar no debe costarle su protección",
    ),
    "choose.part_unshipped": (
        "not all of the order has gone: {items}",
        "订单尚未全部发货：{items}",
        "no ha salido todo el pedido: {items}",
    ),
    "choose.fact_unknown": (
        "the order book knows nothing of {group}",
        "订单记录里没有{group}信息",
        "el libro de pedidos no sabe nada de {group}",
    ),
    "choose.fact_old": (
        "what the book knows of {group} is {hours} hours old ({source}): import a new export",
        "{group}信息已有 {hours} 小时（{source}）：请导入新的订单文件",
        "lo que se sabe de {group} tiene {hours} horas ({source}): importe una exportación nueva",
    ),
    "choose.fact_fresh": (
        "what the book knows of {group} is fresh",
        "{group}信息是最新的",
        "lo que se sabe de {group} está al día",
    ),
    # ---- disclose
    "disclose.on_file": (
        "the sender is on file for the order and vouched for",
        "发件人是该订单登记的联系人，且身份已验证",
        "el remitente consta en el pedido y está verificado",
    ),
    "disclose.unproven": (
        "the address is on file, but nobody vouches for the sender: the reply goes only to that "
        "address",
        "地址与订单相符，但发件人身份未经验证：回复只会发往该登记地址",
        "la dirección consta, pero nadie verifica al remitente: la respuesta va solo a esa "
        "dirección",
    ),
    "disclose.relay_unproven": (
        "nobody vouches for the relay address: no order facts in the draft",
        "转发地址未经验证：草稿不含订单信息",
        "nadie verifica la dirección de reenvío: el borrador no lleva datos del pedido",
    ),
    "disclose.not_on_file": (
        "the sender is not on file for the order: no order facts in the draft",
        "发件人不是该订单登记的联系人：草稿不含订单信息",
        "el remitente no consta en el pedido: el borrador no lleva datos del pedido",
    ),
    "disclose.taken_apart": (
        "order {order} names two who, you have said, are not one person",
        "订单 {order} 涉及您已说明并非同一人的两个联系人",
        "el pedido {order} nombra a dos que, según dijo usted, no son la misma persona",
    ),
    "disclose.no_order": (
        "no order, so no order facts",
        "没有对应的订单，因此不含订单信息",
        "sin pedido no hay datos del pedido",
    ),
    "disclose.forged": (
        "the sender may be forged ({why}): no order facts in the draft",
        "发件人可能是伪造的（{why}）：草稿不含订单信息",
        "el remitente puede ser falso ({why}): el borrador no lleva datos del pedido",
    ),
    "disclose.typed": (
        "his address was typed into the shop's form: anybody could have done that",
        "其地址是在店铺表单中填写的，任何人都能这样填",
        "su dirección se escribió en el formulario de la tienda: cualquiera pudo hacerlo",
    ),
    "disclose.reply_to_elsewhere": (
        "asks for the answer at another address: no order facts, and the reply goes to the sender",
        "要求回复到另一个地址：草稿不含订单信息，回复仍发往发件人",
        "pide la respuesta en otra dirección: sin datos del pedido, y la respuesta va al remitente",
    ),
    "disclose.no_reach": (
        "the buyer cannot be reached by mail",
        "无法通过邮件联系到买家",
        "no se puede llegar al comprador por correo",
    ),
    "disclose.paste": (
        "text to paste: no mail reaches the buyer there. Copy the reply into {place} ({link}); "
        "once you have pasted it, move this file to approved/",
        "需手动粘贴的文字：邮件无法送达买家。请把回复复制到 {place}（{link}）；"
        "粘贴发出后，再把此文件移到 approved/",
        "texto para pegar: por correo no se llega al comprador. Copie la respuesta en {place} "
        "({link}); cuando la haya pegado, mueva este archivo a approved/",
    ),
    "disclose.answer_there": (
        "the marketplace's mail does not hold the buyer's words: read and answer them at {place} "
        "({link}); once you have answered, move this file to approved/",
        "平台邮件不含买家来信的内容：请到 {place}（{link}）查看并回复；"
        "回复后，再把此文件移到 approved/",
        "el correo del mercado no trae las palabras del comprador: léalas y respóndalas en {place} "
        "({link}); cuando haya respondido, mueva este archivo a approved/",
    ),
    "import.mailed": (
        "orders that you have sent yourself: {files} ({why})",
        "您寄给自己的订单文件：{files}（{why}）",
        "pedidos que usted se ha enviado: {files} ({why})",
    ),
    "import.unproven": (
        "orders that seem to come from you, which nobody vouches for: {files} ({why})",
        "看似由您寄出的订单文件，但无法证明：{files}（{why}）",
        "pedidos que parecen venir de usted, sin que nadie lo garantice: {files} ({why})",
    ),
    # ---- sender: what stands behind {why}
    "sender.dmarc": ("DMARC passed", "DMARC 验证通过", "DMARC superado"),
    "sender.dkim": ("DKIM passed", "DKIM 验证通过", "DKIM superado"),
    "sender.spf": ("SPF passed", "SPF 验证通过", "SPF superado"),
    "sender.from_unclear": (
        "From is not one address",
        "From 不是唯一一个地址",
        "From no es una sola dirección",
    ),
    "sender.not_configured": (
        "no authserv_id is configured",
        "未配置 authserv_id",
        "no hay authserv_id configurado",
    ),
    "sender.not_stamped": (
        "your provider has not checked it",
        "您的邮箱服务商没有验证",
        "su proveedor no lo ha comprobado",
    ),
    "sender.no_results": (
        "your provider's check has no result",
        "邮箱服务商的验证没有结果",
        "la comprobación de su proveedor no tiene resultado",
    ),
    "sender.no_pass": ("no check passed", "没有任何验证通过", "ninguna comprobación superada"),
    "sender.not_aligned": (
        "what passed is of another domain than From",
        "通过验证的域名与 From 不同",
        "lo superado es de otro dominio que From",
    ),
    "sender.failed": ("the checks failed", "验证失败", "las comprobaciones fallaron"),
    "sender.dmarc_fail": ("DMARC failed", "DMARC 验证失败", "DMARC falló"),
    "sender.dmarc_twice": (
        "there are two DMARC results",
        "有两个 DMARC 结果",
        "hay dos resultados de DMARC",
    ),
    "sender.dmarc_other_from": (
        "DMARC passed for another sender",
        "DMARC 验证的是另一个发件人",
        "DMARC superado por otro remitente",
    ),
    "sender.dkim_checked": (
        "its DKIM signature holds, as tactd has checked",
        "tactd 已自行验证其 DKIM 签名有效",
        "su firma DKIM es válida, según comprobó tactd",
    ),
    "sender.to_another": (
        "it is not addressed to you; if it is, name the address among the mailbox's aliases",
        "收件人不是您；如果该地址属于您，请把它加入该邮箱的 aliases",
        "no va dirigido a usted; si lo va, añada la dirección a los aliases del buzón",
    ),
    "sender.not_checked": (
        'it came before verify = "dkim" was set',
        '来信早于 verify = "dkim" 的设置',
        'llegó antes de poner verify = "dkim"',
    ),
    "sender.unsigned": (
        "it bears no DKIM signature of the sender's domain",
        "没有发件人域名的 DKIM 签名",
        "no lleva firma DKIM del dominio del remitente",
    ),
    "sender.signature_broken": (
        "its DKIM signature does not hold",
        "DKIM 签名无效",
        "su firma DKIM no es válida",
    ),
    "sender.signature_weak": (
        "its DKIM signature is of a kind that proves nothing",
        "DKIM 签名的方式不足以证明发件人",
        "su firma DKIM es de una clase que no prueba nada",
    ),
    "sender.signature_partial": (
        "its DKIM signature leaves open how the mail is to be read",
        "DKIM 签名未涵盖邮件的结构",
        "su firma DKIM no cubre cómo ha de leerse el correo",
    ),
    "sender.header_unclear": (
        "its headers can be read in more than one way",
        "邮件头有不止一种读法",
        "sus cabeceras admiten más de una lectura",
    ),
    "sender.key_unknown": (
        "the key of its DKIM signature could not be asked for",
        "当时无法查询 DKIM 签名的公钥",
        "no se pudo consultar la clave de su firma DKIM",
    ),
    "sender.cut_short": (
        "it is too large to be checked",
        "邮件太大，无法验证",
        "es demasiado grande para comprobarlo",
    ),
    # ---- limit, permit
    "limit.counted": (
        "{mails} to this buyer in the last 60 days",
        "最近 60 天内给该买家发过 {mails}",
        "{mails} a este comprador en los últimos 60 días",
    ),
    "limit.answers_full": (
        "limit full, your decision: {count} in {period}; frees up {free_at}",
        "已达上限，由您决定：{period}内 {count}；{free_at} 之后恢复",
        "límite alcanzado, usted decide: {count} en {period}; se libera {free_at}",
    ),
    "permit.mode": ("mode is {mode}", "当前模式：{mode}", "el modo es {mode}"),
    "permit.not_listed": (
        '"{situation}" is not in replies.auto',
        "“{situation}”未列入 replies.auto",
        '"{situation}" no está en replies.auto',
    ),
    "permit.person_decides": (
        '"{situation}" is always for a person to decide',
        "“{situation}”一律由人工决定",
        '"{situation}" siempre lo decide una persona',
    ),
    "permit.too_old": (
        "the mail is {hours} hours old",
        "来信至今已有 {hours} 小时",
        "el correo tiene {hours} horas",
    ),
    "permit.at_start": (
        "the mail lay there before tactd began",
        "此邮件在 tactd 启动之前就已存在",
        "el correo ya estaba antes de que tactd empezara",
    ),
    "permit.stop": (
        "the buyer has asked for no more automatic mail",
        "买家要求不再收到自动邮件",
        "el comprador pidió no recibir más correos automáticos",
    ),
    "permit.stop_too": (
        "the buyer asks for no more mail too: from now on nothing goes to him by itself, until "
        "`tactd resume --agreed` with his address",
        "买家还要求不再收到邮件：从现在起不会自动给他发任何邮件，除非用他的地址执行 "
        "`tactd resume --agreed`",
        "el comprador pide además no recibir más correos: desde ahora nada le llega por sí solo, "
        "hasta `tactd resume --agreed` con su dirección",
    ),
    "permit.bounces": (
        "mail to this buyer has come back as undeliverable",
        "发给该买家的邮件曾被退回",
        "el correo a este comprador ha sido devuelto",
    ),
    "permit.alive": (
        "mail to this address had come back, but the buyer writes from it again",
        "发往此地址的邮件曾被退回，但买家又从该地址来信",
        "el correo a esta dirección fue devuelto, pero el comprador vuelve a escribir desde ella",
    ),
    "permit.sent_not_read": (
        "your Sent folder is still being read: until then nothing goes by itself",
        "正在读取您的“已发送”文件夹：读完之前不会自动发送",
        "aún se lee su carpeta de enviados: hasta entonces nada sale por sí solo",
    ),
    "permit.seller_wrote": (
        "you have written to the buyer yourself since his mail",
        "买家来信之后您已亲自写信给他",
        "usted mismo ha escrito al comprador después de su correo",
    ),
    "permit.no_mailbox": (
        'no mailbox "{mailbox}" is configured any more',
        "配置中已没有邮箱“{mailbox}”",
        "ya no hay ningún buzón «{mailbox}» en la configuración",
    ),
    "permit.allowed": (
        "you have allowed this to go by itself",
        "您已允许自动发送此类回复",
        "usted permite que esto salga por sí solo",
    ),
    "limit.repeated": (
        "the same was answered by itself within 7 days ({situation}): he was not helped",
        "7 天内已自动回复过同样内容（{situation}），买家的问题仍未解决",
        "lo mismo se respondió solo hace menos de 7 días ({situation}): no le ayudó",
    ),
    # ---- follow-ups
    "due.still": (
        "there is still something to tell about order {order}",
        "订单 {order} 仍有情况需要告知",
        "aún hay algo que contar del pedido {order}",
    ),
    "due.order_gone": (
        "order {order} is not in the book any more",
        "订单记录里已没有订单 {order}",
        "el pedido {order} ya no está en el libro",
    ),
    "due.open_case": (
        "a case is open for order {order}: nothing is written meanwhile",
        "订单 {order} 有未结的纠纷：期间不发送",
        "hay un caso abierto para el pedido {order}: mientras tanto no se escribe",
    ),
    "due.wrote_since": (
        "the buyer has written since: his mail is what is to be answered",
        "买家其间又来信了：应回复他的来信",
        "el comprador ha escrito desde entonces: lo que toca es responderle",
    ),
    "due.told": (
        "the buyer has been told this about order {order} already",
        "已就订单 {order} 告知过买家",
        "al comprador ya se le dijo esto del pedido {order}",
    ),
    "due.stale": (
        "it could not go out for a week: it is no news any more",
        "一周内未能发出，已不再是新消息",
        "no pudo salir en una semana: ya no es noticia",
    ),
    "due.not_under_way": (
        "the parcel of order {order} is not under way any more",
        "订单 {order} 的包裹已不在途中",
        "el paquete del pedido {order} ya no está en camino",
    ),
    "due.not_late": (
        "the parcel of order {order} is not late",
        "订单 {order} 的包裹并未延误",
        "el paquete del pedido {order} no va con retraso",
    ),
    "due.payer_clear": (
        "for order {order} there is nothing to find out about the payer any more",
        "订单 {order} 的付款人已无需核实",
        "ya no hay nada que aclarar sobre quién pagó el pedido {order}",
    ),
    "due.seller_wrote": (
        "you have written to the buyer yourself since it fell due",
        "到期之后您已亲自写信给买家",
        "usted mismo ha escrito al comprador desde que tocaba",
    ),
    "proactive.allowed": (
        'by [proactive] this goes to: "{to_whom}"',
        "按 [proactive] 的设置，此类邮件发给：“{to_whom}”",
        'según [proactive] esto va a: "{to_whom}"',
    ),
    "proactive.off": (
        'by [proactive] "{situation}" is not sent unasked',
        "按 [proactive] 的设置，不主动发送“{situation}”",
        'según [proactive] "{situation}" no se envía sin que lo pidan',
    ),
    "proactive.not_asked": (
        'by [proactive] "{situation}" goes only to who has asked about the order',
        "按 [proactive] 的设置，“{situation}”只发给询问过该订单的买家",
        'según [proactive] "{situation}" va solo a quien preguntó por el pedido',
    ),
    "silence.stop": (
        "the buyer has asked for no more automatic mail",
        "买家要求不再收到自动邮件",
        "el comprador pidió no recibir más correos automáticos",
    ),
    "silence.no_unasked": (
        "the buyer wants no mail that he has not asked for",
        "买家不希望收到他没有要求的邮件",
        "el comprador no quiere correos que no haya pedido",
    ),
    "disclose.held": (
        "the address is on file for the order",
        "该地址是订单登记的地址",
        "la dirección consta en el pedido",
    ),
    "disclose.no_address": (
        "the order book holds no address for order {order} that this could go to",
        "订单 {order} 没有登记可用的地址",
        "el libro no tiene dirección para el pedido {order} a la que esto pueda ir",
    ),
    "limit.unasked_full": (
        "limit full: {count} in {period}; frees up {free_at}",
        "已达上限：{period}内 {count}；{free_at} 之后恢复",
        "límite alcanzado: {count} en {period}; se libera {free_at}",
    ),
    "limit.unasked_per_order_full": (
        "limit full: {count} about one order in {period}; frees up {free_at}",
        "已达上限：同一订单{period}内 {count}；{free_at} 之后恢复",
        "límite alcanzado: {count} sobre un pedido en {period}; se libera {free_at}",
    ),
    "quiet.day": (
        "it is day where the buyer lives",
        "买家所在地现在是白天",
        "donde vive el comprador es de día",
    ),
    "quiet.night": (
        "it is night where the buyer lives; waits until {free_at}",
        "买家所在地现在是夜间；等到 {free_at}",
        "donde vive el comprador es de noche; espera hasta {free_at}",
    ),
    "quiet.unknown_country": (
        "it is not known where the buyer lives, and so when his night is: your decision",
        "不知道买家住在哪里，也就不知道何时是他的夜间：请您决定",
        "no se sabe dónde vive el comprador ni, por tanto, cuándo es su noche: usted decide",
    ),
    "quiet.no_common_day": (
        "the country has so many clocks that it is always night by one of them: your decision",
        "该国时区太多，总有地方是夜间：请您决定",
        "el país tiene tantos husos que siempre es de noche en alguno: usted decide",
    ),
    "held.limit_full": (
        "Held: the limit for unasked mail is full until {why}. It goes by itself then. To send it "
        "all the same, move this file to approved/.",
        "暂缓发送：主动邮件已达上限，{why} 之后恢复，届时自动发出。仍要立即发送，"
        "请把此文件移到 approved/。",
        "Retenido: el límite de correos no pedidos está completo hasta {why}. Entonces saldrá por "
        "sí solo. Para enviarlo ya, mueva este archivo a approved/.",
    ),
    "held.night": (
        "Held: it is night where the buyer lives, until {why}. It goes by itself then. To send it "
        "all the same, move this file to approved/.",
        "暂缓发送：买家所在地是夜间，{why} 结束，届时自动发出。仍要立即发送，"
        "请把此文件移到 approved/。",
        "Retenido: donde vive el comprador es de noche hasta {why}. Entonces saldrá por sí solo. "
        "Para enviarlo ya, mueva este archivo a approved/.",
    ),
    "held.yours": (
        "you have edited it, so it goes only when you move it to approved/",
        "您修改过它，因此只有移到 approved/ 才会发送",
        "usted lo ha editado: solo saldrá cuando lo mueva a approved/",
    ),
    "withdrawn.decided_anew": (
        "Withdrawn: it has been decided afresh ({why}); what came of it lies beside this.",
        "已撤回：已重新判断（{why}），新的结果另有文件。",
        "Retirado: se ha decidido de nuevo ({why}); el resultado está en otro archivo.",
    ),
    "withdrawn.not_due": (
        "Withdrawn: there is nothing to tell any more ({why}).",
        "已撤回：已没有需要告知的情况（{why}）。",
        "Retirado: ya no hay nada que contar ({why}).",
    ),
    "withdrawn.decided_afresh": (
        "meanwhile there is nothing to answer any more ({why})",
        "其间已无需回复（{why}）",
        "entretanto ya no hay nada que responder ({why})",
    ),
    # ---- what has put a reply that was to go by itself before the seller
    "staged.not_allowed": (
        "by your configuration as it is now it may not go by itself",
        "按您现在的配置，此类回复不会自动发送",
        "según su configuración actual no puede salir por sí solo",
    ),
    "staged.limit_full": (
        "limit full, your decision",
        "已达到频率上限，请您决定",
        "límite completo, usted decide",
    ),
    "staged.not_approved": (
        "the marketplace has refused mail from this mailbox: approve its address there first",
        "平台拒收了此邮箱发出的邮件：请先在平台后台把此邮箱地址设为已批准的发件人",
        "el mercado ha rechazado correo de este buzón: apruebe primero allí su dirección",
    ),
    "staged.no_mailbox": (
        "its mailbox is not configured any more",
        "其邮箱已不在配置中",
        "su buzón ya no está en la configuración",
    ),
    "staged.domain_busy": (
        "enough has gone by itself to this domain within an hour, your decision",
        "一小时内自动发往该域名的邮件已够多，请您决定",
        "en una hora ya salieron solos bastantes correos a este dominio, usted decide",
    ),
    "staged.deadline": (
        "it could not go out in time by itself, your decision",
        "未能及时自动发出，请您决定",
        "no pudo salir a tiempo por sí solo, usted decide",
    ),
    "staged.changed": (
        "what it states has changed while it was being tried, your decision",
        "尝试发送期间内容所依据的信息已变化，请您决定",
        "lo que afirma cambió mientras se intentaba enviar, usted decide",
    ),
    "staged.unsendable": (
        "it could not be sent by itself: see the log",
        "无法自动发送：请查看日志",
        "no se pudo enviar por sí solo: vea el registro",
    ),
    # ---- compose
    "compose.missing_fact": (
        'the text for "{situation}" needs "{fact}", which is not known',
        "“{situation}”的文本需要“{fact}”，但目前没有这项信息",
        'el texto de "{situation}" necesita "{fact}", que no se conoce',
    ),
    "compose.no_template": (
        'no text for "{situation}" in {language}: another language or a blank sheet is used',
        "“{situation}”没有{language}文本：改用其他语言或空白稿",
        'no hay texto de "{situation}" en {language}: se usa otro idioma o una hoja en blanco',
    ),
    "compose.blank_left": (
        "something is left for you to fill in: {blanks}",
        "还有需要您填写的内容：{blanks}",
        "queda algo que usted debe rellenar: {blanks}",
    ),
    "compose.no_gloss": (
        'the same text in your language is not there for "{situation}"',
        "“{situation}”没有您所用语言的对照文本",
        'no hay texto en su idioma para "{situation}"',
    ),
    "compose.mark_left": (
        "a template mark is left in the text: {mark}",
        "文本里残留了模板标记：{mark}",
        "queda una marca de plantilla en el texto: {mark}",
    ),
    "compose.too_long": (
        "longer than the marketplace takes: {length} of {most} characters",
        "超过平台允许的长度：{length}/{most} 个字符",
        "más largo de lo que admite el mercado: {length} de {most} caracteres",
    ),
    "compose.link": (
        "holds a link, which the marketplace forbids: {link}",
        "含有平台禁止的链接：{link}",
        "contiene un enlace que el mercado prohíbe: {link}",
    ),
    "compose.address": (
        "holds a mail address, which the marketplace forbids: {found}",
        "含有平台禁止的邮箱地址：{found}",
        "contiene una dirección de correo, que el mercado prohíbe: {found}",
    ),
    "compose.phone": (
        "leads to another way of contact, which the marketplace forbids: {found}",
        "含有平台禁止的其他联系方式：{found}",
        "ofrece otra vía de contacto, que el mercado prohíbe: {found}",
    ),
    "compose.elsewhere": (
        "names another marketplace, which this one forbids: {found}",
        "提到其他平台，本平台禁止：{found}",
        "nombra otro mercado, lo que este prohíbe: {found}",
    ),
    "compose.incentive": (
        "offers something for a review, which the marketplace forbids: {found}",
        "以好处换取评价，平台禁止：{found}",
        "ofrece algo a cambio de una reseña, que el mercado prohíbe: {found}",
    ),
    "compose.important": (
        "is marked {found}, which the marketplace keeps for what an order cannot do without",
        "标有 {found}，平台只允许用于完成订单必需的消息",
        "lleva la marca {found}, que el mercado reserva para lo imprescindible del pedido",
    ),
    # ---- notes in files that were moved, or written again
    "staged.file_deleted": (
        "Not sent: you deleted its file from approved/. Move this one to rejected/ to drop the "
        "reply, or to approved/ to send it after all.",
        "未发送：您从 approved/ 删除了它的文件。不想回复，请把此文件移到 rejected/；"
        "仍要发送，请移到 approved/。",
        "No enviado: usted borró su archivo de approved/. Mueva este a rejected/ para descartar "
        "la respuesta, o a approved/ para enviarla después de todo.",
    ),
    "withdrawn.newer_mail": (
        "Withdrawn: the buyer has written again; the reply to his newest mail lies in staged/.",
        "已撤回：买家又来信了，针对最新来信的回复在 staged/ 里。",
        "Retirado: el comprador volvió a escribir; la respuesta a su último correo está en "
        "staged/.",
    ),
    "withdrawn.by_hand": (
        "Withdrawn: you have answered this mail yourself.",
        "已撤回：您已亲自回复这封邮件。",
        "Retirado: usted mismo respondió a este correo.",
    ),
    "withdrawn.facts": (
        "Withdrawn: facts of the order have changed; a new draft lies in staged/. {difference}",
        "已撤回：订单信息有变化，新草稿在 staged/ 里。{difference}",
        "Retirado: han cambiado datos del pedido; hay un borrador nuevo en staged/. {difference}",
    ),
    "buyers.changed": (
        "you have said who is one person and who is not",
        "您已说明哪些联系方式属于同一人、哪些不是",
        "usted ha dicho quién es una misma persona y quién no",
    ),
    "trouble.buyers": (
        "Not sent: since this was drafted you have said that {why} is somebody else. Take out what "
        "is not for this buyer; moving the file to approved/ again sends it.",
        "未发送：起草之后您说明了 {why} 是另一个人。"
        "请删去不该告诉该买家的内容；再移到 approved/ 就会发送。",
        "No enviado: después de redactarlo usted dijo que {why} es otra persona. Quite lo que no "
        "sea para este comprador; si lo mueve otra vez a approved/ se enviará.",
    ),
    "trouble.facts": (
        "Not sent: facts of the order have changed since the draft. {difference} Correct the text "
        "if need be; moving the file to approved/ again sends it.",
        "未发送：起草之后订单信息有变化。{difference} 如有需要请修改；再移到 approved/ 就会发送。",
        "No enviado: han cambiado datos del pedido desde el borrador. {difference} Corrija el "
        "texto "
        "si hace falta; si lo mueve otra vez a approved/ se enviará.",
    ),
    "trouble.unclear": (
        "It is not clear whether this was delivered: the connection broke at the end ({why}). "
        "tactd looks for it in your Sent folder and will not send it again. Ask the buyer, or "
        "write by hand, only if it is certain that nothing came.",
        "不确定是否已送达：最后一刻连接中断（{why}）。tactd 会在“已发送”文件夹里查找，不会重发。"
        "只有在确定买家没有收到时，才请您自己再写一封。",
        "No está claro si se entregó: la conexión se cortó al final ({why}). tactd lo busca en la "
        "carpeta de enviados y no lo enviará otra vez. Escriba a mano solo si es seguro que no "
        "llegó.",
    ),
    "trouble.refused": (
        "Not sent: the mail server refused it ({why}). Correct what it complains about and move "
        "the file to approved/ again, or reject it.",
        "未发送：邮件服务器拒收（{why}）。请改正后再次移到 approved/，或移到 rejected/ 放弃。",
        "No enviado: el servidor lo rechazó ({why}). Corrija lo que reclama y muévalo otra vez a "
        "approved/, o recháceló.",
    ),
    "trouble.not_passed_on": (
        "It did not reach the buyer: {why}. Answer on the marketplace's site, or move the file to "
        "approved/ again to try once more.",
        "买家没有收到：{why}。请在平台网站上回复，或再移到 approved/ 重试一次。",
        "No llegó al comprador: {why}. Responda en el sitio del mercado, o mueva el archivo otra "
        "vez a approved/ para intentarlo de nuevo.",
    ),
    "trouble.unsendable": (
        "Not sent: it cannot be written as a mail ({why}). Correct it and move the file to "
        "approved/ again.",
        "未发送：无法写成邮件（{why}）。请改正后再移到 approved/。",
        "No enviado: no se puede escribir como correo ({why}). Corríjalo y muévalo otra vez a "
        "approved/.",
    ),
    "trouble.too_long": (
        "Not sent: longer than the marketplace takes ({why} characters, its reference line "
        "included). Shorten the text and move the file to approved/ again.",
        "未发送：超过平台允许的长度（{why} 个字符，含平台的参考行）。请缩短后再移到 approved/。",
        "No enviado: es más largo de lo que admite el mercado ({why} caracteres, con su línea de "
        "referencia). Acórtelo y muévalo otra vez a approved/.",
    ),
    "trouble.link": (
        "Not sent: it holds a link, and the marketplace delivers no messages with links ({why}). "
        "Take it out and move the file to approved/ again.",
        "未发送：含有链接（{why}），平台不会投递带链接的消息。请删除链接后再移到 approved/。",
        "No enviado: contiene un enlace ({why}) y el mercado no entrega mensajes con enlaces. "
        "Quítelo y muévalo otra vez a approved/.",
    ),
    "trouble.address": (
        "Not sent: it holds a mail address, and the marketplace forbids them ({why}). Take it out "
        "and move the file to approved/ again.",
        "未发送：含有平台禁止的邮箱地址（{why}）。请删除后再移到 approved/。",
        "No enviado: contiene una dirección de correo y el mercado las prohíbe ({why}). Quítela y "
        "muévalo otra vez a approved/.",
    ),
    "trouble.phone": (
        "Not sent: it leads to another way of contact, and the marketplace forbids that ({why}). "
        "Take it out and move the file to approved/ again.",
        "未发送：含有平台禁止的其他联系方式（{why}）。请删除后再移到 approved/。",
        "No enviado: ofrece otra vía de contacto y el mercado lo prohíbe ({why}). Quítela y "
        "muévalo otra vez a approved/.",
    ),
    "trouble.elsewhere": (
        "Not sent: it names another marketplace, and this one forbids that ({why}). Take it out "
        "and move the file to approved/ again.",
        "未发送：提到了其他平台（{why}），本平台禁止。请删除后再移到 approved/。",
        "No enviado: nombra otro mercado y este lo prohíbe ({why}). Quítelo y muévalo otra vez a "
        "approved/.",
    ),
    "trouble.incentive": (
        "Not sent: it offers something for a review, and the marketplace forbids that ({why}). "
        "Change it and move the file to approved/ again.",
        "未发送：以好处换取评价（{why}），平台禁止。请修改后再移到 approved/。",
        "No enviado: ofrece algo a cambio de una reseña y el mercado lo prohíbe ({why}). Cámbielo "
        "y muévalo otra vez a approved/.",
    ),
    "trouble.important": (
        "Not sent: it is marked {why}, which the marketplace keeps for what an order cannot do "
        "without. Take the mark out and move the file to approved/ again.",
        "未发送：标有 {why}，平台只允许用于完成订单必需的消息。请删除标记后再移到 approved/。",
        "No enviado: lleva la marca {why}, que el mercado reserva para lo imprescindible del "
        "pedido. Quítela y muévalo otra vez a approved/.",
    ),
    "trouble.other_claim": (
        "Not sent: another reply to the same mail has gone out or is on its way.",
        "未发送：对同一封来信的另一封回复已发出或正在发送。",
        "No enviado: otra respuesta al mismo correo ya salió o está saliendo.",
    ),
    # ---- rehearse: what time brings there without a decision
    "rehearse.answered_with": (
        "answered together with a later mail of his ({mail})",
        "与买家后来的一封邮件（{mail}）一并答复",
        "se responde junto con un correo posterior suyo ({mail})",
    ),
    "rehearse.closed": (
        "you had answered it yourself by then, or wanted no answer",
        "那时您已亲自回复，或已决定不回复",
        "para entonces ya lo había respondido usted, o no quería respuesta",
    ),
}

# Names of the configuration, which the seller looks for there as they are.
_AS_WRITTEN = frozenset({"permit.not_listed"})


class _Known(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def sentence(code: str, language: str, data: Mapping[str, str]) -> str:
    """The sentence for a code; the code itself where the table has none."""
    row = SENTENCES.get(code)
    if row is None:
        return code
    said = {name: _said(code, name, value, language) for name, value in data.items()}
    return row[column(language)].format_map(_Known(said))


def _said(code: str, name: str, value: str, language: str) -> str:
    """A value as it stands in the sentence. One that is a code itself (the `why` of disclose) has
    a sentence of its own."""
    if value in SENTENCES:
        return SENTENCES[value][column(language)]
    if code in _AS_WRITTEN:
        return value
    vocabulary = SPOKEN.get(f"{code} {name}") or SPOKEN.get(name)
    if vocabulary is not None:
        return labels(vocabulary, value, language)
    if counted := COUNTED.get(f"{code} {name}"):
        return counted_label(counted, value, language)
    if name == "period":
        return span_label(value, language)
    return time_label(value) if name.endswith("_at") else value


def reason(entry: TrailEntry, language: str) -> str:
    """Why a step said what it said, in the seller's language."""
    return sentence(entry.code, language, entry.data)
