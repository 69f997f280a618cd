import type { AwsRequest, Handler } from '../companion/handler';

/** Which calls are meant: every part that is given has to fit. */
interface CallPattern {
  method?: string;
  path?: string;
  /** What `X-Amz-Target` names. */
  operation?: string;
  /** The action of a form, as IAM and version 1 of SES have it. */
  action?: string;
  /** What the body holds. */
  body?: string;
}

function fits({ method, path, operation, action, body }: CallPattern, request: AwsRequest): boolean {
  const text = request.body.toString();
  return (
    (method ?? request.method) === request.method &&
    (path ?? request.path) === request.path &&
    (operation ?? request.operation) === request.operation &&
    (action === undefined || new URLSearchParams(text).get('Action') === action) &&
    text.includes(body ?? '')
  );
}

/** Answers calls with this, as JSON. */
function answering(pattern: CallPattern, body: object): Handler {
  return async (request) =>
    fits(pattern, request)
      ? { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
      : undefined;
}

/** Answers the calls of an action with the XML of its result. */
function answeringXml(action: string, result: string): Handler {
  const whole = `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`;
  return async (request) =>
    fits({ action }, request)
      ? { status: 200, headers: { 'Content-Type': 'text/xml' }, body: whole }
      : undefined;
}

/** Refuses calls, in the protocol of the service. */
function denied(pattern: CallPattern): Handler {
  return async (request) => {
    if (!fits(pattern, request)) return undefined;
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

/** Refuses an action as a server does that does not know it. */
function unknownAction(action: string): Handler {
  const error = '<Error><Type>Sender</Type><Code>InvalidAction</Code><Message>no</Message></Error>';
  const body = `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>`;
  return async (request) =>
    fits({ action }, request) ? { status: 400, headers: { 'Content-Type': 'text/xml' }, body } : undefined;
}

/** Has listings below a prefix say that every object was written at this time. */
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
