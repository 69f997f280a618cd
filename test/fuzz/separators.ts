/** Bytes that can be between records without being a record, as Latin-1. */
const separators = /^(?:[ \t\r\n,[\]]|\\[nr]|\xef\xbb\xbf)*$/;

export { separators };
