import type { Random } from '../seed/random';
import { type Provider, providersByShare } from './providers';
import { readerAgents, type Visitor } from './user-agents';

/** A person who receives email. */
interface Recipient {
  firstName: string;
  address: string;
  /** The address with the name, as in a To header: encoded if it is not ASCII. */
  mailbox: string;
  provider: Provider;
  /** The mail program and network of the recipient. */
  visitor: Visitor;
}

/** First names, as written and as spelled in an address. */
const firstNames = [
  ['Ana', 'ana'],
  ['Ben', 'ben'],
  ['Chloé', 'chloe'],
  ['Dilan', 'dilan'],
  ['Eszter', 'eszter'],
  ['Farid', 'farid'],
  ['Grace', 'grace'],
  ['Håkon', 'hakon'],
  ['Inês', 'ines'],
  ['Jun', 'jun'],
  ['Katarzyna', 'katarzyna'],
  ['李', 'li'],
  ['Mateo', 'mateo'],
  ['Noor', 'noor'],
  ['Olga', 'olga'],
  ['Priya', 'priya'],
] as const;
const lastNames = (
  'abbas berg costa dubois eriksen ferrari garcia haddad ' +
  'ivanova jansen kowalski lopez mueller nakamura okafor petrov'
).split(' ');

/** A range of numbers of recipients. Both are multiples of 25, so that each provider has its share. */
interface Population {
  from: number;
  size: number;
}

/** All recipients, except those of an imported list. */
const customers: Population = { from: 0, size: 16_000 };

/** The recipients of a list that was imported years ago. */
const importedContacts: Population = { from: 16_000, size: 2_000 };

/** Encodes a text for a header: with RFC 2047 if it is not ASCII. */
function encodedWord(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII
  return /^[\u0000-\u007f]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
}

const encodedFirstNames: readonly string[] = firstNames.map(([name]) => encodedWord(name));

/** Returns the recipient with a number. A number always has the same recipient. */
function recipientAt(number: number): Recipient {
  const first = number % firstNames.length;
  const second = Math.floor(number / firstNames.length);
  // A remainder is in bounds.
  const [firstName, spelling] = firstNames[first] as (typeof firstNames)[number];
  const lastName = lastNames[second % lastNames.length] as string;
  const provider = providersByShare[number % providersByShare.length] as Provider;
  const address = `${spelling}.${lastName}${Math.floor(second / lastNames.length)}@${provider.domain}`;
  return {
    firstName,
    address,
    mailbox: `${encodedFirstNames[first]} <${address}>`,
    provider,
    visitor: {
      ipAddress:
        number % 4 === 0 ? `2001:db8:${(number % 4096).toString(16)}::1` : `192.0.2.${(number % 253) + 1}`,
      userAgent: readerAgents[number % readerAgents.length] as string,
    },
  };
}

/** Returns the slots of a provider among recipients with successive numbers. */
function slotsOf(provider: Provider): number[] {
  return providersByShare.flatMap((candidate, slot) => (candidate === provider ? [slot] : []));
}

/**
 * Returns `count` different recipients.
 *
 * @param provider of the first one; undefined for any provider
 */
function pickRecipients(
  random: Random,
  count: number,
  { from, size }: Population,
  provider?: Provider,
): [Recipient, ...Recipient[]] {
  const number = random.integer(0, size - 1);
  const slots = providersByShare.length;
  const first = provider ? number - (number % slots) + random.pick(slotsOf(provider)) : number;
  const others = Array.from({ length: count - 1 }, (_, i) =>
    recipientAt(from + ((first + 37 * (i + 1)) % size)),
  );
  return [recipientAt(from + first), ...others];
}

export { customers, encodedWord, importedContacts, pickRecipients, type Recipient, recipientAt };
