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
    /(?<!(?:\/\/|#|\*|--|%|;)\s{0,3})\bTODO:\s{1,3}(?:please |first )?(?:send|transfer|pay|wire|share|forward|grant|give|book|reserve|invite|e?mail|buy|order|unlock|retrieve|look up|text|sell|export|publish|approve|visit|say|tell|post|make (?:an?|the following) (?:reservation|appointment|payment|transfer|transaction|call)|(?:create|add|schedule) an? (?:calendar|event|appointment|meeting|recurring)|delete (?:all|every|my|the file with)|remove every|turn (?:on|off)|change (?:the|my) password|install the|set the thermostat|withdraw|upload (?:all|my|the)|cancel (?:all|my)|disable (?:two|the alarm|my))\b/gi,
  ],
  // Frames: whoever writes so of the task, the user or the model is not the author of an ordinary text.
  [
    'indirect',
    /\bbefore you (?:can )?(?:solve|finish|complete|continue(?: with)?|proceed with|start|work on) (?:the|my|your) (?:original |initial |first )?(?:task|request)\b[^\n]{0,80}\b(?:first|following|please|must)\b/gi,
  ],
  [
    'indirect',
    /\bafter you (?:do|did|have done) (?:that|this|so),? you (?:can|may) (?:then )?(?:solve|continue|go on|finish)/gi,
  ],
  ['indirect', /\bstrictly (?:adhere to|follow|obey) the (?:following|next) (?:instruction|order|command)s?\b/gi],
  [
    'indirect',
    /\bnew (?:task|instruction|order)s? (?:for|to) (?:the |this |any )?(?:agent|assistant|AI|LLM|chatbot|language model)\b/gi,
  ],
  [
    'indirect',
    /\b(?:AI|LLM|language) (?:model|assistant|agent|system|bot)s?(?::\s{1,3}(?:when|please|do not|ignore|you|before|if you|state|say|stop)\b|,? (?:that is |which is )?(?:reading|processing|summari[sz]ing) this\b)/gi,
  ],
  [
    'indirect',
    /\b(?:the|your|my) (?:user|owner|account holder) has (?:authori[sz]ed|instructed|ordered|approved|allowed) (?:you|the assistant|the agent) to\b/gi,
  ],
  [
    'indirect',
    /\b(?:message|instruction|request|order|notice) (?:from|by) (?:the |your )?(?:administrator|system administrator|admin|developer|user|owner)\s{0,2}[:.,][^\n]{0,60}\b(?:the assistant|you) (?:has to|have to|must|needs? to|should)\b/gi,
  ],
  [
    'indirect',
    /\[(?:SYSTEM|ADMIN|INSTRUCTIONS?|ASSISTANT)\][\s:]{0,3}(?:new (?:task|instruction|order)|you (?:must|are now|have to|should)|ignore (?:all|the|your|previous)|the (?:assistant|agent|model) (?:must|should|has to))/gi,
  ],
  [
    'indirect',
    /<\|(?:im_start|start_header_id|system)\|>\s{0,3}(?:system|user)?(?:<\|end_header_id\|>)?(?:\s|\\n){0,3}(?:you (?:now|must|are now|will now)|ignore|forget|disregard|from now on|please (?:send|give|forward|transfer|share|delete))\b/gi,
  ],
  [
    'indirect',
    /<\/(?:tool_response|tool_result|tool_output|function_results?|tool_call_result)>(?:\s|\\n){0,4}(?:<user>|(?:user|human|system|new (?:task|instructions?)):\s)/gi,
  ],
  [
    'indirect',
    /(?:^|[\n"'>.] ?)(?:instructions?|orders?) (?:to|for) the (?:AI |language )?(?:assistant|agent|model):\s{1,3}(?:append|add|include|send|visit|ignore|do not|say|tell|answer|write|call|use|forward|put)\b/gi,
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
