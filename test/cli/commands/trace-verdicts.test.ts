import { ingest } from '../../../consumer/archive/ingest/ingest';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');
const timestamp = '2026-03-04T06:00:00.000Z';
const mail = { timestamp, messageId: 'm', destination: ['ana@example.com'] };
const recipients = [{ emailAddress: 'ana@example.com' }];

const bounce = (bounceType: string, bounceSubType: string) => ({
  eventType: 'Bounce',
  mail,
  bounce: { timestamp, bounceType, bounceSubType, bouncedRecipients: recipients, feedbackId: bounceSubType },
});
const complaint = (labels: Record<string, string>) => ({
  eventType: 'Complaint',
  mail,
  complaint: {
    timestamp,
    complainedRecipients: recipients,
    feedbackId: Object.values(labels).join(),
    ...labels,
  },
});

const happened = [
  ['bounced (no-such-address; Permanent/NoEmail)', bounce('Permanent', 'NoEmail')],
  ['bounced (globally-suppressed; Permanent/Suppressed)', bounce('Permanent', 'Suppressed')],
  ['soft-bounced (mailbox-full; Transient/MailboxFull)', bounce('Transient', 'MailboxFull')],
  ['suppressed (Permanent/OnAccountSuppressionList)', bounce('Permanent', 'OnAccountSuppressionList')],
  ['suppressed (Permanent/OnTenantSuppressionList)', bounce('Permanent', 'OnTenantSuppressionList')],
  ['complained: abuse', complaint({ complaintFeedbackType: 'abuse' })],
  ['marked as not spam', complaint({ complaintFeedbackType: 'not-spam' })],
  ['suppressed: OnAccountSuppressionList', complaint({ complaintSubType: 'OnAccountSuppressionList' })],
] as const;

describe('trace', () => {
  it('uses the same statuses as the questions', async () => {
    const object = scratch.write('a', happened.map(([, event]) => `${JSON.stringify(event)}\n`).join(''));
    await ingest(object, { archive, workers: 0 });
    const { stdout } = await run(['trace', '--archive', archive, 'm', '--format', 'json']);
    const steps: { what: string }[] = JSON.parse(stdout);
    expect(steps.map(({ what }) => what).sort()).toEqual(happened.map(([what]) => what).sort());
  });
});
