import type { ServerResponse } from 'node:http';
import { type Answer, commonHeaders } from './answer';
import type { BodyFault } from './fault-rule';

/** Sends part of a body; the connection ends behind it. */
function sendPart(response: ServerResponse, part: Buffer, pause: number): void {
  response.flushHeaders();
  response.write(part);
  // destroySoon, because destroy would drop what the socket has not written yet.
  const timer = setTimeout(() => response.socket?.destroySoon(), pause);
  response.once('close', () => clearTimeout(timer));
}

/** Sends an answer, which the fault may break off. */
function sendAnswer(
  response: ServerResponse,
  { status, headers, body }: Answer,
  fault: BodyFault | undefined,
): void {
  const length = status === 204 ? {} : { 'Content-Length': body.length };
  response.writeHead(status, { ...commonHeaders(), ...headers, ...length });
  if (fault === undefined)
    response.end(body); // Node keeps the body back when the method is HEAD
  else
    sendPart(response, body.subarray(0, fault.afterBytes), fault.kind === 'stall' ? fault.milliseconds : 0);
}

export { sendAnswer };
