import type { Random } from '../seed/random';

/** A mailbox provider. */
interface Provider {
  domain: string;
  /** The name and the address of its mail exchanger. */
  exchanger: string;
  exchangerIp: string;
  /** Whether it fetches images for its users when they read. */
  proxiesImages: boolean;
  /** Whether SES records the address of the exchanger. */
  reportsIp: boolean;
  /** The SMTP response of the exchanger to an accepted message. */
  acceptance: (random: Random, messageId: string) => string;
}

function queuedAs(random: Random): string {
  return `250 2.0.0 Ok: queued as ${random.hex(1).toUpperCase()}${random.hex(1).toUpperCase()}`;
}

function googleStyle(random: Random): string {
  return `250 2.0.0 OK  ${random.integer(1_785_000_000, 1_799_999_999)} ${random.hex(2)}-${random.hex(1)}si${random.integer(1_000_000, 9_999_999)}.${random.integer(100, 999)} - gsmtp`;
}

function exchangeStyle(random: Random, messageId: string): string {
  return `250 2.6.0 <${messageId}@mta.example.com> [InternalId=${random.integer(10_000_000, 99_999_999)}, Hostname=hub${random.integer(10, 99)}.office.example] ${random.integer(20_000, 90_000)} bytes in 0.${random.integer(100, 999)}, ${random.integer(50, 400)}.0 KB/sec Queued mail for delivery -> 250 2.1.5`;
}

/** The providers of the recipients. */
const providers = {
  mail: {
    domain: 'mail.example',
    exchanger: 'mx1.mail.example',
    exchangerIp: '198.51.100.26',
    proxiesImages: true,
    reportsIp: true,
    acceptance: googleStyle,
  },
  inbox: {
    domain: 'inbox.example',
    exchanger: 'mx02.inbox.example',
    exchangerIp: '198.51.100.77',
    proxiesImages: false,
    reportsIp: false,
    acceptance: queuedAs,
  },
  office: {
    domain: 'office.example',
    exchanger: 'office-example.mail.protection.example.com',
    exchangerIp: '203.0.113.40',
    proxiesImages: false,
    reportsIp: true,
    acceptance: exchangeStyle,
  },
  net: {
    domain: 'example.net',
    exchanger: 'mail.example.net',
    exchangerIp: '203.0.113.9',
    proxiesImages: false,
    reportsIp: false,
    acceptance: queuedAs,
  },
  org: {
    domain: 'example.org',
    exchanger: 'mx.example.org',
    exchangerIp: '2001:db8:25::19',
    proxiesImages: false,
    reportsIp: true,
    acceptance: () => '250 Message accepted for delivery',
  },
} as const satisfies Record<string, Provider>;

/** The number of recipients in each 25 with a provider. */
const shares: readonly (readonly [Provider, number])[] = [
  [providers.mail, 10],
  [providers.inbox, 6],
  [providers.office, 5],
  [providers.net, 2],
  [providers.org, 2],
];

/** The providers of 25 recipients with successive numbers. */
const providersByShare: readonly Provider[] = shares.flatMap(([provider, share]) =>
  Array<Provider>(share).fill(provider),
);

export { type Provider, providers, providersByShare };
