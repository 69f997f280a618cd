import { Annotations } from 'cdktf';
import { sesEventTypes } from '../../modules/config/configuration-set';
import { ConfigurationSet, type ConfigurationSetProps } from '../../modules/configuration-set';
import { EmailEventStream } from '../../modules/email-event-stream';
import { addresses, resourceAt, synthesizeStream, synthesizeText, synthesizeWith } from './synthesize';

type Props = Omit<ConfigurationSetProps, 'streamArn' | 'roleArn'>;
const wiring = { streamArn: 'arn:stream', roleArn: 'arn:role' };

const synthesized = (props: Props = {}) =>
  synthesizeWith((stack) => new ConfigurationSet(stack, 'sets', { ...wiring, ...props }));
const destination = (props: Props = {}) =>
  resourceAt(synthesized(props), 'aws_sesv2_configuration_set_event_destination.sets_stream');

describe('the configuration sets', () => {
  it('are one by default, with reputation metrics, TLS and suppression', () => {
    expect(resourceAt(synthesized(), 'aws_sesv2_configuration_set.sets')).toMatchObject({
      for_each: '${toset(["email-events"])}',
      delivery_options: { tls_policy: 'REQUIRE' },
      reputation_options: { reputation_metrics_enabled: true },
      suppression_options: { suppressed_reasons: ['BOUNCE', 'COMPLAINT'] },
    });
  });

  it('send all ten kinds of event to the stream', () => {
    expect(sesEventTypes).toHaveLength(10);
    expect(destination().event_destination).toEqual({
      enabled: true,
      matching_event_types: [...sesEventTypes],
      kinesis_firehose_destination: { delivery_stream_arn: 'arn:stream', iam_role_arn: 'arn:role' },
    });
  });

  it('send only the kinds that are asked for', () => {
    expect(destination({ eventTypes: ['BOUNCE'] }).event_destination).toMatchObject({
      matching_event_types: ['BOUNCE'],
    });
  });

  it('that exist get the destination and nothing else', () => {
    const props = { configurationSets: [], existingConfigurationSets: ['marketing'] };
    expect(addresses(synthesized(props))).toEqual([
      'aws_sesv2_configuration_set_event_destination.sets_stream',
    ]);
    expect(destination(props).for_each).toBe('${toset(["marketing"])}');
  });

  it('may be several, created and existing', () => {
    const props = { configurationSets: ['a', 'b'], existingConfigurationSets: ['c'] };
    expect(destination(props).for_each).toBe('${toset(["a", "b", "c"])}');
  });

  it('publish feedback to a topic only when that is asked for', () => {
    const feedback = 'aws_sesv2_configuration_set_event_destination.sets_feedback';
    expect(addresses(synthesized())).not.toContain(feedback);
    const props = { publishFeedback: true, feedbackTopicArn: 'arn:aws:sns:eu-west-1:123456789012:feedback' };
    expect(resourceAt(synthesized(props), feedback).event_destination).toEqual({
      enabled: true,
      matching_event_types: ['BOUNCE', 'COMPLAINT'],
      sns_destination: { topic_arn: props.feedbackTopicArn },
    });
  });

  it("wait for the role's permissions, because SES tries them", () => {
    const stack = synthesizeStream({ encryption: 'new-key' });
    expect(resourceAt(stack, 'aws_sesv2_configuration_set_event_destination.sets_stream').depends_on).toEqual(
      ['aws_iam_role_policy.ses', 'aws_iam_role_policy.ses_key', 'aws_sesv2_configuration_set.sets'],
    );
  });

  it.each([
    [['SEND', 'BOUNCE'], true],
    [['RENDERING_FAILURE'], false],
    [undefined, false],
  ] as const)('with the kinds %j warn of silent failures: %s', (eventTypes, warns) => {
    const warn = jest.spyOn(Annotations.prototype, 'addWarning');
    try {
      synthesizeText((scope) => {
        new EmailEventStream(scope, 'Default', eventTypes === undefined ? {} : { eventTypes });
      });
      expect(warn.mock.calls.map(([text]) => /RENDERING_FAILURE.*sends nothing/.test(text))).toEqual(
        warns ? [true] : [],
      );
    } finally {
      warn.mockRestore();
    }
  });
});
