/** Up to so many units, V8 looks fast enough in any text; beyond, its search can take the product of both lengths. */
const SHORT = 100

/**
 * Where a text stands in another for the first time, -1 where it does not, in linear time (Knuth, Morris and Pratt 1977,
 * “Fast pattern matching in strings”).
 */
export function placeOf(part: string, text: string): number {
  if (part.length <= SHORT) return text.indexOf(part)
  const fallback = new Int32Array(part.length)
  for (let at = 1, matched = 0; at < part.length; at++) {
    while (matched > 0 && part.charCodeAt(at) !== part.charCodeAt(matched)) matched = fallback[matched - 1]!
    if (part.charCodeAt(at) === part.charCodeAt(matched)) matched++
    fallback[at] = matched
  }
  for (let at = 0, matched = 0; at < text.length; at++) {
    while (matched > 0 && text.charCodeAt(at) !== part.charCodeAt(matched)) matched = fallback[matched - 1]!
    if (text.charCodeAt(at) === part.charCodeAt(matched)) matched++
    if (matched === part.length) return at - matched + 1
  }
  return -1
}
