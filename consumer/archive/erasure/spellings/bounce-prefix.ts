/** Words that senders put before the address of whom a message went to, in the address for its bounces. */
const bounceWord =
  /(?:^|[^a-z])(?:b|bounces?|returns?|rp|err(?:or)?s?|fail(?:ure)?s?|verp|owner|sentto|reply|noreply|unsub(?:scribe)?)$/i;

/**
 * Whether what stands before an address within another one's local part is the sender's
 * (`bounces+12-ana=example.com@…`) and not the beginning of a longer address (`jo-ana=example.com@…` is
 * written for `jo-ana@example.com`).
 *
 * @param before the local part up to the address
 */
function isBouncePrefix(before: string): boolean {
  const separator = before.at(-1);
  const rest = before.slice(0, -1);
  if (separator === '+' && !rest.includes('+')) return true; // the mailbox, and what it was given
  if (separator !== '-' && separator !== '_' && separator !== '+') return true;
  const word = rest.slice(Math.max(...['-', '_', '+', '=', '.'].map((sign) => rest.lastIndexOf(sign))) + 1);
  return /\d/.test(word) || bounceWord.test(word);
}

export { isBouncePrefix };
