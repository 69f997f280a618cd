import type { Child } from 'hono/jsx';

interface PageProps {
  title: string;
  /** The style sheet: its text in a file, its address on a server. */
  style: { text: string; source: string } | { address: string };
  /** The address of a script; a file has none. */
  script?: string;
  children?: Child;
}

/**
 * A whole page. A file has its style sheet inside, and a policy that allows nothing else: no script, no connection, no
 * other resource. A server sends its policy in a header.
 */
function Page({ title, style, script, children }: PageProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        {'source' in style ? (
          <meta
            http-equiv="Content-Security-Policy"
            content={`default-src 'none'; style-src ${style.source}; base-uri 'none'; form-action 'none'`}
          />
        ) : null}
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{title}</title>
        {'source' in style ? (
          // The style sheet of this package, whose digest is in the policy. It contains no text of events.
          <style dangerouslySetInnerHTML={{ __html: style.text }} />
        ) : (
          <link rel="stylesheet" href={style.address} />
        )}
        {script === undefined ? null : <script type="module" src={script} />}
      </head>
      <body>{children}</body>
    </html>
  );
}

export { Page };
