"""Messages as buyers write them, all invented, one a line."""

from __future__ import annotations

WHERE = """
Where is my order?
where's my package
Hi, where is my parcel please?
Hello, my order has not arrived yet.
I still haven't received my item.
It has been five weeks and I have not received anything.
When will my parcel arrive?
When will I receive my order?
Can you tell me when my package will arrive?
I'm still waiting for my parcel
Could you please send me the tracking number?
Do you have any update on my order?
What is the status of my order?
Has my order been shipped?
When will you ship my order?
The tracking has not updated for ten days. Where is my item?
Tracking says delivered but I have not received it
My package never arrived
nothing has arrived so far
I ordered this on the 3rd and it still isn't here
Hello, could you check where my order is? Thanks
how long until my parcel arrives
我的包裹到哪里了？
还没收到货
我的快递到哪了
请问什么时候能到？
你好，我买的东西一直没收到
包裹还没到，麻烦查一下
都一个月了，货还没到
什么时候发货？
可以给我物流单号吗？
我還沒有收到包裹，請問到哪裡了
订单现在是什么状态？
等了三个星期，还没有收到
亲，快递单号是多少
¿Dónde está mi pedido?
Hola, mi paquete todavía no ha llegado.
No he recibido mi pedido
Buenas tardes, ¿cuándo llegará mi pedido?
Aún no me ha llegado nada
sigo esperando mi paquete
¿Me puede dar el número de seguimiento?
Hace un mes que compré y no he recibido el producto
¿Cuándo enviarán mi pedido?
Mi pedido no llega, ¿dónde está?
donde esta mi paquete por favor
Hola, quisiera saber dónde está mi envío. Gracias
""".strip().splitlines()

REFUND = """
I want a refund
Please refund me
I would like my money back please
Can I get a refund?
Please give me a full refund.
I am requesting a refund for this order
I demand a full refund now.
refund please
Hello, I need a refund for my order. Thank you
Refund my order please
Where is my refund?
When will I get my refund?
I have not received my refund yet
I want to get my money back
Could you please refund my money?
What is the status of my refund?
Still waiting for my refund
Kindly reimburse me
I'd like to request a refund
please can i have my money back
我要退款
请给我退款
你好，我要求全额退款
我想申请退款
麻烦退款
請退款給我，謝謝
我的退款什么时候到？
还没收到退款
给我退钱
我要求退还全部货款
请把钱退给我，我要退款
希望能退款
Quiero un reembolso
Quiero que me devuelvan el dinero
Solicito el reembolso de mi pedido, por favor.
Por favor, devuélvame el dinero
Necesito un reembolso completo
¿Dónde está mi reembolso?
¿Cuándo recibiré mi reembolso?
Todavía no he recibido el reembolso
Hola, quisiera solicitar un reembolso. Gracias
¿Me pueden reembolsar el dinero?
Exijo mi dinero de vuelta
""".strip().splitlines()

FEEDBACK = """
Great seller, fast shipping!
Item arrived quickly and is perfect. Thank you!
Excellent product, very happy with it
I love it! Great quality.
Everything was perfect, thank you
I left you positive feedback, great item
Five stars! Very fast delivery.
Very satisfied with my purchase
Beautiful item, exactly as described. Thanks!
Received today, excellent quality
Wonderful service and a lovely product
Super fast shipping, highly recommended seller
My order came today and it is awesome, thank you so much
Thank you very much for the fast delivery, the item is great
Amazing quality, I recommend this shop
Just received it, works perfectly
good product good price
东西很好，很满意，谢谢！
质量不错，物流很快
已经收到，非常满意
宝贝很漂亮，喜欢
五星好评！
卖家服务很好，推荐
包装很好，质量很棒
收到了，很喜欢
已经给了好评，东西很好
商品質量很好，謝謝
发货很快，好评
非常好的卖家，东西很棒
好用，物美价廉，推荐
Excelente vendedor, envío rápido
Todo perfecto, muchas gracias
Muy buen producto, estoy muy contento
El producto es excelente, lo recomiendo
Me encanta, muy buena calidad
Ya lo recibí, todo muy bien, gracias
Llegó rápido y en perfecto estado, gracias
Muy satisfecho con la compra
Cinco estrellas, producto muy bonito
Envío muy rápido y buen servicio
He dejado una valoración positiva, excelente producto
Recomendable, todo genial
""".strip().splitlines()

THANKS = """
Thank you!
Thanks for your reply.
Thanks, it came today
Thank you very much for your help
ok thanks
Got it, thank you
谢谢
好的，谢谢
收到了，谢谢
Muchas gracias
Gracias por su respuesta
Ya llegó, gracias
""".strip().splitlines()

OPT_OUT = """
Stop emailing me
Please stop sending me messages.
Please unsubscribe me
Do not contact me again please
Please do not write to me anymore
No more emails please
不要再给我发邮件了
请不要再联系我
别再发了，谢谢
Dejen de escribirme
Por favor no me escriban más
No quiero recibir más correos
""".strip().splitlines()

# Never sure of where, refund or feedback: (why, message).
HARD = [
    tuple(line.split(" | ", 1))
    for line in """
pre-sale | If I order today when will I get it?
pre-sale | when will I receive it if I buy now
pre-sale | How long does shipping take to Spain?
pre-sale | Do you ship to Canada? When would it arrive?
pre-sale | What is your refund policy?
pre-sale | Can I get a refund if it does not fit?
pre-sale | Do you offer refunds?
pre-sale | Where is this item made?
pre-sale | where do you ship from
pre-sale | When will this product be back in stock?
pre-sale | When will this item come again?
pre-sale | How much is shipping and when does it arrive?
pre-sale | Before buying I want to know where the item is located
pre-sale | 如果今天下单什么时候能到？
pre-sale | 可以寄到哪些国家？
pre-sale | 一般几天能到
pre-sale | 如果不合适可以退款吗？
pre-sale | 你们的退款政策是什么？
pre-sale | 什么时候有货？
pre-sale | 拍下后多久发货
pre-sale | Si compro hoy, ¿cuándo llega?
pre-sale | ¿Cuánto tarda el envío a México?
pre-sale | ¿Cuál es la política de reembolso?
pre-sale | Si no me queda bien, ¿puedo pedir un reembolso?
pre-sale | ¿Cuándo tendrán stock del producto?
pre-sale | Where is the button on this item?
refused | I do not want a refund
refused | I don't want a refund, I want the part that is missing
refused | No refund needed, just a new one
refused | I want a replacement instead of a refund
refused | 我不要退款
refused | 不需要退款，给我换一个就好
refused | No quiero un reembolso, quiero otro
settled | Thanks, it came today, where is the manual?
settled | Never mind, the parcel arrived. I asked where is my order yesterday.
settled | Thanks for the refund!
settled | I received the refund, thank you
settled | 退款收到了，谢谢
settled | Ya recibí el reembolso, gracias
settled | Thanks for the tracking number
fault | great phone but the screen is broken
fault | Nice dress but too small
fault | The item arrived damaged, I want a refund
fault | I love it, but one piece is missing
fault | Received the wrong item, please refund
fault | 质量不错但是颜色发错了
fault | 东西坏了，我要退款
fault | 收到了，但是不能用
fault | Muy bonito pero llegó roto
fault | El producto está defectuoso, quiero mi dinero
fault | Half of my order arrived, where is the rest?
not praise | I am not happy with this product
not praise | Not good quality
not praise | The quality is bad, great seller my foot
not praise | Great, another week without my parcel
not praise | Thanks for nothing
not praise | I will leave good feedback when it arrives
not praise | I will give 5 stars if you refund me
not praise | How do I leave feedback?
not praise | Please change my review to positive
not praise | 质量不好，不满意
not praise | 等收到了再给好评
not praise | No estoy contento con el producto
not praise | Excelente, otra semana sin mi paquete
two things | It has not arrived, I want a refund
two things | Where is my order? Also, do you have it in blue?
two things | I have not received my parcel. Is the lamp dimmable?
two things | 还没收到货，我要退款
two things | No ha llegado, quiero un reembolso
two things | Great product! Can you make me a discount on the next?
two things | Where is my order? Please change my address to 5 Elm Street.
other | I want to cancel my order, where is it?
other | Please cancel and refund
other | I want to return it and get my money back
other | Did you receive my payment? When will you ship my order?
other | My parcel is stuck in customs, where is it?
other | I have not received a reply
other | I have not received an invoice
other | I was charged twice, please refund
other | Can I get a partial refund for the scratch?
other | 我想取消订单，请退款
other | 帮我改地址，什么时候发货？
other | Quiero cancelar mi pedido y un reembolso
other | Quiero devolver el producto
other | Is this a refund for my last order?
other | How do refunds work?
risk | Where is my order? I will call my lawyer
risk | Refund me now or I open a case with PayPal
risk | Where is my parcel you idiot
risk | It burned my hand, I want a refund
risk | This is a scam, where is my order?
risk | I want to speak to a real person. Where is my order?
risk | 再不退款我就报警，我要退款
risk | 骗子，我的包裹在哪里
risk | Quiero un reembolso o los denuncio
risk | ¿Dónde está mi pedido, ladrones?
turned | When is the sale over?
turned | The parcel has been returned to sender, where is it now?
turned | I have not received my item back from repair
turned | I returned the parcel, when will it arrive at your place?
turned | When did you receive my parcel?
turned | The item did not arrive in good condition
turned | No he recibido el artículo correcto
turned | 没有收到完整的货
turned | I did not get the item to work
turned | I have not received the package from my sister
turned | It did not come with a charger
turned | It does not come in blue?
turned | He recibido el paquete pero no ha llegado completo
turned | Where is it from?
turned | I sent back the item, I want to know when will I get it refunded
turned | Extra 10% off, when will I get it on my coupon?
turned | Does it get delivered or cannot be delivered to my town?
displeased | Thanks for nothing. Where is my parcel?
language | refund
language | Var är mitt paket?
""".strip().splitlines()
]

RISKS = {
    "legal_threat": ("I will sue you", "我要起诉你们", "voy a hablar con mi abogado"),
    "chargeback": ("I will file a chargeback", "我要开纠纷", "voy a abrir un caso"),
    "abuse": ("you are idiots", "混蛋卖家", "sois unos imbeciles"),
    "injury": ("the charger exploded", "孩子受伤了", "me ha producido una quemadura"),
    "fraud": ("you are scammers", "这是假货", "esto es una estafa"),
    "wants_human": (
        "let me talk to a real person",
        "我要找人工客服",
        "quiero hablar con usted",
    ),
    "displeasure": ("this is ridiculous", "太失望了", "estoy muy decepcionada"),
    "several_questions": (
        "Where is my order? Is the lamp dimmable?",
        "我的包裹到哪里了？这个灯可以调光吗？",
        "¿Dónde está mi pedido? ¿La lámpara es regulable?",
    ),
}
