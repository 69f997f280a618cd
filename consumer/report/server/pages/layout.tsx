import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { terminalText } from '../../../texts/terminal-text';
import { Page } from '../../document/page';

/** The pages in the navigation. */
const links = [
  ['/', 'Report'],
  ['/messages', 'Messages'],
  ['/people', 'People'],
  ['/questions', 'Questions'],
  ['/rejects', 'Rejected records'],
] as const;

interface LayoutProps {
  title: string;
  /**
   * Whether the page shows data, which its script refreshes.
   * @default false
   */
  hasData?: boolean;
  /** The address of the page, whose link in the navigation is marked. */
  address?: string | undefined;
  children?: Child;
}

/** The frame of a page. Without JavaScript, everything works except that the page refreshes itself. */
function Layout({ title, hasData = false, address = '', children }: LayoutProps) {
  const [, first = ''] = /^(\/\w*)/.exec(address) ?? [];
  const shown = terminalText(title);
  return (
    <Page
      title={`${shown} – ses-events`}
      style={{ address: '/assets/page.css' }}
      {...(hasData && { script: '/assets/page.js' })}
    >
      <header>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <nav aria-label="Pages">
          <ul>
            {links.map(([path, label]) => (
              <li>
                <a href={path} aria-current={path === first ? 'page' : undefined}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main id="content">
        <h1>{shown}</h1>
        {children}
      </main>
    </Page>
  );
}

/** Returns a whole page as text. */
async function wholePage(page: JSX.Element): Promise<string> {
  return `<!doctype html>\n${await page}`;
}

/** A place in a page for its parts. Texts on a page are escaped, so that none of them can contain it. */
const partsMark = '<!--parts-->';

/**
 * The place of the parts, which the script of the pages replaces when new events arrive.
 * @param state the state of the data, with which the script compares
 */
function PartsPlace({ state }: { state: string }) {
  return (
    <div id="live" data-state={state}>
      {raw(partsMark)}
    </div>
  );
}

/** Returns the text of a page before and after its parts. */
function splitAtParts(text: string): [before: string, after: string] {
  const at = text.indexOf(partsMark);
  return [text.slice(0, at), text.slice(at + partsMark.length)];
}

export { Layout, PartsPlace, splitAtParts, wholePage };
