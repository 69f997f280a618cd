import type { Dialect } from '../dialects/dialect';
import { sqlText } from '../dialects/literals';

/**
 * Mailbox providers with the domains of their consumer mailboxes. A company's domain whose mail a provider hosts, such as
 * with Google Workspace or Microsoft 365, is not recognizable from the domain.
 */
const mailboxProviders: Readonly<Record<string, readonly string[]>> = {
  Gmail: ['gmail.com', 'googlemail.com'],
  'Outlook.com': [
    ...['outlook.com', 'outlook.at', 'outlook.be', 'outlook.cl', 'outlook.co.id', 'outlook.co.th'],
    ...[
      'outlook.com.ar',
      'outlook.com.au',
      'outlook.com.br',
      'outlook.com.tr',
      'outlook.com.vn',
      'outlook.cz',
    ],
    ...['outlook.de', 'outlook.dk', 'outlook.es', 'outlook.fr', 'outlook.hu', 'outlook.ie', 'outlook.in'],
    ...['outlook.it', 'outlook.jp', 'outlook.kr', 'outlook.lv', 'outlook.my', 'outlook.ph', 'outlook.pt'],
    ...['outlook.sa', 'outlook.sg', 'outlook.sk', 'hotmail.com', 'hotmail.be', 'hotmail.ca', 'hotmail.ch'],
    ...['hotmail.cl', 'hotmail.co.jp', 'hotmail.co.kr', 'hotmail.co.nz', 'hotmail.co.th', 'hotmail.co.uk'],
    ...[
      'hotmail.co.za',
      'hotmail.com.ar',
      'hotmail.com.au',
      'hotmail.com.br',
      'hotmail.com.tr',
      'hotmail.de',
    ],
    ...['hotmail.dk', 'hotmail.es', 'hotmail.fi', 'hotmail.fr', 'hotmail.gr', 'hotmail.it', 'hotmail.nl'],
    ...['hotmail.no', 'hotmail.se', 'live.com', 'live.at', 'live.be', 'live.ca', 'live.cl', 'live.cn'],
    ...['live.co.uk', 'live.co.za', 'live.com.ar', 'live.com.au', 'live.com.mx', 'live.com.pt', 'live.de'],
    ...['live.dk', 'live.fi', 'live.fr', 'live.ie', 'live.in', 'live.it', 'live.jp', 'live.nl', 'live.no'],
    ...['live.ru', 'live.se', 'msn.com', 'windowslive.com', 'passport.com'],
  ],
  Yahoo: [
    ...[
      'yahoo.com',
      'yahoo.at',
      'yahoo.be',
      'yahoo.ca',
      'yahoo.cn',
      'yahoo.co.id',
      'yahoo.co.in',
      'yahoo.co.kr',
    ],
    ...['yahoo.co.nz', 'yahoo.co.th', 'yahoo.co.uk', 'yahoo.co.za', 'yahoo.com.ar', 'yahoo.com.au'],
    ...['yahoo.com.br', 'yahoo.com.cn', 'yahoo.com.co', 'yahoo.com.hk', 'yahoo.com.mx', 'yahoo.com.my'],
    ...['yahoo.com.pe', 'yahoo.com.ph', 'yahoo.com.sg', 'yahoo.com.tr', 'yahoo.com.tw', 'yahoo.com.vn'],
    ...['yahoo.cz', 'yahoo.de', 'yahoo.dk', 'yahoo.es', 'yahoo.fi', 'yahoo.fr', 'yahoo.gr', 'yahoo.hu'],
    ...['yahoo.ie', 'yahoo.in', 'yahoo.it', 'yahoo.nl', 'yahoo.no', 'yahoo.pl', 'yahoo.pt', 'yahoo.ro'],
    ...['yahoo.se', 'ymail.com', 'rocketmail.com', 'myyahoo.com'],
  ],
  'Yahoo Japan': ['yahoo.co.jp', 'ybb.ne.jp'],
  AOL: ['aol.com', 'aol.co.uk', 'aol.de', 'aol.fr', 'aol.it', 'aim.com', 'netscape.net', 'verizon.net'],
  'Apple iCloud': ['icloud.com', 'me.com', 'mac.com', 'privaterelay.appleid.com'],
  GMX: ['gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch', 'gmx.com', 'gmx.eu', 'gmx.co.uk', 'gmx.fr', 'gmx.es'],
  'WEB.DE': ['web.de', 'email.de'],
  'mail.com': ['mail.com', 'email.com', 'usa.com', 'consultant.com', 'post.com', 'myself.com'],
  'T-Online': ['t-online.de', 'magenta.de'],
  freenet: ['freenet.de'],
  'Mail.ru': ['mail.ru', 'bk.ru', 'inbox.ru', 'list.ru', 'internet.ru', 'xmail.ru'],
  Yandex: ['yandex.ru', 'yandex.com', 'yandex.by', 'yandex.kz', 'yandex.ua', 'ya.ru', 'narod.ru'],
  Rambler: ['rambler.ru', 'lenta.ru', 'autorambler.ru', 'myrambler.ru', 'ro.ru'],
  Proton: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'],
  Tuta: ['tuta.com', 'tutanota.com', 'tutanota.de', 'tutamail.com', 'tuta.io', 'keemail.me'],
  Fastmail: ['fastmail.com', 'fastmail.fm'],
  Zoho: ['zoho.com', 'zohomail.com', 'zohomail.eu', 'zohomail.in', 'zoho.eu', 'zoho.in'],
  Comcast: ['comcast.net', 'xfinity.com'],
  'AT&T': ['att.net', 'sbcglobal.net', 'bellsouth.net', 'pacbell.net', 'ameritech.net', 'swbell.net'],
  Cox: ['cox.net'],
  Charter: ['charter.net', 'spectrum.net', 'rr.com', 'roadrunner.com', 'twc.com'],
  EarthLink: ['earthlink.net', 'mindspring.com'],
  Bell: ['bell.net', 'sympatico.ca'],
  Rogers: ['rogers.com'],
  Telus: ['telus.net'],
  Shaw: ['shaw.ca'],
  BT: ['btinternet.com', 'btopenworld.com', 'talk21.com'],
  Sky: ['sky.com'],
  'Virgin Media': ['virginmedia.com', 'ntlworld.com', 'blueyonder.co.uk', 'virgin.net'],
  TalkTalk: ['talktalk.net', 'tiscali.co.uk', 'lineone.net'],
  Orange: ['orange.fr', 'wanadoo.fr'],
  Free: ['free.fr', 'aliceadsl.fr'],
  SFR: ['sfr.fr', 'neuf.fr', 'cegetel.net', 'club-internet.fr', 'numericable.fr'],
  'La Poste': ['laposte.net'],
  'Bouygues Telecom': ['bbox.fr'],
  Libero: ['libero.it', 'iol.it', 'inwind.it', 'blu.it', 'giallo.it'],
  'Virgilio and TIM': ['virgilio.it', 'alice.it', 'tim.it', 'tin.it'],
  Tiscali: ['tiscali.it'],
  Ziggo: ['ziggo.nl', 'home.nl', 'upcmail.nl', 'casema.nl', 'chello.nl'],
  KPN: ['kpnmail.nl', 'planet.nl', 'hetnet.nl', 'xs4all.nl'],
  Telenet: ['telenet.be'],
  Proximus: ['proximus.be', 'skynet.be'],
  Bluewin: ['bluewin.ch'],
  A1: ['a1.net', 'aon.at'],
  'Seznam.cz': ['seznam.cz', 'email.cz', 'post.cz', 'spoluzaci.cz'],
  WP: ['wp.pl', 'o2.pl', 'tlen.pl'],
  Onet: ['onet.pl', 'op.pl', 'onet.eu', 'poczta.onet.pl', 'vp.pl'],
  Interia: ['interia.pl', 'interia.eu', 'poczta.fm'],
  UOL: ['uol.com.br', 'bol.com.br'],
  Terra: ['terra.com.br'],
  Rediffmail: ['rediffmail.com'],
  QQ: ['qq.com', 'foxmail.com', 'vip.qq.com'],
  NetEase: ['163.com', '126.com', 'yeah.net', 'vip.163.com', '188.com'],
  Sina: ['sina.com', 'sina.cn', 'vip.sina.com'],
  Sohu: ['sohu.com'],
  Aliyun: ['aliyun.com'],
  '139 Mail': ['139.com'],
  Naver: ['naver.com'],
  Kakao: ['hanmail.net', 'daum.net', 'kakao.com'],
  Nate: ['nate.com'],
  docomo: ['docomo.ne.jp'],
  au: ['ezweb.ne.jp', 'au.com'],
  SoftBank: ['softbank.ne.jp', 'i.softbank.jp'],
  Bigpond: ['bigpond.com', 'bigpond.net.au', 'telstra.com'],
  Optus: ['optusnet.com.au'],
};

/** The message tag with the mailbox provider of the recipient. SES sets it for some messages. */
const recipientIspTag = 'ses:recipient-isp';

/** The provider in the tags of an event, as SQL; NULL without the tag. */
function recipientIsp(dialect: Dialect, tags: string): string {
  // Looking for the name is faster than parsing, and few records have it.
  return `CASE WHEN strpos(${tags}, '"${recipientIspTag}"') > 0 THEN ${dialect.firstValue(tags, recipientIspTag)} END`;
}

/** The value of {@link recipientIspTag} if SES does not know the provider. */
const unknownIsp = 'UNKNOWN_ISP';

/** The provider of a domain that is in no table, from the tag of SES: in the spelling of the table, if the table has it. */
function providerOfIsp(isp: string): string {
  const names = Object.keys(mailboxProviders).map(
    (name) => `WHEN ${sqlText(name.toLowerCase())} THEN ${sqlText(name)}`,
  );
  return `CASE lower(${isp}) ${names.join(' ')} WHEN ${sqlText(unknownIsp.toLowerCase())} THEN 'other' ELSE coalesce(${isp}, 'other') END`;
}

/**
 * The mailbox provider of an email, as SQL; `other` if it is not known.
 *
 * @param domain the domain of the recipient, in lower case
 * @param isp the value of the tag {@link recipientIspTag}, or NULL
 */
function mailboxProvider(domain: string, isp: string): string {
  const cases = Object.entries(mailboxProviders).map(
    ([name, domains]) => `WHEN ${domain} IN (${domains.map(sqlText).join(', ')}) THEN ${sqlText(name)}`,
  );
  return `CASE ${cases.join('\n    ')}\n    ELSE ${providerOfIsp(isp)} END`;
}

export { mailboxProvider, mailboxProviders, recipientIsp };
