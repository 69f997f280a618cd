import { xmlDocument, xmlElement } from './xml';

/** The supported errors, with the status and message of S3. */
const knownErrors = {
  AccessDenied: [403, 'Access Denied'],
  IncompleteBody: [
    400,
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  ],
  InternalError: [500, 'We encountered an internal error. Please try again.'],
  InvalidArgument: [400, 'Invalid Argument'],
  InvalidObjectState: [403, "The operation is not valid for the object's storage class"],
  InvalidRange: [416, 'The requested range is not satisfiable'],
  NoSuchBucket: [404, 'The specified bucket does not exist'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  NotImplemented: [501, 'A header you provided implies functionality that is not implemented'],
  PreconditionFailed: [412, 'At least one of the pre-conditions you specified did not hold'],
  SlowDown: [503, 'Please reduce your request rate.'],
} as const;

type S3ErrorCode = keyof typeof knownErrors;

/**
 * An error response of S3.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
class S3Error extends Error {
  readonly status: number;
  /** The XML that S3 sends as the body. */
  readonly document: string;

  /** @param details additional elements of some errors, such as the key, the range or the storage class */
  constructor(code: S3ErrorCode, details: Readonly<Record<string, string>> = {}) {
    const [status, message] = knownErrors[code];
    super(message);
    this.name = code;
    this.status = status;
    const elements = { Code: code, Message: message, ...details };
    this.document = xmlDocument(
      'Error',
      Object.entries(elements)
        .map(([name, text]) => xmlElement(name, text))
        .join(''),
    );
  }
}

export { S3Error, type S3ErrorCode };
