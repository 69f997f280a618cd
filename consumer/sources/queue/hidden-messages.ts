import type { Queue, QueueMessage } from './queue';

/**
 * Messages in hand: while they are being worked on, no other consumer gets them, however long it takes.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
 */
class HiddenMessages {
  private readonly messages = new Map<string, QueueMessage>();
  private readonly timer: NodeJS.Timeout;
  private extending: Promise<void> | undefined;
  private failure: { error: unknown } | undefined;

  /** @param seconds for which the messages are hidden at a time */
  constructor(
    private readonly queue: Queue,
    seconds: number,
  ) {
    this.timer = setInterval(() => this.extend(seconds), (seconds * 1000) / 2);
  }

  /** The messages, each once: one that was delivered twice by its latest receipt. */
  get all(): QueueMessage[] {
    return [...this.messages.values()];
  }

  add(messages: readonly QueueMessage[]): void {
    for (const message of messages) this.messages.set(message.id, message);
  }

  /**
   * Whether they could be kept hidden so far.
   * @throws {SourceError} when they could not: they may have been delivered to another consumer meanwhile
   */
  check(): void {
    if (this.failure !== undefined) throw this.failure.error;
  }

  /** Lets go of the messages: what was not deleted comes again when its time is over. */
  release(): void {
    clearInterval(this.timer);
  }

  /** Gives the messages back at once, as nothing was done about them. */
  async giveBack(): Promise<void> {
    this.release();
    await this.extending;
    await this.queue.hide(this.all, 0);
  }

  private extend(seconds: number): void {
    // One request after the other; a failure is told at the end, since the work in hand can be done all the same.
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
