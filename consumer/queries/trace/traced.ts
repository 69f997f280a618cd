/** What to trace. */
type Traced = { messageId: string } | { address: string };

/** Which steps, by when they happened, and how much of them. */
interface TraceOptions {
  since?: Date | undefined;
  until?: Date | undefined;
  /**
   * Whether to say where each event was found.
   * @default false
   */
  withPlaces?: boolean | undefined;
}

/** An address as the view `recipients` has it: in lower case, without a display name. */
function bareAddress(recipient: string): string {
  return (/<([^<>]+)>[ ]*$/.exec(recipient)?.[1] ?? recipient).trim().toLowerCase();
}

/**
 * What someone has typed, as what is traced. The Message-ID header of SES's own, `<id@email.amazonses.com>`,
 * is the message's id; the mailbox simulator's addresses look alike, and are recipients.
 */
function traced(text: string): Traced {
  const [, id] = /^<?([^@<>\s]+)@(?!simulator\.)(?:[a-z0-9.-]+\.)?amazonses\.com>?$/i.exec(text.trim()) ?? [];
  if (id !== undefined) return { messageId: id };
  return text.includes('@') ? { address: bareAddress(text) } : { messageId: text.trim() };
}

export { bareAddress, type Traced, type TraceOptions, traced };
