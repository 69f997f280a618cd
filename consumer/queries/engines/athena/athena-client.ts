import type { Athena } from '@aws-sdk/client-athena';
import { type ClientOptions, clientSettings } from '../../../sources/client-settings';

/** Athena allows few requests in a second, and a query is asked about again and again. */
const maxAttempts = 6;

/** A client of Athena. */
async function athenaClient(options: ClientOptions): Promise<Athena> {
  // Loaded only where Athena is asked: the SDK takes a third of a second.
  const { Athena: Client } = await import('@aws-sdk/client-athena');
  return new Client(clientSettings('ATHENA', options, { maxAttempts }));
}

export { athenaClient };
