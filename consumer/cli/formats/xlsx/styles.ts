import { sheetText } from './cell-text';

/**
 * The format of each style of a cell. Texts have the format for text, so that editing a cell does not turn it into a
 * formula.
 */
const formats = {
  general: 'General',
  head: '@',
  text: '@',
  time: 'yyyy-mm-dd hh:mm:ss',
  day: 'yyyy-mm-dd',
  count: '#,##0',
  share: '0.000%',
  milliseconds: '#,##0" ms"',
  hours: '#,##0.00" h"',
} as const;

/** A style of a cell. */
type CellStyle = keyof typeof formats;

const styles = Object.keys(formats) as CellStyle[]; // Object.keys loses the key type

/** The first number for a custom format of a workbook. */
const firstFormat = 164;

/** Returns the number of a style in the workbook. */
function styleNumber(style: CellStyle): number {
  return styles.indexOf(style);
}

/** The part of a workbook that defines its styles. */
function stylesXml(): string {
  const code = (style: CellStyle) => sheetText(formats[style]).replaceAll('"', '&quot;');
  const numberFormats = styles.map(
    (style, index) => `<numFmt numFmtId="${firstFormat + index}" formatCode="${code(style)}"/>`,
  );
  const cells = styles.map((style, index) => {
    const font = style === 'head' ? 1 : 0;
    return `<xf numFmtId="${firstFormat + index}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`;
  });
  const font = '<sz val="11"/><name val="Calibri"/><family val="2"/>';
  return [
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    `<numFmts count="${styles.length}">${numberFormats.join('')}</numFmts>`,
    `<fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts>`,
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${styles.length}">${cells.join('')}</cellXfs>`,
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
    '</styleSheet>',
  ].join('');
}

export { type CellStyle, styleNumber, stylesXml };
