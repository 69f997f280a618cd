import { type EventDestination, EventType } from '@aws-sdk/client-sesv2';
import {
  eventTypes,
  firehoseDestinations,
  judgeEventDestination,
  judgeKinds,
} from '../../consumer/doctor/event-destination';
import { absent, accountId, destination, found, place, refused, streamArn } from './healthy';

const firehose = { ...destination.KinesisFirehoseDestination };
const judge = (...destinations: EventDestination[]) => judgeEventDestination(found(destinations), place);

function kindsOf(MatchingEventTypes: EventDestination['MatchingEventTypes']) {
  const [own] = firehoseDestinations([{ ...destination, MatchingEventTypes }]);
  if (own === undefined) throw new Error('not a Firehose destination');
  return judgeKinds(own, place);
}

/** The settings in the command of a fix. */
function settingsOf(fix = ''): unknown {
  return JSON.parse(/--event-destination '(.*)'/.exec(fix)?.[1] ?? '');
}

it('the ten kinds are those of the AWS API', () => {
  expect([...eventTypes].sort()).toEqual(Object.values(EventType).sort());
});

describe('the event destination', () => {
  it('is enabled', () => {
    expect(judge(destination)).toEqual({
      check: 'event-destination',
      status: 'ok',
      message: 'the event destination archive is enabled and sends to the stream email-events',
    });
  });

  it.each<[name: string, destinations: EventDestination[], message: string]>([
    ['does not exist', [], 'the configuration set newsletter has no event destination'],
    [
      'has other targets',
      [
        { Name: 'topic', Enabled: true, MatchingEventTypes: ['BOUNCE'], SnsDestination: { TopicArn: 'x' } },
        { Name: 'metrics', Enabled: true, MatchingEventTypes: ['SEND'] },
      ],
      'has 2 event destinations, but none to Firehose',
    ],
    ['is disabled', [{ ...destination, Enabled: false }], 'the event destination archive is disabled'],
    [
      'sends to a stream in another region',
      [
        {
          ...destination,
          KinesisFirehoseDestination: {
            IamRoleArn: firehose.IamRoleArn,
            DeliveryStreamArn: streamArn.replace('eu-west-1', 'us-east-1'),
          },
        },
      ],
      'the stream email-events is in us-east-1, but the configuration set is in eu-west-1',
    ],
    [
      'sends to a stream in another account',
      [
        {
          ...destination,
          KinesisFirehoseDestination: {
            IamRoleArn: firehose.IamRoleArn,
            DeliveryStreamArn: streamArn.replace(accountId, '999988887777'),
          },
        },
      ],
      'the stream email-events is in the account 999988887777, not 111122223333',
    ],
    [
      'has a role in another account',
      [
        {
          ...destination,
          KinesisFirehoseDestination: {
            IamRoleArn: 'arn:aws:iam::999988887777:role/theirs',
            DeliveryStreamArn: streamArn,
          },
        },
      ],
      'the role theirs is in the account 999988887777, not 111122223333',
    ],
  ])('is a failure if it %s', (_, destinations, message) => {
    const finding = judge(...destinations);
    expect(finding).toMatchObject({ check: 'event-destination', status: 'failure' });
    expect(finding.message).toContain(message);
    expect(finding.fix).not.toBe('');
  });

  it('is enabled by a command that keeps the other settings', () => {
    const { fix } = judge({ ...destination, Enabled: false });
    expect(fix).toContain('--configuration-set-name newsletter --event-destination-name archive');
    const { Name: _, ...definition } = destination;
    expect(settingsOf(fix)).toEqual(definition);
  });

  it('is the enabled one of several', () => {
    expect(judge({ ...destination, Name: 'old', Enabled: false }, destination)).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('archive is enabled'),
    });
  });

  it('is a warning without permission to read it, and a failure if the set does not exist', () => {
    expect(judgeEventDestination(refused, place).status).toBe('warning');
    expect(judgeEventDestination(absent, place).status).toBe('failure');
  });
});

describe('the kinds', () => {
  it('are all recorded', () => {
    expect(kindsOf([...eventTypes])).toMatchObject({
      status: 'ok',
      message: `all ${eventTypes.length} kinds of event are recorded`,
    });
  });

  it('are a warning if the destination has only those of version 1 of the API', () => {
    const finding = kindsOf(eventTypes.filter((type) => !['DELIVERY_DELAY', 'SUBSCRIPTION'].includes(type)));
    expect(finding).toMatchObject({
      status: 'warning',
      message: 'kinds of event not recorded: DELIVERY_DELAY, SUBSCRIPTION',
    });
    expect(settingsOf(finding.fix)).toMatchObject({ Enabled: true, MatchingEventTypes: expect.any(Array) });
    expect(new Set((settingsOf(finding.fix) as EventDestination).MatchingEventTypes)).toEqual(
      new Set(eventTypes),
    );
  });

  it.each<[excluded: string[], message: string]>([
    [['OPEN'], `all ${eventTypes.length} kinds of event are recorded except OPEN`],
    [['OPEN', 'CLICK'], `all ${eventTypes.length} kinds of event are recorded except OPEN and CLICK`],
  ])('are ok without %j, and no command enables tracking', (excluded, message) => {
    const finding = kindsOf(eventTypes.filter((type) => !excluded.includes(type)));
    expect(finding).toEqual({ check: 'kinds', status: 'ok', message });
  });

  it.each<[tracked: EventType[]]>([[[]], [['CLICK']]])(
    'are completed by a command that does not change tracking: %j',
    (tracked) => {
      const finding = kindsOf(['SEND', ...tracked]);
      expect(finding).toMatchObject({ status: 'warning', message: expect.not.stringMatching(/OPEN|CLICK/) });
      const { MatchingEventTypes = [] } = settingsOf(finding.fix) as EventDestination;
      expect(MatchingEventTypes.filter((type) => type === 'OPEN' || type === 'CLICK')).toEqual(tracked);
      expect(MatchingEventTypes).toHaveLength(eventTypes.length - 2 + tracked.length);
    },
  );
});
