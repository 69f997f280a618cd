import { QueryError } from '../../../../consumer/queries/engines/engine';
import { AthenaFixture } from './athena-fixture';
import type { Fault, Script } from './fake-athena';

const fixture = new AthenaFixture();

/** What a query fails with. */
async function failure(): Promise<QueryError> {
  const engine = await fixture.engine({ maxAttempts: 1 });
  const error: unknown = await engine.query('SELECT 1').catch((reason: unknown) => reason);
  if (error instanceof QueryError) return error;
  throw new Error('the query did not fail with a QueryError', { cause: error });
}

const lookUp =
  "; query query-1, in Athena's console among the recent queries of email-events, or: aws athena get-query-execution --query-execution-id query-1";

const failed = (StateChangeReason: string): Script['states'] => [
  { Status: { State: 'FAILED', StateChangeReason } },
];

describe('a query that failed says what to do about', () => {
  it.each<[subject: string, reason: string, means: string]>([
    [
      'a missing database',
      "SCHEMA_NOT_FOUND: line 1:15: Schema 'email_events' does not exist",
      'there is no database email_events: deploy the catalog (docs/catalog.md) or name the database',
    ],
    [
      'a missing table',
      "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.email_events.event_lines' does not exist",
      'a table or view is missing in the database email_events: deploy the catalog (docs/catalog.md) or name the database',
    ],
    [
      'a missing table, as older versions say it',
      'SYNTAX_ERROR: line 1:15: Table awsdatacatalog.email_events.event_lines does not exist',
      'a table or view is missing in the database email_events: deploy the catalog (docs/catalog.md) or name the database',
    ],
    [
      'a missing catalog',
      "CATALOG_NOT_FOUND: line 1:15: Catalog 'awsdatacatalog' does not exist",
      'there is no data catalog AwsDataCatalog: name the catalog',
    ],
    [
      'results that may not be written',
      'Access denied when writing to location: s3://results/query-1.csv',
      'access to the location of results of the workgroup email-events was denied: allow s3:GetBucketLocation, s3:GetObject and s3:PutObject there (docs/athena.md)',
    ],
    [
      'events that may not be read',
      'PERMISSION_DENIED: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied)',
      'access was denied: allow reading the database in Glue, s3:ListBucket and s3:GetObject on the bucket of events, and kms:Decrypt on its key (docs/athena.md)',
    ],
    [
      'a catalog that may not be read',
      'Insufficient permissions to execute the query. User is not authorized to perform: glue:GetTable',
      'access was denied: allow reading the database in Glue, s3:ListBucket and s3:GetObject on the bucket of events, and kms:Decrypt on its key (docs/athena.md)',
    ],
    [
      'a query that is too large',
      'Query exhausted resources at this scale factor',
      'the query needs more than Athena gives it: ask for less time with --since and --until',
    ],
    ['something else', 'SYNTAX_ERROR: line 1:8: Column a cannot be resolved', 'the query failed'],
  ])('%s', async (_, reason, means) => {
    fixture.athena.script = () => ({ states: failed(reason) });
    expect((await failure()).message).toBe(`${means}; Athena says: ${reason}${lookUp}`);
  });

  it('no reason', async () => {
    fixture.athena.script = () => ({ states: [{ Status: { State: 'FAILED' } }] });
    expect((await failure()).message).toBe(`the query failed${lookUp}`);
  });

  it('a value, without the value', async () => {
    const reason = "INVALID_CAST_ARGUMENT: Cannot cast 'ana@example.com' to BIGINT";
    fixture.athena.script = () => ({ states: failed(reason) });
    const { message } = await failure();
    expect(message).toBe(
      `the query failed; Athena says: INVALID_CAST_ARGUMENT; Athena's own words may quote a record${lookUp}`,
    );
    expect(message).not.toContain('ana');
  });
});

describe('a query that was canceled says', () => {
  const cancelled = (StateChangeReason?: string): Script['states'] => [
    { Status: { State: 'CANCELLED', StateChangeReason }, Statistics: { DataScannedInBytes: 10485761 } },
  ];

  it('that it reached the limit of its workgroup', async () => {
    fixture.athena.script = () => ({ states: cancelled('Bytes scanned limit was exceeded') });
    expect((await failure()).message).toBe(
      'the query reached the limit of bytes scanned of the workgroup email-events: ask for less time with --since and ' +
        `--until, or raise the limit; Athena says: Bytes scanned limit was exceeded; 10485761 bytes were scanned${lookUp}`,
    );
  });

  it('so when somebody else did it', async () => {
    fixture.athena.script = () => ({ states: cancelled() });
    expect((await failure()).message).toBe(`the query was canceled; 10485761 bytes were scanned${lookUp}`);
  });
});

describe('a request that is refused says what to do about', () => {
  const invalid = (message: string): Fault => ({ type: 'InvalidRequestException', message });

  it.each<[subject: string, fault: Fault, message: string]>([
    [
      'a missing workgroup',
      invalid('WorkGroup is not found.'),
      'there is no workgroup email-events: deploy the catalog (docs/catalog.md) or name the workgroup, and check the region; Athena says: WorkGroup is not found.',
    ],
    [
      'a disabled workgroup',
      invalid('WorkGroup email-events is disabled.'),
      'the workgroup email-events is disabled: enable it; Athena says: WorkGroup email-events is disabled.',
    ],
    [
      'a workgroup without a place for results',
      invalid('No output location provided. An output location is required.'),
      'the workgroup email-events has no location for results: give it one, or name the workgroup of the catalog (docs/catalog.md); Athena says: No output location provided. An output location is required.',
    ],
    [
      'a place for results that may not be used',
      invalid('Unable to verify/create output bucket results'),
      'access to the location of results of the workgroup email-events was denied: allow s3:GetBucketLocation, s3:GetObject and s3:PutObject there (docs/athena.md); Athena says: Unable to verify/create output bucket results',
    ],
    [
      'a query that is none',
      invalid('Queries of this type are not supported'),
      'athena, workgroup email-events: InvalidRequestException: Queries of this type are not supported',
    ],
    [
      'missing permissions',
      {
        type: 'AccessDeniedException',
        message: 'User: arn:aws:iam::111122223333:user/ana is not authorized',
      },
      'athena, workgroup email-events: AccessDeniedException: allow athena:StartQueryExecution, athena:GetQueryExecution, athena:GetQueryResults and athena:StopQueryExecution on the workgroup',
    ],
    [
      'wrong credentials',
      {
        type: 'UnrecognizedClientException',
        message: 'The security token included in the request is invalid.',
      },
      'athena, workgroup email-events: UnrecognizedClientException: check the credentials',
    ],
  ])('%s', async (_, fault, message) => {
    fixture.athena.faults.StartQueryExecution = [fault];
    expect((await failure()).message).toBe(message);
    expect(fixture.athena.inputs('GetQueryExecution')).toEqual([]);
  });

  it('missing credentials', async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    expect((await failure()).message).toBe(
      'athena, workgroup email-events: CredentialsProviderError: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run in a role',
    );
    expect(fixture.athena.requests).toEqual([]);
  });

  it('a missing region', async () => {
    const engine = await fixture.engine({ endpoint: undefined });
    await expect(engine.query('SELECT 1')).rejects.toThrow(
      'athena, workgroup email-events: Region is missing: set AWS_REGION, or pass the region',
    );
  });

  it('a server that is not there', async () => {
    const engine = await fixture.engine({ endpoint: 'http://127.0.0.1:1', maxAttempts: 1 });
    await expect(engine.query('SELECT 1')).rejects.toThrow(
      'ECONNREFUSED: check the endpoint: it refused the connection',
    );
  });
});
