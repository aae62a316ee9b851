import { classifyOpening } from '../refusal/classify.ts'
import { isDenial } from './negation.ts'
import { isSmallWord } from './small-words.ts'
import type { Word } from './words.ts'

/** What a sentence does besides telling something. */
export type Chatter = 'courtesy' | 'question' | 'not-known'

/** Sentences of nothing but such words are courtesies. */
const POLITE = new Set(
  `hello hi hey dear welcome greetings morning afternoon evening sure certainly absolutely definitely yes no yeah ok okay right
correct exactly indeed great good excellent perfect question course thank thanks please sorry apologies glad happy pleasure
help assist bye goodbye nice day enjoy understood wonderful visit
hallo guten tag morgen gerne gern naturlich selbstverstandlich danke vielen bitte ja nein klar gute frage
bonjour bonsoir salut merci oui non bien sur volontiers avec plaisir question
hola buenos dias gracias claro supuesto si no buena pregunta ciao grazie prego ola obrigado obrigada`.split(/\s+/),
)
/** Said whole in courtesies, in words without accents and marks. */
const COURTESIES =
  `let me know|feel free|hope this helps|hope that helps|hope it helps|happy to help|glad to help|happy to assist|
you are welcome|do not hesitate|any other question|any further question|any more question|any other questions|
any further questions|any more questions|have further questions|have more questions|have other questions|
anything else i can|else i can help|just ask|thanks for asking|thank you for|thanks for your|enjoy your|have a great day|
have a nice day|i am here to help|if anything is unclear|great that you|here is what i found|here are the details|i would be happy|how can i help|how may i help|how can i assist|how may i assist|
you may want to contact|please contact|reach out to|recommend contacting|for more information|for further information|for more details
|ich hoffe das hilft|wie kann ich|weitere informationen|weitere fragen|lassen sie mich wissen|lass mich wissen|zogern sie nicht|stehe ich ihnen|helfe ich ihnen
|n hesitez pas|n hesite pas|j espere que cela|d autres questions|a votre disposition
|espero que te|espero que le|espero que esto|no dudes en|no dude en|alguna otra pregunta|mas preguntas|otras preguntas
|fammi sapere|mi faccia sapere|altre domande|spero che|fico a disposicao|mais alguma`
    .replaceAll('\n', '')
    .split('|')
    .map((phrase) => ` ${phrase} `)
const UNSPACED_COURTESY =
  /お気軽に|ありがとうございま|こんにちは|かしこまりました|よろしくお願い|谢谢|您好|随时(?:告诉|联系)|希望(?:这|以上)|감사합니다|안녕하세요/u
/** What the reader of refusals leaves open: whatever it is that does not say, and scripts without spaces. */
const NOT_TOLD = / (?:do|does|did) not (?:say|state|mention|specify|indicate) /
const UNSPACED_NOT_TOLD =
  /(?:記載|記述|言及|情報|書か)[^。]{0,12}(?:ありません|ない|いません|ません)|没有(?:提到|提及|说明|相关)|未(?:提及|提到|说明)|알 수 없|모르겠|정보가 없/u
/** Behind these something is told after all. */
const TURNS = new Set('but however although though aber jedoch mais cependant pero'.split(' '))
/** Behind these it is the same sentence. */
const SORRY = new Set(['sorry', 'apologies', 'unfortunately', 'leider', 'desole', 'siento'])
const LONGEST = 40
const MOST_BESIDE_COURTESY = 14

/** What a sentence does where it tells nothing that could be held against a text; else `null`. */
export function chatterOf(sentence: string, words: readonly Word[]): Chatter | null {
  if (words.length === 0 || words.length > LONGEST) return null
  const plain = ` ${words.map(({ text }) => text).join(' ')} `
  if (saysNothingKnown(sentence, words, plain)) return 'not-known'
  if (words.some(({ kind }) => kind === 'number')) return null
  if (words.every(({ text, kind }) => kind === 'word' && (POLITE.has(text) || isSmallWord(text)))) {
    return words.some(({ text }) => POLITE.has(text)) ? 'courtesy' : null
  }
  if (UNSPACED_COURTESY.test(sentence)) return 'courtesy'
  if (words.length <= MOST_BESIDE_COURTESY && COURTESIES.some((phrase) => plain.includes(phrase))) return 'courtesy'
  return asks(sentence, plain) ? 'question' : null
}

function saysNothingKnown(sentence: string, words: readonly Word[], plain: string): boolean {
  if (UNSPACED_NOT_TOLD.test(sentence)) return true
  if (
    !words.some(isDenial) ||
    words.some(({ text }, at) => TURNS.has(text) && !SORRY.has(words[at - 1]?.text ?? 'sorry'))
  )
    return false
  const opening = classifyOpening(sentence)
  // `We do not offer refunds` tells something; `I cannot help` does not.
  if (opening === 'abstention' || (opening === 'refusal' && words.some(({ text }) => text === 'i'))) return true
  return NOT_TOLD.test(plain)
}

/** Not `Did you know that …?`, which tells something. */
function asks(sentence: string, plain: string): boolean {
  return /[?？؟]["'”’)\s]*$/u.test(sentence) && !/ (?:did|do) you know /.test(plain)
}
