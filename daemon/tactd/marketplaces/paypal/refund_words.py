"""How PayPal tells a seller that he has given money back.

Unconfirmed, all of it: no such mail has been seen. It is what PayPal's pages call these things in
each language. A mail in other words tells nothing: the activity download has every refund too.
"""

from __future__ import annotations

import re

# That it has been done, by the seller: a refund that is asked for, or that he has got himself from
# somebody else, is none.
DONE = re.compile(
    r"you(?:(?:'|’)ve| have)? (?:just )?(?:refunded\b|(?:issued|sent|made) a [^.\n]{0,20}refund)"
    r"|your (?:full |partial )?refund (?:to [^\n]{1,120} )?(?:has been|was) "
    r"(?:sent|issued|completed)"
    r"|(?:sie haben|du hast) [^\n]{0,160}(?:zurückgezahlt|zurückerstattet|erstattet)\b"
    r"|(?:sie haben|du hast) (?:eine )?(?:rückzahlung|rückerstattung)\b[^\n]{0,160}"
    r"(?:gesendet|veranlasst|vorgenommen|geleistet)"
    r"|ha(?:s|béis)? (?:reembolsado\b|(?:enviado|emitido|realizado|efectuado) un reembolso)"
    r"|vous avez (?:remboursé\b|(?:envoyé|émis|effectué) un remboursement)"
    r"|ha[i]? (?:rimborsato\b|(?:inviato|emesso|effettuato) un rimborso)"
    r"|您已(?:经|經)?(?:成功)?(?:向[^\n]{1,80})?(?:退款|退还|退還)"
    r"|您的退款已(?:经|經)?(?:发送|發送|发出|發出|完成)",
    re.IGNORECASE,
)

# One of these beside it, and nothing is told.
DOUBTFUL = re.compile(
    r"request|fail|declin|cancel|pending|unable|(?:could|was|were|has|have)(?: not|n(?:'|’)t)\b"
    r"|refund from|received a"
    r"|beantragt|fehlgeschlagen|abgelehnt|storniert|ausstehend|nicht\b|erhalten"
    r"|solicit|rechazad|pendiente|no se ha|recibido"
    r"|demand|échou|refus|en attente|n(?:'|’)a pas|reçu"
    r"|richiest|non è|rifiutat|in sospeso|ricevuto"
    r"|申请|申請|请求|請求|失败|失敗|未能|待处理|待處理|取消|收到",
    re.IGNORECASE,
)

# A sum with its currency; the sign alone where it is that of one currency.
SUM = re.compile(
    r"(?<![0-9.,])(?P<before>[€£]?)\s?(?P<number>[0-9][0-9.,’' \u00a0\u202f]{0,16}(?<=[0-9]))"
    r"[ \u00a0\u202f]?(?P<after>[€£$¥]?)(?:[ \u00a0\u202f]?(?P<code>[A-Z]{3})\b)?"
)
