import type { ServerResponse } from 'node:http';
import { type Answer, commonHeaders } from './answer';
import type { BodyFault } from './fault-rule';

/** Sends part of a body, then closes the connection. */
function sendPart(response: ServerResponse, part: Buffer, pause: number): void {
  response.flushHeaders();
  response.write(part);
  // destroySoon, because destroy drops bytes that the socket has not written yet.
  const timer = setTimeout(() => response.socket?.destroySoon(), pause);
  response.once('close', () => clearTimeout(timer));
}

/** Sends a response, or a part of it if there is a fault. */
function sendAnswer(
  response: ServerResponse,
  { status, headers, body }: Answer,
  fault: BodyFault | undefined,
): void {
  const length = status === 204 ? {} : { 'Content-Length': body.length };
  response.writeHead(status, { ...commonHeaders(), ...headers, ...length });
  if (fault === undefined)
    response.end(body); // for HEAD, Node omits the body
  else
    sendPart(response, body.subarray(0, fault.afterBytes), fault.kind === 'stall' ? fault.milliseconds : 0);
}

export { sendAnswer };
