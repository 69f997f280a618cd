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

/** A setting of the stream: the class of its error log. */
const setting: Addition = {
  row: 'a setting',
  make(checkout) {
    checkout.insertAfter(
      'modules/delivery-stream/delivery-stream-settings.ts',
      `    description: "How long the stream's error log is kept, in days.",
    source:
      'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
  }),
`,
      `  logClass: field(z.enum(['STANDARD', 'INFREQUENT_ACCESS']).default('STANDARD'), {
    description: "The class of the stream's error log.",
    source: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html',
  }),
`,
    );
    checkout.insertAfter(
      'modules/delivery-stream/delivery-stream.ts',
      '          retentionInDays: config.logRetentionDays,\n',
      '          logGroupClass: config.logClass,\n',
    );
    checkout.insertAfter(
      'test/modules/configurations.ts',
      '    bufferingInterval: 60,\n    bufferingSize: 128,\n',
      "    logClass: 'INFREQUENT_ACCESS',\n",
    );
    checkout.insertAfter(
      'test/modules/mistakes.ts',
      'const mistakes: Mistake[] = [\n',
      "  [{ logClass: 'COLD' }, 'logClass', '\"COLD\" is not allowed here: write one of STANDARD'],\n",
    );
  },
};

/** An output format: text with tabs. */
const format: Addition = {
  row: 'an output format',
  make(checkout) {
    checkout.add(
      'consumer/cli/formats/tsv.ts',
      `import type { TextFormat } from './text-format';

/** Lines of cells with tabs between them, under a header. */
const tsv: TextFormat = {
  needsColumns: true,
  lines: ({ columns, cells }) => {
    const line = (values: readonly unknown[]) =>
      values.map((value) => String(value ?? '').replaceAll(/[\\p{Cc}]/gu, ' ')).join('\\t');
    return {
      head: \`\${line(columns)}\\n\`,
      between: '',
      line: (item) => line(cells(item)),
      lineEnd: '\\n',
      tail: '',
    };
  },
};

export { tsv };
`,
    );
    checkout.replace(
      'consumer/cli/formats/registry.ts',
      "import type { TextFormat } from './text-format';\n",
      "import type { TextFormat } from './text-format';\nimport { tsv } from './tsv';\n",
    );
    checkout.replace(
      'consumer/cli/formats/registry.ts',
      '{ json, ndjson, csv }',
      '{ json, ndjson, csv, tsv }',
    );
    checkout.insertAfter(
      'test/cli/formats/registry.test.ts',
      `    ['csv', 'name,age\\r\\n"a,b",3\\r\\n\\'=c,\\r\\n'],\n`,
      "    ['tsv', 'name\\tage\\na,b\\t3\\n=c\\t\\n'],\n",
    );
  },
};

/** A record of the made-up kind. */
const forwardFixture = `{
  "eventType": "Forward",
  "mail": {
    "timestamp": "2026-02-03T01:05:22.000Z",
    "source": "news@example.com",
    "sendingAccountId": "111122223333",
    "messageId": "0100019c21085f11-00000000-0000-4000-8000-000000000001-000000",
    "destination": [
      "ines@example.com"
    ],
    "tags": {
      "ses:configuration-set": [
        "mail"
      ]
    }
  },
  "forward": {
    "timestamp": "2026-02-03T01:06:23.503Z",
    "forwardedTo": "lena@example.com",
    "reason": "rule"
  }
}
`;

/** A kind of event that AWS does not have. */
const kind: Addition = {
  row: 'a kind of event',
  make(checkout) {
    checkout.add(
      'consumer/events/forward.ts',
      `import { z } from 'zod';
import { MailSchema } from './mail';
import { type Exact, timestamp } from './schema';

/** A message that was forwarded. */
const ForwardEventSchema = z.looseObject({
  eventType: z.literal('Forward'),
  mail: MailSchema,
  forward: z.looseObject({
    timestamp,
    forwardedTo: z.string(),
    reason: z.string().nullish(),
  }),
});

/** A Forward event: see {@link ForwardEventSchema}. */
type ForwardEvent = Exact<z.infer<typeof ForwardEventSchema>>;

export { type ForwardEvent, ForwardEventSchema };
`,
    );
    const after = (path: string, text: string, inserted: string) =>
      checkout.insertAfter(path, text, inserted);
    const emailEvent = 'consumer/events/email-event.ts';
    after(
      emailEvent,
      "import { DeliveryDelayEventSchema } from './delivery-delay';\n",
      "import { ForwardEventSchema } from './forward';\n",
    );
    after(emailEvent, '  Subscription: SubscriptionEventSchema,\n', '  Forward: ForwardEventSchema,\n');
  },
};

const additions: readonly Addition[] = [field, question, setting, format, kind];

export { type Addition, additions };
