import type { IncomingMessage } from 'node:http';
import { isKnownHost } from '../access/host-names';

/** Characters of the longest address that a page has. */
const maxUrlLength = 8_192;

/** A response to a request that no page answers. */
interface Refusal {
  status: number;
  text: string;
  headers?: Readonly<Record<string, string>>;
}

/**
 * Whether a page of another origin embeds or fetches an address, as browsers report it. Servers on other ports of this
 * machine are the same site, so that their requests have the cookie, and could measure how long an answer takes, also in
 * a frame that shows nothing. A link is not such a request.
 */
function isEmbedded(headers: IncomingMessage['headers']): boolean {
  const site = headers['sec-fetch-site'];
  const isLink =
    headers['sec-fetch-mode'] === 'navigate' && (headers['sec-fetch-dest'] ?? 'document') === 'document';
  return (site === 'cross-site' || site === 'same-site') && !isLink;
}

/** Returns the refusal of a request by its method, its address or its headers; undefined when a page can answer it. */
function refusal(
  { method, url = '', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  names: ReadonlySet<string>,
): Refusal | undefined {
  if (method !== 'GET' && method !== 'HEAD')
    return { status: 405, text: 'This server only reads: use GET or HEAD.', headers: { Allow: 'GET, HEAD' } };
  if (url.length > maxUrlLength)
    return {
      status: 414,
      text: `The address is longer than ${maxUrlLength.toLocaleString('en-US')} characters.`,
    };
  if (!url.startsWith('/')) return { status: 400, text: 'The address of a request must begin with /.' };
  if (!isKnownHost(headers.host, names))
    return {
      status: 403,
      text: 'The Host header is not a name of this server. Open the address that ses-events serve printed.',
    };
  if (isEmbedded(headers)) return { status: 403, text: 'Pages of other origins cannot load this address.' };
  return undefined;
}

export { type Refusal, refusal };
