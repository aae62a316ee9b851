import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spliceMembers } from '../../server/core/json-splice.ts'
import { type Random, seeded } from './random.ts'

const CASES = 3000

/** Texts of values that a second serialisation would change: spelling of numbers, escapes, spacing, order. */
const LEAVES = [
  '1.0e5',
  '1E+2',
  '-0',
  '-0.0',
  '9007199254740993',
  '123456789012345678901234567890',
  '0.1000',
  'true',
  'false',
  'null',
  '""',
  '"plain"',
  String.raw`"a\"b\\"`,
  String.raw`"\\\\"`,
  String.raw`"ends in \\\""`,
  String.raw`"\u0061\/\n\ud83d\ude00"`,
  '"},{[]:,"',
  '"naïve 日本 😀"',
  '[]',
  '{}',
  '[ 1 ,2,\t3 ]',
]

/** The same names in several spellings: JSON lets every letter be written as an escape. */
const NAMES: readonly (readonly [name: string, spelling: string])[] = [
  ['model', '"model"'],
  ['model', String.raw`"mod\u0065l"`],
  ['model', String.raw`"\u006dodel"`],
  ['stream_options', '"stream_options"'],
  ['', '""'],
  ['a"b', String.raw`"a\"b"`],
  ['back\\', String.raw`"back\\"`],
  ['😀', '"😀"'],
  ['😀', String.raw`"\ud83d\ude00"`],
  ['__proto__', '"__proto__"'],
  ['constructor', '"constructor"'],
  ['x', '"x"'],
  ['{', '"{"'],
]

interface Member {
  name: string
  /** Up to the value: the name as written, the colon, the space around it. */
  head: string
  value: string
  before: string
  after: string
}

function space(random: Random): string {
  return random.text(' \n\t\r', 2)
}

function value(random: Random, depth = 0): string {
  if (depth > 3 || random.below(3) > 0) return random.pick(LEAVES)
  const items = Array.from({ length: random.below(4) }, () => {
    const name = random.oneIn(2) ? '"model"' : random.pick(NAMES)[1]
    return { name, value: value(random, depth + 1) }
  })
  const pad = () => space(random)
  return random.oneIn(2)
    ? `[${items.map((item) => `${pad()}${item.value}${pad()}`).join(',')}]`
    : `{${items.map((item) => `${pad()}${item.name}${pad()}:${pad()}${item.value}${pad()}`).join(',')}}`
}

function members(random: Random): Member[] {
  return Array.from({ length: random.below(7) }, () => {
    const [name, spelling] = random.pick(NAMES)
    return {
      name,
      head: `${spelling}${space(random)}:${space(random)}`,
      value: value(random),
      before: space(random),
      after: space(random),
    }
  })
}

function write(list: readonly Member[], outer: string): string {
  return `${outer}{${list.map(({ before, head, value: text, after }) => before + head + text + after).join(',')}}${outer}`
}

/** What the edits mean: the object a parser sees afterwards. */
function edited(text: string, edits: Record<string, string | null>): unknown {
  const object = JSON.parse(text) as Record<string, unknown>
  for (const [name, edit] of Object.entries(edits)) {
    if (edit === null) delete object[name]
    // Defined, not assigned: `__proto__` is a member like any other.
    else
      Object.defineProperty(object, name, {
        value: JSON.parse(edit),
        enumerable: true,
        writable: true,
        configurable: true,
      })
  }
  return object
}

function randomEdits(random: Random, removing: boolean): Record<string, string | null> {
  const count = random.below(4)
  const entries = Array.from({ length: count }, () => [
    random.pick(NAMES)[0],
    removing && random.oneIn(2) ? null : value(random),
  ])
  return Object.fromEntries(entries) as Record<string, string | null>
}

test('after any edits a parser reads what the original with those edits says', () => {
  const random = seeded(20_260_101)
  for (let run = 0; run < CASES; run += 1) {
    const text = write(members(random), space(random))
    const edits = randomEdits(random, true)
    const result = spliceMembers(Buffer.from(text), edits).toString()
    const hint = `case ${run}: ${text} with ${JSON.stringify(edits)} became ${result}`
    assert.doesNotThrow(() => JSON.parse(result), hint)
    assert.deepEqual(entriesOf(JSON.parse(result)), entriesOf(edited(text, edits)), hint)
  }
})

test('what is not edited keeps its very bytes and its place', () => {
  const random = seeded(77)
  for (let run = 0; run < CASES; run += 1) {
    const list = members(random)
    const text = write(list, space(random))
    const edits = randomEdits(random, true)
    const result = spliceMembers(Buffer.from(text), edits).toString()
    let position = 0
    for (const member of list) {
      if (Object.hasOwn(edits, member.name)) continue
      const found = result.indexOf(member.head + member.value, position)
      assert.notEqual(found, -1, `case ${run}: ${member.head}${member.value} is not in ${result}, from ${text}`)
      position = found + member.head.length + member.value.length
    }
  }
})

test('a replaced value changes nothing but itself, at every place where its name stands', () => {
  const random = seeded(4711)
  for (let run = 0; run < CASES; run += 1) {
    const list = members(random)
    const outer = space(random).trim()
    const present = list.filter(() => random.oneIn(2)).map((member) => [member.name, value(random)])
    const edits = Object.fromEntries(present) as Record<string, string>
    const expected = list.map((member) => ({
      ...member,
      value: Object.hasOwn(edits, member.name) ? edits[member.name]! : member.value,
    }))
    assert.equal(
      spliceMembers(Buffer.from(write(list, outer)), edits).toString(),
      write(expected, outer),
      `case ${run}`,
    )
  }
})

test('no edit at all gives the same bytes back', () => {
  const text = '{ "n" : 1.0e5, "mod\\u0065l":"x", "big": 123456789012345678901234567890 }'
  assert.equal(spliceMembers(Buffer.from(text), {}).toString(), text)
})

test('a member inside a nested object or a string is never taken for a top-level one', () => {
  const text = '{"messages":[{"model":"inner","content":"\\"model\\":\\"fake\\""}],"model":"outer"}'
  assert.equal(spliceMembers(Buffer.from(text), { model: '"new"' }).toString(), text.replace('"outer"', '"new"'))
})

/** Own members by name, `__proto__` among them, which deepEqual alone would read as the prototype. */
function entriesOf(object: unknown): Map<string, unknown> {
  return new Map(Object.entries(object as object))
}
