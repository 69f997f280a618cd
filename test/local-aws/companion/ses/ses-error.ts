/** The supported errors of the SES API v2, with their HTTP status. */
const statuses = {
  AlreadyExistsException: 400,
  BadRequestException: 400,
  MessageRejected: 400,
  NotFoundException: 404,
  SendingPausedException: 400,
} as const;

/**
 * An error response.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html#API_SendEmail_Errors
 */
class SesError extends Error {
  readonly status: number;

  constructor(
    readonly code: keyof typeof statuses,
    message: string,
  ) {
    super(message);
    this.status = statuses[code];
  }
}

export { SesError };
