import { domainToASCII, domainToUnicode } from 'node:url';
import type { AddressParts } from './address';

/** What has a meaning of its own in a regular expression. */
const special = /[\\^$.*+?()[\]{}|/-]/g;

function hex(bytes: Buffer, prefix: string): string {
  return [...bytes].map((byte) => prefix + byte.toString(16).padStart(2, '0')).join('');
}

/** A character as it is, in percent signs (of any number of rounds), as JSON escapes it, or in an encoded word. */
function characterPattern(character: string): string {
  const spellings = [character, character.toLowerCase(), character.toUpperCase()].flatMap((form) => [
    form.replace(special, '\\$&'),
    hex(Buffer.from(form), '%(?:25)*'),
    hex(Buffer.from(form), '='),
    [...Array(form.length).keys()]
      .map((unit) => `\\\\u${form.charCodeAt(unit).toString(16).padStart(4, '0')}`)
      .join(''),
  ]);
  return `(?:${[...new Set(spellings)].join('|')})`;
}

function textPattern(text: string): string {
  return [...text].map(characterPattern).join('');
}

/** The letter cases of three bytes. */
function caseForms(bytes: readonly number[]): Buffer[] {
  const forms = (byte: number) => {
    const text = String.fromCharCode(byte);
    return byte < 128
      ? [...new Set([text.toLowerCase(), text.toUpperCase()])].map((t) => t.charCodeAt(0))
      : [byte];
  };
  return bytes
    .reduce<number[][]>(
      (starts, byte) => starts.flatMap((start) => forms(byte).map((form) => [...start, form])),
      [[]],
    )
    .map((form) => Buffer.from(form));
}

/** A text in base64 that starts with this text's third, second or first byte of a group, in any letter case. */
function base64Patterns(text: string): string[] {
  const bytes = [...Buffer.from(text)];
  return [0, 1, 2].map((skipped) => {
    const groups: string[] = [];
    for (let at = skipped; at + 3 <= bytes.length; at += 3) {
      const forms = caseForms(bytes.slice(at, at + 3)).map((form) =>
        form.toString('base64').replaceAll('+', '[+-]').replaceAll('/', '[/_]'),
      );
      groups.push(`(?:${forms.join('|')})`);
    }
    return groups.join('');
  });
}

/** Regular expressions of RE2 that find every text which may hold an address, and some that do not. */
interface Needles {
  /** Both have to be in it: the part before the `@`, and the domain. Letter case does not matter. */
  local: string;
  domain: string;
  /** Or this: the whole address within base64. */
  base64: string;
}

/** What to look for in the archive's texts to find those that may hold an address. */
function needlesOf({ local, domain }: AddressParts): Needles {
  const domains = [...new Set([domain, domainToASCII(domain), domainToUnicode(domain)])].filter(
    (d) => d !== '',
  );
  const separators = ['@', '%40', '%2540', '='];
  const whole = domains.flatMap((form) => separators.map((separator) => local + separator + form));
  return {
    local: `(?i)${textPattern(local.normalize('NFC'))}`,
    domain: `(?i)(?:${domains.map(textPattern).join('|')})`,
    base64: [...new Set(whole.flatMap(base64Patterns))].join('|'),
  };
}

export { type Needles, needlesOf };
