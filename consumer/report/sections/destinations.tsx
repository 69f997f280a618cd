import type { QuestionName } from '../../queries/answers/ask';
import type { Outcome, ParameterName } from '../../queries/questions/parameters';
import type { AnswerRow } from '../components/answer-table';
import { Figure } from '../components/figure';
import type { Answered } from '../data/answers';
import type { Section, SectionContext } from './section';

/** A comparison of the emails by one property. */
interface Comparison<Name extends QuestionName> {
  title: string;
  /** The column of the property. */
  by: string;
  /** The parameter that filters by the property. */
  parameter?: ParameterName;
  answered: Answered<Name>;
  note?: string;
}

function Rates<Name extends 'domains' | 'providers' | 'configuration-sets' | 'tenants'>({
  title,
  by,
  parameter,
  answered,
  note,
  answers,
}: Comparison<Name> & Pick<SectionContext, 'answers'>) {
  const link = (outcome: Outcome) => (row: AnswerRow) => {
    const name = row[by];
    if (typeof name !== 'string' || parameter === undefined) return undefined;
    return answers.linkTo('emails', { [parameter]: name, outcome });
  };
  return (
    <Figure
      title={title}
      answered={answered}
      columns={[
        { name: by },
        { name: 'sent', hasBar: true, link: link('sent') },
        { name: 'delivery_rate' },
        { name: 'bounced', link: link('bounced') },
        { name: 'bounce_rate', hasBar: true },
        { name: 'complained', link: link('complained') },
        { name: 'complaint_rate' },
      ]}
      note={note}
    />
  );
}

async function render({ answers }: SectionContext) {
  const providers = await answers.ask('providers', { limit: 10 });
  const domains = await answers.ask('domains', { limit: 10 });
  const sets = await answers.ask('configuration-sets', { limit: 10 });
  const tenants = await answers.ask('tenants', { limit: 10 });
  const hasTenants = tenants.rows.some(({ tenant }) => tenant !== null);
  return (
    <>
      <Rates
        answers={answers}
        title="Mailbox providers"
        by="provider"
        answered={providers}
        note="The domain of a company does not show whether a provider hosts its mailboxes, so most of these domains are in the row other."
      />
      <Rates
        answers={answers}
        title="Domains"
        by="domain"
        parameter="domain"
        answered={domains}
        note="Domains with the most bounces and complaints are first."
      />
      <Rates
        answers={answers}
        title="Configuration sets"
        by="configuration_set"
        parameter="configurationSet"
        answered={sets}
      />
      {hasTenants ? (
        <Rates answers={answers} title="Tenants" by="tenant" parameter="tenant" answered={tenants} />
      ) : null}
    </>
  );
}

/** Rates by the destination and the origin of the emails. */
const destinations: Section = { id: 'destinations', title: 'Recipients and senders', render };

export { destinations };
