import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type FileFormat, readFile } from '../../../server/experiments/datasets/read-file.ts'

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const rowsOf = (bytes: Uint8Array, format: FileFormat, size = 1000) =>
  Array.fromAsync(readFile(pieces(bytes, size), format))
const read = (text: string, format: FileFormat, size?: number) => rowsOf(Buffer.from(text), format, size)
const values = async (text: string, format: FileFormat) => (await read(text, format)).map(({ value }) => value)
const refusal = (text: string | Uint8Array, format: FileFormat) =>
  rowsOf(Buffer.from(text), format).then(
    () => 'none',
    (error: { code: string; message: string }) => {
      assert.equal(error.code, 'invalid_request')
      return error.message
    },
  )

const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`

describe('CSV', () => {
  it('says the same however it is quoted, ended and cut into pieces', async () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 2, maxLength: 4 })
    const field = fc.string({ maxLength: 8, unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', ' ', 'ü', '𝔘', ';') })
    const table = names.chain((columns) =>
      fc.tuple(fc.constant(columns), fc.array(fc.tuple(...columns.map(() => field)), { maxLength: 6 })),
    )
    const ends = fc.constantFrom('\n', '\r\n')
    await fc.assert(
      fc.asyncProperty(table, ends, fc.boolean(), fc.nat(6), async ([columns, rows], end, ended, size) => {
        const needs = (text: string) => /[",\r\n]/.test(text)
        const lines = [columns, ...rows].map((fields) =>
          fields.map((one) => (needs(one) ? quoted(one) : one)).join(','),
        )
        const file = lines.join(end) + (ended ? end : '')
        const seen = await read(file, 'csv', size + 1)
        assert.deepEqual(
          seen.map(({ value }) => Object.values(value)),
          rows.map((fields) => [...fields]),
        )
        const whole = await read([columns, ...rows].map((fields) => fields.map(quoted).join(',')).join(end), 'csv')
        assert.deepEqual(
          whole.map(({ value }) => value),
          seen.map(({ value }) => value),
        )
      }),
      { numRuns: 150 },
    )
  })

  it('knows the line on which each record begins, leaves empty lines out, and takes a mark at the beginning', async () => {
    const file = '\u{feff}a,b\r\n\r\n"one\ntwo",2\r\n3,4\r\n'
    assert.deepEqual(await read(file, 'csv'), [
      { line: 3, value: { a: 'one\ntwo', b: '2' } },
      { line: 5, value: { a: '3', b: '4' } },
    ])
    assert.deepEqual(await values('a,b\n', 'csv'), [])
    assert.deepEqual(await values('', 'csv'), [])
  })

  it('is refused where it is not as RFC 4180 has it, with the line', async () => {
    assert.match(await refusal('a,b\n1,2,3\n', 'csv'), /^Line 2: it has 3 fields, and the first line names 2\./)
    assert.match(await refusal('a,b\n1,"2\n', 'csv'), /^Line 2: a quote is never closed/)
    assert.match(await refusal('a,b\n1,2"3\n', 'csv'), /^Line 2: a field with quotes/)
    assert.match(await refusal('a,b\n"1"2,3\n', 'csv'), /^Line 2: after a closing quote/)
    assert.match(await refusal('a,b\r1,2\r', 'csv'), /^Line 1: a line ends with CR alone/)
    assert.match(await refusal('a;b\n1;2\n', 'csv'), /parted by something else than commas/)
    assert.match(await refusal('a,a\n1,2\n', 'csv'), /"a" is named twice/)
    assert.match(await refusal('a,\n1,2\n', 'csv'), /a column has no name/)
    assert.match(await refusal(`a,b\n"${'x'.repeat(3 << 20)}`, 'csv'), /^Line 2: a record is too long/)
  })
})

describe('JSONL', () => {
  it('is a JSON object a line, however it is cut into pieces', async () => {
    const rows = fc.array(
      fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 1 }), { noNullPrototype: true }),
      { maxLength: 5 },
    )
    await fc.assert(
      fc.asyncProperty(rows, fc.nat(20), fc.boolean(), async (given, size, ended) => {
        const texts = given.map((row) => JSON.stringify(row))
        const seen = await read(texts.join('\n') + (ended ? '\r\n\n' : ''), 'jsonl', size + 1)
        assert.deepEqual(
          seen.map(({ line, value }) => [line, JSON.stringify(value)]),
          texts.map((text, index) => [index + 1, text]),
        )
      }),
      { numRuns: 100 },
    )
  })

  it('is refused with the line and what to do', async () => {
    assert.match(await refusal('{"a":1}\n{"a":', 'jsonl'), /^Line 2: it is not JSON \(/)
    assert.match(await refusal('[{"a":1},\n{"a":2}]', 'jsonl'), /^Line 1: .*`jq -c "\.\[\]"`/)
    assert.match(await refusal('{"a":1}\n\n7\n', 'jsonl'), /^Line 3: every line must be a JSON object/)
    assert.match(await refusal(`{"a":"${'x'.repeat(3 << 20)}"}`, 'jsonl'), /^Line 1: it is longer than 2 MiB/)
    assert.match(await refusal(Buffer.from([0x7b, 0xff, 0x7d]), 'jsonl'), /not encoded as UTF-8/)
  })

  it('does not tell what stands in a line that is no JSON', async () => {
    assert.doesNotMatch(await refusal('{"a": secretword}', 'jsonl'), /secretword/)
  })
})

it('files are read in linear time', async () => {
  const time = async (rows: number, head: string, row: string, format: FileFormat) => {
    const bytes = Buffer.from(head + row.repeat(rows))
    const start = performance.now()
    assert.equal((await rowsOf(bytes, format, 1 << 16)).length, rows)
    return performance.now() - start
  }
  for (const [format, head, row] of [
    ['csv', 'a,b\n', '"a ""b"" c",d\n'],
    ['jsonl', '', '{"a":"b"}\n'],
  ] as const) {
    await time(500, head, row, format)
    const one = await time(4000, head, row, format)
    const four = await time(16_000, head, row, format)
    assert.ok(four < one * 12, `${format}: ${one} ms, then ${four} ms`)
  }
})
