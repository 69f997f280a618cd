import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { AwsRequest, Handler } from './handler';

/** Service and region of an AWS signature, version 4. */
const credentialScope = /Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;

function awsRequest({ method = 'GET', url = '/', headers }: IncomingMessage, body: Buffer): AwsRequest {
  const { pathname, searchParams } = new URL(`http://companion${url}`);
  const [, region = '', service = ''] = credentialScope.exec(headers.authorization ?? '') ?? [];
  const target = headers['x-amz-target'];
  const operation = typeof target === 'string' ? target.split('.').at(-1) : undefined;
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return {
    ...{ service, region, operation, method, body },
    path: pathname,
    query: searchParams,
    headers: Object.fromEntries(texts),
  };
}

/**
 * One endpoint for all AWS services. Handlers respond to some calls. All other calls go to another server, unchanged.
 *
 * @example
 * const companion = await Companion.start(moto.url, [firehose.handle]);
 * process.env.AWS_ENDPOINT_URL = companion.url;
 */
class Companion {
  private readonly server: Server = createServer((incoming, outgoing) => {
    this.answer(incoming, outgoing).catch((error: unknown) => {
      outgoing.writeHead(500, { 'Content-Type': 'text/plain' }).end(String(error));
    });
  });

  private constructor(
    private readonly upstream: URL,
    private readonly handlers: readonly Handler[],
  ) {}

  /**
   * Starts the server on loopback.
   * @param port the port; 0 is any free one
   * @throws {Error} with the code EADDRINUSE, when the port is in use
   */
  static async start(upstream: string, handlers: readonly Handler[], port = 0): Promise<Companion> {
    const companion = new Companion(new URL(upstream), handlers);
    companion.server.listen(port, '127.0.0.1');
    await once(companion.server, 'listening');
    return companion;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo; // an AddressInfo, because the server listens on a port
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const asked = awsRequest(incoming, body);
    for (const handler of this.handlers) {
      const answer = await handler(asked);
      if (answer === undefined) continue;
      outgoing.writeHead(answer.status, answer.headers).end(answer.body);
      return;
    }
    await this.handOn(incoming, body, outgoing);
  }

  private handOn(incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): Promise<void> {
    const { hostname, port } = this.upstream;
    const { method, url: path, headers } = incoming;
    return new Promise((resolve, reject) => {
      const onward = request({ hostname, port, method, path, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing).on('close', resolve);
        answer.on('error', reject);
      });
      onward.on('error', reject);
      onward.end(body);
    });
  }
}

export { Companion };
