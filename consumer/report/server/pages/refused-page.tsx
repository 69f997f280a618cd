import { Layout } from './layout';

interface RefusedPageProps {
  /** Whether the request has a token, but another one. */
  isWrong: boolean;
  /** The address of the requested page. */
  address: string;
}

/** The page for a request without the token and without the cookie. */
function RefusedPage({ isWrong, address }: RefusedPageProps) {
  return (
    <Layout title="Open the address from the terminal">
      <p>
        {isWrong
          ? 'The token in this address is not the one of the running server. Each start has another one, unless it has a token file.'
          : 'These pages contain personal data, so they require the token of the running server.'}
      </p>
      <ul>
        <li>
          Open the address that <code>ses-events serve</code> printed when it started. It ends with{' '}
          <code>?token=…</code>.
        </li>
        <li>
          If you have opened it in this browser before, and followed a link from another site,{' '}
          <a href={address}>open this page again</a>: a browser sends no cookie with such a link.
        </li>
      </ul>
    </Layout>
  );
}

export { RefusedPage };
