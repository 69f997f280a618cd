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
  if (own === undefined) throw new Error('it is a Firehose destination');
  return judgeKinds(own, place);
}

/** What the command of a fix sets, as JSON. */
function settingsOf(fix = ''): unknown {
  return JSON.parse(/--event-destination '(.*)'/.exec(fix)?.[1] ?? '');
}

it("the ten kinds are those of AWS's API", () => {
  expect([...eventTypes].sort()).toEqual(Object.values(EventType).sort());
});

describe('the event destination', () => {
  it('is in order', () => {
    expect(judge(destination)).toEqual({
      check: 'event-destination',
      status: 'ok',
      message: 'archive is enabled and goes to the stream email-events',
    });
  });

  it.each<[name: string, destinations: EventDestination[], message: string]>([
    ['is not there', [], 'the configuration set newsletter has no event destination'],
    [
      'is none to Firehose',
      [
        { Name: 'topic', Enabled: true, MatchingEventTypes: ['BOUNCE'], SnsDestination: { TopicArn: 'x' } },
        { Name: 'metrics', Enabled: true, MatchingEventTypes: ['SEND'] },
      ],
      'has 2 event destinations, and none is a Firehose stream',
    ],
    ['is disabled', [{ ...destination, Enabled: false }], 'the event destination archive is disabled'],
    [
      "is to another region's stream",
      [
        {
          ...destination,
          KinesisFirehoseDestination: {
            IamRoleArn: firehose.IamRoleArn,
            DeliveryStreamArn: streamArn.replace('eu-west-1', 'us-east-1'),
          },
        },
      ],
      'its stream email-events is in us-east-1, the configuration set in eu-west-1',
    ],
    [
      "is to another account's stream",
      [
        {
          ...destination,
          KinesisFirehoseDestination: {
            IamRoleArn: firehose.IamRoleArn,
            DeliveryStreamArn: streamArn.replace(accountId, '999988887777'),
          },
        },
      ],
      'its stream email-events is of the account 999988887777, not 111122223333',
    ],
    [
      "has another account's role",
      [
        {
          ...destination,
          KinesisFirehoseDestination: {
            IamRoleArn: 'arn:aws:iam::999988887777:role/theirs',
            DeliveryStreamArn: streamArn,
          },
        },
      ],
      'its role theirs is of the account 999988887777, not 111122223333',
    ],
  ])('%s', (_, destinations, message) => {
    const finding = judge(...destinations);
    expect(finding).toMatchObject({ check: 'event-destination', status: 'failure' });
    expect(finding.message).toContain(message);
    expect(finding.fix).not.toBe('');
  });

  it('is enabled by a command that keeps everything else', () => {
    const { fix } = judge({ ...destination, Enabled: false });
    expect(fix).toContain('--configuration-set-name newsletter --event-destination-name archive');
    const { Name: _, ...whole } = destination;
    expect(settingsOf(fix)).toEqual(whole);
  });

  it('is the enabled one of several', () => {
    expect(judge({ ...destination, Name: 'old', Enabled: false }, destination)).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('archive is enabled'),
    });
  });

  it('may not be looked at, or be of a set that is gone', () => {
    expect(judgeEventDestination(refused, place).status).toBe('warning');
    expect(judgeEventDestination(absent, place).status).toBe('failure');
  });
});

describe('the kinds', () => {
  it('are all taken', () => {
    expect(kindsOf([...eventTypes])).toMatchObject({
      status: 'ok',
      message: `all ${eventTypes.length} kinds of event are taken`,
    });
  });

  it('are those that version 1 of the API knows', () => {
    const finding = kindsOf(eventTypes.filter((type) => !['DELIVERY_DELAY', 'SUBSCRIPTION'].includes(type)));
    expect(finding).toMatchObject({
      status: 'warning',
      message: 'not taken: DELIVERY_DELAY, SUBSCRIPTION; such events are lost',
    });
    expect(settingsOf(finding.fix)).toMatchObject({ Enabled: true, MatchingEventTypes: expect.any(Array) });
    expect(new Set((settingsOf(finding.fix) as EventDestination).MatchingEventTypes)).toEqual(
      new Set(eventTypes),
    );
  });

  it.each<[untaken: string[], message: string]>([
    [['OPEN'], `all ${eventTypes.length} kinds of event are taken but OPEN`],
    [['OPEN', 'CLICK'], `all ${eventTypes.length} kinds of event are taken but OPEN and CLICK`],
  ])('without %j are a choice: nothing is lost, and no command turns tracking on', (untaken, message) => {
    const finding = kindsOf(eventTypes.filter((type) => !untaken.includes(type)));
    expect(finding).toEqual({ check: 'kinds', status: 'ok', message });
  });

  it.each<[tracked: EventType[]]>([[[]], [['CLICK']]])(
    'are completed by a command that leaves tracking as it is: %j',
    (tracked) => {
      const finding = kindsOf(['SEND', ...tracked]);
      expect(finding).toMatchObject({ status: 'warning', message: expect.not.stringMatching(/OPEN|CLICK/) });
      const { MatchingEventTypes = [] } = settingsOf(finding.fix) as EventDestination;
      expect(MatchingEventTypes.filter((type) => type === 'OPEN' || type === 'CLICK')).toEqual(tracked);
      expect(MatchingEventTypes).toHaveLength(eventTypes.length - 2 + tracked.length);
    },
  );
});
