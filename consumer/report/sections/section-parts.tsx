import type { Section, SectionContext } from './section';
import { sections } from './sections';

/** A link to each section of the report. */
function SectionLinks() {
  return (
    <nav aria-label="Sections">
      <ul>
        {sections.map(({ id, title }) => (
          <li>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/**
 * Renders a section with its heading.
 * @throws {QueryError} when the engine fails
 */
async function renderSection({ id, title, render }: Section, context: SectionContext) {
  const content = await render(context);
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {content}
    </section>
  );
}

export { renderSection, SectionLinks };
