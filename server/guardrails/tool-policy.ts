import type { GuardMatch, GuardrailKind, GuardText, Inspection } from '../core/guardrail.ts'
import { compileSchema, parseJson } from '../core/json-schema.ts'
import { choiceOption, countOption, membersOption, optionalTexts } from '../core/options.ts'
import { foundMatches, nothingFound, settledIn, unite, wellFormedEnd, wholeText } from './inspection.ts'
import { type Link, LONGEST_LINK, LOOK_BEHIND } from './links/find.ts'
import { hostList } from './links/hosts.ts'
import { IMAGES, isWrongAddress, type LinkRules, wrongLinks } from './links/judge.ts'

const NAMES = ['allow', 'deny', 'arguments', 'hosts', 'images', 'max_address_characters']
/** Deeper values of arguments are not walked: no tool has such. */
const DEEPEST = 100

const texts = { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 }

/** What tools may be called with, and where links may lead. */
export const toolPolicy: GuardrailKind = {
  kind: 'tool-policy',
  description:
    'Which tools the model may call and with what, and which hosts links, images and arguments may lead to, so that no ' +
    'data leaves in an address.',
  stages: ['post', 'context', 'pre'],
  actions: ['block', 'redact', 'warn', 'escalate'],
  threshold: 0.5,
  cost: 'process',
  options: {
    allow: {
      description: 'The only tools that may be called: exact names, or beginnings as in `read_*`.',
      schema: texts,
    },
    deny: { description: 'Tools that may not be called, also where `allow` has them.', schema: texts },
    arguments: {
      description:
        'Tools by name, each with a JSON Schema that its arguments must be valid under, as in `json-schema`.',
      schema: { type: 'object', additionalProperties: { type: 'object' } },
    },
    hosts: {
      description:
        'The only hosts that addresses may lead to, in tools’ arguments and in texts: `example.com`, `*.example.com` (what ' +
        'is below it), `example.com:8443`. Seen are addresses that begin with http, https, ws, wss, ftp, `www.` or two ' +
        'slashes where an address belongs, in Markdown, HTML and CSS, also with entities and escapes. Other schemes ' +
        'where an address belongs, such as `javascript:`, are refused, but for mailto, tel and sms. What a host ' +
        'redirects to, and hosts without a scheme in arguments, cannot be seen.',
      schema: texts,
    },
    images: {
      description:
        'Images and whatever else is fetched as soon as it is seen: `allowed-hosts` (default), as other links; `allow`, ' +
        'from any host; `none`.',
      schema: { enum: IMAGES },
    },
    max_address_characters: {
      description: 'The longest address that links may have, also to allowed hosts: data may stand in it.',
      schema: { type: 'integer', minimum: 1, maximum: LONGEST_LINK },
    },
  },
  create(options) {
    if (NAMES.every((name) => options[name] === undefined))
      throw new TypeError(`one of ${NAMES.map((name) => `\`${name}\``).join(', ')} must be given`)
    const allow = optionalTexts(options, 'allow')
    const deny = optionalTexts(options, 'deny')
    const schemas = new Map(
      Object.entries(membersOption(options, 'arguments')).map(
        ([tool, schema]) => [tool, compileSchema(schema, `arguments.${tool}`)] as const,
      ),
    )
    const hosts = optionalTexts(options, 'hosts')
    const rules: LinkRules = {
      hosts: hosts === null ? null : hostList(hosts),
      images: choiceOption(options, 'images', IMAGES),
      longestAddress: countOption(options, 'max_address_characters', 1, LONGEST_LINK, LONGEST_LINK),
    }

    const inspectCall = (tool: string, text: string): Inspection => {
      if ((allow !== null && !isNamed(tool, allow)) || (deny !== null && isNamed(tool, deny)))
        return wholeText(1, 'tool', 'The tool may not be called.')
      const parsed = parseJson(text.trim() === '' ? '{}' : text)
      const schema = schemas.get(tool)
      if (schema !== undefined) {
        if (parsed === null) return wholeText(1, 'arguments', 'The tool’s arguments are not JSON.')
        const [fault] = schema.faults(parsed.value)
        if (fault !== undefined)
          return wholeText(1, 'arguments', `The tool’s arguments break the schema: ${fault.message}.`)
      }
      const values = parsed === null ? [text] : textsIn(parsed.value)
      if (values === null) return wholeText(1, 'arguments', 'The tool’s arguments are nested too deeply.')
      if (values.some((value) => isWrongAddress(value, rules) || wrongLinks(value, rules).links.length > 0))
        return wholeText(1, 'link', 'An address in the tool’s arguments is not allowed.')
      return nothingFound
    }

    return {
      kind: 'tool-policy',
      takes: 'each',
      takesCalls: true,
      ignores: new Set(['system', 'definition']),
      inspect: (text) =>
        isCall(text)
          ? inspectCall(text.tool, text.text)
          : foundMatches(matchesOf(wrongLinks(text.text, rules).links), REASON),
      incremental: {
        lookBehind: LOOK_BEHIND,
        settled(text) {
          const { links, pending } = wrongLinks(text.slice(0, wellFormedEnd(text)), rules)
          return settledIn([{ matches: matchesOf(links), pending }])
        },
      },
    }
  },
}

const REASON = 'The text has a link or an image that leads where none may lead.'

function isCall(text: GuardText): text is GuardText & { tool: string } {
  return text.tool !== undefined
}

function isNamed(tool: string, names: readonly string[]): boolean {
  return names.some((name) => (name.endsWith('*') ? tool.startsWith(name.slice(0, -1)) : tool === name))
}

/** Of links that stand in the same place, an image has it. */
function matchesOf(links: readonly Link[]): GuardMatch[] {
  const matches = links
    .toSorted((a, b) => Number(b.isImage) - Number(a.isImage))
    .map(({ start, end, isImage }) => ({ start, end, category: isImage ? 'IMAGE' : 'LINK', score: 1 }))
  return unite(matches)
}

/** Every text and name in a JSON value; `null` where it is nested too deeply. */
function textsIn(value: unknown): string[] | null {
  const found: string[] = []
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return null
    const next: unknown[] = []
    for (const each of level) {
      if (typeof each === 'string') found.push(each)
      else if (typeof each === 'object' && each !== null) {
        if (!Array.isArray(each)) for (const name of Object.keys(each)) found.push(name)
        for (const inner of Object.values(each)) next.push(inner)
      }
    }
    level = next
  }
  return found
}
