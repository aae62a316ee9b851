import { isCommonWord } from '../../core/lexicon.ts'

const IRREGULAR = new Map(
  `children child|men man|women woman|people person|feet foot|teeth tooth|geese goose|mice mouse|criteria criterion|
phenomena phenomenon|analyses analysis|crises crisis|diagnoses diagnosis|indices index|matrices matrix|vertices vertex|
knives knife|lives life|wives wife|leaves leaf|shelves shelf|halves half|wolves wolf|calves calf|loaves loaf|thieves thief`
    .replaceAll('\n', '')
    .split('|')
    .map((pair) => pair.split(' ') as [string, string]),
)
/** With the `s` another word, or one that has no singular. */
const NO_PLURALS = new Set(
  `as is was has this thus its his hers yours ours theirs does goes us bus gas yes plus minus versus less news goods customs
economics physics mathematics maths politics ethics statistics athletics genetics logistics glasses pants trousers shorts
savings earnings means arms contents premises spectacles works brains odds series species always perhaps besides sometimes
thanks regards remains spirits manners letters airs ashes minutes forces belongings proceeds damages grounds quarters
pains looks greens blues colors headquarters lens mass cross across afterwards towards ours returns ups downs ins outs`.split(
    /\s+/,
  ),
)

/** The singular of an English noun, where both forms mean the same thing; other words as they are. */
export function singular(word: string): string {
  const irregular = IRREGULAR.get(word)
  if (irregular !== undefined) return irregular
  if (word.length < 4 || !word.endsWith('s') || NO_PLURALS.has(word) || /(?:ss|us|is)$/.test(word)) return word
  if (!isCommonWord(word)) return word
  if (word.endsWith('ies') && word.length > 4 && isCommonWord(`${word.slice(0, -3)}y`)) return `${word.slice(0, -3)}y`
  if (/(?:s|x|z|ch|sh)es$/.test(word) && isCommonWord(word.slice(0, -2))) return word.slice(0, -2)
  if (word.endsWith('oes') && isCommonWord(word.slice(0, -2))) return word.slice(0, -2)
  return isCommonWord(word.slice(0, -1)) ? word.slice(0, -1) : word
}
