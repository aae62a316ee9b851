/** What a reply may be made of, or have in it, as questions ask for it. */
export type Feature =
  | 'code'
  | 'list'
  | 'table'
  | 'verse'
  | 'story'
  | 'letter'
  | 'tags'
  | 'asks'
  | 'number'
  | 'date'
  | 'name'
  | 'decides'
  | 'reasons'
  | 'steps'

/** Forms that replies have for hardly another reason than that they were asked for. */
export const FORMS: ReadonlySet<Feature> = new Set(['code', 'table', 'verse', 'story', 'letter', 'tags'])

/** What words of a question ask for; one of several is enough. */
const ASKED: readonly (readonly [features: readonly Feature[], words: RegExp])[] = [
  [
    ['code'],
    /\b(?:code|functions?|script|program|sql|query|queries|regex|regular expression|html|css|python|javascript|java|c\+\+|class|algorithm|snippet|web ?page|json|yaml|xml|funktion|skript|fonction|función)\b/iu,
  ],
  [
    ['verse'],
    /\b(?:poems?|haiku|sonnet|verses?|lyrics|limerick|rhymes?|song|jingle|rap|chant|couplet|stanza|gedicht|poème|poema)\b/iu,
  ],
  [
    ['story'],
    /\b(?:story|stories|tale|narrative|fable|fiction|monologue|scene|novel|anecdote|geschichte|märchen|histoire|cuento|historia)\b/iu,
  ],
  [['table', 'list', 'number'], /\b(?:table|chart|spreadsheet|tabelle|tableau|tabla)\b/iu],
  [['letter'], /\b(?:e-?mail|letter|brief an|lettre|carta)\b/iu],
  [['tags'], /\b(?:tweets?|hashtags?|instagram|social media post)\b/iu],
  [['asks', 'list'], /\b(?:questions|quiz|survey|riddle|question (?:to|about|that|for)|fragen|preguntas)\b/iu],
  [
    ['number'],
    /\b(?:how (?:many|much|old|long|far|tall|high|big|fast|often|large|heavy|wide|deep)|calculate|compute|solve|what is the (?:sum|average|mean|median|area|volume|perimeter|product|probability|price|cost|total|number|percentage|speed|distance|population|length|height|age|temperature|boiling point)|costs?|kostet|preis|wie ?viele?|wie (?:alt|lange|weit|hoch|groß|schwer|oft)|combien|coûtent?|cuestan?|cuánt[oa]s?|quant[oiae])\b|\d\s{0,2}[-+*/×÷^]\s{0,2}\d|いくら|何[人個冊年月日時分回]|多少|几/iu,
  ],
  [
    ['date', 'number'],
    /\b(?:when|what (?:year|date|day|month|time)|which (?:year|month|day)|wann|quand|cuándo|quando|in welchem jahr)\b|いつ|什么时候/iu,
  ],
  [
    ['name'],
    /\b(?:who|whose|whom|where|wer|wem|wen|wo|qui|où|quién|dónde|chi|dove|what is the (?:capital|name|title|author)|(?:what|which|welche[rsmn]?|in welcher) (?:city|country|place|state|person|company|team|band|author|actor|stadt|land|ort))\b|誰|どこ|谁|哪/iu,
  ],
  [['reasons', 'list'], /\b(?:why|reasons?|what caused|warum|wieso|weshalb|pourquoi|por qué|perché)\b|なぜ|为什么/iu],
  [
    ['list', 'table'],
    /\b(?:list|examples|steps|ideas|tips|ways|suggestions|advantages|disadvantages|benefits|pros and cons|bullet points|(?:two|three|four|five|six|seven|eight|nine|ten|several|\d{1,2}) (?:main |different |new |possible |good |other )?(?:reasons|things|facts|items|questions|words that|names|topics|sentences that|benefits|types|kinds|methods|strategies|people|books|movies|activities|products|adjectives|features|characteristics|factors|points|books|synonyms|titles|words)|liste|nenne|aufzählung|enumera)\b/iu,
  ],
  [
    ['steps', 'list'],
    /\b(?:how (?:do|to|can|would|should)|instructions|recipe|guide|anleitung|wie (?:kann|mache|richte)|comment|cómo)\b/iu,
  ],
  [
    ['decides'],
    /^[¿\s]*(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|may|must|am|ist|sind|kann|können|darf|dürfen|gibt|hat|haben|muss|soll|est-ce|puis-je|peut-on|puedo|puede|hay|es|está|tengo|posso)\b|ますか。?$|ですか。?$|吗？?$/iu,
  ],
]
/** Of a longer text, which brings what the question is about, the beginning and the end are read. */
const LONGEST = 600

/** What a question asks for, told by its words: one of each group should be there. */
export function expectedOf(question: string): (readonly Feature[])[] {
  const told =
    question.length > LONGEST ? `${question.slice(0, LONGEST / 2)}\n${question.slice(-LONGEST / 2)}` : question
  return ASKED.flatMap(([features, words]) => (words.test(told) ? [features] : []))
}

const TRANSLATES =
  /\b(?:translat\p{L}{1,6}|übersetz\p{L}{1,4}|tradui\p{L}{1,4}|traduc\p{L}{1,4}|traduz\p{L}{1,4})(?!\p{L})|翻訳|翻译/iu
const EDITS =
  /\b(?:fix|correct|rewrite|rephrase|reword|edit|proofread|paraphrase|improve|convert|transform|reformat|punctuat\p{L}{1,4}|korrigier\p{L}{1,3}|corrig\p{L}{1,4})(?!\p{L})/iu

/** Is another language asked for, so that no word of the question need be in the answer? */
export function asksForTranslation(question: string): boolean {
  return TRANSLATES.test(question.slice(0, LONGEST))
}

/** Is a text to be given back with changes? Then the answer may have no word of its own. */
export function asksForChange(question: string): boolean {
  return EDITS.test(question.slice(0, LONGEST))
}
