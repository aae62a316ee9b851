import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { secrets } from '../../../server/guardrails/secrets/index.ts'
import { assertIncremental } from '../pii/incremental.ts'
import { foundBy, matchesOf } from '../pii/support.ts'
import { KEYS, pem, random } from './made.ts'

const guardrail = secrets.create({})
const found = (text: string) => foundBy(guardrail, text)
const value = random(32)

test('every kind of key is found whole, in prose, code and JSON', () => {
  for (const [category, key] of KEYS)
    for (const text of [
      `my key is ${key}, ok?`,
      key,
      `X=${key}\n`,
      `const a = "${key}"`,
      `{"k":"${key}"}`,
      `(${key})`,
    ]) {
      const matches = matchesOf(guardrail, text)
      const left = matches.reduce((rest, { start, end }) => rest.replace(text.slice(start, end), ''), text)
      assert.ok(!left.includes(key.slice(4, -4)), `${category} in ${text}`)
      assert.ok(
        matches.some((match) => match.category === category || match.score > 0.5),
        `${category} in ${text}`,
      )
    }
})

test('private keys are found from the first hyphen to the last, also escaped, and what is left of one', () => {
  for (const end of ['\n', '\r\n', '\\n'])
    assert.deepEqual(found(`a ${pem(12, end)} b`), [`PRIVATE_KEY ${pem(12, end)}`])
  const cut = pem().slice(0, 300)
  assert.deepEqual(found(`${cut}\n\nis all I have`), [`PRIVATE_KEY ${cut}`])
  assert.deepEqual(found(pem().replaceAll('PRIVATE', 'PUBLIC')), [])
  assert.deepEqual(found('-----BEGIN PRIVATE' + ' KEY-----\n...\n-----END PRIVATE' + ' KEY-----'), [])
})

test('what is named like a secret is one if it is random enough', () => {
  for (const text of [
    `API_KEY=${value}`,
    `"client_secret": "${value}"`,
    `secret_key: '${value}'`,
    `{\\"token\\": \\"${value}\\"}`,
    `the access token is ${value}.`,
    `Authorization: Bearer ${value}`,
    `curl -H "X-Api-Key: ${value}" https://example.com`,
    `AccountName=a;AccountKey=${random(86)}==;EndpointSuffix=core.windows.net`,
  ])
    assert.equal(found(text).length, 1, text)
})

test('passwords are found where they stand', () => {
  for (const [text, password] of [
    ['curl -u ann:p4ssw0rt! https://example.com', 'p4ssw0rt!'],
    ["mysql --password='Tr0ub4dor&3' db", 'Tr0ub4dor&3'],
    ['ftp://ann:Sommer2024!@files.example.com/x', 'Sommer2024!'],
    ['machine example.com login ann password s3cr3tW0rd', 's3cr3tW0rd'],
    ['DB_PASSWORD=Xk29!mmPq', 'Xk29!mmPq'],
    ['password: "correct-horse7"', 'correct-horse7'],
  ])
    assert.deepEqual(
      found(text!).map((match) => match.split(' ')[1]),
      [password],
      text,
    )
  assert.equal(found('postgres://ann:Xk29mmPqr@db.example.com:5432/app').length, 1)
})

test('what stands in manuals, code and logs is none', () => {
  const [, github] = KEYS[7]!
  for (const text of [
    `API_KEY=${'x'.repeat(32)}`,
    'api_key: YOUR_API_KEY_HERE',
    'password: required, at least 8 characters',
    'The password is wrong.',
    'const token = await getToken(config.clientId2)',
    'token = tokenizer.encode(text1)',
    'secret = process.env.SECRET_2',
    'export TOKEN=$GITHUB_TOKEN',
    'Authorization: Bearer <token>',
    'Authorization: Bearer ${API_TOKEN}',
    'curl -u user:pass https://example.com',
    'https://user:password@example.com',
    'sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'commit 4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    'id 550e8400-e29b-41d4-a716-446655440000',
    'integrity sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==',
    'risk-free task-based disk-image-of-the-old-machine-that-broke-down',
    `${github.slice(0, 4)}${'x'.repeat(36)}`,
    'max_tokens: 4096, token_count: 12345678901',
    'The author token-ring network of 1989 is secret: nobody knows it.',
  ])
    assert.deepEqual(found(text), [], text)
})

test('values that are allowed are left alone, and options are checked', () => {
  const [, key] = KEYS[0]!
  assert.deepEqual(matchesOf(secrets.create({ allow: [key] }), `key ${key}`), [])
  assert.throws(() => secrets.create({ allow: 'x' }), TypeError)
})

test('the reason repeats nothing of a secret', () => {
  const [, key] = KEYS[7]!
  const inspection = guardrail.inspect({ text: key, origin: 'user', place: '' }, {} as never)
  assert.ok(!('then' in inspection))
  assert.equal(inspection.category, 'GITHUB_TOKEN')
  assert.ok(!JSON.stringify(inspection).includes(key.slice(4)))
})

const PLANTED = [
  ...KEYS.map(([, key]) => key),
  pem(3),
  pem(3, '\\n'),
  pem(3).slice(0, 150),
  `token="${value}"`,
  'curl -u a:p4ssw0rt! x',
  'http://a:Xk29mmPq@b',
]
const NOISE = [
  ' ',
  ' ',
  '\n',
  '"',
  ', ',
  '{"',
  '": ',
  'word',
  'password',
  ' = ',
  '-----BEGIN ',
  '-----',
  'END',
  'PRIVATE KEY',
  'gh',
  'sk-',
  '://',
  '😀',
  '=',
  'Bearer ',
]

test('a stream is let go of only where the whole text would be, whatever comes', () => {
  const texts = fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...NOISE) },
        { weight: 1, arbitrary: fc.constantFrom(...PLANTED) },
      ),
      { maxLength: 14 },
    )
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(texts, (text) => assertIncremental(guardrail, text, 3)),
    { numRuns: 60 },
  )
})

test('prose flows, and a private key waits for its end', () => {
  const { settled } = guardrail.incremental!
  assert.equal(settled('plain prose words '), 18)
  assert.equal(settled('{"a": "b", "c": "d", "'), 22)
  const text = `a ${pem(40)}`
  assert.equal(settled(text.slice(0, -1)), 2)
  assert.equal(settled(`${text} `), text.length + 1)
  assert.equal(settled('see -----BEGIN CERTIFICATE-----\nMIIB\n'), 37)
})
