/** Words that stand where a secret goes in manuals. */
const STAND_IN =
  /example|sample|dummy|change[_-]?me|placeholder|your[_-]|[_-]here\b|redacted|removed|insert[_-]|replace|todo|xxxxx|\*{3}|\.{3}|…|deadbeefdeadbeef/i
/** Whole values that stand for none. */
const NONE =
  /^(?:null|none|nil|undefined|true|false|empty|unset|default|required|optional|string|str|number|int|bytes|any|object|test(?:ing|er)?\d{0,3}|pass(?:word|wd|phrase)?\d{0,3}|secret\d{0,3}|token\d{0,3}|user(?:name)?\d{0,3}|admin\d{0,3}|root|foo(?:bar)?|bar|baz|qux|yyy|xxx|abc(?:123)?|hunter2?|letmein|key|api[_-]?key|value|apikey|hidden|masked|guest|asdf|qwerty|hello|world|basic|bearer|digest)$/i
/** What a program or a template puts in when it runs. */
const FILLED_IN =
  /^[$%{[(<&*]|\$\{|\{\{|\$\(|\$[A-Za-z_]|%[A-Za-z_]{2,30}%|[{}()[\]]$|\)\.|\(["'\w]|=>|::|->|^(?:process|os|env|config|settings|self|this|ctx|secrets|vars|var|data|local|module|request|req|params|args|options|opts|props|state|context|input)\./
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'
/** Letters or digits that follow each other as in the alphabet: so many in a row are no accident. */
const IN_ORDER = 16

/** Whether a value with the form of a key can be one, rather than what a manual shows in its place. */
export function plausible(value: string): boolean {
  return !STAND_IN.test(value) && !repeats(value) && !inOrder(value)
}

/** Whether a value can be a password that somebody wrote down. */
export function plausiblePassword(value: string): boolean {
  return (
    value.length >= 4 && !NONE.test(value) && !STAND_IN.test(value) && !FILLED_IN.test(value) && !/^(.)\1*$/.test(value)
  )
}

/** Whether a value given to something that is named like a secret is one: not words, not a name in a program. */
export function plausibleKey(value: string): boolean {
  if (value.length < 10 || NONE.test(value) || FILLED_IN.test(value) || !plausible(value)) return false
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return false
  if (entropy(value) < 3) return false
  return !isName(value)
}

/** Shannon entropy of the characters, bits each. */
export function entropy(value: string): number {
  const counts = new Map<string, number>()
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length)
  return bits
}

/** `configV2.apiKey`, `my-service-token-1`, `2024-01-31T00:00`: words with a few digits at their ends, dates, versions. */
function isName(value: string): boolean {
  if (/^\d{4}-\d\d-\d\d/.test(value) || /^v?\d+(?:\.\d+){1,3}/.test(value)) return true
  const words = value.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z][a-z]{2})/).filter((word) => word !== '')
  return words.every(
    (word) => /^(?:[a-z]{1,15}|[A-Z][a-z]{1,15}|[A-Z]{1,15})?\d{0,4}$/.test(word) && /[aeiouy]|^.{0,3}$/i.test(word),
  )
}

/** `xxxxxx`, `123123123123`: one to four characters over and over. */
function repeats(value: string): boolean {
  for (let period = 1; period <= 4; period++) {
    let run = 0
    for (let at = period; at < value.length; at++) {
      run = value[at] === value[at - period] ? run + 1 : 0
      if (run >= 3 * period + 2) return true
    }
  }
  return false
}

function inOrder(value: string): boolean {
  let run = 1
  const small = value.toLowerCase()
  for (let at = 1; at < small.length; at++) {
    const place = ALPHABET.indexOf(small[at - 1]!)
    run = place >= 0 && ALPHABET[place + 1] === small[at] ? run + 1 : 1
    if (run >= IN_ORDER) return true
  }
  return false
}
