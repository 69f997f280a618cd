import type { OperationName } from './operation';
import type { S3ErrorCode } from './s3-error';

/** Answers with an error in place of what was asked for. */
interface ErrorFault {
  kind: 'error';
  code: Extract<S3ErrorCode, 'SlowDown' | 'InternalError'>;
}

/** Sends the headers and the first bytes of a body, then destroys the connection. */
interface CutFault {
  kind: 'cut';
  afterBytes: number;
}

/** The same, but the connection is silent for a while before it is destroyed. */
interface StallFault {
  kind: 'stall';
  afterBytes: number;
  milliseconds: number;
}

/** Changes something, commonly an object, once a request has its answer, which is still the old one. */
interface ChangeFault {
  kind: 'change';
  change: () => void;
}

type BodyFault = CutFault | StallFault;
type Fault = ErrorFault | BodyFault | ChangeFault;

/** Which requests a fault befalls; what is left out matches all. */
interface FaultScope {
  operation?: OperationName;
  bucket?: string;
  key?: string;
  /** How many matching requests are spared first. @default 0 */
  after?: number;
  /** How many requests it then befalls. @default 1 */
  times?: number;
}

/**
 * A fault and the requests that it befalls.
 *
 * A request can suffer one fault of each sort: an error; or, when it is answered with success, a cut or
 * stalled body, and a change behind it. Rules of the same sort take turns in the order they were given.
 */
type FaultRule = Fault & FaultScope;

export type { BodyFault, ChangeFault, Fault, FaultRule, FaultScope };
