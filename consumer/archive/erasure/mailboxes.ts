import { type FindReplacements, type Replacement, replaced, shifted } from './spellings/replacement';

/** A text that is a pseudonym only. */
const pseudonymOnly = /^forgotten-[0-9a-f]{12}@forgotten\.invalid$/;

/** Maximum length of a name and an address. */
const longestItem = 2_000;

/** Splits a text at commas outside of quotes, angles and comments. */
function parts(text: string): string[] {
  const found: string[] = [];
  let start = 0;
  let isQuoted = false;
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (isQuoted && character === '\\') index++;
    else if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === '<' || character === '(') depth++;
    else if (character === '>' || character === ')') depth--;
    else if (character === ',' && depth === 0) {
      found.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...found, text.slice(start)];
}

/** The items of a list of mailboxes. A name can contain a comma, although it should be quoted then. */
function items(text: string): string[] {
  const found: string[] = [];
  let name = '';
  for (const part of parts(text)) {
    const item = name + part;
    if (item.length > longestItem) return [text];
    if (addressOf(item) === undefined) name = `${item},`;
    else {
      found.push(item);
      name = '';
    }
  }
  return name === '' ? found : [...found, name.slice(0, -1)];
}

/** The address of one item, without its display name and its comment; undefined when it has none. */
function addressOf(item: string): string | undefined {
  const text = item
    .trim()
    .replace(/\([^()]*\)$/, '')
    .trim();
  const angle = text.endsWith('>') ? text.lastIndexOf('<') : -1;
  const address = angle < 0 ? text : text.slice(angle + 1, -1);
  return /^[^\s<>@]+@[^\s<>@]+$|^"[^"<>]*"@[^\s<>@]+$/.test(address) ? address : undefined;
}

/**
 * Finds the replacements in a list of mailboxes, as in header fields and `mail.source`. The display name and the
 * comment of the person's address are removed, too, also next to a pseudonym, which replaced only the address.
 *
 * @returns undefined when the text is not such a list
 */
function inMailboxes(text: string, find: FindReplacements): readonly Replacement[] | undefined {
  const list = items(text);
  const addresses = list.map(addressOf);
  if (addresses.some((address) => address === undefined)) return undefined;
  let at = 0;
  return list.flatMap((item, index) => {
    const address = addresses[index] ?? '';
    const start = at;
    at += item.length + 1;
    const found = find(address);
    if (item === address) return shifted(found, start);
    const erased = replaced(address, found);
    if (!pseudonymOnly.test(erased)) return shifted(find(item), start);
    const name = start + item.length - item.trimStart().length;
    return [{ start: name, end: start + item.trimEnd().length, text: erased }];
  });
}

export { inMailboxes };
