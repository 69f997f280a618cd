import { encodedWord } from './recipients';

/** A subject, as shown and as in the header. */
interface Subject {
  text: string;
  header: string;
}

/** A bulk mailing, or one kind of transactional message. */
interface Campaign {
  name: string;
  template: string;
  subjects: readonly Subject[];
  /** The paths of its links, below the site of the sender. */
  paths: readonly string[];
}

/** An identity that sends through one configuration set. */
interface Sender {
  configurationSet: string;
  source: string;
  address: string;
  domain: string;
  region: 'us-east-1' | 'eu-west-1';
  accountId: string;
  callerIdentity: string;
  sourceIp: string;
  /**
   * The SES API operation. Raw messages are recorded without headers, templated messages without a subject at
   * first.
   */
  operation: 'SendEmail' | 'SendTemplatedEmail' | 'SendRawEmail';
  /** Absent for old clients, for which SES did not record it. */
  sourceTlsVersion?: string;
  /** The contact list in the subscription management of SES. */
  contactList?: string;
  campaigns: readonly Campaign[];
  /** Custom tags, in addition to campaign and template. */
  tags: Readonly<Record<string, string[]>>;
}

/** Returns a subject, encoded if a header cannot contain it unchanged. */
function subject(text: string): Subject {
  return { text, header: encodedWord(text) };
}

const marketing: Sender = {
  configurationSet: 'marketing',
  source: `${encodedWord('Grün & Söhne')} <news@shop.example>`,
  address: 'news@shop.example',
  domain: 'shop.example',
  region: 'us-east-1',
  accountId: '111122223333',
  callerIdentity: 'newsletter-service',
  sourceIp: '192.0.2.10',
  operation: 'SendEmail',
  sourceTlsVersion: 'TLSv1.3',
  contactList: 'customers',
  campaigns: [
    {
      name: 'autumn-sale',
      template: 'promotion-v3',
      subjects: [
        subject('Everything for autumn, 20 % off until Sunday'),
        subject('Last days of the autumn sale'),
      ],
      paths: ['/autumn/lamps', '/autumn/chairs', '/preferences'],
    },
    {
      name: 'weekly-digest',
      template: 'digest',
      subjects: [
        subject('Your week at the shop'),
        subject('What is new this week'),
        subject('Ihre Woche: Möbel für draußen 🌿'),
      ],
      paths: ['/digest/top-story', '/digest/more'],
    },
    {
      name: 'win-back',
      template: 'promotion-v3',
      subjects: [
        subject('We have not seen you for a while'),
        subject('A voucher for you'),
        subject('お帰りなさい: クーポンがあります'),
      ],
      paths: ['/welcome-back', '/vouchers/10'],
    },
  ],
  tags: { audience: ['subscribers'] },
};

const transactional: Sender = {
  configurationSet: 'transactional',
  source: 'Accounts <accounts@example.com>',
  address: 'accounts@example.com',
  domain: 'example.com',
  region: 'us-east-1',
  accountId: '111122223333',
  callerIdentity: 'account-service',
  sourceIp: '192.0.2.20',
  operation: 'SendTemplatedEmail',
  sourceTlsVersion: 'TLSv1.3',
  campaigns: [
    {
      name: 'order-shipped',
      template: 'order-shipped',
      subjects: [subject('Your order is on its way'), subject('Votre commande a été expédiée')],
      paths: ['/orders/track', '/help'],
    },
    {
      name: 'password-reset',
      template: 'password-reset',
      subjects: [subject('Reset your password')],
      paths: ['/account/reset'],
    },
  ],
  tags: { priority: ['high'] },
};

/** A sender in a second account and region, with older software and tag names that are difficult for table formats. */
const alerts: Sender = {
  configurationSet: 'alerts_eu.v2',
  source: 'Störungsdienst <alerts@ops.example.org>',
  address: 'alerts@ops.example.org',
  domain: 'ops.example.org',
  region: 'eu-west-1',
  accountId: '000000000000',
  callerIdentity: 'root',
  sourceIp: '203.0.113.5',
  operation: 'SendRawEmail',
  campaigns: [
    {
      name: 'incident',
      template: 'raw',
      subjects: [subject('[ALERT] disk almost full'), subject('[OK] disk recovered')],
      paths: ['/incidents/open'],
    },
  ],
  tags: {
    Campaign: ['Incident'],
    'cost.center': ['4711'],
    'team:owner': ['storage', 'on-call'],
  },
};

/** One sender for each configuration set. */
const senders = { marketing, transactional, alerts } as const;

/** A campaign of the marketing sender on two days, to addresses that did not ask for it. */
const flashSale: Campaign = {
  name: 'flash-sale',
  template: 'promotion-v3',
  subjects: [subject('Flash sale: 48 hours only'), subject('Only today: 30 % off everything')],
  paths: ['/flash-sale', '/flash-sale/lamps'],
};

/** Senders by volume: six in ten messages are marketing, three transactional. */
const sendersByVolume: readonly Sender[] = [
  ...Array<Sender>(6).fill(marketing),
  ...Array<Sender>(3).fill(transactional),
  alerts,
];

export { type Campaign, flashSale, type Sender, type Subject, senders, sendersByVolume, subject };
