/** Characters that nobody sees or means: zero-width ones, soft hyphens, directions, variation selectors, the BOM. */
const UNSEEN =
  /[\u00AD\u061C\u180E\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]|\u200D|[\u034F\uFE00-\uFE0F]/g
const SINGLE_QUOTES = /[\u2018\u2019\u201A\u201B\u2032\u2039\u203A\u02BC\u02B9\u00B4\uFF07]/g
const DOUBLE_QUOTES = /[\u201C-\u201F\u2033\u00AB\u00BB\u301D-\u301F\uFF02]/g
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g
const RAISED = /[\u00B2\u00B3\u00B9\u2070-\u2079]+/g
const LOWERED = /[\u2080-\u2089]+/g
const FRACTION = /(?<=[0-9])[\u00BC-\u00BE\u2150-\u215E]/g

/**
 * The same text in one spelling of its characters: NFKC without the characters that nobody sees, straight quotes,
 * plain hyphens. What compatibility decomposition would run together stays apart: 10² is `10^2`, 1½ is `1 1/2`.
 */
export function cleanText(text: string): string {
  if (isPlainAscii(text)) return text
  return text
    .replace(UNSEEN, '')
    .replace(SINGLE_QUOTES, "'")
    .replace(DOUBLE_QUOTES, '"')
    .replace(DASHES, '-')
    .replace(RAISED, (digits) => `^${digits}`)
    .replace(LOWERED, (digits) => `_${digits}`)
    .replace(FRACTION, (fraction) => ` ${fraction}`)
    .normalize('NFKC')
    .replaceAll('\u2044', '/')
}

function isPlainAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 126) return false
  return true
}
