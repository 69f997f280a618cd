import type { Checkout } from './checkout';

/** A made-up example that is added to a copy of the repository, as CONTRIBUTING.md describes. */
interface Addition {
  /** The heading below "Where things go", in lower case. */
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
      '  /** The reply code of the receiving server. */\n  smtpReplyCode: z.string().nullish(),\n',
    );
    checkout.insertAfter(
      'consumer/archive/store/columns.ts',
      "    meaning: 'Bounce subtype of SES, such as `NoEmail`.',\n  },\n",
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
      `-- title: Changed contact lists
-- description: Changes of preferences by contact list.
-- parameters: since, until, limit
-- time: happened
-- window: by event time
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
      `    description: "Retention of the stream's error log, in days.",
    source:
      'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
  }),
`,
      `  logClass: field(z.enum(['STANDARD', 'INFREQUENT_ACCESS']).default('STANDARD'), {
    description: "Class of the stream's error log.",
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
      "  [{ logClass: 'COLD' }, 'logClass', '\"COLD\" is not valid: expected one of STANDARD'],\n",
    );
  },
};

/** An output format: text with tabs. */
const format: Addition = {
  row: 'an output format',
  make(checkout) {
    checkout.add(
      'consumer/cli/formats/tsv.ts',
      `import type { TextFormat } from './line-format';

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
      "import { markdown } from './markdown';\n",
      "import { markdown } from './markdown';\nimport { tsv } from './tsv';\n",
    );
    checkout.replace('consumer/cli/formats/registry.ts', '  markdown,\n', '  markdown,\n  tsv,\n');
    checkout.insertAfter(
      'test/cli/formats/registry.test.ts',
      `    ['csv', 'name,age\\r\\n"a,b",3\\r\\n\\'=c,\\r\\n'],\n`,
      "    ['tsv', 'name\\tage\\na,b\\t3\\n=c\\t\\n'],\n",
    );
  },
};

/** A made-up kind of event. */
const kind: Addition = {
  row: 'a kind of event',
  make(checkout) {
    checkout.add(
      'consumer/events/relay.ts',
      `import { z } from 'zod';
import { MailSchema } from './mail';
import { type Exact, timestamp } from './schema';

/**
 * A message that was relayed.
 *
 * @example
 * \`\`\`json
 * { "eventType": "Relay", "mail": {}, "relay": { "relayedTo": "lena@example.com" } }
 * \`\`\`
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
 */
const RelayEventSchema = z.looseObject({
  eventType: z.literal('Relay'),
  mail: MailSchema,
  relay: z.looseObject({
    timestamp,
    relayedTo: z.string(),
    relayReason: z.string().nullish(),
  }),
});

/** A Relay event: see {@link RelayEventSchema}. */
type RelayEvent = Exact<z.infer<typeof RelayEventSchema>>;

export { type RelayEvent, RelayEventSchema };
`,
    );
    for (const [path, before, inserted] of relayEdits) checkout.insertAfter(path, before, inserted);
    const relay = { timestamp: '2026-02-03T01:06:23.503Z', relayedTo: 'lena@example.com' };
    const fixtures = {
      minimal: relay,
      'null-optionals': { ...relay, relayReason: null },
      'unknown-values-and-fields': { ...relay, relayReason: 'rule', relayedBy: 7 },
    };
    for (const [name, block] of Object.entries(fixtures)) {
      const record = { eventType: 'Relay', mail: relayedMail, relay: block };
      checkout.add(`test/fixtures/relay/${name}.json`, `${JSON.stringify(record, null, 2)}\n`);
    }
    // The AWS client does not include the made-up kind.
    checkout.replace(
      'test/doctor/event-destination.test.ts',
      'Object.values(EventType).sort()',
      "[...Object.values(EventType), 'RELAY'].sort()",
    );
    checkout.replace(
      'docs/aws-cli.md',
      '"DELIVERY_DELAY", "SUBSCRIPTION"\n',
      '"DELIVERY_DELAY", "SUBSCRIPTION", "RELAY"\n',
    );
  },
};

const relayedMail = {
  timestamp: '2026-02-03T01:05:22.000Z',
  source: 'news@example.com',
  sendingAccountId: '111122223333',
  messageId: '0100019c21085f11-00000000-0000-4000-8000-000000000001-000000',
  destination: ['ines@example.com'],
  tags: { 'ses:configuration-set': ['mail'] },
};

/** The changes of existing files for the kind: the path, the text before, and the inserted text. */
const relayEdits: readonly (readonly [path: string, before: string, inserted: string])[] = [
  [
    'consumer/events/email-event.ts',
    "import { RejectEventSchema } from './reject';\n",
    "import { RelayEventSchema } from './relay';\n",
  ],
  [
    'consumer/events/email-event.ts',
    '  Subscription: SubscriptionEventSchema,\n',
    '  Relay: RelayEventSchema,\n',
  ],
  [
    'consumer/events/index.ts',
    "export { type RejectEvent, RejectEventSchema } from './reject';\n",
    "export { type RelayEvent, RelayEventSchema } from './relay';\n",
  ],
  [
    'consumer/events/event-time.ts',
    "    case 'Subscription':\n      return event.subscription.timestamp;\n",
    "    case 'Relay':\n      return event.relay.timestamp;\n",
  ],
  ['consumer/events/event-recipients.ts', "    case 'Open':\n", "    case 'Relay':\n"],
  [
    'consumer/archive/store/columns.ts',
    "    meaning: 'Bounce subtype of SES, such as `NoEmail`.',\n  },\n",
    `  {
    name: 'relayed_to',
    type: 'text',
    paths: ['relay.relayedTo'],
    meaning: 'The address that the message was relayed to.',
  },
  {
    name: 'relay_reason',
    type: 'text',
    paths: ['relay.relayReason'],
    meaning: 'Why the message was relayed.',
  },
`,
  ],
  ['consumer/archive/store/columns.ts', "      'subscription.timestamp',\n", "      'relay.timestamp',\n"],
  ['consumer/archive/views/kinds.ts', "  Subscription: 'subscriptions',\n", "  Relay: 'relays',\n"],
  [
    'consumer/queries/trace/happening.ts',
    "    case 'Send':\n      return all('accepted by SES');\n",
    "    case 'Relay':\n      return all('relayed');\n",
  ],
  [
    'consumer/sample/objects/envelopes.ts',
    "  Subscription: 'Email Subscribed',\n",
    "  Relay: 'Email Relayed',\n",
  ],
  ['modules/configuration-set/event-types.ts', "  'SUBSCRIPTION',\n", "  'RELAY',\n"],
  ['test/events/guards.test.ts', "      'DeliveryDelay',\n      'Subscription',\n", "      'Relay',\n"],
  [
    'test/modules/cdktf/logical-id.test.ts',
    "      'aws_glue_catalog_table.catalog_rejects_by_ses',\n",
    "      'aws_glue_catalog_table.catalog_relays',\n",
  ],
  ['test/fixtures/load.ts', "  'subscription',\n", "  'relay',\n"],
  [
    'test/events/event-folders.ts',
    "  ['subscription', 'Subscription', 'subscription'],\n",
    "  ['relay', 'Relay', 'relay'],\n",
  ],
  ['test/local-aws/companion/ses/publisher.ts', "  Subscription: 'SUBSCRIPTION',\n", "  Relay: 'RELAY',\n"],
  [
    'test/events/types.test-d.ts',
    "    case 'Click':\n      return event.click.linkTags?.position?.[0];\n",
    "    case 'Relay':\n      return event.relay.relayedTo;\n",
  ],
  ['test/package/installed/types.mts', "    case 'Complaint':\n", "    case 'Relay':\n"],
  [
    'test/package/installed/types.ts',
    "    case 'Click':\n      return event.click.link;\n",
    "    case 'Relay':\n      return event.relay.relayedTo;\n",
  ],
];

const additions: readonly Addition[] = [field, question, setting, format, kind];

export { additions };
