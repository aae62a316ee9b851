import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { RE2JS } from 're2js'
import { found, inspect, make, unitsOf } from './support.ts'

const one = (pattern: string, longest = 256) => make('regex', { patterns: [pattern], longest })

describe('regex', () => {
  const CASES: readonly [pattern: string, text: string, found: readonly string[]][] = [
    ['\\d{3}', 'a12 123 1234567', ['123', '1234567']],
    ['\\bfoo\\b', 'foo xfoo foox foo.', ['foo', 'foo']],
    ['^foo', 'foo foo\nfoo', ['foo']],
    ['(?m)^foo$', 'foo\nfoo foo\nfoo', ['foo', 'foo']],
    ['foo$', 'foo foo', ['foo']],
    ['(?i)straße', 'STRAßE Straße', ['STRAßE', 'Straße']],
    ['a.*?b', 'xabxb', ['abxb']],
    ['foo|foobar', 'foobar', ['foobar']],
    ['[\\x{1F600}-\\x{1F64F}]+', 'a😀😁b', ['😀😁']],
    ['\\pL+-\\d+', 'é-1 漢字-22', ['é-1', '漢字-22']],
    ['key: \\S+', 'key: abc key: ', ['key: abc']],
  ]
  for (const [pattern, text, matches] of CASES)
    it(`finds /${pattern}/ in ${JSON.stringify(text)}`, async () =>
      assert.deepEqual(await found(one(pattern), text), matches))

  it('leaves matches that are longer than allowed where the pattern knows no longest', async () => {
    assert.deepEqual(await found(one('a.*b', 5), 'axxxb axxxxb'), ['axxxb'])
    assert.deepEqual(await found(one('a.*b', 5), 'axxxxaxb'), ['axb'])
    assert.deepEqual(await found(one('a.{9}b', 5), `a${'x'.repeat(9)}b`), [`a${'x'.repeat(9)}b`])
  })

  it('covers what any search with RE2 finds from any place on, and nothing else', async () => {
    const piece = fc.constantFrom('a', 'b', 'c', '1', ' ', '\n', 'é', '😀')
    const atom = fc.constantFrom(
      'a',
      'b',
      '[ab]',
      '\\d',
      '.',
      '\\w',
      '\\b',
      'ab',
      '(?:a|bc)',
      '(?i:B)',
      '^',
      '$',
      'é',
      '😀',
    )
    const pattern = fc
      .array(fc.tuple(atom, fc.constantFrom('', '', '?', '*', '+', '{1,3}', '+?')), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.map(([each, count]) => (/^(\\b|\^|\$)$/.test(each) ? each : each + count)).join(''))
      .filter((each) => !RE2JS.compile(each).test(''))
    await fc.assert(
      fc.asyncProperty(pattern, fc.array(piece, { maxLength: 14 }), async (source, pieces) => {
        const text = pieces.join('')
        const whole = new Set<number>()
        const longest = RE2JS.compile(source, RE2JS.LONGEST_MATCH)
        for (let at = 0; at < text.length; at++) {
          const matcher = longest.matcher(text)
          if (isLow(text.charCodeAt(at)) || !matcher.find(at)) continue
          for (let unit = matcher.start(); unit < matcher.end(); unit++) whole.add(unit)
        }
        const { matches } = await inspect(one(source), text)
        assert.deepEqual(
          unitsOf(matches),
          [...whole].sort((a, b) => a - b),
          `/${source}/`,
        )
      }),
      { numRuns: 500 },
    )
  })

  it('gives each pattern its category, the first where they overlap', async () => {
    const guardrail = make('regex', { patterns: [{ pattern: '\\d+', category: 'NUMBER' }, 'a\\d'] })
    const { matches } = await inspect(guardrail, '12 a3')
    assert.deepEqual(
      matches.map(({ category }) => category),
      ['NUMBER', 'PATTERN'],
    )
  })

  it('holds back only what may still become a match', () => {
    assert.equal(one('\\bkey: \\d{3}').incremental!.settled('a key: 1'), 2)
    assert.equal(one('\\bkey: \\d{3}').incremental!.settled('a key: x'), 8)
    assert.equal(one('\\d{3}').incremental!.settled('x123'), 1)
    assert.equal(one('\\d{3}').incremental!.settled('x123 '), 5)
    assert.equal(one('\\d{3}').incremental!.lookBehind, 5)
  })

  it('says what is wrong with a pattern', () => {
    assert.throws(() => one('a('), /`patterns\[0\]` is no regular expression \(RE2 syntax\)/)
    assert.throws(() => one('(?=a)b'), /no regular expression/)
    assert.throws(() => one('a*'), /nothing at all would match/)
    assert.throws(() => one('(?:[a-z]?){200}x'), /too large/)
  })
})

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}
