import type { QueryExecution } from '@aws-sdk/client-athena';
import { pageAddress } from '../../../pages/page-address';
import { describeS3Error, errorCode } from '../../../sources/s3-error';
import { MissingTableError, QueryError, ScanLimitError, TooManyPartitionsError } from '../engine';

/** The destination of a query. */
interface QueryPlace {
  workgroup: string;
  database: string;
  catalog: string;
}

const missingTable = /^TABLE_NOT_FOUND\b|\bTable\b.*\bdoes not exist|\bView\b.*\bdoes not exist/i;

const scanLimit = /Bytes scanned limit/i;

const checkDatabase = `deploy the catalog (${pageAddress('catalog')}) or check --database`;
const shorterTime = 'shorten the time range with --since and --until';

/** Errors of Athena, each with an explanation and the fix. The first match applies. */
const known: readonly (readonly [pattern: RegExp, advice: (place: QueryPlace) => string])[] = [
  [
    /WorkGroup\b.*\bnot found/i,
    ({ workgroup }) =>
      `the workgroup ${workgroup} does not exist in the region: deploy the catalog (${pageAddress('catalog')}) or check --workgroup and --region`,
  ],
  [
    /WorkGroup\b.*\bdisabled/i,
    ({ workgroup }) => `the workgroup ${workgroup} is disabled: enable it or use another workgroup`,
  ],
  [
    /No output location provided/i,
    ({ workgroup }) =>
      `the workgroup ${workgroup} has no location for query results: configure one or use the workgroup of the catalog (${pageAddress('catalog')})`,
  ],
  [
    /output bucket|writing to location/i,
    ({ workgroup }) =>
      `access to the query results of the workgroup ${workgroup} was denied: allow s3:GetBucketLocation, s3:GetObject and s3:PutObject on their location (${pageAddress('catalog', 'permissions')})`,
  ],
  [
    /^CATALOG_NOT_FOUND\b|\bCatalog\b.*\bdoes not exist/i,
    ({ catalog }) => `the data catalog ${catalog} does not exist: check --catalog`,
  ],
  [
    /^SCHEMA_NOT_FOUND\b|\b(?:Schema|Database)\b.*\b(?:does not exist|not found)/i,
    ({ database }) => `the database ${database} does not exist: ${checkDatabase}`,
  ],
  [
    missingTable,
    ({ database }) =>
      `a table or view is missing in the database ${database}: ${checkDatabase}; the tables of the archive exist after the first run of its schedule or of ses-events compact, and until then, --source lines reads the lines`,
  ],
  [
    scanLimit,
    ({ workgroup }) =>
      `the query exceeded the scan limit of the workgroup ${workgroup}: ${shorterTime}, or raise the limit`,
  ],
  [
    /Access ?Denied|not authorized|PERMISSION_DENIED|Insufficient\b.*\bpermission/i,
    () =>
      `access was denied: allow read access to the database in Glue, s3:ListBucket and s3:GetObject on the bucket of events, and kms:Decrypt on its key (${pageAddress('catalog', 'permissions')})`,
  ],
  [
    /exhausted resources|^EXCEEDED_|time ?out/i,
    () => `the query exceeded the resources or the time limit of Athena: ${shorterTime}`,
  ],
];

/** Reasons that only quote the query and the names of tables, and no values of rows. */
const aboutTheQuery =
  /^(?:[A-Z]+_(?:NOT_FOUND|DENIED)|SYNTAX_ERROR|NOT_SUPPORTED|TYPE_MISMATCH|COLUMN_\w+|AMBIGUOUS_\w+|DUPLICATE_\w+|MISSING_\w+|MISMATCHED_\w+|EXCEEDED_\w+|EXPRESSION_\w+|INVALID_(?:COLUMN_REFERENCE|VIEW|LITERAL))\b/;

/** Returns a reason of Athena without personal data. Reasons with other codes may quote a value of a row. */
function shownReason(reason: string): string {
  const code = /^[A-Z]+(?:_[A-Z]+)+\b/.exec(reason)?.[0];
  if (code === undefined || aboutTheQuery.test(reason)) return reason.replaceAll(/\s+/g, ' ').trim();
  return `${code} (message omitted, because it can contain personal data)`;
}

const explain = (message: string, place: QueryPlace) =>
  known.find(([pattern]) => pattern.test(message))?.[1](place);

/** Returns the place to find a query: the console of Athena lists it among the recent queries. */
const lookUp = (queryId: string, { workgroup }: QueryPlace) =>
  `query ${queryId}: see the recent queries of ${workgroup} in the Athena console, or run aws athena get-query-execution --query-execution-id ${queryId}`;

/** Returns the class of errors for a reason. */
function failureOf(reason: string): typeof QueryError {
  if (missingTable.test(reason)) return MissingTableError;
  if (scanLimit.test(reason)) return ScanLimitError;
  return /TOO_MANY_OPEN_PARTITIONS/.test(reason) ? TooManyPartitionsError : QueryError;
}

/** Returns the error for a query that failed or was canceled. */
function failedQuery(queryId: string, { Status, Statistics }: QueryExecution, place: QueryPlace): QueryError {
  const reason = Status?.StateChangeReason ?? Status?.AthenaError?.ErrorMessage ?? '';
  const state = Status?.State === 'CANCELLED' ? 'was canceled' : 'failed';
  const explanation = explain(reason, place) ?? `the query ${state}`;
  const scanned = Statistics?.DataScannedInBytes;
  const Failure = failureOf(reason);
  return new Failure(
    [
      reason === '' ? explanation : `${explanation}; Athena error: ${shownReason(reason)}`,
      ...(scanned === undefined || scanned === 0 ? [] : [`${scanned} bytes scanned`]),
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
  TooManyRequestsException: 'Athena throttles requests or concurrent queries: try again later',
  ThrottlingException: 'Athena throttles requests: try again later',
};

/**
 * Returns the error for a failed request to Athena.
 * @param queryId the query of the request; undefined before its start
 */
function failedRequest(error: unknown, place: QueryPlace, queryId?: string): QueryError {
  const { message } = error as Error; // the SDK throws these errors
  const code = errorCode(error);
  const where = queryId === undefined ? '' : `; ${lookUp(queryId, place)}`;
  const explanation = code === 'InvalidRequestException' ? explain(message, place) : undefined;
  const Failure = failureOf(message);
  if (explanation !== undefined)
    return new Failure(`${explanation}; Athena error: ${message}${where}`, { cause: error });
  const detail = code === 'InvalidRequestException' ? message : advice[code];
  const why = detail === undefined ? describeS3Error(error) : `${code}: ${detail}`;
  return new QueryError(`athena, workgroup ${place.workgroup}: ${why}${where}`, { cause: error });
}

export { failedQuery, failedRequest, type QueryPlace, stoppedQuery };
