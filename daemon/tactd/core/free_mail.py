"""Where everybody can have an address, so that a domain says nothing about who writes."""

from __future__ import annotations

from typing import Final

# The usual providers, by the language of their countries. Under one that is missing here ten
# automatic answers an hour go out by themselves and the rest is staged: a nuisance, no harm.
_BY_LANGUAGE: Final = {
    "everywhere": """
        gmail.com googlemail.com outlook.com hotmail.com live.com msn.com passport.com
        yahoo.com ymail.com rocketmail.com myyahoo.com aol.com aim.com icloud.com me.com
        mac.com proton.me protonmail.com protonmail.ch pm.me tutanota.com tuta.com
        tutamail.com mail.com email.com fastmail.com fastmail.fm zoho.com zohomail.com
        gmx.com gmx.net hey.com duck.com privaterelay.appleid.com mozmail.com inbox.com
        hushmail.com usa.com post.com
    """,
    "english": """
        yahoo.co.uk hotmail.co.uk live.co.uk outlook.co.uk btinternet.com sky.com
        talktalk.net virginmedia.com ntlworld.com blueyonder.co.uk tiscali.co.uk
        eircom.net yahoo.ie comcast.net verizon.net att.net sbcglobal.net bellsouth.net
        cox.net charter.net earthlink.net juno.com netzero.net optonline.net frontier.com
        windstream.net roadrunner.com yahoo.ca hotmail.ca live.ca rogers.com shaw.ca
        sympatico.ca bell.net telus.net videotron.ca yahoo.com.au hotmail.com.au
        live.com.au outlook.com.au bigpond.com bigpond.net.au optusnet.com.au iinet.net.au
        tpg.com.au xtra.co.nz yahoo.co.nz slingshot.co.nz yahoo.co.in yahoo.in
        rediffmail.com yahoo.com.sg yahoo.com.ph yahoo.com.my mweb.co.za
    """,
    "german": """
        gmx.de gmx.at gmx.ch web.de t-online.de freenet.de arcor.de 1und1.de online.de
        posteo.de posteo.net mailbox.org yahoo.de hotmail.de live.de outlook.de email.de
        mail.de kabelmail.de unitybox.de vodafone.de o2mail.de magenta.de aon.at chello.at
        inode.at bluewin.ch hispeed.ch sunrise.ch swissonline.ch outlook.at live.at
        yahoo.at hotmail.ch
    """,
    "french": """
        orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr
        aliceadsl.fr club-internet.fr yahoo.fr hotmail.fr live.fr outlook.fr gmx.fr
        skynet.be telenet.be proximus.be scarlet.be voo.be hotmail.be outlook.be live.be
        yahoo.be
    """,
    "spanish": """
        yahoo.es hotmail.es live.com.es outlook.es telefonica.net terra.es ono.com
        movistar.es yahoo.com.mx hotmail.com.mx live.com.mx prodigy.net.mx outlook.com.mx
        yahoo.com.ar hotmail.com.ar live.com.ar fibertel.com.ar speedy.com.ar arnet.com.ar
        ciudad.com.ar outlook.com.ar yahoo.cl hotmail.cl outlook.cl vtr.net yahoo.com.co
        yahoo.com.pe yahoo.com.ve
    """,
    "italian": """
        libero.it virgilio.it alice.it tin.it tim.it tiscali.it fastwebnet.it inwind.it
        iol.it email.it yahoo.it hotmail.it live.it outlook.it poste.it aruba.it pec.it
    """,
    "dutch": """
        ziggo.nl kpnmail.nl planet.nl hetnet.nl xs4all.nl home.nl upcmail.nl chello.nl
        casema.nl quicknet.nl telfort.nl tele2.nl online.nl hotmail.nl live.nl outlook.nl
        yahoo.nl
    """,
    "polish": """
        wp.pl o2.pl onet.pl op.pl poczta.onet.pl interia.pl interia.eu poczta.fm gazeta.pl
        vp.pl tlen.pl onet.eu autograf.pl go2.pl buziaczek.pl yahoo.pl
    """,
    "portuguese": """
        sapo.pt mail.telepac.pt netcabo.pt clix.pt iol.pt hotmail.pt live.com.pt
        outlook.pt uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com
        r7.com zipmail.com.br yahoo.com.br hotmail.com.br outlook.com.br oi.com.br
    """,
    "russian": """
        mail.ru bk.ru inbox.ru list.ru internet.ru xmail.ru yandex.ru yandex.com ya.ru
        narod.ru rambler.ru lenta.ru ro.ru autorambler.ru myrambler.ru yandex.by yandex.kz
        yandex.ua yandex.com.tr tut.by ukr.net i.ua meta.ua bigmir.net
    """,
    "turkish, arabic": """
        mynet.com ttmail.com superonline.com turk.net hotmail.com.tr yahoo.com.tr
        outlook.com.tr maktoob.com yahoo.ae emirates.net.ae eim.ae
    """,
    "chinese": """
        qq.com vip.qq.com foxmail.com 163.com vip.163.com 126.com vip.126.com yeah.net
        188.com sina.com sina.cn vip.sina.com sohu.com vip.sohu.com 139.com 189.cn wo.cn
        tom.com 21cn.com 263.net aliyun.com yahoo.com.cn yahoo.cn hotmail.com.cn
        outlook.cn yahoo.com.tw hinet.net msa.hinet.net seed.net.tw pchome.com.tw
        yahoo.com.hk netvigator.com hkbn.net i-cable.com
    """,
    "japanese": """
        yahoo.co.jp ybb.ne.jp docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp i.softbank.jp
        vodafone.ne.jp nifty.com biglobe.ne.jp so-net.ne.jp ocn.ne.jp plala.or.jp
        dion.ne.jp excite.co.jp goo.jp infoseek.jp rakuten.jp hotmail.co.jp live.jp
        outlook.jp ymobile.ne.jp
    """,
    "korean": """
        naver.com hanmail.net daum.net kakao.com nate.com korea.com dreamwiz.com chol.com
        hanmir.com yahoo.co.kr empas.com lycos.co.kr outlook.kr hotmail.co.kr
    """,
    "indonesian": """
        yahoo.co.id ymail.co.id plasa.com telkom.net rocketmail.co.id outlook.co.id
        cbn.net.id
    """,
}

FREE_MAIL: Final = frozenset(one for some in _BY_LANGUAGE.values() for one in some.split())
