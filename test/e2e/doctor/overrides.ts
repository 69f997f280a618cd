import type { AwsRequest, Handler } from '../../local-aws/companion/handler';

/** Matches calls: every given part must match. */
interface CallPattern {
  method?: string;
  path?: string;
  /** The operation in `X-Amz-Target`. */
  operation?: string;
  /** The action of a form, in IAM and version 1 of SES. */
  action?: string;
  /** A text in the body. */
  body?: string;
}

function matches({ method, path, operation, action, body }: CallPattern, request: AwsRequest): boolean {
  const text = request.body.toString();
  return (
    (method ?? request.method) === request.method &&
    (path ?? request.path) === request.path &&
    (operation ?? request.operation) === request.operation &&
    (action === undefined || new URLSearchParams(text).get('Action') === action) &&
    text.includes(body ?? '')
  );
}

/** Answers calls with a JSON body. */
function answering(pattern: CallPattern, body: object): Handler {
  return async (request) =>
    matches(pattern, request)
      ? { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
      : undefined;
}

/** Responds to calls of an action with the XML of a result. */
function answeringXml(action: string, result: string): Handler {
  const xml = `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`;
  return async (request) =>
    matches({ action }, request)
      ? { status: 200, headers: { 'Content-Type': 'text/xml' }, body: xml }
      : undefined;
}

/** Denies calls, in the protocol of the service. */
function denied(pattern: CallPattern): Handler {
  return async (request) => {
    if (!matches(pattern, request)) return undefined;
    if (pattern.action !== undefined) {
      const error = '<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error>';
      const body = `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>`;
      return { status: 403, headers: { 'Content-Type': 'text/xml' }, body };
    }
    const headers = { 'Content-Type': 'application/json', 'x-amzn-ErrorType': 'AccessDeniedException' };
    const body = JSON.stringify({ __type: 'AccessDeniedException', message: 'no' });
    return { status: 400, headers, body };
  };
}

/** Rejects an action, as a server does that does not support it. */
function unknownAction(action: string): Handler {
  const error = '<Error><Type>Sender</Type><Code>InvalidAction</Code><Message>no</Message></Error>';
  const body = `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>`;
  return async (request) =>
    matches({ action }, request) ? { status: 400, headers: { 'Content-Type': 'text/xml' }, body } : undefined;
}

/** Changes the time of every object in listings below a prefix. */
function listedAt(time: Date, prefix: string): Handler {
  return async ({ service, method, path, query, headers }) => {
    const isListing = service === 's3' && method === 'GET' && query.get('list-type') === '2';
    const isBelow = query.get('prefix')?.startsWith(prefix) === true;
    if (!isListing || !isBelow || headers.again === 'yes') return undefined;
    const { host = '', ...others } = headers;
    const answer = await fetch(`http://${host}${path}?${query}`, { headers: { ...others, again: 'yes' } });
    const text = await answer.text();
    const written = `<LastModified>${time.toISOString()}</LastModified>`;
    return {
      status: answer.status,
      headers: { 'Content-Type': 'application/xml' },
      body: text.replaceAll(/<LastModified>[^<]*<\/LastModified>/g, written),
    };
  };
}

export { answering, answeringXml, denied, listedAt, unknownAction };
