import type { Queue, QueueMessage } from './queue';

/**
 * Messages that are being processed. No other consumer receives them, whatever the duration.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
 */
class HiddenMessages {
  private readonly messages = new Map<string, QueueMessage>();
  private readonly timer: NodeJS.Timeout;
  private extending: Promise<void> | undefined;
  private failure: { error: unknown } | undefined;

  /** @param seconds visibility timeout of each extension */
  constructor(
    private readonly queue: Queue,
    seconds: number,
  ) {
    this.timer = setInterval(() => this.extend(seconds), (seconds * 1000) / 2);
  }

  /** The messages without duplicates. A message that was delivered twice has its latest receipt. */
  get all(): QueueMessage[] {
    return [...this.messages.values()];
  }

  add(messages: readonly QueueMessage[]): void {
    for (const message of messages) this.messages.set(message.id, message);
  }

  /**
   * Checks whether the messages have remained hidden so far.
   * @throws {SourceError} when they have not: another consumer may have received them
   */
  check(): void {
    if (this.failure !== undefined) throw this.failure.error;
  }

  /** Stops hiding the messages. SQS redelivers those that were not deleted, after their timeout. */
  release(): void {
    clearInterval(this.timer);
  }

  /** Returns the messages to the queue immediately, because nothing was done with them. */
  async makeVisible(): Promise<void> {
    this.release();
    await this.extending;
    await this.queue.hide(this.all, 0);
  }

  private extend(seconds: number): void {
    // Sends one request at a time. A failure is reported at the end, since the current work can be completed
    // anyway.
    this.extending ??= this.queue
      .hide(this.all, seconds)
      .catch((error: unknown) => {
        this.failure = { error };
      })
      .finally(() => {
        this.extending = undefined;
      });
  }
}

export { HiddenMessages };
