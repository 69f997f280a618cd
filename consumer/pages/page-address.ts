/** The address of the repository, from `repository` in package.json; test/repository.test.ts compares them. */
const repository = 'https://github.com/OWNER/ses-event-archive';

/**
 * Returns the web address of a page in docs/, for texts that users read: the installed package has no docs/ folder.
 *
 * @param page the page's file name without its extension
 * @param section the anchor of a heading: its words in lower case, with hyphens
 * @example
 * pageAddress('security', 'open-and-click-tracking');
 * // https://github.com/…/blob/main/docs/security.md#open-and-click-tracking
 */
function pageAddress(page: string, section?: string): string {
  const anchor = section === undefined ? '' : `#${section}`;
  return `${repository}/blob/main/docs/${page}.md${anchor}`;
}

export { pageAddress };
