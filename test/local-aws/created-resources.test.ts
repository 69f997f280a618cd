import { createdResources } from './created-resources';

const bold = (text: string) => `\u001b[0m\u001b[1m${text}\u001b[0m`;
const output = [
  `email-events-local  ${bold('data.aws_region.email_events: Read complete after 0s [id=eu-west-1]')}`,
  `                    ${bold('aws_s3_bucket.archive: Creating...')}`,
  `                    ${bold('aws_s3_bucket.archive: Creation complete after 1s [id=events]')}`,
  `email-events-local  ${bold('aws_sesv2_configuration_set.sets["email-events"]: Creation complete after 0s [id=a: b]')}`,
  '                    Apply complete! Resources: 2 added, 0 changed, 0 destroyed.',
  '',
].join('\n');

describe('createdResources', () => {
  it.each([1, 7, 100, output.length])(
    'reports each created resource once, in parts of %d characters',
    (size) => {
      const found: string[] = [];
      const read = createdResources((address) => found.push(address));
      for (let start = 0; start < output.length; start += size) read(output.slice(start, start + size));
      expect(found).toEqual(['aws_s3_bucket.archive', 'aws_sesv2_configuration_set.sets["email-events"]']);
    },
  );
});
