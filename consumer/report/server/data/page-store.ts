import type { OpenedPageSource, PageData } from './open-page-source';
import type { Page } from './page';
import { PageText } from './page-text';
import type { Turns } from './turns';

/** A page whose status is known, and whose text is complete or still written. */
interface StartedPage {
  status: NonNullable<Page['status']>;
  text: PageText;
}

/** How to write a page. */
interface PageWriter {
  make(source: OpenedPageSource): Page | Promise<Page>;
  /**
   * Yields the text of a page.
   * @param state the state of the data
   */
  write(page: Page, source: OpenedPageSource, state: string): AsyncIterable<string>;
  /** Returns the text in place of the parts that an error prevents. */
  failure(error: unknown): string;
}

/** A page in the store. */
interface Stored {
  started: Promise<StartedPage>;
  text: PageText;
  since: number;
  /** Number of requests that wait for the page. */
  readers: number;
}

/** Milliseconds for which a page is kept. The times in its address can be relative, and move. */
const maxAge = 5 * 60_000;

/** Characters of all pages that are kept. */
const maxLength = 16 * 1024 * 1024;

/**
 * Pages of the current state of the data. Requests for the same page share its text, while it is written and afterwards, so
 * that the archive is opened once for them.
 */
class PageStore {
  private readonly pages = new Map<string, Stored>();
  private state = '';

  constructor(
    private readonly data: PageData,
    private readonly turns: Turns,
  ) {}

  /**
   * Returns a page when its status is known.
   * @param address the path and the parameters of the page
   * @param signal aborted when the request is. A page that nobody waits for is not made.
   * @throws {ArchiveError} when the archive cannot be opened
   * @throws {TooManyRequestsError} when too many requests wait
   */
  async get(address: string, writer: PageWriter, signal: AbortSignal): Promise<StartedPage> {
    this.forget();
    const known = this.pages.get(address);
    if (known !== undefined) known.readers++;
    const stored = known ?? this.start(address, writer);
    signal.addEventListener('abort', () => stored.readers--, { once: true });
    return stored.started;
  }

  private start(address: string, writer: PageWriter): Stored {
    const text = new PageText();
    let resolve: (page: StartedPage) => void = () => {};
    let reject: (error: unknown) => void = () => {};
    const started = new Promise<StartedPage>((...settle) => {
      [resolve, reject] = settle;
    });
    const stored: Stored = { started, text, since: performance.now(), readers: 1 };
    this.pages.set(address, stored);
    const drop = () => {
      if (this.pages.get(address) === stored) this.pages.delete(address);
    };
    const isAbandoned = () => stored.readers === 0;
    this.turns
      .take(() => this.write(text, writer, { resolve, drop }), isAbandoned)
      .catch((error: unknown) => {
        drop();
        reject(error);
      });
    return stored;
  }

  /** Writes a page. The archive is closed when its text is complete, whether or not somebody has read it. */
  private async write(
    text: PageText,
    writer: PageWriter,
    { resolve, drop }: { resolve(page: StartedPage): void; drop(): void },
  ): Promise<void> {
    const source = await this.data.open();
    try {
      // Nobody can write to the archive while it is open here.
      const state = this.data.state();
      const page = await writer.make(source);
      resolve({ status: page.status ?? 200, text });
      try {
        for await (const part of writer.write(page, source, state)) text.append(part);
      } catch (error) {
        drop();
        text.append(writer.failure(error));
      }
    } finally {
      source.close();
      text.end();
    }
  }

  /** Removes the pages of earlier states and old ones, and the oldest ones when all are too long. */
  private forget(): void {
    const state = this.data.state();
    if (state !== this.state) this.pages.clear();
    this.state = state;
    const oldest = performance.now() - maxAge;
    let length = 0;
    for (const [address, { since, text }] of [...this.pages].reverse()) {
      length += text.length;
      if (since < oldest || length > maxLength) this.pages.delete(address);
    }
  }
}

export { PageStore, type PageWriter };
