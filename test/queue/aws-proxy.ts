import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request on its way to AWS. */
interface AwsRequest {
  /** SQS's action (`DeleteMessageBatch`), or S3's method and path (`GET /bucket/key`). */
  name: string;
  body: string;
}

/** What befalls a request instead of being handed on. */
type Fault =
  /** It is answered with this HTTP status and AWS's code for it. */
  | { status: number; code: string }
  /** Its answer breaks off after so many bytes of the body. */
  | { cutAt: number };

/** Looks at each request; what it waits for, the request waits for. */
type Watcher = (request: AwsRequest) => Fault | undefined | Promise<Fault | undefined>;

function requestName({ method, url, headers }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  const path = decodeURIComponent(url?.split('?')[0] ?? '');
  return typeof target === 'string' ? (target.split('.')[1] ?? target) : `${method} ${path}`;
}

/** Between a client and the server that answers for AWS: requests can be counted, held and spoiled. */
class AwsProxy {
  /** Names of the requests so far. */
  readonly requests: string[] = [];
  watcher: Watcher = () => undefined;
  private readonly server: Server = createServer(
    (incoming, outgoing) => void this.handOn(incoming, outgoing),
  );

  private constructor(private readonly target: URL) {}

  /** Starts a proxy of a server. */
  static async start(target: string): Promise<AwsProxy> {
    const proxy = new AwsProxy(new URL(target));
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo; // it listens on a port
    return `http://127.0.0.1:${port}`;
  }

  /** How many requests had this name. */
  count(name: string): number {
    return this.requests.filter((other) => other === name).length;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handOn(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const name = requestName(incoming);
    const body = await buffer(incoming);
    this.requests.push(name);
    const fault = await this.watcher({ name, body: body.toString() });
    if (fault !== undefined && 'status' in fault) {
      const { status, code } = fault;
      const isS3 = name.includes(' ');
      const text = isS3
        ? `<Error><Code>${code}</Code><Message>as the test wants it</Message></Error>`
        : JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message: 'as the test wants it' });
      outgoing.writeHead(status, { 'Content-Type': isS3 ? 'application/xml' : 'application/x-amz-json-1.0' });
      outgoing.end(incoming.method === 'HEAD' ? '' : text);
      return;
    }
    const { hostname, port } = this.target;
    const { method, url, headers } = incoming;
    const onward = request({ hostname, port, method, path: url, headers }, async (answer) => {
      const content = await buffer(answer);
      outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, connection: 'close' });
      if (fault === undefined) outgoing.end(content);
      else outgoing.write(content.subarray(0, fault.cutAt), () => outgoing.destroy());
    });
    onward.on('error', () => outgoing.destroy());
    onward.end(body);
  }
}

export { AwsProxy };
