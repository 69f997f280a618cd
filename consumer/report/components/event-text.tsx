import { terminalText } from '../../texts/terminal-text';

/** Characters of a text that a page shows. A subject or a server's response can have millions. */
const maxLength = 300;

/** Characters of a text that can break anywhere, so that it does not widen its table. */
const longText = 40;

/**
 * A text out of an event, which a stranger wrote: escaped, cut, with control and direction characters shown as `\u202e`,
 * and isolated from the direction of the text around it. A link is not clickable.
 */
function EventText({ text }: { text: string }) {
  const shown = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return <bdi class={shown.length > longText ? 'long' : undefined}>{terminalText(shown)}</bdi>;
}

export { EventText };
