import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { namesOf } from '../access/host-names';
import { type Refusal, refusal } from './refusal';
import { securityHeaders } from './security-headers';

/** Where a server listens. */
interface ListenOptions {
  host: string;
  /** 0 for any free port. */
  port: number;
}

/** A server that listens. */
interface Listening {
  /** The port, also where any free one was requested. */
  port: number;
  /** Stops to listen, completes the responses that have begun, and closes the connections. */
  close(): Promise<void>;
}

/** Answers requests, as the fetch method of an app does. */
type Fetch = (request: Request) => Response | Promise<Response>;

/** Bytes of the longest head of a request. */
const maxHeaderSize = 16 * 1024;

/** Milliseconds in which a request must arrive completely. */
const requestTimeout = 30_000;

/** Milliseconds after which responses that are not complete are cut, when the server closes. */
const closeTimeout = 10_000;

/** Returns a response as text of HTTP, for a connection whose request could not be parsed. */
function rawResponse(line: string): string {
  const headers = { ...securityHeaders, 'Content-Length': '0', Connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${line}\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/** Answers requests that no page can answer, and passes the others on. Each response has the security headers. */
function guarded(names: ReadonlySet<string>, listener: RequestListener): RequestListener {
  const refuse = (response: Parameters<RequestListener>[1], { status, text, headers }: Refusal) =>
    response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
  return (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const refused = refusal(request, names);
    if (refused === undefined) return void listener(request, response);
    refuse(response, refused);
  };
}

/** Closes a server after its responses are complete, or after the timeout. */
async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), closeTimeout);
  await closed;
  clearTimeout(cut);
}

/**
 * Serves an app over HTTP.
 * @param createFetch creates the app when the port is known
 * @throws {Error} of the system when the port cannot be used
 */
async function listen(
  { host, port }: ListenOptions,
  createFetch: (port: number) => Fetch,
): Promise<Listening> {
  // Node would answer a request without a Host header itself, without the security headers.
  const limits = { maxHeaderSize, requestTimeout, headersTimeout: requestTimeout, requireHostHeader: false };
  const server = createServer(limits);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    socket.end(
      rawResponse(
        error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request',
      ),
    );
  });
  server.on('connect', (_, socket) => socket.end(rawResponse('405 Method Not Allowed')));
  server.listen(port, host);
  await once(server, 'listening');
  const { port: used } = server.address() as AddressInfo; // of a server that listens on a port
  const listener = getRequestListener(createFetch(used), { overrideGlobalObjects: false });
  const answer = guarded(namesOf(host), listener as RequestListener); // HTTP/1 only
  server.on('request', answer);
  server.on('checkExpectation', answer); // as for the Host header
  return { port: used, close: () => close(server) };
}

export { type Listening, listen };
