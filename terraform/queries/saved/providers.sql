WITH tagged AS (
  SELECT message_id, min(CASE WHEN strpos(tags, '"ses:recipient-isp"') > 0 THEN json_extract_scalar(tags, '$["ses:recipient-isp"][0]') END) AS isp
  FROM unique_events
  WHERE CASE WHEN strpos(tags, '"ses:recipient-isp"') > 0 THEN json_extract_scalar(tags, '$["ses:recipient-isp"][0]') END IS NOT NULL AND cardinality(destination) = 1
  GROUP BY message_id
),
counted AS (
  SELECT
    domain, isp,
    count(*) FILTER (WHERE sent) AS sent,
    count(*) FILTER (WHERE delivered) AS delivered,
    count(*) FILTER (WHERE bounced) AS bounced,
    count(*) FILTER (WHERE soft_bounced) AS soft_bounced,
    count(*) FILTER (WHERE complained) AS complained,
    count(*) FILTER (WHERE delayed) AS delayed
  FROM emails LEFT JOIN tagged ON tagged.message_id = emails.message_id
  WHERE true
  GROUP BY domain, isp
),
named AS (
  SELECT *, CASE WHEN domain IN ('gmail.com', 'googlemail.com') THEN 'Gmail'
    WHEN domain IN ('outlook.com', 'outlook.at', 'outlook.be', 'outlook.cl', 'outlook.co.id', 'outlook.co.th', 'outlook.com.ar', 'outlook.com.au', 'outlook.com.br', 'outlook.com.tr', 'outlook.com.vn', 'outlook.cz', 'outlook.de', 'outlook.dk', 'outlook.es', 'outlook.fr', 'outlook.hu', 'outlook.ie', 'outlook.in', 'outlook.it', 'outlook.jp', 'outlook.kr', 'outlook.lv', 'outlook.my', 'outlook.ph', 'outlook.pt', 'outlook.sa', 'outlook.sg', 'outlook.sk', 'hotmail.com', 'hotmail.be', 'hotmail.ca', 'hotmail.ch', 'hotmail.cl', 'hotmail.co.jp', 'hotmail.co.kr', 'hotmail.co.nz', 'hotmail.co.th', 'hotmail.co.uk', 'hotmail.co.za', 'hotmail.com.ar', 'hotmail.com.au', 'hotmail.com.br', 'hotmail.com.tr', 'hotmail.de', 'hotmail.dk', 'hotmail.es', 'hotmail.fi', 'hotmail.fr', 'hotmail.gr', 'hotmail.it', 'hotmail.nl', 'hotmail.no', 'hotmail.se', 'live.com', 'live.at', 'live.be', 'live.ca', 'live.cl', 'live.cn', 'live.co.uk', 'live.co.za', 'live.com.ar', 'live.com.au', 'live.com.mx', 'live.com.pt', 'live.de', 'live.dk', 'live.fi', 'live.fr', 'live.ie', 'live.in', 'live.it', 'live.jp', 'live.nl', 'live.no', 'live.ru', 'live.se', 'msn.com', 'windowslive.com', 'passport.com') THEN 'Outlook.com'
    WHEN domain IN ('yahoo.com', 'yahoo.at', 'yahoo.be', 'yahoo.ca', 'yahoo.cn', 'yahoo.co.id', 'yahoo.co.in', 'yahoo.co.kr', 'yahoo.co.nz', 'yahoo.co.th', 'yahoo.co.uk', 'yahoo.co.za', 'yahoo.com.ar', 'yahoo.com.au', 'yahoo.com.br', 'yahoo.com.cn', 'yahoo.com.co', 'yahoo.com.hk', 'yahoo.com.mx', 'yahoo.com.my', 'yahoo.com.pe', 'yahoo.com.ph', 'yahoo.com.sg', 'yahoo.com.tr', 'yahoo.com.tw', 'yahoo.com.vn', 'yahoo.cz', 'yahoo.de', 'yahoo.dk', 'yahoo.es', 'yahoo.fi', 'yahoo.fr', 'yahoo.gr', 'yahoo.hu', 'yahoo.ie', 'yahoo.in', 'yahoo.it', 'yahoo.nl', 'yahoo.no', 'yahoo.pl', 'yahoo.pt', 'yahoo.ro', 'yahoo.se', 'ymail.com', 'rocketmail.com', 'myyahoo.com') THEN 'Yahoo'
    WHEN domain IN ('yahoo.co.jp', 'ybb.ne.jp') THEN 'Yahoo Japan'
    WHEN domain IN ('aol.com', 'aol.co.uk', 'aol.de', 'aol.fr', 'aol.it', 'aim.com', 'netscape.net', 'verizon.net') THEN 'AOL'
    WHEN domain IN ('icloud.com', 'me.com', 'mac.com', 'privaterelay.appleid.com') THEN 'Apple iCloud'
    WHEN domain IN ('gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch', 'gmx.com', 'gmx.eu', 'gmx.co.uk', 'gmx.fr', 'gmx.es') THEN 'GMX'
    WHEN domain IN ('web.de', 'email.de') THEN 'WEB.DE'
    WHEN domain IN ('mail.com', 'email.com', 'usa.com', 'consultant.com', 'post.com', 'myself.com') THEN 'mail.com'
    WHEN domain IN ('t-online.de', 'magenta.de') THEN 'T-Online'
    WHEN domain IN ('freenet.de') THEN 'freenet'
    WHEN domain IN ('mail.ru', 'bk.ru', 'inbox.ru', 'list.ru', 'internet.ru', 'xmail.ru') THEN 'Mail.ru'
    WHEN domain IN ('yandex.ru', 'yandex.com', 'yandex.by', 'yandex.kz', 'yandex.ua', 'ya.ru', 'narod.ru') THEN 'Yandex'
    WHEN domain IN ('rambler.ru', 'lenta.ru', 'autorambler.ru', 'myrambler.ru', 'ro.ru') THEN 'Rambler'
    WHEN domain IN ('proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me') THEN 'Proton'
    WHEN domain IN ('tuta.com', 'tutanota.com', 'tutanota.de', 'tutamail.com', 'tuta.io', 'keemail.me') THEN 'Tuta'
    WHEN domain IN ('fastmail.com', 'fastmail.fm') THEN 'Fastmail'
    WHEN domain IN ('zoho.com', 'zohomail.com', 'zohomail.eu', 'zohomail.in', 'zoho.eu', 'zoho.in') THEN 'Zoho'
    WHEN domain IN ('comcast.net', 'xfinity.com') THEN 'Comcast'
    WHEN domain IN ('att.net', 'sbcglobal.net', 'bellsouth.net', 'pacbell.net', 'ameritech.net', 'swbell.net') THEN 'AT&T'
    WHEN domain IN ('cox.net') THEN 'Cox'
    WHEN domain IN ('charter.net', 'spectrum.net', 'rr.com', 'roadrunner.com', 'twc.com') THEN 'Charter'
    WHEN domain IN ('earthlink.net', 'mindspring.com') THEN 'EarthLink'
    WHEN domain IN ('bell.net', 'sympatico.ca') THEN 'Bell'
    WHEN domain IN ('rogers.com') THEN 'Rogers'
    WHEN domain IN ('telus.net') THEN 'Telus'
    WHEN domain IN ('shaw.ca') THEN 'Shaw'
    WHEN domain IN ('btinternet.com', 'btopenworld.com', 'talk21.com') THEN 'BT'
    WHEN domain IN ('sky.com') THEN 'Sky'
    WHEN domain IN ('virginmedia.com', 'ntlworld.com', 'blueyonder.co.uk', 'virgin.net') THEN 'Virgin Media'
    WHEN domain IN ('talktalk.net', 'tiscali.co.uk', 'lineone.net') THEN 'TalkTalk'
    WHEN domain IN ('orange.fr', 'wanadoo.fr') THEN 'Orange'
    WHEN domain IN ('free.fr', 'aliceadsl.fr') THEN 'Free'
    WHEN domain IN ('sfr.fr', 'neuf.fr', 'cegetel.net', 'club-internet.fr', 'numericable.fr') THEN 'SFR'
    WHEN domain IN ('laposte.net') THEN 'La Poste'
    WHEN domain IN ('bbox.fr') THEN 'Bouygues Telecom'
    WHEN domain IN ('libero.it', 'iol.it', 'inwind.it', 'blu.it', 'giallo.it') THEN 'Libero'
    WHEN domain IN ('virgilio.it', 'alice.it', 'tim.it', 'tin.it') THEN 'Virgilio and TIM'
    WHEN domain IN ('tiscali.it') THEN 'Tiscali'
    WHEN domain IN ('ziggo.nl', 'home.nl', 'upcmail.nl', 'casema.nl', 'chello.nl') THEN 'Ziggo'
    WHEN domain IN ('kpnmail.nl', 'planet.nl', 'hetnet.nl', 'xs4all.nl') THEN 'KPN'
    WHEN domain IN ('telenet.be') THEN 'Telenet'
    WHEN domain IN ('proximus.be', 'skynet.be') THEN 'Proximus'
    WHEN domain IN ('bluewin.ch') THEN 'Bluewin'
    WHEN domain IN ('a1.net', 'aon.at') THEN 'A1'
    WHEN domain IN ('seznam.cz', 'email.cz', 'post.cz', 'spoluzaci.cz') THEN 'Seznam.cz'
    WHEN domain IN ('wp.pl', 'o2.pl', 'tlen.pl') THEN 'WP'
    WHEN domain IN ('onet.pl', 'op.pl', 'onet.eu', 'poczta.onet.pl', 'vp.pl') THEN 'Onet'
    WHEN domain IN ('interia.pl', 'interia.eu', 'poczta.fm') THEN 'Interia'
    WHEN domain IN ('uol.com.br', 'bol.com.br') THEN 'UOL'
    WHEN domain IN ('terra.com.br') THEN 'Terra'
    WHEN domain IN ('rediffmail.com') THEN 'Rediffmail'
    WHEN domain IN ('qq.com', 'foxmail.com', 'vip.qq.com') THEN 'QQ'
    WHEN domain IN ('163.com', '126.com', 'yeah.net', 'vip.163.com', '188.com') THEN 'NetEase'
    WHEN domain IN ('sina.com', 'sina.cn', 'vip.sina.com') THEN 'Sina'
    WHEN domain IN ('sohu.com') THEN 'Sohu'
    WHEN domain IN ('aliyun.com') THEN 'Aliyun'
    WHEN domain IN ('139.com') THEN '139 Mail'
    WHEN domain IN ('naver.com') THEN 'Naver'
    WHEN domain IN ('hanmail.net', 'daum.net', 'kakao.com') THEN 'Kakao'
    WHEN domain IN ('nate.com') THEN 'Nate'
    WHEN domain IN ('docomo.ne.jp') THEN 'docomo'
    WHEN domain IN ('ezweb.ne.jp', 'au.com') THEN 'au'
    WHEN domain IN ('softbank.ne.jp', 'i.softbank.jp') THEN 'SoftBank'
    WHEN domain IN ('bigpond.com', 'bigpond.net.au', 'telstra.com') THEN 'Bigpond'
    WHEN domain IN ('optusnet.com.au') THEN 'Optus'
    ELSE CASE lower(isp) WHEN 'gmail' THEN 'Gmail' WHEN 'outlook.com' THEN 'Outlook.com' WHEN 'yahoo' THEN 'Yahoo' WHEN 'yahoo japan' THEN 'Yahoo Japan' WHEN 'aol' THEN 'AOL' WHEN 'apple icloud' THEN 'Apple iCloud' WHEN 'gmx' THEN 'GMX' WHEN 'web.de' THEN 'WEB.DE' WHEN 'mail.com' THEN 'mail.com' WHEN 't-online' THEN 'T-Online' WHEN 'freenet' THEN 'freenet' WHEN 'mail.ru' THEN 'Mail.ru' WHEN 'yandex' THEN 'Yandex' WHEN 'rambler' THEN 'Rambler' WHEN 'proton' THEN 'Proton' WHEN 'tuta' THEN 'Tuta' WHEN 'fastmail' THEN 'Fastmail' WHEN 'zoho' THEN 'Zoho' WHEN 'comcast' THEN 'Comcast' WHEN 'at&t' THEN 'AT&T' WHEN 'cox' THEN 'Cox' WHEN 'charter' THEN 'Charter' WHEN 'earthlink' THEN 'EarthLink' WHEN 'bell' THEN 'Bell' WHEN 'rogers' THEN 'Rogers' WHEN 'telus' THEN 'Telus' WHEN 'shaw' THEN 'Shaw' WHEN 'bt' THEN 'BT' WHEN 'sky' THEN 'Sky' WHEN 'virgin media' THEN 'Virgin Media' WHEN 'talktalk' THEN 'TalkTalk' WHEN 'orange' THEN 'Orange' WHEN 'free' THEN 'Free' WHEN 'sfr' THEN 'SFR' WHEN 'la poste' THEN 'La Poste' WHEN 'bouygues telecom' THEN 'Bouygues Telecom' WHEN 'libero' THEN 'Libero' WHEN 'virgilio and tim' THEN 'Virgilio and TIM' WHEN 'tiscali' THEN 'Tiscali' WHEN 'ziggo' THEN 'Ziggo' WHEN 'kpn' THEN 'KPN' WHEN 'telenet' THEN 'Telenet' WHEN 'proximus' THEN 'Proximus' WHEN 'bluewin' THEN 'Bluewin' WHEN 'a1' THEN 'A1' WHEN 'seznam.cz' THEN 'Seznam.cz' WHEN 'wp' THEN 'WP' WHEN 'onet' THEN 'Onet' WHEN 'interia' THEN 'Interia' WHEN 'uol' THEN 'UOL' WHEN 'terra' THEN 'Terra' WHEN 'rediffmail' THEN 'Rediffmail' WHEN 'qq' THEN 'QQ' WHEN 'netease' THEN 'NetEase' WHEN 'sina' THEN 'Sina' WHEN 'sohu' THEN 'Sohu' WHEN 'aliyun' THEN 'Aliyun' WHEN '139 mail' THEN '139 Mail' WHEN 'naver' THEN 'Naver' WHEN 'kakao' THEN 'Kakao' WHEN 'nate' THEN 'Nate' WHEN 'docomo' THEN 'docomo' WHEN 'au' THEN 'au' WHEN 'softbank' THEN 'SoftBank' WHEN 'bigpond' THEN 'Bigpond' WHEN 'optus' THEN 'Optus' WHEN 'unknown_isp' THEN 'other' ELSE coalesce(isp, 'other') END END AS provider
  FROM counted
),
summed AS (
  SELECT
    provider, count(DISTINCT domain) AS domains,
    CAST(sum(sent) AS bigint) AS sent, CAST(sum(delivered) AS bigint) AS delivered,
    CAST(sum(bounced) AS bigint) AS bounced, CAST(sum(soft_bounced) AS bigint) AS soft_bounced,
    CAST(sum(complained) AS bigint) AS complained, CAST(sum(delayed) AS bigint) AS delayed
  FROM named
  GROUP BY provider
)
SELECT
  provider, domains, sent, delivered, CAST(delivered AS double) / nullif(sent, 0) AS delivery_rate,
  bounced, CAST(bounced AS double) / nullif(sent, 0) AS bounce_rate,
  soft_bounced, complained, CAST(complained AS double) / nullif(sent, 0) AS complaint_rate, delayed
FROM summed
ORDER BY sent DESC, provider
LIMIT 100
