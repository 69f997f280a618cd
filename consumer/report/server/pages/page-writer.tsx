import type { OpenedPageSource } from '../data/open-page-source';
import type { Page, Part } from '../data/page';
import type { PageWriter } from '../data/page-store';
import type { PageText } from '../data/page-text';
import { shownError } from './error-page';
import { Freshness } from './freshness';
import { Layout, PartsPlace, splitAtParts, wholePage } from './layout';

/** Returns a part of a page as HTML. */
async function htmlOf(part: Part): Promise<string> {
  return part === null ? '' : String(await part);
}

/** Returns the writer of a page: its frame, then each part when it is ready. */
function pageWriter(
  address: string,
  make: (source: OpenedPageSource) => Page | Promise<Page>,
  onError: (error: unknown) => void,
): PageWriter {
  let end = '';
  return {
    make,
    async *write({ title, form, parts }, { facts, now, isMasked }, state) {
      const frame = (
        <Layout title={title} hasData address={address}>
          {form}
          <PartsPlace state={state} />
        </Layout>
      );
      const [before, after] = splitAtParts(await wholePage(frame));
      end = after;
      yield before + (await htmlOf(<Freshness {...{ facts, now, isMasked, address }} />));
      for await (const part of parts) yield await htmlOf(part);
      yield after;
    },
    failure(error) {
      const { title, text, isReported } = shownError(error);
      if (isReported) onError(error);
      const problem = (
        <p class="warning" role="alert">
          {`${title}. ${text}`}
        </p>
      );
      return `${problem}${end}`;
    },
  };
}

/** Returns the text of a page as the body of a response. */
function pageText(text: PageText): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const parts = text.read();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await parts.next();
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await parts.return();
      },
    },
    { highWaterMark: 0 },
  );
}

export { pageText, pageWriter };
