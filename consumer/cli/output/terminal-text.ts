// C0 and C1 controls, DEL, and the marks that turn the direction of text: what a hostile subject or
// diagnostic could use to move the cursor, change colors, or show something else than it says.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Text from an event made safe for a terminal: control characters are shown as `\u001b` instead of being
 * obeyed. Everything that comes out of an event is written by strangers. JSON text stays the same JSON, because such characters can only stand in its strings.
 */
function terminalText(text: string): string {
  return text.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export { terminalText };
