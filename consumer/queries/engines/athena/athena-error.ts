import type { QueryExecution } from '@aws-sdk/client-athena';
import { describeS3Error, errorCode } from '../../../sources/s3-error';
import { QueryError } from '../engine';

/** The destination of a query. */
interface QueryPlace {
  workgroup: string;
  database: string;
  catalog: string;
}

const catalog = 'deploy the catalog (docs/catalog.md) or name the database';
const lessTime = 'ask for less time with --since and --until';

/** Errors of Athena, each with an explanation and the fix. The first match applies. */
const known: readonly (readonly [said: RegExp, means: (place: QueryPlace) => string])[] = [
  [
    /WorkGroup\b.*\bnot found/i,
    ({ workgroup }) =>
      `there is no workgroup ${workgroup}: deploy the catalog (docs/catalog.md) or name the workgroup, and check the region`,
  ],
  [/WorkGroup\b.*\bdisabled/i, ({ workgroup }) => `the workgroup ${workgroup} is disabled: enable it`],
  [
    /No output location provided/i,
    ({ workgroup }) =>
      `the workgroup ${workgroup} has no location for results: give it one, or name the workgroup of the catalog (docs/catalog.md)`,
  ],
  [
    /output bucket|writing to location/i,
    ({ workgroup }) =>
      `access to the location of results of the workgroup ${workgroup} was denied: allow s3:GetBucketLocation, s3:GetObject and s3:PutObject there (docs/athena.md)`,
  ],
  [
    /^CATALOG_NOT_FOUND\b|\bCatalog\b.*\bdoes not exist/i,
    ({ catalog }) => `there is no data catalog ${catalog}: name the catalog`,
  ],
  [
    /^SCHEMA_NOT_FOUND\b|\b(?:Schema|Database)\b.*\b(?:does not exist|not found)/i,
    ({ database }) => `there is no database ${database}: ${catalog}`,
  ],
  [
    /^TABLE_NOT_FOUND\b|\bTable\b.*\bdoes not exist|\bView\b.*\bdoes not exist/i,
    ({ database }) => `a table or view is missing in the database ${database}: ${catalog}`,
  ],
  [
    /Bytes scanned limit/i,
    ({ workgroup }) =>
      `the query reached the limit of bytes scanned of the workgroup ${workgroup}: ${lessTime}, or raise the limit`,
  ],
  [
    /Access ?Denied|not authorized|PERMISSION_DENIED|Insufficient\b.*\bpermission/i,
    () =>
      'access was denied: allow reading the database in Glue, s3:ListBucket and s3:GetObject on the bucket of events, and kms:Decrypt on its key (docs/athena.md)',
  ],
  [
    /exhausted resources|^EXCEEDED_|time ?out/i,
    () => `the query needs more than Athena gives it: ${lessTime}`,
  ],
];

/** Reasons that only quote the query and the names of tables, and no values of rows. */
const aboutTheQuery =
  /^(?:[A-Z]+_(?:NOT_FOUND|DENIED)|SYNTAX_ERROR|NOT_SUPPORTED|TYPE_MISMATCH|COLUMN_\w+|AMBIGUOUS_\w+|DUPLICATE_\w+|MISSING_\w+|MISMATCHED_\w+|EXCEEDED_\w+|EXPRESSION_\w+|INVALID_(?:COLUMN_REFERENCE|VIEW|LITERAL))\b/;

/** Returns a reason of Athena without personal data. Reasons with other codes may quote a value of a row. */
function shownReason(reason: string): string {
  const code = /^[A-Z]+(?:_[A-Z]+)+\b/.exec(reason)?.[0];
  if (code === undefined || aboutTheQuery.test(reason)) return reason.replaceAll(/\s+/g, ' ').trim();
  return `${code}; Athena's own words may quote a record`;
}

const meaning = (said: string, place: QueryPlace) => known.find(([sign]) => sign.test(said))?.[1](place);

/** Returns the place to find a query: the console of Athena lists it among the recent queries. */
const lookUp = (queryId: string, { workgroup }: QueryPlace) =>
  `query ${queryId}, in Athena's console among the recent queries of ${workgroup}, or: aws athena get-query-execution --query-execution-id ${queryId}`;

/** Returns the error for a query that failed or was canceled. */
function failedQuery(queryId: string, { Status, Statistics }: QueryExecution, place: QueryPlace): QueryError {
  const reason = Status?.StateChangeReason ?? Status?.AthenaError?.ErrorMessage ?? '';
  const state = Status?.State === 'CANCELLED' ? 'was canceled' : 'failed';
  const means = meaning(reason, place) ?? `the query ${state}`;
  const scanned = Statistics?.DataScannedInBytes;
  return new QueryError(
    [
      reason === '' ? means : `${means}; Athena says: ${shownReason(reason)}`,
      ...(scanned === undefined || scanned === 0 ? [] : [`${scanned} bytes were scanned`]),
      lookUp(queryId, place),
    ].join('; '),
  );
}

/** Returns the error for a query that was stopped. */
function stoppedQuery(queryId: string): QueryError {
  return new QueryError(`the query was stopped: ${queryId}`);
}

const apiDenied =
  'allow athena:StartQueryExecution, athena:GetQueryExecution, athena:GetQueryResults and athena:StopQueryExecution on the workgroup';

const advice: Readonly<Record<string, string>> = {
  AccessDeniedException: apiDenied,
  UnrecognizedClientException: 'check the credentials',
  InvalidSignatureException: 'check the credentials and the clock',
  ExpiredTokenException: 'renew the credentials',
  TooManyRequestsException: 'Athena asks for fewer requests, or fewer queries at once: try again later',
  ThrottlingException: 'Athena asks for fewer requests: try again later',
};

/**
 * Returns the error for a failed request to Athena.
 * @param queryId the query of the request; undefined before its start
 */
function failedRequest(error: unknown, place: QueryPlace, queryId?: string): QueryError {
  const { message } = error as Error; // the SDK throws these errors
  const code = errorCode(error);
  const where = queryId === undefined ? '' : `; ${lookUp(queryId, place)}`;
  const means = code === 'InvalidRequestException' ? meaning(message, place) : undefined;
  if (means !== undefined)
    return new QueryError(`${means}; Athena says: ${message}${where}`, { cause: error });
  const said = code === 'InvalidRequestException' ? message : advice[code];
  const why = said === undefined ? describeS3Error(error) : `${code}: ${said}`;
  return new QueryError(`athena, workgroup ${place.workgroup}: ${why}${where}`, { cause: error });
}

export { failedQuery, failedRequest, type QueryPlace, stoppedQuery };
