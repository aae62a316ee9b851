/** Numbers in words by language, small letters without accents; each list counts from the number before it. */
const COUNTING: readonly (readonly [first: number, step: number, words: string])[] = [
  [0, 1, 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen'],
  [17, 1, 'seventeen eighteen nineteen'],
  [20, 10, 'twenty thirty forty fifty sixty seventy eighty ninety'],
  [3, 1, 'third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth'],
  [16, 1, 'sixteenth seventeenth eighteenth nineteenth twentieth'],
  [0, 1, 'null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn'],
  [17, 1, 'siebzehn achtzehn neunzehn'],
  [20, 10, 'zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig'],
  [2, 1, 'deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize'],
  [20, 10, 'vingt trente quarante cinquante soixante'],
  [2, 1, 'dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince'],
  [20, 10, 'veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa'],
  [2, 1, 'due tre quattro cinque sei sette otto nove dieci'],
  [12, 1, 'dozen'],
]
const SCALES: readonly (readonly [value: number, words: string])[] = [
  [100, 'hundred hundert cent cents cien ciento'],
  [1000, 'thousand thousands tausend mille mil k tsd'],
  [1e6, 'million millions millionen mio millones milioni mn'],
  [1e9, 'billion billions bn milliarde milliarden mrd milliard milliards'],
  [1e12, 'trillion trillions billionen'],
]
const VALUES = new Map<string, number[]>()
for (const [first, step, words] of COUNTING)
  words.split(' ').forEach((word, index) => {
    const values = VALUES.get(word) ?? []
    VALUES.set(word, [...values, first + step * index])
  })
const NONE: readonly number[] = []
const SCALE_VALUES = new Map(SCALES.flatMap(([value, words]) => words.split(' ').map((word) => [word, value] as const)))
const MOST_DIGITS = 15
/** Where the tens of figures begin that are written in other scripts: Arabic, Persian, Devanagari, full width. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0xff10]
const ARTICLES = new Set(['a', 'an', 'one', 'eine', 'une', 'un', 'ein', 'una'])

/** What a word counts, in any of the languages; empty where it counts nothing. */
export function valuesOfWord(word: string): readonly number[] {
  return VALUES.get(word) ?? NONE
}

/** `million` and its kind. */
export function scaleOfWord(word: string): number | null {
  return SCALE_VALUES.get(word) ?? null
}

/** Before a scale it is one. */
export function isArticle(word: string): boolean {
  return ARTICLES.has(word)
}

/** What figures may mean, whatever country's marks they have; dates, versions and addresses as their parts. */
export function valuesOf(written: string): number[] {
  const groups = written.split(/[.,]/)
  if (groups.length === 1) return finite([written])
  const thousands = groups.every((group, index) => (index === 0 ? group.length <= 3 : group.length === 3))
  const marks = new Set(written.replace(/\d/g, ''))
  if (groups.length === 2) {
    const decimal = `${groups[0]}.${groups[1]}`
    return finite(thousands && groups[0] !== '0' ? [groups.join(''), decimal] : [decimal])
  }
  if (marks.size === 1) return thousands || isIndian(groups) ? finite([groups.join('')]) : finite(groups)
  return finite([`${groups.slice(0, -1).join('')}.${groups.at(-1)}`])
}

/** Figures of other scripts in ours. */
export function plainFigures(written: string): string {
  if (/^[\d.,]*$/.test(written)) return written
  return Array.from(written, (character) => {
    const code = character.codePointAt(0)!
    const zero = ZEROS.find((each) => code >= each && code < each + 10)
    return zero === undefined ? character : String(code - zero)
  }).join('')
}

function isIndian(groups: readonly string[]): boolean {
  return groups.at(-1)!.length === 3 && groups.slice(1, -1).every((group) => group.length === 2)
}

function finite(texts: readonly string[]): number[] {
  return texts.map((text) => Number(text.slice(0, MOST_DIGITS))).filter(Number.isFinite)
}
