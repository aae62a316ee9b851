import { isCommonWord } from '../../core/lexicon.ts'
import { monthOf } from '../text/months.ts'
import { readNumbers } from '../text/numbers.ts'
import { isSmallWord } from '../text/small-words.ts'
import type { Word } from '../text/words.ts'
import type { Feature } from './expected.ts'

const CODE = /```|=>|\);|<\/[a-z]/
const CODE_LINE =
  /^[ \t]{0,12}(?:def |class |import |function |const |let |var |#include|public |SELECT |<!DOCTYPE|<html|<\?php)/m
const ITEM = /^[ \t]{0,12}(?:[-*•·]|\d{1,3}[.):]|[a-zA-Z][.)])[ \t]/gm
const SEPARATORS = /[,、]/g
const TABLE = /^[ \t]{0,12}\|[^\n]{0,2000}\|/m
const GREETING = /^(?:subject:|betreff|dear |sehr geehrte|liebe[rs]? |cher |chère |madame|monsieur|estimad|querid)/im
const CLOSING = /(?:sincerely|best regards|kind regards|warm regards|yours|grüßen|cordialement|saludos|atentamente)/i
const LONGEST_CLOSING = 200
const TAG = /(?:^|\s)#\p{L}\w/u
const DECIDES =
  /^\W{0,3}(?:yes|no|not|true|false|correct|incorrect|it depends|ja|nein|oui|non|s[ií]|sim|não|nee|absolutely|definitely|certainly|of course|you (?:may|can|cannot|must)|はい|いいえ|是|不)(?!\p{L})/iu
const REASONS =
  /\b(?:because|since|due to|as a result|so that|therefore|caused? by|reasons?|in order to|weil|denn|deshalb|wegen|damit|parce que|car|afin|grâce|porque|debido|por eso|perché)\b|ため|ので|因为|由于/i
const STEPS = /\b(?:first|then|next|finally|steps?|zuerst|danach|dann|d'abord|ensuite|puis|primero|luego|después)\b/i
const YEAR = /^(?:1\d|20)\d\d$/
/** Words that tell of somebody and of what has been. */
const TOLD = new Set(
  'he she his her him hers they them their i my me was were had er sie sein ihr war waren hatte il elle son sa était avait él ella su era había'.split(
    ' ',
  ),
)
const PAST = /^[a-z]{2,20}ed$/
const TOLD_SHARE = 0.14
const SHORTEST_STORY = 20
const FEWEST_VERSES = 3
const LONGEST_VERSE = 70
const SHORT_LINES = 0.8

/** What a reply is made of, and has in it. Linear in its length. */
export function featuresOf(text: string, words: readonly Word[]): Set<Feature> {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const items = text.match(ITEM)?.length ?? 0
  const code = CODE.test(text) || CODE_LINE.test(text)
  const short = lines.filter(({ length }) => length <= LONGEST_VERSE).length
  const has: Readonly<Record<Feature, boolean>> = {
    code,
    verse: items === 0 && !code && lines.length >= FEWEST_VERSES && short > lines.length * SHORT_LINES,
    story: items === 0 && !code && isStory(words),
    list: items > 1 || (lines.length === 1 && (text.match(SEPARATORS)?.length ?? 0) > 1),
    table: TABLE.test(text),
    letter: GREETING.test(text) || CLOSING.test(text.slice(-LONGEST_CLOSING)),
    asks: /[?？]/.test(text),
    tags: TAG.test(text),
    number: readNumbers(words).length > 0,
    date: words.some(({ text, kind }) => (kind === 'number' ? YEAR.test(text) : monthOf(text) !== null)),
    name: words.some((word, at) => word.kind === 'characters' || isName(word, words[at - 1])),
    decides: DECIDES.test(text),
    reasons: REASONS.test(text),
    steps: items > 1 || STEPS.test(text),
  }
  return new Set((Object.keys(has) as Feature[]).filter((feature) => has[feature]))
}

/** A capital that no beginning of a sentence explains. */
function isName({ text, capital }: Word, before: Word | undefined): boolean {
  if (!capital || text.length === 1 || isSmallWord(text)) return false
  return (before !== undefined && !before.pause) || !isCommonWord(text)
}

function isStory(words: readonly Word[]): boolean {
  const told = words.filter(({ text }) => TOLD.has(text) || PAST.test(text)).length
  return words.length >= SHORTEST_STORY && told > words.length * TOLD_SHARE
}
