import type { MessageView } from '../../core/evaluation.ts'
import { phrases, says, wordsOf } from '../phrases.ts'
import { FINE, LONGEST_TEXT, type Part } from './part.ts'

const COMPLAINS = phrases(
  "(?:that|this|it)(?:'s| is| was) ..1 (?:wrong|incorrect|not (?:what|right|correct|true|helpful|there|it))",
  'wrong again|still (?:wrong|not|the same|does|fails|failing|broken)|not what i (?:asked|meant|said|wanted)',
  "(?:did not|didn't|does not|doesn't|do not|don't) (?:work|help|answer|listen|understand)",
  '(?:as|like) i (?:said|told|wrote)|i (?:already|just) (?:told|said|asked|wrote)|i asked',
  'you (?:forgot|missed|ignored|are not answering|keep)|are you (?:guessing|serious|kidding|even)|(?:did|can|will|do|is|are) (?:you|it|they) or not',
  'useless|boring|seriously|not (?:good|enough|helpful)|come on|no such|there is no|try again|nonsense|terrible',
  '(?:das|es) (?:ist|war) (?:falsch|nicht richtig|nicht das)|stimmt nicht|immer noch (?:nicht|falsch)|funktioniert nicht|wie (?:ich )?(?:schon )?gesagt|nutzlos',
  "c'est (?:faux|pas (?:ça|correct|bon))|ça ne (?:marche|fonctionne) pas|toujours pas|inutile",
  '(?:está|es) mal|incorrecto|no (?:funciona|es (?:eso|correcto))|sigue (?:sin|mal)|inútil',
  'è sbagliato|non (?:funziona|va bene)|está errado|não funciona|klopt niet|werkt niet|to źle|nie działa',
)
const OBJECTS = /^\s*(?:no|nein|non|nope|nee|não|nie)\s*[!.,]|!!|\?\?|again\?|違います|間違|不对|错了/i
const THANKS = phrases(
  'thanks|thank you|thx|perfect|great|awesome|excellent|that (?:helps|works|worked)|works now',
  'danke|perfekt|super|klasse|merci|parfait|gracias|perfecto|grazie|perfetto|obrigad[oa]|perfeito|bedankt|dziękuję|dzięki',
)
const THANKS_UNSPACED = /ありがとう|谢谢/
const PER_COMPLAINT = 0.35
/** After a complaint the same again is no answer to it. */
const SAME_AGAIN = 0.65
const AS_SAID =
  /^ (?:as (?:i|we)(?: have| already)? (?:said|explained|mentioned|told|wrote)|as (?:mentioned|explained|stated)|wie (?:bereits )?(?:gesagt|erwähnt)|comme (?:je l'ai )?(?:dit|indiqué)) /
/** Share of their words that two replies have in common from which on they say the same. */
const SAME = 0.75

/**
 * What the user thinks of it, by their turns after the first: each that complains lowers the score, and thanks make up for
 * what was before. A reply that says again what was complained about lowers it once more.
 */
export function moodPart(messages: readonly MessageView[], reply: string): Part {
  const turns = messages.filter(({ role, text }) => role === 'user' && text.trim() !== '').slice(1)
  let complaints = 0
  for (const { text } of turns) {
    const said = text.slice(0, LONGEST_TEXT)
    const words = wordsOf(said)
    if (OBJECTS.test(said) || says(words, COMPLAINS)) complaints++
    else if (says(words, THANKS) || THANKS_UNSPACED.test(said)) complaints = 0
  }
  if (complaints === 0) return FINE
  const words = wordsOf(reply.slice(0, LONGEST_TEXT))
  const isSame = AS_SAID.test(words) || messages.some(({ role, text }) => role === 'assistant' && isAlike(text, words))
  const penalty = PER_COMPLAINT * complaints + (isSame ? SAME_AGAIN : 0)
  return { score: Math.max(0, 1 - penalty), fault: 'the user complains, and has not been satisfied since' }
}

function isAlike(text: string, words: string): boolean {
  const one = new Set(wordsOf(text.slice(0, LONGEST_TEXT)).trim().split(' '))
  const other = new Set(words.trim().split(' '))
  const shared = [...one].filter((word) => other.has(word)).length
  return text.trim() !== '' && shared >= SAME * (one.size + other.size - shared)
}
