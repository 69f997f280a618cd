import { pageAddress } from '../../../../consumer/pages/page-address';
import { QueryError } from '../../../../consumer/queries/engines/engine';
import { AthenaFixture } from './athena-fixture';
import type { Fault, Script } from './fake-athena';

const fixture = new AthenaFixture();

/** Returns the error of a query. */
async function failure(): Promise<QueryError> {
  const engine = await fixture.engine({ maxAttempts: 1 });
  const error: unknown = await engine.query('SELECT 1').catch((reason: unknown) => reason);
  if (error instanceof QueryError) return error;
  throw new Error('the query did not fail with a QueryError', { cause: error });
}

const catalogPage = pageAddress('catalog');
const permissions = pageAddress('catalog', 'permissions');

const lookUp =
  '; query query-1: see the recent queries of email-events in the Athena console, or run aws athena get-query-execution --query-execution-id query-1';

const failed = (StateChangeReason: string): Script['states'] => [
  { Status: { State: 'FAILED', StateChangeReason } },
];

describe('the error of a failed query has advice about', () => {
  it.each<[subject: string, reason: string, means: string]>([
    [
      'a missing database',
      "SCHEMA_NOT_FOUND: line 1:15: Schema 'email_events' does not exist",
      `the database email_events does not exist: deploy the catalog (${catalogPage}) or check --database`,
    ],
    [
      'a missing table',
      "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.email_events.event_lines' does not exist",
      `a table or view is missing in the database email_events: deploy the catalog (${catalogPage}) or check --database; the tables of the archive exist after the first run of its schedule or of ses-events compact, and until then, --source lines reads the lines`,
    ],
    [
      'a missing table, in the wording of older versions',
      'SYNTAX_ERROR: line 1:15: Table awsdatacatalog.email_events.event_lines does not exist',
      `a table or view is missing in the database email_events: deploy the catalog (${catalogPage}) or check --database; the tables of the archive exist after the first run of its schedule or of ses-events compact, and until then, --source lines reads the lines`,
    ],
    [
      'a missing catalog',
      "CATALOG_NOT_FOUND: line 1:15: Catalog 'awsdatacatalog' does not exist",
      'the data catalog AwsDataCatalog does not exist: check --catalog',
    ],
    [
      'denied write access to results',
      'Access denied when writing to location: s3://results/query-1.csv',
      `access to the query results of the workgroup email-events was denied: allow s3:GetBucketLocation, s3:GetObject and s3:PutObject on their location (${permissions})`,
    ],
    [
      'denied read access to events',
      'PERMISSION_DENIED: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied)',
      `access was denied: allow read access to the database in Glue, s3:ListBucket and s3:GetObject on the bucket of events, and kms:Decrypt on its key (${permissions})`,
    ],
    [
      'denied read access to the catalog',
      'Insufficient permissions to execute the query. User is not authorized to perform: glue:GetTable',
      `access was denied: allow read access to the database in Glue, s3:ListBucket and s3:GetObject on the bucket of events, and kms:Decrypt on its key (${permissions})`,
    ],
    [
      'a query that is too large',
      'Query exhausted resources at this scale factor',
      'the query exceeded the resources or the time limit of Athena: shorten the time range with --since and --until',
    ],
    ['another error', 'SYNTAX_ERROR: line 1:8: Column a cannot be resolved', 'the query failed'],
  ])('%s', async (_, reason, means) => {
    fixture.athena.script = () => ({ states: failed(reason) });
    expect((await failure()).message).toBe(`${means}; Athena error: ${reason}${lookUp}`);
  });

  it('a missing reason', async () => {
    fixture.athena.script = () => ({ states: [{ Status: { State: 'FAILED' } }] });
    expect((await failure()).message).toBe(`the query failed${lookUp}`);
  });

  it('a value, but does not contain the value', async () => {
    const reason = "INVALID_CAST_ARGUMENT: Cannot cast 'ana@example.com' to BIGINT";
    fixture.athena.script = () => ({ states: failed(reason) });
    const { message } = await failure();
    expect(message).toBe(
      `the query failed; Athena error: INVALID_CAST_ARGUMENT (message omitted, because it can contain personal data)${lookUp}`,
    );
    expect(message).not.toContain('ana');
  });
});

describe('the error of a canceled query', () => {
  const cancelled = (StateChangeReason?: string): Script['states'] => [
    { Status: { State: 'CANCELLED', StateChangeReason }, Statistics: { DataScannedInBytes: 10485761 } },
  ];

  it('reports that the query reached the limit of its workgroup', async () => {
    fixture.athena.script = () => ({ states: cancelled('Bytes scanned limit was exceeded') });
    expect((await failure()).message).toBe(
      'the query exceeded the scan limit of the workgroup email-events: shorten the time range with --since and ' +
        `--until, or raise the limit; Athena error: Bytes scanned limit was exceeded; 10485761 bytes scanned${lookUp}`,
    );
  });

  it('reports a cancellation by another user', async () => {
    fixture.athena.script = () => ({ states: cancelled() });
    expect((await failure()).message).toBe(`the query was canceled; 10485761 bytes scanned${lookUp}`);
  });
});

describe('the error of a rejected request has advice about', () => {
  const invalid = (message: string): Fault => ({ type: 'InvalidRequestException', message });

  it.each<[subject: string, fault: Fault, message: string]>([
    [
      'a missing workgroup',
      invalid('WorkGroup is not found.'),
      `the workgroup email-events does not exist in the region: deploy the catalog (${catalogPage}) or check --workgroup and --region; Athena error: WorkGroup is not found.`,
    ],
    [
      'a disabled workgroup',
      invalid('WorkGroup email-events is disabled.'),
      'the workgroup email-events is disabled: enable it or use another workgroup; Athena error: WorkGroup email-events is disabled.',
    ],
    [
      'a workgroup without a location for results',
      invalid('No output location provided. An output location is required.'),
      `the workgroup email-events has no location for query results: configure one or use the workgroup of the catalog (${catalogPage}); Athena error: No output location provided. An output location is required.`,
    ],
    [
      'denied access to the location of results',
      invalid('Unable to verify/create output bucket results'),
      `access to the query results of the workgroup email-events was denied: allow s3:GetBucketLocation, s3:GetObject and s3:PutObject on their location (${permissions}); Athena error: Unable to verify/create output bucket results`,
    ],
    [
      'an unsupported query',
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

  it.each([
    ['a missing region', undefined],
    ['an empty region', ''],
  ])('%s', async (_, region) => {
    if (region !== undefined) process.env.AWS_REGION = region;
    const engine = await fixture.engine({ endpoint: undefined });
    await expect(engine.query('SELECT 1')).rejects.toThrow(
      'athena, workgroup email-events: Region is missing: set AWS_REGION, or pass the region',
    );
  });

  it('an unreachable server', async () => {
    const engine = await fixture.engine({ endpoint: 'http://127.0.0.1:1', maxAttempts: 1 });
    await expect(engine.query('SELECT 1')).rejects.toThrow(
      'ECONNREFUSED: check the endpoint: it refused the connection',
    );
  });
});
