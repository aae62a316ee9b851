import type { ReplyView } from '../../core/evaluation.ts'
import { phrases, says, wordsOf } from '../phrases.ts'
import { classifyOpening } from '../refusal/classify.ts'
import { FINE, LONGEST_TEXT, type Part } from './part.ts'

const GIVES_UP = phrases(
  "(?:i|we) ..2 (?:could not|couldn't|did not manage|didn't manage|failed|can't seem|cannot seem)",
  '(?:i|we) ..2 (?:was|were|am|are) (?:not able|unable)',
  'keeps? failing|try again later|ran into (?:an error|a problem|problems)|something went wrong|no luck|look into yourself|found no|find no',
  'konnte ..7 nicht',
  'leider konnte|später (?:noch einmal|erneut)',
  'habe ..5 (?:kein|keine|keinen) ..4 gefunden',
  "n'arrive pas|n'ai pas (?:pu|réussi)|n'ai trouvé aucune?|impossible de|réessayez",
  'no (?:he|hemos) podido|inténtalo|inténtelo|no se pudo|no (?:he )?(?:encontré|encontrado) (?:ningún|ninguna|ninguno)',
  'non sono riuscit[oa]|riprova|non ho trovato (?:nessun|nessuna|nessuno)|não consegui|tente novamente|niet gelukt|nie udało',
)
/** Sends the user elsewhere. */
const REFERS = phrases(
  'you (?:may|might) (?:want|wish|need) to (?:ask|contact|check with|reach|look)',
  '(?:please|you should|best) (?:contact|ask|call|consult) (?:your|the|our|a|an)',
  'contact your ..1 (?:administrator|admin|team|provider)',
)
/** Says that what was wanted is not to be had. */
const BLOCKED = phrases(
  'nothing can be',
  "(?:cannot|can't|can no longer|could not|couldn't) be ..2 (?:added|changed|done|cancelled|canceled|moved|completed|processed|booked|made|refunded)",
  "(?:not|no longer) possible|not available|nicht (?:mehr )?möglich|n'est (?:pas|plus) possible|no es posible|non è possibile|não é possível",
)
/** Longer replies say more than that. */
const SHORT = 300
const QUESTION = /[?？][^\p{L}\p{N}]{0,10}$/u
const ASKS = phrases(
  'please (?:provide|tell me|specify|share|confirm)',
  'i (?:would )?need (?:more|to know|the|your)',
  'could you (?:please )?(?:tell|provide|share|specify|confirm)',
)
/** Courtesy after an answer asks for nothing. */
const COURTESY = phrases(
  'anything else|(?:can|may) i (?:help|assist|do)|does (?:that|this) help|would you like (?:me to (?:explain|show|add)|to know more)',
  'noch etwas|sonst noch|autre chose|algo más|altro|mais alguma coisa',
)
const COURTESY_CHARACTERS = 120

const SCORES = { gone: 0, givesUp: 0.1, asksAgain: 0.1, refers: 0.3, asks: 0.4, blocked: 0.45, cut: 0.5 } as const

/** How the session stands after the last reply. `asked`: the assistant has asked the user before. */
export function endingPart(reply: ReplyView, asked: boolean): Part {
  const text = reply.text.slice(0, LONGEST_TEXT)
  if (reply.toolCalls.length > 0) return { score: SCORES.gone, fault: 'the last reply still waits for a tool' }
  if (reply.refusal.trim() !== '' || reply.finishReason === 'content-filter')
    return { score: SCORES.gone, fault: 'the last reply refuses' }
  if (text.trim() === '') return { score: SCORES.gone, fault: 'the last reply is empty' }
  const opening = classifyOpening(text)
  if (opening === 'refusal') return { score: SCORES.gone, fault: 'the last reply refuses' }
  const words = wordsOf(text)
  if (says(words, GIVES_UP) || (opening === 'abstention' && !asks(text)))
    return { score: SCORES.givesUp, fault: 'the last reply gives up' }
  if (asks(text))
    return asked
      ? { score: SCORES.asksAgain, fault: 'the last reply asks back once more' }
      : { score: SCORES.asks, fault: 'the last reply asks back' }
  const isShort = text.length <= SHORT
  if (isShort && says(words, REFERS)) return { score: SCORES.refers, fault: 'the last reply sends the user elsewhere' }
  if (isShort && says(words, BLOCKED))
    return { score: SCORES.blocked, fault: 'the last reply says that it cannot be done' }
  if (reply.finishReason === 'length') return { score: SCORES.cut, fault: 'the last reply is cut off' }
  return FINE
}

/** Whether a text of the assistant wants something from the user. */
export function asks(text: string): boolean {
  const trimmed = text.slice(-LONGEST_TEXT).trim()
  if (trimmed.length > COURTESY_CHARACTERS && says(wordsOf(trimmed.slice(-COURTESY_CHARACTERS)), COURTESY)) return false
  return QUESTION.test(trimmed) || says(wordsOf(trimmed), ASKS)
}
