import type { ServerResponse } from 'node:http';
import type { BodyFault } from './fault-rule';
import { commonHeaders, type S3Response } from './s3-response';

/** Sends part of a body, then closes the connection. */
function sendPart(outgoing: ServerResponse, part: Buffer, pause: number): void {
  outgoing.flushHeaders();
  outgoing.write(part);
  // destroySoon, because destroy drops bytes that the socket has not written yet.
  const timer = setTimeout(() => outgoing.socket?.destroySoon(), pause);
  outgoing.once('close', () => clearTimeout(timer));
}

/** Sends a response, or a part of it if there is a fault. */
function sendResponse(
  outgoing: ServerResponse,
  { status, headers, body }: S3Response,
  fault: BodyFault | undefined,
): void {
  const length = status === 204 ? {} : { 'Content-Length': body.length };
  outgoing.writeHead(status, { ...commonHeaders(), ...headers, ...length });
  if (fault === undefined)
    outgoing.end(body); // for HEAD, Node omits the body
  else
    sendPart(outgoing, body.subarray(0, fault.afterBytes), fault.kind === 'stall' ? fault.milliseconds : 0);
}

export { sendResponse };
