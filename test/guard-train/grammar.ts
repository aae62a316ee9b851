import type { Random } from '../cache-eval/random.ts'

/** Names to the ways of saying them. A way may hold `(one|other)` and `<name>` itself; `\\(` is a plain one. */
export type Pools = Readonly<Record<string, readonly string[]>>

/** One of the texts that a template stands for. The name of a pool that is not there stays as it is. */
export function expand(template: string, pools: Pools, random: Random): string {
  let text = ''
  for (let at = 0; at < template.length; ) {
    const sign = template[at]!
    if (isEscape(template, at)) {
      text += template[at + 1]
      at += 2
    } else if (sign === '(' && hasChoice(template, at)) {
      const end = closing(template, at)
      text += expand(random.pick(alternatives(template.slice(at + 1, end))), pools, random)
      at = end + 1
    } else if (sign === '<' && /^<[a-zA-Z]+>/.test(template.slice(at, at + 24))) {
      const end = template.indexOf('>', at)
      const name = template.slice(at + 1, end)
      const pool = pools[name]
      if (pool === undefined) text += template.slice(at, end + 1)
      else text += expand(random.pick(pool), pools, random)
      at = end + 1
    } else {
      text += sign
      at++
    }
  }
  return text
}

/** `count` texts, templates in turn, none twice. */
export function expandAll(templates: readonly string[], pools: Pools, count: number, random: Random): string[] {
  const texts = new Set<string>()
  for (let draw = 0; draw < 3 * count && texts.size < count; draw++)
    texts.add(expand(templates[draw % templates.length]!, pools, random).trim())
  return [...texts]
}

/** A backslash makes the next sign plain. */
function isEscape(text: string, at: number): boolean {
  return text[at] === '\\' && '()|[].+^'.includes(text[at + 1] ?? ' ')
}

function hasChoice(template: string, at: number): boolean {
  const end = closing(template, at)
  return end > 0 && alternatives(template.slice(at + 1, end)).length > 1
}

function closing(template: string, at: number): number {
  let depth = 0
  for (let end = at; end < template.length; end++) {
    if (isEscape(template, end)) end++
    else if (template[end] === '(') depth++
    else if (template[end] === ')' && --depth === 0) return end
  }
  return -1
}

function alternatives(text: string): string[] {
  const parts: string[] = ['']
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!
    if (isEscape(text, at)) {
      parts[parts.length - 1] += sign + text[++at]
      continue
    }
    if (sign === '(') depth++
    else if (sign === ')') depth--
    if (sign === '|' && depth === 0) parts.push('')
    else parts[parts.length - 1] += sign
  }
  return parts
}
