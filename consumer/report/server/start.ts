import type { AthenaOptions } from '../../queries/engines/athena/athena-engine';
import { newToken } from './access/secret';
import { createApp } from './app';
import { archiveData, athenaData } from './data/open-page-source';
import { type Listening, listen } from './http/listen';

/** Pages that are made at a time with Athena, which runs several queries at a time. */
const athenaPages = 4;

/** Options of a server. */
interface ServerOptions {
  /** The IP address to listen on. */
  host: string;
  /** 0 for any free port. */
  port: number;
  /**
   * The token that opens the pages.
   * @default - a new one of 256 random bits
   */
  token?: string | undefined;
  /** The data: the file of an archive, or the workgroup and the database of Athena. */
  source: string | Omit<AthenaOptions, 'signal'>;
  /**
   * Milliseconds to wait for another process that has the archive open.
   * @default 10000
   */
  wait?: number | undefined;
  /**
   * Whether to mask the addresses of people.
   * @default false
   */
  isMasked?: boolean | undefined;
  /** Called with errors whose cause the browser does not get. */
  onError(error: unknown): void;
}

/** A server that has started. */
interface StartedServer extends Listening {
  token: string;
}

/**
 * Starts a server for the pages.
 * @throws {Error} of the system when it cannot listen on the address
 *
 * @example
 * ```ts
 * const { port, token, close } = await startServer({ host: '127.0.0.1', port: 0, source: 'ses-events.duckdb', onError });
 * ```
 */
async function startServer(options: ServerOptions): Promise<StartedServer> {
  const { host, port, token = newToken(), source, wait, isMasked = false, onError } = options;
  const isArchive = typeof source === 'string';
  const data = isArchive ? archiveData(source, { wait, isMasked }) : athenaData(source, { isMasked });
  const atATime = isArchive ? 1 : athenaPages;
  const listening = await listen({ host, port }, (used) => {
    const app = createApp({ token, port: used, data, atATime, onError });
    return (request) => app.fetch(request);
  });
  return { ...listening, token };
}

export { type ServerOptions, type StartedServer, startServer };
