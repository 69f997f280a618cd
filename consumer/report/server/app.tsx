import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, Hono } from 'hono';
import { packageFile } from '../../pages/package-file';
import { styleText } from '../document/style';
import { requireAccess } from './access/require-access';
import { InputError } from './data/input-error';
import type { PageData } from './data/open-page-source';
import type { MakePage, PageRequest } from './data/page';
import { PageStore } from './data/page-store';
import { Turns } from './data/turns';
import { ErrorPage, shownError } from './pages/error-page';
import { wholePage } from './pages/layout';
import { messagePage } from './pages/message-page';
import { messagesPage } from './pages/messages-page';
import { NotFoundPage } from './pages/not-found';
import { pageText, pageWriter } from './pages/page-writer';
import { personPage } from './pages/person-page';
import { questionPage } from './pages/question-page';
import { questionsPage } from './pages/questions-page';
import { rejectsPage } from './pages/rejects-page';
import { reportPage } from './pages/report-page';

/** Requests that can wait for their turn. */
const maxWaiting = 5_000;

/** Options of the app. */
interface AppOptions {
  /** The token of the server. */
  token: string;
  /** The port that the server listens on. */
  port: number;
  data: PageData;
  /**
   * Number of pages that are made at a time.
   * @default 1
   */
  atATime?: number;
  /** Called with errors whose cause the browser does not get. */
  onError(error: unknown): void;
}

/** The pages by their paths. */
const pages: readonly (readonly [path: string, make: MakePage])[] = [
  ['/', reportPage],
  ['/messages', messagesPage],
  ['/messages/:name', messagePage],
  ['/people', personPage],
  ['/questions', questionsPage],
  ['/questions/:name', questionPage],
  ['/rejects', rejectsPage],
];

/** The folder of the files of the pages. */
const folder = join(__dirname, 'assets');

/** Returns the files of the pages by their types. They contain no data, so that they require no token. */
function assets(): [name: string, type: string, text: string][] {
  const textOf = (name: string) => readFileSync(packageFile(folder, name), 'utf8');
  return [
    ['page.css', 'text/css', styleText() + textOf('page.css')],
    ['page.js', 'text/javascript', textOf('page.js')],
  ];
}

/** Returns the path and the parameters of a request. They begin with one slash, so that a link to them remains here. */
function addressOf({ req }: Context): string {
  const { pathname, search } = new URL(req.url);
  return `/${pathname.replace(/^[/\\]+/, '')}${search}`;
}

/**
 * Returns the name and the parameters in the address of a request.
 * @throws {InputError} for a NUL character, which no text in an archive has, and which would end an SQL text
 */
function requestOf({ req }: Context): PageRequest {
  const query = new URL(req.url).searchParams;
  const name = req.param('name') ?? '';
  if ([name, ...[...query].flat()].some((text) => text.includes('\0')))
    throw new InputError('The address contains a NUL character (%00).');
  return { name, query };
}

/**
 * Creates the app that answers the requests of a server. Each page opens the data for itself and frees it.
 *
 * @example
 * ```ts
 * const data = archiveData('ses-events.duckdb', { isMasked: false });
 * await listen({ host, port }, (used) => createApp({ token, port: used, data, onError }).fetch);
 * ```
 */
function createApp({ token, port, data, atATime = 1, onError }: AppOptions): Hono {
  const app = new Hono();
  const store = new PageStore(data, new Turns({ atATime, maxWaiting }));
  const show = (make: MakePage) => async (context: Context) => {
    const address = addressOf(context);
    const request = requestOf(context);
    const writer = pageWriter(address, (source) => make(request, source), onError);
    const { status, text } = await store.get(address, writer, context.req.raw.signal);
    return context.body(pageText(text), status, { 'Content-Type': 'text/html; charset=utf-8' });
  };
  for (const [name, type, text] of assets())
    app.get(`/assets/${name}`, (context) =>
      context.body(text, 200, { 'Content-Type': `${type}; charset=utf-8` }),
    );
  app.get('/favicon.ico', (context) => context.body(null, 204)); // browsers request it
  app.use(requireAccess({ token, port }));
  app.get('/state', (context) => context.json({ state: data.state() }));
  for (const [path, make] of pages) app.get(path, show(make));
  app.notFound((context) => context.html(wholePage(<NotFoundPage />), 404));
  app.onError((error, context) => {
    const shown = shownError(error);
    if (shown.isReported) onError(error);
    const retry = shown.retryAfter === undefined ? undefined : String(shown.retryAfter);
    // Refresh works without a script. The script of an open page ignores this one.
    const headers = retry === undefined ? {} : { 'Retry-After': retry, Refresh: retry };
    const page = <ErrorPage error={shown} address={addressOf(context)} />;
    return context.html(wholePage(page), shown.status, headers);
  });
  return app;
}

export { createApp };
