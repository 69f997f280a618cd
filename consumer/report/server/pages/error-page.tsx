import { ArchiveError, ArchiveHeldError } from '../../../archive/store/archive-error';
import { UnknownNameError } from '../../../queries/engines/engine';
import { InputError } from '../data/input-error';
import { AbandonedError, TooManyRequestsError } from '../data/turns';
import { Layout } from './layout';

/** An error as a browser gets it: without paths of this machine, stacks, or values of events. */
interface ShownError {
  status: 400 | 404 | 500 | 503;
  title: string;
  text: string;
  /** Seconds after which the browser requests the page again. */
  retryAfter?: number;
  /** Whether the terminal must show the cause, because the page does not. */
  isReported: boolean;
}

const retryAfter = 3;

/** Returns an error as a browser gets it. */
function shownError(error: unknown): ShownError {
  if (error instanceof InputError)
    return { status: 400, title: 'Correct the address', text: error.message, isReported: false };
  if (error instanceof UnknownNameError)
    return { status: 404, title: 'Nothing found', text: error.message, isReported: false };
  if (error instanceof ArchiveHeldError)
    return {
      status: 503,
      title: 'The archive is in use',
      text: 'Another process is writing to the archive. This page tries again.',
      retryAfter,
      isReported: false,
    };
  if (error instanceof TooManyRequestsError)
    return {
      status: 503,
      title: 'Too many requests',
      text: 'Other requests are being answered. This page tries again.',
      retryAfter,
      isReported: false,
    };
  if (error instanceof AbandonedError)
    return { status: 503, title: 'No answer', text: 'The browser has left.', isReported: false };
  const cause = 'The terminal in which ses-events serve runs shows the cause.';
  if (error instanceof ArchiveError)
    return { status: 503, title: 'The archive cannot be opened', text: cause, isReported: true };
  return { status: 500, title: 'No answer', text: cause, isReported: true };
}

/** The page about an error, with the address of the requested page. */
function ErrorPage({ error, address }: { error: ShownError; address: string }) {
  const { title, text, retryAfter: seconds } = error;
  return (
    <Layout title={title}>
      <p>{text}</p>
      {seconds === undefined ? null : (
        <p>
          <a href={address}>Try again now</a>
        </p>
      )}
    </Layout>
  );
}

export { ErrorPage, shownError };
