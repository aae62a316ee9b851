import type { HeadName } from './weights.ts'

/** Where a form of words stands that is an attack wherever it stands. */
export interface RuleHit {
  start: number
  end: number
}

/** At or above every threshold but the strictest. */
export const RULE_SCORE = 0.95
const MOST_HITS = 32

/** Each begins with a rare word and is bounded throughout, so that looking for it is linear. */
const RULES: readonly (readonly [head: HeadName, pattern: RegExp])[] = [
  // A sentence that begins with it is an order; within a sentence it may be a report.
  [
    'direct',
    /(?:^|[.!?:\n"'>\]*#)\]]\s{0,3}|please |now |and |must |then )(?:ignore|disregard|forget|override|bypass) (?:all |any |every )?(?:of )?(?:the |your |my |these |those )?(?:previous|prior|above|earlier|preceding|foregoing|system|original)(?: (?:and|or) [a-z]{3,12})? (?:instructions?|prompts?|directives?|guidelines|commands)/gi,
  ],
  [
    'direct',
    /(?:<\|im_start\|>|<\|start_header_id\|>|<start_of_turn>|<<SYS>>|<\|system\|>)\s{0,3}(?:system|user|model|assistant|you|ignore|from)/gi,
  ],
  [
    'direct',
    /\b(?:do anything now|no longer bound by|jailbreak mode|developer mode (?:enabled|output)|sudo mode enabled)\b/gi,
  ],
  ['indirect', /<INFORMATION>\s{0,8}This is an? \w{1,12} message from/gi],
  ['indirect', /\bimportant message from (?:me|the user|your user)\b/gi],
  ['indirect', /\bbefore you can (?:solve|complete|finish|do|continue) the (?:task|request)\b/gi],
  [
    'indirect',
    /\b(?:ignore|disregard|forget) (?:all |any )?(?:the |your )?(?:previous|prior|above) (?:instructions?|tasks?|commands)[^\n]{0,60}\b(?:following|instead|new) /gi,
  ],
  [
    'indirect',
    /(?:^|\n|["'>])\s{0,4}(?:TODO|NOTE|IMPORTANT|SYSTEM|INSTRUCTION)S? (?:to|for) (?:the )?(?:AI|assistant|LLM|language model|agent|model)\b/g,
  ],
  ['indirect', /\b(?:system override|admin override|override protocol|system instruction)\s{0,2}[:!]/gi],
  // Whoever speaks to the model in a text that was fetched is not its user.
  [
    'indirect',
    /\bif you(?: are|'re|’re) an? (?:AI|LLM|large language model|language model|automated agent|artificial intelligence)(?: model| assistant| agent| system)?(?:,| reading| processing| summari| you )/gi,
  ],
  [
    'indirect',
    /\b(?:dear|hey|hello|attention|hi) (?:AI|LLM|language model|chatgpt|claude|gemini|copilot|gpt-\d|assistant|AI assistant|AI agent|AI model)s?[,!:]/gi,
  ],
  [
    'indirect',
    /\b(?:note|message|instructions?|orders?|reminder) (?:to|for) (?:the |any |all )?(?:AI|LLM|language model|AI assistant|AI agent|AI model|chatbot)s?(?: reading| processing| that|:|,| summari)/gi,
  ],
  // Not in comments of code, where it is the author's own.
  [
    'indirect',
    /(?:^|["'>\n]|[.:] )\s{0,3}TODO: (?:please )?(?:send|transfer|pay|wire|share|forward|grant|give|book|reserve|invite|e?mail|buy|order|unlock|retrieve|look up|find|text|sell|export|publish|approve|visit|say|tell|post|make an? (?:reservation|appointment|payment|transfer)|delete (?:all|every|my|the)|remove every|turn (?:on|off)|change (?:the|my) password|install the|set the thermostat)\b/gi,
  ],
]

/** Where the rules of a head match, in order of the rules. */
export function ruleHits(text: string, head: HeadName): RuleHit[] {
  const hits: RuleHit[] = []
  for (const [of, pattern] of RULES) {
    if (of !== head) continue
    for (const match of text.matchAll(pattern)) {
      hits.push({ start: match.index, end: match.index + match[0].length })
      if (hits.length === MOST_HITS) return hits
    }
  }
  return hits
}
