const FOREIGN = /[\u00a0\u0660-\u0669\u06f0-\u06f9\u2000-\u200a\u2010-\u2015\u202f\u205f\u2212\u3000\uff01-\uff5e]/g

/**
 * The text with digits, letters, spaces and hyphens of other blocks in ASCII, unit for unit, so that offsets stay:
 * full-width forms, Arabic-Indic digits, no-break and other fixed spaces, and dashes that stand for a hyphen.
 */
export function fold(text: string): string {
  return text.replace(FOREIGN, ascii)
}

function ascii(character: string): string {
  const code = character.charCodeAt(0)
  if (code >= 0xff01) return String.fromCharCode(code - 0xfee0)
  if (code >= 0x2010 && code <= 0x2015) return '-'
  if (code === 0x2212) return '-'
  if (code >= 0x6f0 && code <= 0x6f9) return String.fromCharCode(code - 0x6c0)
  if (code >= 0x660 && code <= 0x669) return String.fromCharCode(code - 0x630)
  return ' '
}
