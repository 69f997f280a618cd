import type { IdentityNotificationAttributes } from '@aws-sdk/client-ses';
import type { EventDestination } from '@aws-sdk/client-sesv2';
import { judgeDuplicates } from '../../consumer/doctor/duplicates';
import { destination, found, place, refused } from './healthy';

const topic = 'arn:aws:sns:eu-west-1:111122223333:feedback';
const none: IdentityNotificationAttributes = {
  ...{ BounceTopic: undefined, ComplaintTopic: undefined, DeliveryTopic: undefined },
  ForwardingEnabled: true,
};
const judge = (
  destinations: EventDestination[],
  notifications: Record<string, IdentityNotificationAttributes> = {},
) => judgeDuplicates(destinations, found(notifications), place);

describe('a duplicate event source', () => {
  it('does not exist for a single destination', () => {
    expect(judge([destination], { 'shop.example': none })).toEqual({
      check: 'duplicates',
      status: 'ok',
      message: 'no duplicate event source',
    });
  });

  it('is not an SNS topic or an event bus, which the message names', () => {
    const feedback = { Name: 'feedback', Enabled: true, MatchingEventTypes: ['BOUNCE' as const] };
    const finding = judge([destination, { ...feedback, SnsDestination: { TopicArn: topic } }]);
    expect(finding).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('events also go to feedback (SNS or EventBridge)'),
    });
  });

  it('is an identity with notifications of the same kinds', () => {
    const notifications = {
      'a.example': none,
      'b.example': { ...none, BounceTopic: topic, DeliveryTopic: topic },
    };
    expect(judge([destination], notifications)).toEqual({
      check: 'duplicates',
      status: 'warning',
      message:
        'the identity b.example also publishes events of the configuration set to an SNS topic: Bounce, Delivery',
      fix: 'aws ses set-identity-notification-topic --identity b.example --notification-type Bounce --region eu-west-1',
    });
  });

  it('is not an identity with notifications of other kinds', () => {
    const notifications = { 'b.example': { ...none, BounceTopic: topic } };
    expect(judge([{ ...destination, MatchingEventTypes: ['OPEN'] }], notifications).status).toBe('ok');
    expect(judge([{ ...destination, Enabled: false }], notifications).status).toBe('ok');
  });

  it('is another stream, unless it has other kinds or is disabled', () => {
    const second = { ...destination, Name: 'second' };
    expect(judge([destination, second])).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('second also sends to email-events'),
    });
    const opens = { ...destination, MatchingEventTypes: ['OPEN' as const] };
    expect(judge([opens, { ...second, MatchingEventTypes: ['CLICK'] }]).status).toBe('ok');
    expect(judge([destination, { ...second, Enabled: false }]).status).toBe('ok');
  });

  it('is a warning without permission to read notifications', () => {
    expect(judgeDuplicates([destination], refused, place).status).toBe('warning');
  });
});
