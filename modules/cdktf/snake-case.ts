import { describeFields } from '../stream-settings';

/** A setting's name as Terraform spells it: `buffering_size` for `bufferingSize`. */
function snakeName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A text with the names of settings in it as Terraform spells them. */
function snakeCase(text: string): string {
  const names = new Set(describeFields().map(({ name }) => name));
  return text.replace(/\b[a-z]+(?:[A-Z][a-z]*)+\b/g, (word) => (names.has(word) ? snakeName(word) : word));
}

export { snakeCase, snakeName };
