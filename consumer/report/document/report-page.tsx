import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { parameterFlags } from '../../queries/questions/parameter-flags';
import type { ParameterName, ParameterValues } from '../../queries/questions/parameters';
import { rangeText } from '../data/range-text';
import type { Scope } from '../data/scope';
import type { SectionContext } from '../sections/section';
import { renderSection, SectionLinks } from '../sections/section-parts';
import { sections } from '../sections/sections';

/** Formats the filters of a report: `--domain example.com`. */
function filterTexts(filters: ParameterValues): string[] {
  // Object.entries loses the key type
  const entries = Object.entries(filters) as [ParameterName, ParameterValues[ParameterName]][];
  return entries
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const text =
        typeof value === 'object' && 'name' in value ? `${value.name}=${value.value}` : String(value);
      return `${parameterFlags[name]} ${text}`;
    });
}

/** The head of the report: its range, its filters, and a link to each section. */
function ReportHead({ scope, children }: { scope: Scope; children?: Child }) {
  const { timezone } = scope;
  const filters = filterTexts(scope.filters);
  return (
    <header class="head">
      <h1>Email report</h1>
      <p class="scope">
        <strong>{rangeText(scope, timezone)}</strong>
        {` (${timezone})`}
        {filters.map((text) => (
          <span class="filter">{text}</span>
        ))}
      </p>
      {children}
      <SectionLinks />
    </header>
  );
}

/** The place of the sections in the text of a page. */
const place = '<!--sections-->';

/** The element at the place of the sections. */
const SectionsPlace = () => raw(place);

/**
 * Renders a page with the sections of the report, in parts: the part before the sections is complete before the first
 * question is answered.
 *
 * @param page the whole page, with {@link SectionsPlace} inside
 * @throws {QueryError} when the engine fails
 */
async function* reportParts(page: Child, context: SectionContext): AsyncGenerator<string, void> {
  const [before = '', after = ''] = String(await page).split(place);
  yield `<!doctype html>\n${before}`;
  await context.answers.prepare();
  for (const section of sections) yield `${await renderSection(section, context)}\n`;
  yield `${after}\n`;
}

export { ReportHead, reportParts, SectionsPlace };
