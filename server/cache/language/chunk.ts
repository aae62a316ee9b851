import type { Token, TokenKind } from './token.ts'

/** Signs around a word that only divide or set off. */
const OPENING = new Set('"\'([{¿¡,;:?.…、。「」『』（）【】《》·')
const CLOSING = new Set('"\')]},;:!?.…、。「」『』（）【】《》·')
const ENDS_SENTENCE = /[.!?:;。！？][)"'\]]*$/
const PAUSE = /[,.!?:;…。！？，、]/
const DASH = /^-+$/
/** Of a command: `-l`, `--force`. */
const OPTION = /^--?\p{L}/u
/** Signs after which nothing can be told apart by words any more: addresses, paths, calls. */
const CODE_SIGNS = /[_\\@()[\]{}]|:\/\/|[^\d\s]:[^\s]|\p{L}=|\p{L}\.[\p{L}\p{N}]|\p{N}\.\p{L}|\/\p{L}+\/|^[/.]\p{L}/u
const NUMBER = /^-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)*(?::\d+)*$/
/** `$1.50`, `50%`, `10.5km`: a number with its sign or unit. */
const MEASURE = /^((?:AU|CA|HK|NZ|MX|NT|US|A|C|S|R)?[$€£¥₹]|[~<>≤≥]?)(-?\d[\d.,:]*)([%°€£$¥₹]|\p{L}{1,4})?$/u
const DOTTED = /^(?:\p{L}\.)+\p{L}?$/u
const TWO_SENTENCES = /^(\p{Ll}{2,})\.(\p{Lu}\p{Ll}+)$/u
const WORD = /^[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}]+)*'?$/u
const RUNS = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}]+)*|[^\p{L}\p{M}\p{N}]/gu
/** Scripts that write no spaces: Chinese characters, Japanese syllables, Thai, Lao, Khmer, Burmese. */
const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const SPACELESS_RUNS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]\p{M}*|[\p{L}\p{M}\p{N}]+(?:\.\d+)?|[\p{S}%&/#+*-]/gu
const ID_LENGTH = 6
/** Said with a smile: the sentence is the same without them. */
const SMILES =
  /[\u{1F600}-\u{1F606}\u{1F609}-\u{1F60B}\u{1F642}\u{1F643}\u{1F64F}\u{1F44B}\u{1F44D}\u{1F917}\u{2764}\u{263A}\u{2728}]|[\u{1F3FB}-\u{1F3FF}]/gu

/** Adds what one chunk without spaces holds; says whether a new sentence begins after it. `last`: the line ends here. */
export function splitChunk(written: string, first: boolean, last: boolean, tokens: Token[]): boolean {
  const chunk = last || tokens.length === 0 ? written.replace(SMILES, '') : written
  if (chunk === '') return first
  let start = 0
  let end = chunk.length
  while (start < end && OPENING.has(chunk[start]!) && !opensNumber(chunk, start)) start++
  while (end > start && CLOSING.has(chunk[end - 1]!) && !belongs(chunk, end - 1, start)) end--
  const core = chunk.slice(start, end)
  if (core !== '') readCore(core, chunk, first, tokens)
  // A folder: `git add .`, `cd ..`.
  else if (chunk === '..' || (chunk === '.' && !last))
    tokens.push({ text: chunk, written, kind: 'symbol', first, pause: false })
  const latest = tokens.at(-1)
  if (latest && (PAUSE.test(chunk.slice(end)) || (core === '' && PAUSE.test(chunk)) || DASH.test(core)))
    latest.pause = true
  return ENDS_SENTENCE.test(chunk.slice(-4)) || (first && core === '')
}

/** A bracket before a digit groups a formula; a point begins a decimal, `.5`, or a name, `.NET`. */
function opensNumber(chunk: string, at: number): boolean {
  const next = chunk[at + 1] ?? ''
  return (chunk[at] === '(' && /[\d-]/.test(next)) || (chunk[at] === '.' && at === 0 && /[\p{L}\d]/u.test(next))
}

/** A bracket after a digit, or the mark of a derivative: `f'`. */
function belongs(chunk: string, at: number, start: number): boolean {
  if (chunk[at] === ')') return /\d/.test(chunk[at - 1] ?? '')
  return chunk[at] === "'" && start === 0 && at === 1
}

function readCore(core: string, chunk: string, first: boolean, tokens: Token[]): void {
  let opens = first
  const push = (text: string, written: string, kind: TokenKind): void => {
    tokens.push({ text, written, kind, first: opens, pause: false })
    opens = false
  }
  const two = TWO_SENTENCES.exec(core)
  const [, sign = '', number = '', unit = ''] = MEASURE.exec(core) ?? []
  if (SPACELESS.test(core)) readSpaceless(core, push)
  else if (NUMBER.test(core)) push(plainNumber(core), core, 'number')
  else if (NUMBER.test(number) && (sign !== '' || /[.,:]/.test(number) || /^[^\p{L}]$/u.test(unit))) {
    if (sign !== '') push(sign.toLowerCase(), sign, 'symbol')
    push(plainNumber(number), number, 'number')
    if (unit !== '') push(unit.toLowerCase(), unit, /\p{L}/u.test(unit) ? 'word' : 'symbol')
  } else if (WORD.test(core)) push(lower(core), core, 'word')
  else if (DOTTED.test(core)) push(core.replaceAll('.', '').toLowerCase(), core.replaceAll('.', ''), 'word')
  else if (two) {
    push(two[1]!.toLowerCase(), two[1]!, 'word')
    opens = true
    push(two[2]!.toLowerCase(), two[2]!, 'word')
  } else if (core === 'w/' || core === 'w/o') push(core === 'w/' ? 'with' : 'without', core, 'word')
  else if (DASH.test(core)) {
    const before = tokens.at(-1)
    if (before && !before.pause && (before.kind === 'number' || before.text.length === 1)) push('-', core, 'symbol')
  } else if (CODE_SIGNS.test(core) || OPTION.test(core)) {
    // What was cut off may belong to it: `f(x)`, `a[0]`.
    const whole = chunk.replace(/^["']+/, '').replace(/["',;:!?.…]+$/, '')
    push(lower(whole), whole, 'code')
  } else readRuns(core, push)
}

function readSpaceless(core: string, push: Push): void {
  for (const [piece] of core.matchAll(SPACELESS_RUNS)) {
    const kind = SPACELESS.test(piece) ? 'character' : /^\d/.test(piece) ? 'number' : 'word'
    push(piece.toLowerCase(), piece, /^[\p{S}%&/#+*-]/u.test(piece) ? 'symbol' : kind)
  }
}

type Push = (text: string, written: string, kind: TokenKind) => void

/** Words with signs between them: a hyphen joins words, every other sign says something. */
function readRuns(core: string, push: Push): void {
  const runs = core.match(RUNS) ?? []
  runs.forEach((run, index) => {
    const [before, after] = [runs[index - 1], runs[index + 1]]
    if (run === ',' && isDigits(before) && isDigits(after)) push(',', run, 'symbol')
    else if (run === '-' && joins(before, after)) return
    else if (WORD.test(run))
      push(NUMBER.test(run) ? plainNumber(run) : lower(run), run, NUMBER.test(run) ? 'number' : 'word')
    else if (run === '&') push('and', run, 'word')
    else if (run === '!' || (!OPENING.has(run) && !CLOSING.has(run))) push(run, run, 'symbol')
    else if (run === '.' && isDigits(after)) push('.', run, 'symbol')
    else if ('()'.includes(run)) push(run, run, 'symbol')
  })
}

/** `well-known`, `covid-19`; but not the minus of `2-1`, `n-1`, `x-y` and `10^-3`. */
function joins(before: string | undefined, after: string | undefined): boolean {
  if (before === undefined || !WORD.test(before)) return false
  if (after === undefined) return before.length > 2
  if (!WORD.test(after) || (isDigits(before) && isDigits(after))) return false
  return before.length > 1 || (after.length > 1 && !isDigits(after))
}

function isDigits(run: string | undefined): boolean {
  return run !== undefined && /^\d/.test(run)
}

/** 1,000 is 1000. Zeros stay, before and after: 007 is not 7, and version 3.10 is not 3.1. */
function plainNumber(text: string): string {
  return text.replaceAll(',', '')
}

/** Small letters, but for ids: letters in both sizes and digits, where each size counts. */
function lower(text: string): string {
  const isId = text.length >= ID_LENGTH && /\d/.test(text) && /\p{Ll}/u.test(text) && /\p{Lu}.*\p{Lu}/u.test(text)
  return isId ? text : text.toLowerCase()
}
