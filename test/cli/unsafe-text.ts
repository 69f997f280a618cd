/** Control characters, and characters that change the direction of a text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the tests look for them
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

export { unsafe };
