import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Database } from '../../../archive/store/database';
import type { ArchiveFacts, OpenSource } from '../../../queries/answers/open-source';

/** The data of a page, open until the page is complete. */
interface PageSource {
  /** Answers questions and traces. With masking, without the names before the @ of addresses. */
  open: OpenSource;
  /**
   * The open archive, for the pages that show more than answers. Read from it before the first question, which locks its
   * settings. Undefined for Athena.
   */
  database: Database | undefined;
  /** Counts of the archive; undefined for Athena. */
  facts: ArchiveFacts | undefined;
  /** Whether addresses are masked. */
  isMasked: boolean;
  /** Masks the addresses in a text that was read from the archive, where masking is on. */
  mask(text: string): string;
  /** The time of this request, to which relative times refer. */
  now: Date;
}

/** A request for a page. */
interface PageRequest {
  /** The part of the path after the name of the page, decoded; empty for a list. */
  name: string;
  /** The parameters of the address. */
  query: URLSearchParams;
}

/** A part of a page; null for none. */
type Part = JSX.Element | null;

/** A page. Its parts are sent in their order, each when it is ready. */
interface Page {
  /** Plain text, which can contain control characters. */
  title: string;
  /** @default 200 */
  status?: 200 | 400 | 404 | 503;
  /** The part that does not change when new events arrive, such as a form. */
  form?: Child;
  parts: Iterable<Part> | AsyncIterable<Part>;
}

/**
 * Makes a page. Errors that it throws become a page with the status of an error; errors of its parts become a part.
 * @throws {QueryError} when the engine fails
 */
type MakePage = (request: PageRequest, source: PageSource) => Page | Promise<Page>;

export type { MakePage, Page, PageRequest, PageSource, Part };
