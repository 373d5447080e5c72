"""What a staged file and its notes say to the seller, in the languages that sellers read.

The reply itself is written in the buyer's language by the templates; here are only the words
around it. `zh` serves zh-CN, `es` serves es-MX; a language without a table gets English.
"""

from __future__ import annotations

from collections.abc import Mapping

FALLBACK = "en"

LABELS: Mapping[str, Mapping[str, str]] = {
    "not_sent": {
        "en": "nothing below this line is sent",
        "zh": "本行以下的内容不会发送",
        "es": "nada de lo que sigue se envía",
    },
    "how": {
        "en": "To send, move this file to approved/ (edited or not). To drop it, to rejected/.",
        "zh": "要发送，请把此文件移到 approved/（可以先修改）；不发送，请移到 rejected/。",
        "es": "Para enviar, mueva este archivo a approved/ (editado o no). Para descartarlo, a "
        "rejected/.",
    },
    "how_pasted": {
        "en": "Nothing of this is sent by mail. Once you have pasted the reply on the site, move "
        "this file to approved/ (edited as you pasted it). To drop it, to rejected/.",
        "zh": "这里的内容不会通过邮件发送。在平台网站上粘贴发出后，请把此文件移到 approved/"
        "（如有修改，请改成实际发出的文字）；不回复，请移到 rejected/。",
        "es": "Nada de esto se envía por correo. Cuando haya pegado la respuesta en el sitio, "
        "mueva este archivo a approved/ (editado como la pegó). Para descartarla, a rejected/.",
    },
    "answer_there": {
        "en": "(Read the buyer's message on the site and answer it there. You may note here what "
        "you have answered; then move this file to approved/.)",
        "zh": "（请在平台网站上查看买家来信并在那里回复。可以在这里记下您的回复内容，"
        "然后把此文件移到 approved/。）",
        "es": "(Lea el mensaje del comprador en el sitio y respóndalo allí. Puede anotar aquí lo "
        "que respondió; luego mueva este archivo a approved/.)",
    },
    "deadline": {"en": "Answer by", "zh": "最迟回复时间", "es": "Responder antes de"},
    "situation": {"en": "Situation", "zh": "情况", "es": "Situación"},
    "order": {"en": "Order", "zh": "订单", "es": "Pedido"},
    "buyer": {"en": "Buyer", "zh": "买家", "es": "Comprador"},
    "returning": {"en": "has bought before", "zh": "老客户", "es": "ya ha comprado antes"},
    "large": {"en": "large order", "zh": "大额订单", "es": "pedido grande"},
    "warnings": {"en": "WARNINGS", "zh": "警告", "es": "AVISOS"},
    "words": {"en": "THE BUYER WROTE", "zh": "买家原文", "es": "EL COMPRADOR ESCRIBIÓ"},
    "gloss": {
        "en": "WHAT IT SPEAKS OF (word by word and rough; no translation)",
        "zh": "大致说到（逐词对照，粗略，不是翻译）",
        "es": "DE QUÉ HABLA (palabra por palabra y aproximado; no es una traducción)",
    },
    "facts": {"en": "FACTS", "zh": "订单信息", "es": "DATOS"},
    "reasons": {"en": "WHY IT LIES HERE", "zh": "留待您处理的原因", "es": "POR QUÉ ESTÁ AQUÍ"},
    "reply": {
        "en": "THE REPLY ABOVE, IN YOUR LANGUAGE",
        "zh": "上面这封回复的译文",
        "es": "LA RESPUESTA DE ARRIBA, EN SU IDIOMA",
    },
    "links": {"en": "LINKS", "zh": "链接", "es": "ENLACES"},
    "shortened": {
        "en": "(shortened here; the whole text is in the mailbox)",
        "zh": "（此处有删节，全文在邮箱里）",
        "es": "(acortado aquí; el texto completo está en el buzón)",
    },
}

# What is wrong with a file, and what the seller does about it. The codes are those of
# core/sheet/parse.py (what the file itself shows) and core/filing/judge.py (what the store knows).
TROUBLES: Mapping[str, Mapping[str, str]] = {
    "no_mark": {
        "en": "Not sent: the line beginning with '=== tactd' is missing, so the file cannot be "
        "matched to a reply. Put your text into the original file, or answer by hand.",
        "zh": "未发送：缺少以 '=== tactd' 开头的那一行，无法判断这是哪一封回复。"
        "请把您的文字写进原文件，或自行回复。",
        "es": "No enviado: falta la línea que empieza por '=== tactd', así que no se sabe a qué "
        "respuesta pertenece. Ponga su texto en el archivo original o responda a mano.",
    },
    "two_marks": {
        "en": "Not sent: two lines begin with '=== tactd'; two files may have got into one. Leave "
        "one reply in the file, then move it to approved/ again.",
        "zh": "未发送：有两行以 '=== tactd' 开头，可能两个文件混在了一起。"
        "请只留下一封回复，再移到 approved/。",
        "es": "No enviado: dos líneas empiezan por '=== tactd'; quizá se mezclaron dos archivos. "
        "Deje una sola respuesta y muévalo de nuevo a approved/.",
    },
    "no_id": {
        "en": "Not sent: the number after '=== tactd' is damaged. Put your text into the original "
        "file, or answer by hand.",
        "zh": "未发送：'=== tactd' 后面的编号已损坏。请把您的文字写进原文件，或自行回复。",
        "es": "No enviado: el número tras '=== tactd' está dañado. Ponga su texto en el archivo "
        "original o responda a mano.",
    },
    "unknown_id": {
        "en": "Not sent: tactd knows no reply with this number. Answer by hand.",
        "zh": "未发送：tactd 里没有这个编号的回复。请自行回复。",
        "es": "No enviado: tactd no conoce ninguna respuesta con este número. Responda a mano.",
    },
    "no_to": {
        "en": "Not sent: the line 'To:' is missing at the top. Put it back as it was, then move "
        "the file to approved/ again.",
        "zh": "未发送：文件开头缺少 'To:' 行。请恢复原样，再移到 approved/。",
        "es": "No enviado: falta la línea 'To:' al principio. Póngala como estaba y mueva el "
        "archivo de nuevo a approved/.",
    },
    "no_subject": {
        "en": "Not sent: there is no subject. Write one after 'Subject:' below the line 'To:', "
        "then move the file to approved/ again.",
        "zh": "未发送：没有主题。请在 'To:' 行下面的 'Subject:' 后写上主题，再移到 approved/。",
        "es": "No enviado: no hay asunto. Escríbalo tras 'Subject:' debajo de la línea 'To:' y "
        "mueva el archivo de nuevo a approved/.",
    },
    "extra_line": {
        "en": "Not sent: only the lines To: and Subject: may stand above the first empty line. "
        "Leave an empty line between them and the reply, then move the file to approved/ again.",
        "zh": "未发送：第一个空行之前只能有 To: 和 Subject: 两行。请在它们和正文之间留一个空行，"
        "再移到 approved/。",
        "es": "No enviado: antes de la primera línea vacía solo pueden estar To: y Subject:. Deje "
        "una línea vacía entre ellas y la respuesta y mueva el archivo de nuevo a approved/.",
    },
    "empty": {
        "en": "Not sent: the reply is empty. Write it above the line '=== tactd', then move the "
        "file to approved/ again; to send nothing, move it to rejected/.",
        "zh": "未发送：回复是空的。请写在 '=== tactd' 行之上，再移到 approved/；"
        "不想回复，请移到 rejected/。",
        "es": "No enviado: la respuesta está vacía. Escríbala encima de la línea '=== tactd' y "
        "mueva el archivo a approved/; si no quiere enviar nada, a rejected/.",
    },
    "lost_letters": {
        "en": "Not sent: some letters were lost when the file was saved (look for '?'). Correct "
        "the text, save it as UTF-8 and put this line in place of the one that begins with "
        "'=== tactd', then move the file to approved/ again:",
        "zh": "未发送：保存文件时有些字符丢失了（请查找 '?'）。请改正文字，以 UTF-8 保存，"
        "用下面这一行替换以 '=== tactd' 开头的那一行，再移到 approved/：",
        "es": "No enviado: al guardar se perdieron algunas letras (busque '?'). Corrija el texto, "
        "guárdelo como UTF-8, ponga esta línea en lugar de la que empieza por '=== tactd' y mueva "
        "el archivo de nuevo a approved/:",
    },
    "to_changed": {
        "en": "Not sent: the address after 'To:' was changed. tactd writes only to the address "
        "that the order is tied to. Put it back, then move the file to approved/ again; to write "
        "to another address, use your mail program.",
        "zh": "未发送：'To:' 后的地址被改过。tactd 只发给与订单绑定的地址。请改回来，"
        "再移到 approved/；要发到别的地址，请用您的邮件软件。",
        "es": "No enviado: se cambió la dirección tras 'To:'. tactd solo escribe a la dirección "
        "ligada al pedido. Restáurela y mueva el archivo a approved/; para escribir a otra, use "
        "su programa de correo.",
    },
    "blanks": {
        "en": "Not sent: something in [[ ]] is still to be filled in. Replace it together with "
        "the brackets, then move the file to approved/ again.",
        "zh": "未发送：[[ ]] 里还有内容没有填写。请连同括号一起替换，再移到 approved/。",
        "es": "No enviado: queda algo entre [[ ]] por rellenar. Sustitúyalo junto con los "
        "corchetes y mueva el archivo de nuevo a approved/.",
    },
    "conflict": {
        "en": "Two files of this reply hold different texts, and only you know which one is "
        "right. Keep one of them and move that one to approved/.",
        "zh": "这封回复有两个文件，内容不同，只有您知道哪一份是对的。请保留一份，移到 approved/。",
        "es": "Hay dos archivos de esta respuesta con textos distintos, y solo usted sabe cuál es "
        "el bueno. Quédese con uno y muévalo a approved/.",
    },
    "two_decisions": {
        "en": "Not sent: one copy of this reply lay in approved/ and another in rejected/. Move "
        "one of them to the folder that you meant.",
        "zh": "未发送：这封回复的一个副本在 approved/，另一个在 rejected/。"
        "请按您的本意，把其中一个移到相应的文件夹。",
        "es": "No enviado: una copia de esta respuesta estaba en approved/ y otra en rejected/. "
        "Mueva una de ellas a la carpeta que quería.",
    },
    "already_sent": {
        "en": "This reply was sent already, and this file holds another text. It was not sent "
        "again. To add something, write to the buyer from your mail program.",
        "zh": "这封回复已经发出，而此文件内容不同，没有再次发送。"
        "如需补充，请用您的邮件软件写给买家。",
        "es": "Esta respuesta ya se envió y este archivo tiene otro texto; no se envió de nuevo. "
        "Para añadir algo, escriba al comprador desde su programa de correo.",
    },
    "already_rejected": {
        "en": "Not sent: you rejected this reply before. To answer after all, copy your text into "
        "your mail program.",
        "zh": "未发送：您之前已放弃这封回复。如果仍要回复，请把文字复制到您的邮件软件中发送。",
        "es": "No enviado: usted ya rechazó esta respuesta. Si aun así quiere responder, copie el "
        "texto en su programa de correo.",
    },
    "withdrawn": {
        "en": "Not sent: this reply was withdrawn, because the buyer wrote again, you answered "
        "yourself, or the facts changed. Look for the newer draft in staged/ and put your text "
        "there.",
        "zh": "未发送：这封回复已撤回（买家又来信了、您自己已回复，或情况有变）。"
        "请到 staged/ 找新的草稿，把您的文字写在那里。",
        "es": "No enviado: esta respuesta se retiró porque el comprador volvió a escribir, usted "
        "mismo respondió o los datos cambiaron. Busque el borrador nuevo en staged/ y ponga allí "
        "su texto.",
    },
    "unclear": {
        "en": "Not sent again: it is not known whether the first try reached the buyer. Look into "
        "your Sent folder or ask the buyer; tactd never sends a reply twice.",
        "zh": "没有再次发送：无法确定第一次是否已送达买家。请查看“已发送”文件夹，或向买家询问；"
        "tactd 绝不会把同一封回复发两次。",
        "es": "No se envió de nuevo: no se sabe si el primer intento llegó al comprador. Mire en "
        "Enviados o pregúntele; tactd nunca envía dos veces la misma respuesta.",
    },
    "too_big": {
        "en": "Not read: the file is larger than 1 MB. A staged reply is plain text.",
        "zh": "未读取：文件超过 1 MB。待审回复是纯文本文件。",
        "es": "No leído: el archivo pesa más de 1 MB. Una respuesta preparada es texto sin "
        "formato.",
    },
}


def base_language(language: str) -> str:
    """The table that serves a BCP 47 tag: "es-MX" → "es", "pt-BR" → "en"."""
    base = language.split("-")[0].lower()
    return base if base in LABELS["order"] else FALLBACK


def label(key: str, language: str) -> str:
    """Raises KeyError for a key that has no row."""
    return LABELS[key][base_language(language)]


def trouble(code: str, language: str) -> str:
    """What is wrong with a file and what to do about it. Raises KeyError for an unknown code."""
    return TROUBLES[code][base_language(language)]
