import type { ParameterName, ParameterValues } from '../../../queries/questions/parameters';
import type { Question } from '../../../queries/questions/question';
import { redactedMark } from '../../../texts/redacted-text';
import { Answers } from '../../data/answers';
import { rangeText } from '../../data/range-text';
import type { RowLink } from '../../data/row-link';
import { reportScope, type Scope } from '../../data/scope';
import type { SectionContext } from '../../sections/section';
import { renderSection, SectionLinks } from '../../sections/section-parts';
import { sections } from '../../sections/sections';
import { addressParameters } from '../data/address-parameters';
import { questionOf } from '../data/answer-of';
import type { MakePage, Part } from '../data/page';
import { parseParameters } from '../data/parameter-texts';
import { ParameterForm } from './parameter-form';
import { withForm } from './with-form';

/** Returns the filters of the report: those of its questions about emails and about recipients. */
function reportParameters(): ParameterName[] {
  const names = ['health', 'bounces'].flatMap((name) => questionOf(name)?.parameters ?? []);
  return [...new Set([...names, 'timezone' as const])].filter((name) => name !== 'limit');
}

/** Returns the parameters of a question for the scope of the report. A domain is one of recipients. */
function scopedValues({ parameters }: Question, scope: Scope, own: ParameterValues): ParameterValues {
  const { since, until, timezone, filters } = scope;
  const { domain, ...given }: ParameterValues = { since, until, ...filters, ...own };
  const isRecipient = domain !== undefined && !parameters.includes('domain');
  const values = { ...given, ...(isRecipient ? { recipient: `@${domain}`, ...given } : { domain }) };
  // Object.entries loses the key type
  const taken = (Object.entries(values) as [ParameterName, unknown][]).filter(([name]) =>
    parameters.includes(name),
  );
  return { ...Object.fromEntries(taken), timezone: timezone === 'UTC' ? undefined : timezone };
}

/** Whether a parameter is masked, so that it selects nothing. */
const hasMaskedText = (values: ParameterValues) => JSON.stringify(values).includes(redactedMark);

/** Returns the links from numbers to the pages with their rows. */
function rowLink(scope: Scope): RowLink {
  return (name, own) => {
    const question = questionOf(name);
    if (question === undefined || hasMaskedText(own)) return undefined;
    const path = name === 'messages' ? '/messages' : `/questions/${name}`;
    return `${path}?${addressParameters(scopedValues(question, scope, own))}`;
  };
}

/** Yields the range of the report, then its sections, each when its questions are answered. */
async function* reportParts(scope: Scope, context: SectionContext): AsyncGenerator<Part, void> {
  const { timezone } = scope;
  yield (
    <p class="scope">
      <strong>{rangeText(scope, timezone)}</strong>
      {` (${timezone})`}
    </p>
  );
  yield <SectionLinks />;
  await context.answers.prepare();
  for (const section of sections) yield await renderSection(section, context);
}

/** The first page: the report, with its filters as a form. */
const reportPage: MakePage = ({ query }, { facts, open, now }) => {
  const parameters = reportParameters();
  const form = <ParameterForm action="/" parameters={parameters} query={query} />;
  return withForm({ title: 'Email report', form }, () => {
    const scope = reportScope(parseParameters(query, parameters, now), facts?.newest ?? now, now);
    return reportParts(scope, { answers: new Answers(open, scope, rowLink(scope)), facts });
  });
};

export { reportPage };
