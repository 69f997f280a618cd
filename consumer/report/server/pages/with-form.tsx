import { UnknownNameError } from '../../../queries/engines/engine';
import { InputError } from '../data/input-error';
import type { Page } from '../data/page';

/**
 * Makes a page below its form. A mistake in the form is shown below it, so that it can be corrected.
 * @param makeParts can throw an InputError, or an UnknownNameError
 */
async function withForm(
  page: Pick<Page, 'title' | 'form'>,
  makeParts: () => Page['parts'] | Promise<Page['parts']>,
): Promise<Page> {
  const problem = (text: string) => (
    <p class="warning" role="alert">
      {text}
    </p>
  );
  try {
    return { ...page, parts: await makeParts() };
  } catch (error) {
    if (error instanceof InputError) return { ...page, status: 400, parts: [problem(error.message)] };
    if (error instanceof UnknownNameError) return { ...page, status: 404, parts: [problem(error.message)] };
    throw error;
  }
}

export { withForm };
