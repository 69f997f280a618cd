import type { Checkout } from './checkout';

/** Something made up that is added to a copy of the repository, the way CONTRIBUTING.md says. */
interface Addition {
  /** The row of the table "Where things go". */
  row: string;
  make(checkout: Checkout): void;
}

/** A field that AWS does not write: the reply code of a bounce. */
const field: Addition = {
  row: 'a field of an event',
  make(checkout) {
    checkout.insertAfter(
      'consumer/events/bounce.ts',
      '  remoteMtaIp: z.string().nullish(),\n',
      '  smtpReplyCode: z.string().nullish(),\n',
    );
    checkout.insertAfter(
      'consumer/archive/store/columns.ts',
      `    meaning: "The bounce's finer label.",\n  },\n`,
      `  {
    name: 'smtp_reply_code',
    type: 'text',
    paths: ['bounce.smtpReplyCode'],
    meaning: 'The reply code of the receiving server.',
  },
`,
    );
    for (const [fixture, before] of [
      ['bounce/permanent-no-email', '    "remoteMtaIp": "203.0.113.40"'],
      ['legacy-bounce/unknown-values-and-fields', '    "reportingMTA": "dns; mta7.ses-out.example"'],
    ] as const) {
      checkout.insertAfter(`test/fixtures/${fixture}.json`, before, ',\n    "smtpReplyCode": "550"');
    }
    checkout.replace(
      'bench/ingest/explicit-schema.ts',
      'feedbackId VARCHAR, reportingMTA VARCHAR, remoteMtaIp VARCHAR)`,\n  complaint:',
      'feedbackId VARCHAR, reportingMTA VARCHAR, remoteMtaIp VARCHAR, smtpReplyCode VARCHAR)`,\n  complaint:',
    );
    checkout.insertAfter(
      'bench/ingest/explicit-schema.ts',
      'bounce.bounceSubType AS bounce_sub_type,',
      ' bounce.smtpReplyCode AS smtp_reply_code,',
    );
  },
};

/** A question that the bundled sample answers. */
const question: Addition = {
  row: 'a question',
  make(checkout) {
    checkout.add(
      'consumer/queries/questions/changed-lists.sql',
      `-- title: Which contact lists changed?
-- description: Changes of preferences by contact list.
-- parameters: since, until, limit
-- time: happened
-- window: when the events happened
-- column: contact_list | text | The contact list.
-- column: changes | count | Changes.

SELECT contact_list, count(*) AS changes
FROM subscriptions
WHERE {happened}
GROUP BY contact_list
ORDER BY changes DESC, contact_list NULLS LAST
LIMIT {limit}
`,
    );
    checkout.replace(
      'consumer/queries/questions/question-groups.ts',
      "'links', 'subscriptions'",
      "'links', 'subscriptions', 'changed-lists'",
    );
    checkout.insertAfter(
      'test/queries/answers.test.ts',
      "  subscriptions: [\n    {\n      contact_list: 'readers',\n      subscription_source: 'UnsubscribeHeader',\n      changes: 1,\n      messages: 1,\n      last_at: at('02T11:00:00'),\n    },\n  ],\n",
      "  'changed-lists': [{ contact_list: 'readers', changes: 1 }],\n",
    );
    checkout.insertAfter(
      'test/modules/cdktf/logical-id.test.ts',
      "      'aws_athena_named_query.catalog_campaigns',\n",
      "      'aws_athena_named_query.catalog_changed_lists',\n",
    );
  },
};

const additions: readonly Addition[] = [field, question];

export { type Addition, additions };
