import { countedOutcomes } from './outcome';
import type { View } from './view';
import { columnsOfEvents, columnsOfType } from './view-columns';

/** Each email, and what its events made of it: what every question counts that counts emails. */
const emails: View = {
  name: 'emails',
  meaning: 'One row for each email, a message to one address, with what became of it.',
  columns: [
    ...columnsOfEvents(['message_id']),
    ...columnsOfType('varchar', 'address', 'domain'),
    ...columnsOfType('timestamp(3)', 'sent_at'),
    ...columnsOfEvents(['configuration_set', 'source']),
    ...columnsOfType('boolean', ...countedOutcomes),
  ],
  sql: () => `
    SELECT message_id, address, min(domain) AS domain, min(mail_timestamp) AS sent_at,
      min(configuration_set) AS configuration_set, min(source) AS source,
      ${countedOutcomes.map((name) => `bool_or(outcome = '${name}') AS ${name}`).join(',\n      ')}
    FROM recipients
    WHERE outcome IS NOT NULL
    GROUP BY message_id, address`,
};

export { emails };
