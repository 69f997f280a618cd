import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';

/** Names of this machine for itself, as in a Host header. */
const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Returns a name or an address as a Host header contains it: in lower case, IPv6 in brackets. */
function headerName(host: string): string {
  return isIP(host) === 6 ? `[${host.toLowerCase()}]` : host.toLowerCase();
}

/** Whether only this machine can connect to an address. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** The addresses that mean every address of the machine. */
const everyAddress: readonly string[] = ['0.0.0.0', '::'];

/** Returns the names under which a server can be reached that listens on an address. */
function namesOf(host: string): ReadonlySet<string> {
  if (isLoopback(host)) return new Set([...loopbackNames, headerName(host)]);
  if (!everyAddress.includes(host)) return new Set([headerName(host)]);
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return new Set([
    ...loopbackNames,
    hostname().toLowerCase(),
    ...own.map(({ address }) => headerName(address)),
  ]);
}

/**
 * Checks the Host header of a request. A page of another site can point its own name at this server (DNS rebinding), and
 * its requests then contain that name. The port can differ, because a tunnel can have another one.
 */
function isKnownHost(header: string | undefined, names: ReadonlySet<string>): boolean {
  const [, name = ''] = /^(\[[\da-f:.]+\]|[^:[\]]+)(?::\d{1,5})?$/i.exec(header ?? '') ?? [];
  return names.has(name.toLowerCase());
}

export { isKnownHost, namesOf };
