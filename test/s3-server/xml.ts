const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/**
 * Escapes text for XML. S3 writes control characters as references, even those that XML 1.0 forbids. A
 * carriage return without escape would reach the client as a line feed.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html#object-key-xml-related-constraints
 */
function escapeXml(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: keys can contain them
    /[&<>"\u0000-\u001f]/g,
    (character) => references[character] ?? `&#${character.charCodeAt(0)};`,
  );
}

/** Returns an element with a text. */
function xmlElement(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

/** Returns a document. `content` is XML. */
function xmlDocument(root: string, content: string, attributes = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attributes}>${content}</${root}>`;
}

export { xmlDocument, xmlElement };
