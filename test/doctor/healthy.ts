import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import type { EventDestination, GetAccountResponse } from '@aws-sdk/client-sesv2';
import type { Answer } from '../../consumer/doctor/answers/answer';
import { eventTypes } from '../../consumer/doctor/event-destination';
import type { Place } from '../../consumer/doctor/places/place';
import type { Role, RolePolicies } from '../../consumer/doctor/role';
import {
  deliveryPermissionsPolicy,
  firehoseTrustPolicy,
} from '../../modules/delivery-stream/delivery-policies';
import {
  configurationSetArn,
  deliveryStreamArn,
  sesPermissionsPolicy,
  sesTrustPolicy,
} from '../../modules/policies/policy-documents';

const accountId = '111122223333';

/** A deployment without problems, as AWS describes it. */
const place: Place = { partition: 'aws', region: 'eu-west-1', accountId, configurationSet: 'newsletter' };
const streamArn = deliveryStreamArn({ ...place, name: 'email-events' });
const setArn = configurationSetArn({ ...place, name: 'newsletter' });
const bucketArn = 'arn:aws:s3:::archive';

const account: GetAccountResponse = {
  SendingEnabled: true,
  EnforcementStatus: 'HEALTHY',
  ProductionAccessEnabled: true,
  SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 12 },
};

const sesRole: Role = {
  name: 'ses-events',
  arn: `arn:aws:iam::${accountId}:role/ses-events`,
  trust: sesTrustPolicy({ mode: 'source-arn', accountId, configurationSetArns: [setArn] }),
};
const sesPolicies: RolePolicies = { documents: [sesPermissionsPolicy({ streamArn })] };

const destination: EventDestination = {
  Name: 'archive',
  Enabled: true,
  MatchingEventTypes: [...eventTypes],
  KinesisFirehoseDestination: { DeliveryStreamArn: streamArn, IamRoleArn: sesRole.arn },
};

const deliveryRole: Role = {
  name: 'firehose-delivery',
  arn: `arn:aws:iam::${accountId}:role/firehose-delivery`,
  trust: firehoseTrustPolicy({ accountId }),
};
const logGroupArn = `arn:aws:logs:eu-west-1:${accountId}:log-group:email-events`;
const deliveryPolicies: RolePolicies = {
  documents: [
    deliveryPermissionsPolicy({
      ...{ bucketArn, bucketAccountId: accountId, logGroupArn },
      prefixes: ['events/', 'errors/'],
    }),
  ],
};

const s3 = {
  RoleARN: deliveryRole.arn,
  BucketARN: bucketArn,
  Prefix: 'events/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/',
  ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
  BufferingHints: { IntervalInSeconds: 60, SizeInMBs: 5 },
  CompressionFormat: 'GZIP' as const,
  EncryptionConfiguration: { NoEncryptionConfig: 'NoEncryption' as const },
};
const stream: DeliveryStreamDescription = {
  DeliveryStreamName: 'email-events',
  DeliveryStreamARN: streamArn,
  DeliveryStreamStatus: 'ACTIVE',
  DeliveryStreamType: 'DirectPut',
  VersionId: '1',
  Destinations: [{ DestinationId: 'destinationId-1', ExtendedS3DestinationDescription: s3 }],
  HasMoreDestinations: false,
};

/** The stream with changes to its destination. */
function streamWith(more: object): DeliveryStreamDescription {
  const ExtendedS3DestinationDescription = { ...s3, ...more };
  return {
    ...stream,
    Destinations: [{ DestinationId: 'destinationId-1', ExtendedS3DestinationDescription }],
  };
}

const found = <Value>(value: Value): Answer<Value> => ({ state: 'found', value });
const absent: Answer<never> = { state: 'absent' };
const refused: Answer<never> = { state: 'refused', action: 'some:Action' };
const failed: Answer<never> = { state: 'failed', reason: 'ThrottlingException' };

export {
  absent,
  account,
  accountId,
  bucketArn,
  deliveryPolicies,
  deliveryRole,
  destination,
  failed,
  found,
  place,
  refused,
  s3,
  sesPolicies,
  sesRole,
  setArn,
  stream,
  streamArn,
  streamWith,
};
