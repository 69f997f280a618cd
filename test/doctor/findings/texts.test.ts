import { judgeAccount } from '../../../consumer/doctor/account';
import { judgeTopic } from '../../../consumer/doctor/alarm-topic';
import { judgeAlarms } from '../../../consumer/doctor/alarms';
import type { Answer } from '../../../consumer/doctor/answers/answer';
import { judgeArrivals, judgeErrors } from '../../../consumer/doctor/arrivals/arrivals';
import { judgeBucket } from '../../../consumer/doctor/bucket';
import { judgeCaller } from '../../../consumer/doctor/caller';
import { judgeConfigurationSet } from '../../../consumer/doctor/configuration-set';
import { judgeDeliveryPermissions, judgeDeliveryRole } from '../../../consumer/doctor/delivery-role';
import { judgeDuplicates } from '../../../consumer/doctor/duplicates';
import {
  firehoseDestinations,
  judgeEventDestination,
  judgeKinds,
} from '../../../consumer/doctor/event-destination';
import type { Finding } from '../../../consumer/doctor/findings/finding';
import { judgeUse } from '../../../consumer/doctor/identities';
import { type ArchivePlace, archivePlace } from '../../../consumer/doctor/places/archive-place';
import { judgeSesPermissions, judgeSesRole, judgeSesTrust } from '../../../consumer/doctor/ses-role';
import { judgeStream } from '../../../consumer/doctor/stream';
import { judgeStreamKey } from '../../../consumer/doctor/stream-key';
import { readSources } from '../../package/source-files';
import { droppedPhrases } from '../../phrases/dropped-phrases';
import { occurrences } from '../../phrases/prose';
import {
  absent,
  account,
  deliveryRole,
  destination,
  failed,
  found,
  place,
  refused,
  sesRole,
  stream,
  streamArn,
  streamWith,
} from '../healthy';
import { keyArn, keyOf, ofAccount } from '../keys';

const archive = archivePlace(stream) as ArchivePlace; // it delivers to S3
const now = new Date('2026-11-25T10:00:00Z');
const notification = {
  topicArn: 'arn:aws:sns:eu-west-1:111122223333:mail-alarms',
  alarmArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:email-events-quiet',
  place,
};
const alarmTopic = {
  policy: { Statement: { Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: '*' } },
  ...{ keyName: 'alias/topics', subscriptions: 'confirmed' as const },
};
const noPolicies = { documents: [] };
const unsupported = { Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } };

/** The findings of all checks for one answer. */
function findingsFor(answer: Answer<never>): Finding[] {
  const user = { role: sesRole, policies: found(noPolicies) };
  return [
    judgeCaller(answer),
    ...judgeAccount(answer, place),
    judgeConfigurationSet(answer, place),
    judgeEventDestination(answer, place),
    judgeDuplicates([destination], answer, place),
    judgeSesRole(answer, sesRole.arn),
    judgeSesPermissions(sesRole, answer, streamArn, place),
    judgeStream(answer, 'email-events'),
    judgeStreamKey(stream, answer, user, { place, now }),
    judgeDeliveryRole(answer, archive, streamArn, place),
    judgeDeliveryPermissions(
      deliveryRole,
      { policies: answer, bucketPolicy: absent, bucketOwner: undefined },
      stream,
      archive,
    ),
    judgeBucket(answer, 'archive'),
    judgeArrivals(answer, archive, now),
    judgeErrors(answer, [], { archive, arrived: undefined, now }),
    judgeUse(answer, undefined, { place, isArriving: false }),
    judgeAlarms(answer, found([]), place),
    judgeAlarms(found([]), answer, place),
    judgeTopic(answer, undefined, notification),
    judgeTopic(found(alarmTopic), answer, notification),
  ];
}

/** The findings of faulty parts. */
function faults(): Finding[] {
  const listing = { objects: [{ key: 'errors/a', lastModified: new Date(0) }], hasMore: true };
  const none = { objects: [], hasMore: true };
  const conversion = { DataFormatConversionConfiguration: { Enabled: true } };
  const user = { role: sesRole, policies: found(noPolicies) };
  const key = keyOf(ofAccount);
  const disabled = keyOf(ofAccount, { metadata: { KeyId: 'k', Arn: keyArn, KeyState: 'Disabled' } });
  const encrypted = {
    ...stream,
    DeliveryStreamEncryptionConfiguration: { KeyARN: keyArn, KeyType: 'CUSTOMER_MANAGED_CMK' as const },
  };
  const failing = {
    ...encrypted,
    DeliveryStreamEncryptionConfiguration: {
      ...encrypted.DeliveryStreamEncryptionConfiguration,
      Status: 'ENABLING_FAILED' as const,
    },
  };
  const [firehose] = firehoseDestinations([{ ...destination, MatchingEventTypes: ['SEND'] }]);
  if (firehose === undefined) throw new Error('not a Firehose destination');
  const accounts = [
    { SendingEnabled: false },
    { EnforcementStatus: 'SHUTDOWN' },
    { EnforcementStatus: 'PROBATION' },
    { SendQuota: { Max24HourSend: 200, SentLast24Hours: 200 } },
    { ProductionAccessEnabled: false, Details: { ReviewDetails: { Status: 'PENDING' as const } } },
  ];
  const streams = [
    { ...stream, DeliveryStreamStatus: 'CREATING' as const },
    { ...stream, DeliveryStreamStatus: 'CREATING_FAILED' as const },
    { ...stream, DeliveryStreamType: 'KinesisStreamAsSource' as const },
    { ...stream, Destinations: [] },
    streamWith(conversion),
  ];
  const destinations = [
    [],
    [{ ...destination, KinesisFirehoseDestination: undefined }],
    [{ ...destination, Enabled: false }],
    [
      {
        ...destination,
        KinesisFirehoseDestination: {
          IamRoleArn: sesRole.arn,
          DeliveryStreamArn: streamArn.replace('eu-west-1', 'us-east-1'),
        },
      },
    ],
  ];
  const topic = { BounceTopic: 'arn:aws:sns:eu-west-1:1:bounces' } as never; // other fields are not read
  const trusted = { Effect: 'Allow', Principal: { Service: 'ses.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const trusts = [unsupported, { Statement: trusted }, deliveryRole.trust];
  return [
    ...accounts.flatMap((changes) => judgeAccount(found({ ...account, ...changes }), place)),
    judgeConfigurationSet(found({ SendingOptions: { SendingEnabled: false } }), place),
    ...destinations.map((one) => judgeEventDestination(found(one), place)),
    judgeKinds(firehose, place),
    judgeDuplicates([destination, { ...destination, Name: 'second' }], found({}), place),
    judgeDuplicates([destination], found({ 'b.example': topic, 'c.example': topic }), place),
    ...trusts.map((trust) => judgeSesTrust({ ...sesRole, trust }, place)),
    judgeSesPermissions(sesRole, found(noPolicies), streamArn, place),
    judgeSesPermissions(sesRole, found({ documents: [unsupported] }), streamArn, place),
    ...streams.map((one) => judgeStream(found(one), 'email-events')),
    judgeStreamKey(failing, found(key), user, { place, now }),
    judgeStreamKey(encrypted, found(key), user, { place, now }),
    judgeStreamKey(encrypted, found(disabled), user, { place, now }),
    ...[unsupported, sesRole.trust].map((trust) =>
      judgeDeliveryRole(found({ ...deliveryRole, trust }), archive, streamArn, place),
    ),
    ...[noPolicies, { documents: [unsupported] }].map((policies) =>
      judgeDeliveryPermissions(
        deliveryRole,
        { policies: found(policies), bucketPolicy: absent, bucketOwner: undefined },
        stream,
        archive,
      ),
    ),
    judgeArrivals(found(listing), archive, now),
    judgeArrivals(found(none), archive, now),
    judgeErrors(found(listing), ['Lambda.FunctionError'], { archive, arrived: undefined, now }),
    judgeUse(found([]), undefined, { place, isArriving: false }),
    judgeAlarms(found([{ AlarmName: 'a' }, { AlarmName: 'b' }]), found([]), place),
    judgeAlarms(found([{ AlarmName: 'a', AlarmActions: ['b'], ActionsEnabled: false }]), found([]), place),
    ...[
      { ...alarmTopic, policy: sesRole.trust },
      { ...alarmTopic, policy: unsupported },
      { ...alarmTopic, keyName: 'alias/aws/sns' },
      { ...alarmTopic, keyName: undefined, subscriptions: 'none' as const },
      { ...alarmTopic, keyName: undefined, subscriptions: 'pending' as const },
    ].map((one) => judgeTopic(found(one), found(key), notification)),
    ...[key, disabled].map((one) => judgeTopic(found(alarmTopic), found(one), notification)),
    judgeUse(found(['a.example']), found({ examined: ['a.example'], sets: {} }), {
      place,
      isArriving: false,
    }),
  ];
}

const unsupportedAnswer: Answer<never> = { state: 'unknown', action: 'some:Action' };
const all = [...[absent, refused, failed, unsupportedAnswer].flatMap(findingsFor), ...faults()];
const problems = all.filter(({ status }) => status === 'failure' || status === 'warning');

/** The verbs with which a fix begins; `aws` begins a command. */
const verbs = [
  ...['add', 'allow', 'aws', 'check', 'configure', 'create', 'deploy', 'enable', 'fix', 'give', 'name'],
  ...['open', 'repeat', 'request', 'review', 'run', 'send', 'ses-events', 'try', 'use', 'verify', 'wait'],
];

describe('the texts of findings', () => {
  it('are collected from all checks with a problem', () => {
    expect(problems.length).toBeGreaterThan(60);
  });

  it('state a fact in fewer than 25 words', () => {
    const long = problems.map(({ message }) => message).filter((text) => text.split(/\s+/).length >= 25);
    expect(long).toEqual([]);
  });

  it('state a fact without a final period', () => {
    expect(problems.map(({ message }) => message).filter((text) => text.endsWith('.'))).toEqual([]);
  });

  it('begin a fix with a verb, or are a command', () => {
    const others = problems.filter(({ fix = '' }) => !verbs.includes(/^[\w-]+/.exec(fix)?.[0] ?? ''));
    expect(others).toEqual([]);
  });

  it('contain no dropped phrase', () => {
    const sources = [...readSources(['consumer'])].filter(([path]) => path.startsWith('consumer/doctor/'));
    const found = sources.flatMap(([path, source]) =>
      droppedPhrases.flatMap(({ pattern }) => occurrences(path, source, pattern)),
    );
    expect(found).toEqual([]);
  });
});
