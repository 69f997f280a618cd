import { hash } from 'node:crypto';
import type { PlainValue } from '../../queries/engines/plain-value';
import type { TraceStep } from '../../queries/trace/steps';
import { at, delimiters, maskedPart, patterns } from '../../texts/address-patterns';
import { treatmentOf } from './column-treatments';

/** Number of hexadecimal digits in a pseudonym: collisions are improbable in any archive. */
const digits = 16;

/** What is hashed before the value, so that a pseudonym is not the hash of another part of the package. */
const hashPrefix = (salt: string) => `${salt}:assistant:`;

/** The form of a pseudonym of an address, before its `@`. */
const personForm = /^person-[\da-f]{16}$/;

const encodedWord = new RegExp(patterns.encodedWord, 'g');
const linkUser = new RegExp(patterns.linkUser, 'g');
const quotedLocal = new RegExp(patterns.quotedLocal, 'gs');
const run = new RegExp(`[^${delimiters}]+`, 'gu');
const lastAt = new RegExp(`^(.*)(${at})`, 's');
const host = new RegExp(patterns.host);
const nameWord = new RegExp(patterns.nameWord, 'gu');

/** Masks the local part in a text between two delimiters. A pseudonym remains. */
function maskRun(text: string): string {
  return text.replace(lastAt, (found, local: string, sign: string) =>
    local === '' || personForm.test(local) ? found : `${maskedPart}${sign}`,
  );
}

/** Masks each address in a text; its domain remains. */
function maskText(text: string): string {
  return text
    .replace(encodedWord, maskedPart)
    .replace(linkUser, `://${maskedPart}@`)
    .replace(quotedLocal, `${maskedPart}@`)
    .replace(run, maskRun);
}

/**
 * Returns the words in mailboxes that can be names: the display name, and the parts of the local part. A longer
 * word comes before its own beginning, because a regular expression takes the first alternative that matches.
 */
function nameWords(mailboxes: readonly string[]): string[] {
  const names = mailboxes.map((mailbox) =>
    mailbox.slice(0, Math.max(0, mailbox.lastIndexOf('@'))).toLowerCase(),
  );
  return [...new Set(names.flatMap((name) => name.match(nameWord) ?? []))].sort().reverse();
}

/** Masks addresses in a text, and names of mailboxes. */
function maskServerText(text: string, mailboxes: readonly string[]): string {
  const words = nameWords(mailboxes);
  const masked = maskText(text);
  return words.length === 0 ? masked : masked.replace(new RegExp(words.join('|'), 'giu'), maskedPart);
}

/** Removes query and fragment of a link at the end of a text. */
const withoutQuery = (text: string) => text.replace(/[?#].*$/s, '');

/** Masks personal data with pseudonyms that depend on the salt of an archive. They are the same in each session. */
class Masker {
  /** @param salt of the archive */
  constructor(private readonly salt: string) {}

  /** Returns the pseudonym of a mailbox: `person-3f9a1c2b77d04e11@example.com`. A pseudonym remains. */
  mailbox(mailbox: string): string {
    const address = (/<([^<>]+)>[ ]*$/.exec(mailbox)?.[1] ?? mailbox).toLowerCase();
    const sign = address.lastIndexOf('@');
    const local = sign < 0 ? address : address.slice(0, sign);
    if (personForm.test(local)) return address;
    const domain = sign < 0 ? '' : `@${host.exec(address.slice(sign + 1))?.[0] ?? ''}`;
    return `person-${this.digest(address)}${domain}`;
  }

  /** Returns the pseudonym of a subject. */
  subject(subject: string): string {
    return `subject-${this.digest(subject)}`;
  }

  /** Masks a value of a column, as the masked views do. */
  value(column: string, value: PlainValue): PlainValue {
    if (typeof value !== 'string') return value instanceof Date || typeof value !== 'object' ? value : null;
    switch (treatmentOf(column)) {
      case 'plain':
        return value;
      case 'mailbox':
        return this.mailbox(value);
      case 'subject':
        return this.subject(value);
      case 'host':
        return host.exec(value)?.[0] ?? '';
      case 'link':
        return maskText(withoutQuery(value));
      case 'text':
      case 'server_text':
        return maskText(value);
      default:
        return null;
    }
  }

  /**
   * Masks a step of a trace.
   * @param also further mailboxes whose names are masked, such as the traced one
   */
  step(step: TraceStep, also: readonly string[]): TraceStep {
    const what = step.eventType === 'Click' ? withoutQuery(step.what) : step.what;
    return {
      ...step,
      what: maskServerText(what, [...step.recipients, ...also]),
      recipients: step.recipients.map((recipient) => this.mailbox(recipient)),
      subject: step.subject === undefined ? undefined : this.subject(step.subject),
    };
  }

  private digest(value: string): string {
    return hash('sha256', `${hashPrefix(this.salt)}${value}`, 'hex').slice(0, digits);
  }
}

export { digits, hashPrefix, Masker, maskServerText, maskText, personForm };
