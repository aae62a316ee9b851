import type { Finder } from './finder.ts'

/** Of a web address, whatever its characters: ends at spaces, quotes and brackets that stand around it. */
const REST = /[^\s"'`<>\\^{|}]{1,400}/y
/** What stands in another address is none of its own. */
const SCHEME = /(?<![\w@/:.-])[A-Za-z][A-Za-z0-9+.-]{0,15}$/
const TRAILING = /[.,;:!?)\]]{1,8}$/
const CREDENTIALS = /^[^\s/?#@:]{0,100}:[^\s/?#@]{1,100}@[^\s/?#@]/
const WEB = /(?<![\w.@-])www\d?\.[a-z0-9-]{1,63}\.[a-z]{2,24}/gi

/** Web addresses: `found` with a user and a password in them, or any. */
export function urlFinder(any: boolean, credentials: boolean): Finder {
  return (text, found) => {
    for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
      const scheme = SCHEME.exec(text.slice(Math.max(0, at - 17), at))?.[0]
      if (scheme === undefined) continue
      REST.lastIndex = at + 3
      const rest = REST.exec(text)?.[0].replace(TRAILING, '')
      if (!rest) continue
      const start = at - scheme.length
      const end = at + 3 + rest.length
      if (credentials && CREDENTIALS.test(rest)) found.push({ start, end, category: 'URL_CREDENTIALS', score: 1 })
      else if (any && /^[\w.-]{1,253}\.[a-z]{2,24}(?:[:/?#]|$)/i.test(rest))
        found.push({ start, end, category: 'URL', score: 0.95 })
    }
    if (!any) return
    for (const { index } of text.matchAll(WEB)) {
      REST.lastIndex = index
      const value = REST.exec(text)![0].replace(TRAILING, '')
      found.push({ start: index, end: index + value.length, category: 'URL', score: 0.9 })
    }
  }
}
