// C0 and C1 controls, DEL, and marks that change the text direction. A hostile subject or diagnostic could
// use them to move the cursor, change colors, or disguise its text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the expression matches control characters
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Makes text from an event safe for a terminal: control characters are shown as `\u001b` instead of taking
 * effect, because events contain untrusted text. JSON text remains equivalent, because such characters only
 * occur in its strings.
 */
function terminalText(text: string): string {
  return text.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export { terminalText };
