import type { Basis } from '../queries/answers/open-source';
import type { ParameterValues } from '../queries/questions/parameters';
import { parameterValues } from '../queries/questions/question-values';
import { Answers, type ReportSource } from './data/answers';
import { reportScope } from './data/scope';
import { reportFile as renderFile } from './document/report-file';
import { sections } from './sections/sections';

/**
 * Renders the report over an open source as one HTML file, in parts. The part before the sections comes first, then a part
 * for each section.
 *
 * @param values the range of time and the filters
 * @param now the time of the report
 * @throws {QueryError} when the engine fails, or a filter has a name that does not exist
 *
 * @example
 * ```ts
 * for await (const part of reportFile(source, source.basis, { since }, new Date())) file.write(part);
 * ```
 */
function reportFile(
  source: ReportSource,
  { facts }: Basis,
  values: ParameterValues,
  now: Date,
): AsyncGenerator<string, void> {
  const { limit: _, by: __, tagName: ___, ...scoped } = parameterValues(values);
  const scope = reportScope(scoped, facts?.newest ?? now, now);
  return renderFile({ answers: new Answers(source, scope), facts }, now);
}

export { reportFile, sections };
