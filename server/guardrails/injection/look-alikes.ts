/**
 * Letters of other scripts that are taken for Latin ones, from the shapes in the Unicode charts (as in Unicode Technical
 * Standard 39, confusables). Accented and full-width letters need none: they fold.
 */
const ALIKE: Readonly<Record<string, string>> = {
  a: 'аɑα∂ᴀåª',
  b: 'ЬвБƄʙß',
  c: 'сϲᴄ¢ⅽ',
  d: 'ԁɗᴅժⅾ',
  e: 'еєɛᴇҽ℮ε',
  f: 'ϝғꜰƒ',
  g: 'ɡԍɢցɠ',
  h: 'һнʜհ',
  i: 'іιɩıɪ¡ⅰ',
  j: 'јϳᴊ',
  k: 'кκᴋқ',
  l: 'ӏⅼʟɫ',
  m: 'мᴍⅿ',
  n: 'пηɴռո',
  o: 'оοσօᴏøθ',
  p: 'рρᴘ',
  q: 'ԛզɋ',
  r: 'гᴦʀɾ',
  s: 'ѕꜱʂ',
  t: 'тτᴛ†',
  u: 'υսᴜʋ',
  v: 'ѵνᴠⅴ',
  w: 'ԝωᴡѡա',
  x: 'хχⅹ×',
  y: 'уγүʏ',
  z: 'ᴢʐ',
  A: 'АΑ',
  B: 'ВΒ',
  C: 'СϹ',
  E: 'ЕΕ',
  H: 'НΗ',
  I: 'ІΙ',
  J: 'Ј',
  K: 'КΚ',
  M: 'МΜ',
  N: 'Ν',
  O: 'ОΟ',
  P: 'РΡ',
  S: 'Ѕ',
  T: 'ТΤ',
  X: 'ХΧ',
  Y: 'УΥ',
  Z: 'Ζ',
}

/** By UTF-16 unit. */
export const CONFUSABLES: ReadonlyMap<number, string> = new Map(
  Object.entries(ALIKE).flatMap(([latin, others]) =>
    Array.from(others, (other): [number, string] => [other.charCodeAt(0), latin]),
  ),
)

const SIGNS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
  '+': 't',
}

/** Digits and signs that stand for letters: by UTF-16 unit, the letter; empty for all others. */
export const LEET: readonly string[] = Array.from({ length: 128 }, (_, unit) => SIGNS[String.fromCharCode(unit)] ?? '')

/** Does a unit stand for a letter? */
export function isLeet(unit: number): boolean {
  return unit < 128 && LEET[unit] !== ''
}
