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

describe('what tells the same twice', () => {
  it('is nothing', () => {
    expect(judge([destination], { 'shop.example': none })).toEqual({
      check: 'duplicates',
      status: 'ok',
      message: 'nothing tells the same twice',
    });
  });

  it('is named where it is meant: a topic, a bus', () => {
    const feedback = { Name: 'feedback', Enabled: true, MatchingEventTypes: ['BOUNCE' as const] };
    const finding = judge([destination, { ...feedback, SnsDestination: { TopicArn: topic } }]);
    expect(finding).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('feedback tells others too'),
    });
  });

  it('is an identity, of what the set tells', () => {
    const notifications = {
      'a.example': none,
      'b.example': { ...none, BounceTopic: topic, DeliveryTopic: topic },
    };
    expect(judge([destination], notifications)).toEqual({
      check: 'duplicates',
      status: 'warning',
      message:
        'notifications of b.example tell an SNS topic of what the configuration set tells too (Bounce, Delivery)',
      fix: 'aws ses set-identity-notification-topic --identity b.example --notification-type Bounce --region eu-west-1',
    });
  });

  it('is not an identity of what the set does not tell', () => {
    const notifications = { 'b.example': { ...none, BounceTopic: topic } };
    expect(judge([{ ...destination, MatchingEventTypes: ['OPEN'] }], notifications).status).toBe('ok');
    expect(judge([{ ...destination, Enabled: false }], notifications).status).toBe('ok');
  });

  it('is another stream, unless it takes other kinds or is disabled', () => {
    const second = { ...destination, Name: 'second' };
    expect(judge([destination, second])).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('second takes them to email-events as well'),
    });
    const opens = { ...destination, MatchingEventTypes: ['OPEN' as const] };
    expect(judge([opens, { ...second, MatchingEventTypes: ['CLICK'] }]).status).toBe('ok');
    expect(judge([destination, { ...second, Enabled: false }]).status).toBe('ok');
  });

  it('may not be looked at', () => {
    expect(judgeDuplicates([destination], refused, place).status).toBe('warning');
  });
});
