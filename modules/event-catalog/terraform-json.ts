/**
 * Encodes a value as the function `jsonencode` of Terraform does, so that the text is the same whether Terraform or this
 * program writes it. Terraform sorts keys, and escapes characters that have a meaning in HTML. The keys must be in order
 * already. A CDKTF token in a text remains a token.
 * @see https://developer.hashicorp.com/terraform/language/functions/jsonencode
 */
function terraformJson(value: object): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export { terraformJson };
