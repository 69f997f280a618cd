import type { Page } from '../data/page';
import { Layout } from './layout';

const title = 'Not found';

function Advice({ text }: { text: string }) {
  return (
    <p>
      {text} <a href="/">Open the report</a>
    </p>
  );
}

/** Returns the page for a name that does not occur in the data. */
function notFound(text: string): Page {
  return { title, status: 404, parts: [<Advice text={text} />] };
}

/** The page for an address that has none. It requires no data. */
function NotFoundPage() {
  return (
    <Layout title={title}>
      <Advice text="There is no page with this address." />
    </Layout>
  );
}

export { NotFoundPage, notFound };
