import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { type ServerOptions, type StartedServer, startServer } from '../../../consumer/report/server/start';

/** A response, with its body as text. */
interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** A request that fetch() cannot make: with any Host header, and a path that is not normalized. */
interface RawRequest {
  method?: string;
  headers?: OutgoingHttpHeaders;
}

/** Sends a request to a port of this machine. */
async function send(
  port: number,
  path: string,
  { method = 'GET', headers = {} }: RawRequest = {},
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: body }),
        reject,
      );
    });
    sent.on('error', reject).end();
  });
}

type PageServerOptions = Omit<ServerOptions, 'host' | 'port' | 'onError'>;

/** A server in this process, over real HTTP, with the cookie of a browser that has opened its address. */
class PageServer {
  readonly errors: unknown[] = [];
  private started: StartedServer | undefined;
  private cookie = '';

  /** Returns a server that runs during the tests of a file. */
  static forTests(options: PageServerOptions): PageServer {
    const server = new PageServer();
    beforeAll(() => server.start(options));
    afterAll(() => server.close());
    return server;
  }

  get port(): number {
    return this.started?.port ?? 0;
  }

  get token(): string {
    return this.started?.token ?? '';
  }

  async start(options: PageServerOptions): Promise<void> {
    const onError = (error: unknown) => void this.errors.push(error);
    this.started = await startServer({ host: '127.0.0.1', port: 0, onError, ...options });
    const { headers } = await this.send(`/?token=${this.token}`);
    this.cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  }

  async close(): Promise<void> {
    await this.started?.close();
  }

  /** Sends a request as a stranger does. */
  send(path: string, request: RawRequest = {}): Promise<Got> {
    return send(this.port, path, request);
  }

  /** Sends a request as the browser does. */
  get(path: string, { headers, ...request }: RawRequest = {}): Promise<Got> {
    return this.send(path, { ...request, headers: { cookie: this.cookie, ...headers } });
  }
}

export { type Got, PageServer, send };
