import { PhraseBook } from './phrase-book.ts'
import type { Token } from './token.ts'

/** What is said around a question and does not belong to it. Contractions are written out here, `please` is left out. */
const GREETINGS = new PhraseBook(`hi|hello|hey|hiya|howdy|greetings|good morning|good afternoon|good evening|good day|
hi there|hello there|hey there|hi all|hello all|hi everyone|hello everyone|hey everyone|hi team|hello team|hey team|
hi folks|hello folks|hi guys|hey guys|hello guys|hey you|yo|hi assistant|hello assistant|hey assistant|hi bot|hello bot|hey bot|
hi chatgpt|hello chatgpt|hey chatgpt|hi ai|hello ai|hey ai|hello friend|hi friend|hey buddy|hi again|hello again|hey man|
dear sir or madam|dear sir|dear madam|dear sir madam|dear team|dear support|dear support team|dear assistant|dear all|hi support|hello support|
good morning all|good morning team|good morning everyone|good afternoon all|hello sir|hello madam|hi sir|to whom it may concern`)
const THANKS =
  new PhraseBook(`thanks|thank you|and thanks|and thank you|ty|tia|cheers|thanks a lot|thanks so much|thanks very much|thanks a bunch|
thanks a million|thanks a ton|thank you so much|thank you very much|thank you kindly|many thanks|thanks in advance|thank you in advance|
thanks again|thank you again|thanks for your help|thank you for your help|thanks for the help|thank you for the help|thanks for helping|
thanks for your time|thank you for your time|thanks for any help|thank you for your assistance|thanks for your assistance|
thanks for your support|thanks in advance for your help|thank you in advance for your help|thanks very much in advance|
much appreciated|greatly appreciated|it is appreciated|i appreciate it|i really appreciate it|i would appreciate it|
i would really appreciate it|i appreciate your help|i would appreciate your help|any help is appreciated|
any help would be appreciated|any help would be great|any help appreciated|appreciate it|appreciate your help|
your help is appreciated|your help would be appreciated|best regards|kind regards|warm regards|regards|best wishes|sincerely|yours sincerely|have a nice day|
have a great day|have a good day|have a good one|thx|thanks mate|thanks buddy|thanks friend|thank you sir|thanks guys|thanks all|thanks everyone`)
const OPENINGS =
  new PhraseBook(`so|well|ok|okay|um|umm|uh|hmm|er|now then|alright|all right|btw|by the way|actually|basically|anyway|and|
but|excuse me|pardon me|sorry|sorry to bother you|sorry to bother|sorry to disturb you|i am sorry to bother you|
apologies for bothering you|if i may ask|if you do not mind|if you do not mind me asking|i hope you are well|
hope you are well|i hope you are doing well|hope you are doing well|hope you are having a good day|
i hope you are having a good day|hope this finds you well|i hope this finds you well|i hope this message finds you well|
quick question|a quick question|just a quick question|i have a question|i have a quick question|i have one question|
i have got a question|i have got a quick question|got a question|got a quick question|one quick question|one question|
question|just one question|a question|my question is|my question|here is my question|just curious|i am just curious|
i am curious|curious|just wondering|i am wondering|i was wondering|i was just wondering|i am just wondering|wondering|
honestly|hope you can help|i hope you can help|hopefully you can help|can you help me|could you help me|can you help|
could you help|can you help me with this|could you help me with this|can you help me out|could you help me out|
i need your help|i need some help|help me out`)
const CLOSINGS =
  new PhraseBook(`let me know|let me know asap|let me know soon|just let me know|i look forward to your answer|
i look forward to your reply|i look forward to hearing from you|looking forward to your reply|if i may ask|if you do not mind|if you do not mind me asking|if you would not mind|
if it is not too much trouble|if you would be so kind|if you could|if that is ok|if possible|when you get a chance|
when you have a chance|when you have time|when you have a moment|when you get a moment|when you have a minute|
just curious|i am just curious|i am curious|just wondering|i am wondering|i was wondering|i wonder|do you know|
do you happen to know|any idea|any ideas|any clue|hope you can help|i hope you can help|can you help me|could you help me|
can you help me with this|could you help me with this|can you help me out|would you be so kind|sir|madam|mate|buddy|bro`)
/** They lead up to a question, and are left out where one follows. */
const LEADS =
  new PhraseBook(`tell me|can you tell me|could you tell me|would you tell me|will you tell me|can you let me know|
could you let me know|let me know|would you let me know|do you know|do you happen to know|would you know|would you happen to know|do you by any chance know|
any idea|do you have any idea|have you any idea|any chance you know|i would like to know|i would love to know|i want to know|
i wanted to know|i need to know|i needed to know|i wish to know|i am wondering|i was wondering|i wonder|just wondering|
i am just wondering|i was just wondering|wondering|i am trying to find out|i am trying to figure out|i am trying to understand|
i am trying to learn|i want to find out|i need to find out|i would like to find out|i want to ask|i wanted to ask|i would like to ask|i need to ask|i have to ask|
i want to understand|i would like to understand|i need to understand|i want to learn|i would like to learn|
may i ask|can i ask|could i ask|might i ask|may i know|can i know|could i know|can i ask you|could i ask you|may i ask you|let me ask|let me ask you|
can someone tell me|could someone tell me|can anyone tell me|can somebody tell me|could anyone tell me|someone tell me|
does anyone know|does anybody know|does someone know|anyone know|can you help me understand|could you help me understand|
would you help me understand|help me understand|can you help me figure out|could you help me figure out|help me figure out|can you help me find out|could you help me find out|
i am curious|i am curious to know|curious|curious to know|would you mind telling me|do you mind telling me|
would you mind explaining|would you mind letting me know|would you be able to tell me|are you able to tell me|
would you be so kind as to tell me|could you be so kind as to tell me|can you be so kind as to tell me|i would be grateful if you could tell me|i would appreciate it if you could tell me|
it would be great if you could tell me|is it possible to know|would it be possible to know|can you advise|could you advise|can you clarify|could you clarify|
can you explain|could you explain|can you explain to me|could you explain to me|would you explain|explain to me|can you please explain|
i am looking to find out|i am interested in knowing|i am interested to know|i need help understanding|i need help figuring out|i do not understand|i do not know`)
const COMMANDS = new PhraseBook(`can you|could you|would you|will you|i want you to|i need you to|i would like you to|
can you help me|could you help me|i would appreciate it if you could|it would be great if you could|i would be grateful if you could|
would you be able to|are you able to|could you be so kind as to|would you be so kind as to|i was wondering if you could|i am wondering if you could|is it possible for you to|help me|help me to|can you help me to|could you help me to`)
/** What one asks an assistant to do. */
const DONE = new Set(
  `explain tell show help give write describe list summarize summarise translate provide recommend suggest find convert calculate
compare define check make create generate fix correct rewrite rephrase outline draft compute solve name identify clarify elaborate
share advise remind teach walk point guide send review analyze analyse estimate evaluate prove derive simplify proofread edit
format sort count plan design build implement refactor debug document classify extract paraphrase shorten expand compose prepare`.split(
    /\s+/,
  ),
)
const ASKING = new Set(
  `what which who whom whose when where why how is are was were am do does did can could will would shall should may might must
has have had if whether`.split(/\s+/),
)
const PRONOUNS = new Set('what which who whom whose when where'.split(' '))
const BEFORE_ASKING = new Set('at in on for to by from of with about under since until'.split(' '))
/** Words that speak of the word `please` itself, or make a verb of it. */
const SPEAKS_OF = new Set('to say word of saying mean means spell write translate pronounce not will does'.split(' '))
const STARTS = new Set('i my we our it there please'.split(' '))
const PLEASE = new Set(['please', 'kindly'])

/** A question without what was said around it. */
export interface Bare {
  tokens: Token[]
  /** Something led up to it, so it may stand in the order of an indirect question: `what the time is`. */
  led: boolean
}

/** Leaves courtesies out at both ends; a text that is nothing but courtesy becomes `hello`, `thanks` or both. */
export function stripCourtesy(all: readonly Token[]): Bare {
  const tokens = withoutPlease(all)
  let [start, end] = [0, tokens.length]
  let led = false
  let asks = false
  for (;;) {
    const skipped = leadLength(tokens, start, end)
    if (skipped > 0) led = true
    const length =
      skipped ||
      GREETINGS.longestAt(tokens, start, end) ||
      THANKS.longestAt(tokens, start, end) ||
      OPENINGS.longestAt(tokens, start, end)
    if (length > 0 && (length > 1 || standsApart(tokens, start, end))) {
      start += length
      continue
    }
    const command = COMMANDS.longestAt(tokens, start, end)
    if (command === 0 || asks || !DONE.has(tokens[start + command]?.text ?? '')) break
    start += command
    asks = true
  }
  for (;;) {
    const length = THANKS.longestBefore(tokens, start, end) || CLOSINGS.longestBefore(tokens, start, end)
    if (length === 0 || !closes(tokens, end - length, length)) break
    end -= length
  }
  return start < end ? { tokens: tokens.slice(start, end), led } : { tokens: onlyCourtesy(tokens), led: false }
}

/** A single word, such as `well`, is no aside where it belongs to what follows. */
function standsApart(tokens: readonly Token[], at: number, end: number): boolean {
  const [word, next] = [tokens[at]!, tokens[at + 1]]
  if (word.pause || !next || at + 1 === end) return true
  return (
    asksAt(tokens, at + 1, end) ||
    // A capital after a small letter begins the sentence.
    (/^\p{Ll}/u.test(word.written) && /^\p{Lu}/u.test(next.written)) ||
    DONE.has(next.text) ||
    STARTS.has(next.text) ||
    [GREETINGS, LEADS, COMMANDS, OPENINGS].some((book) => book.longestAt(tokens, at + 1, end) > 1) ||
    (OPENINGS.longestAt(tokens, at + 1, end) === 1 && standsApart(tokens, at + 1, end))
  )
}

/** The same at the end: `how to say thanks`, `to cook well`. */
function closes(tokens: readonly Token[], at: number, length: number): boolean {
  const before = tokens[at - 1]
  if (!before || before.pause) return true
  const [word, raised] = [tokens[at]!, /^\p{Lu}\p{Ll}/u]
  const opens = raised.test(word.written) && !raised.test(before.written)
  return !SPEAKS_OF.has(before.text) && (length > 1 || opens || word.text === 'thanks')
}

function leadLength(tokens: readonly Token[], start: number, end: number): number {
  const length = LEADS.longestAt(tokens, start, end)
  return length > 0 && asksAt(tokens, start + length, end) ? length : 0
}

/** Does a question begin there? `at what age` is one as well. */
function asksAt(tokens: readonly Token[], at: number, end: number): boolean {
  if (at >= end) return false
  if (ASKING.has(tokens[at]!.text)) return true
  return BEFORE_ASKING.has(tokens[at]!.text) && at + 1 < end && PRONOUNS.has(tokens[at + 1]!.text)
}

function withoutPlease(tokens: readonly Token[]): Token[] {
  if (tokens.length < 3) return [...tokens]
  return tokens.filter(({ text }, at) => !(PLEASE.has(text) && !SPEAKS_OF.has(tokens[at - 1]?.text ?? '')))
}

function onlyCourtesy(tokens: readonly Token[]): Token[] {
  const first = tokens[0]
  if (!first) return []
  const greets = GREETINGS.longestAt(tokens, 0, tokens.length) > 0
  const thanks = THANKS.longestBefore(tokens, 0, tokens.length) > 0
  if (!greets && !thanks) return [...tokens]
  return [...(greets ? ['hello'] : []), ...(thanks ? ['thanks'] : [])].map((text) => ({ ...first, text }))
}
