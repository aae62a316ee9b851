import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { PII_TYPES, pii } from '../../../server/guardrails/pii/index.ts'
import { found, matchesOf } from './support.ts'

test('e-mail addresses are found as people write them', () => {
  assert.deepEqual(found('write to Ann.Lee+x@mail.example.co.uk, or <bob@example.com>; cc=eve@example.org.'), [
    'EMAIL Ann.Lee+x@mail.example.co.uk',
    'EMAIL bob@example.com',
    'EMAIL eve@example.org',
  ])
  assert.deepEqual(found('jörg@bücher.de user@xn--80ak6aa92e.com mailto:a@b.io'), [
    'EMAIL jörg@bücher.de',
    'EMAIL user@xn--80ak6aa92e.com',
    'EMAIL a@b.io',
  ])
  assert.deepEqual(found('git@github.com:owner/name.git icon@2x.png @scope/name a@b @ me@ pkg@1.2.3 x@y..z'), [])
})

test('phone numbers are found with a country code, in the American form, in a region, or where words say so', () => {
  for (const [text, number] of [
    ['+44 20 7946 0958', '+44 20 7946 0958'],
    ['ring +49 (0)89 721010', '+49 (0)89 721010'],
    ['0041 44 668 18 00 is Zurich', '0041 44 668 18 00'],
    ['(415) 555-2671 or so', '(415) 555-2671'],
    ['415-555-2671', '415-555-2671'],
    ['call 089 721010 now', '089 721010'],
    ['166-684-7899 fax', '166-684-7899'],
    ['Phone: 8005550199', '8005550199'],
    ['tel. ０３ １２３４ ５６７８', '０３ １２３４ ５６７８'],
    ['mobile 555-867-5309x42', '555-867-5309x42'],
  ])
    assert.deepEqual(found(text!), [`PHONE ${number}`], text)
  assert.deepEqual(found('030 90295 0 is Berlin', { regions: ['DE'] }).length, 1)
  for (const text of [
    '+1 111 111 1111',
    '+999 12345678',
    'version 415.555.2671.3',
    'order 089 721010',
    'on 2024-01-31 10:00:00',
    '12 345 678 items',
  ])
    assert.deepEqual(found(text), [], text)
})

test('addresses of the net are told from times, versions and code', () => {
  assert.deepEqual(found('from 10.218.6.131, 192.168.1.0/24; inet6 fe80::1%eth0 and 2001:db8::192.168.1.1.'), [
    'IP_ADDRESS 10.218.6.131',
    'IP_ADDRESS 192.168.1.0/24',
    'IP_ADDRESS fe80::1%eth0',
    'IP_ADDRESS 2001:db8::192.168.1.1',
  ])
  assert.deepEqual(found('MAC 00-1A-2B-3C-4D-5E, 00:1a:2b:3c:4d:5e, 0012.3456.789a').length, 3)
  for (const text of [
    'v1.2.3.4',
    'Chrome/120.0.6099.129',
    '127.0.0.1:8080',
    '12:30:45',
    'std::vector<int>::iterator',
    'a[1::2]',
    '256.1.1.1',
    'FF:FF:FF:FF:FF:FF',
    'section 3.2.1.4',
  ])
    assert.deepEqual(found(text), [], text)
})

test('crypto addresses are held to their checksums', () => {
  for (const address of [
    '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
    '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy',
    'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
  ]) {
    assert.deepEqual(found(`to ${address}.`), [`CRYPTO ${address}`])
    const changed = address
      .replace(/[a-z](?=[^a-z]*$)/, (letter) => (letter === 'd' ? 'e' : 'd'))
      .replace(/[159](?=\D*$)/, '7')
    assert.deepEqual(found(`to ${changed}.`), [], changed)
  }
  assert.deepEqual(found(`0x${'ab12'.repeat(10)}`), [`CRYPTO 0x${'ab12'.repeat(10)}`])
})

test('dates are dates of birth where the words say so', () => {
  for (const [text, date] of [
    ['born 1980-05-03', '1980-05-03'],
    ['DOB: 05/23/1980', '05/23/1980'],
    ['date of birth is May 3rd, 1980', 'May 3rd, 1980'],
    ['geboren am 3.5.1980', '3.5.1980'],
    ['her birthday: 3 May 1980', '3 May 1980'],
  ])
    assert.deepEqual(found(text!), [`DATE_OF_BIRTH ${date}`], text)
  for (const text of ['due 1980-05-03', 'born 1980-13-03']) assert.deepEqual(found(text), [], text)
})

test('web addresses count where they carry a password, or are asked for', () => {
  const url = 'https://ann:hunter22@db.example.com/x?y=1'
  assert.deepEqual(found(`see ${url}.`), [`URL_CREDENTIALS ${url}`])
  assert.deepEqual(found('see https://example.com/a and www.example.org'), [])
  assert.deepEqual(found('see https://example.com/a and www.example.org.', { types: ['URL'] }), [
    'URL https://example.com/a',
    'URL www.example.org',
  ])
})

test('bank accounts by IBAN, and by words', () => {
  assert.deepEqual(found('IBAN gb29nwbk60161331926819, DE89 3704 0044 0532 0130 00'), [
    'IBAN gb29nwbk60161331926819',
    'IBAN DE89 3704 0044 0532 0130 00',
  ])
  assert.deepEqual(found('GB30 NWBK 6016 1331 9268 19, XX89370400440532013000'), [])
  assert.deepEqual(found('SWIFT code DEUTDEFF'), ['BANK_ACCOUNT DEUTDEFF'])
})

test('names and places are best effort, and only where they are asked for', () => {
  const text = 'My name is Ann Lee, I live in Paris and work at Acme Solutions Ltd.'
  assert.deepEqual(found(text), [])
  assert.deepEqual(found(text, { types: 'all' }), [
    'PERSON Ann Lee',
    'LOCATION Paris',
    'ORGANIZATION Acme Solutions Ltd.',
  ])
  assert.deepEqual(found('she named him joshua', { types: ['PERSON'] }), ['PERSON joshua'])
})

test('what stands in code, logs and tables is nobody’s', () => {
  const hash = createHash('sha256').update('x').digest('hex')
  for (const text of [
    'npm install react@18.2.0 && node v24.0.1',
    `commit ${hash.slice(0, 40)}`,
    'id: 550e8400-e29b-41d4-a716-446655440000',
    '2024-01-31T10:00:00.123456Z INFO pid=12345 took 1706695200123 ns',
    'created_at 1706695200 updated_at 1706695200123',
    'ISBN 978-3-16-148410-0, EAN 4006381333931',
    '$1,234,567.89 or €12.345.678,90 or 0.4111111111111111',
    'order #4111111111111111 / invoice 2024-000123',
    'const a = [1, 2, 3, 4111, 5500, 0000]; x = 0xdeadbeef; y = 1e10',
    'grid-template: 1fr 200px 1fr; margin: 10px 20px 30px 40px; color: #123456',
    '| 2021 | 2022 | 2023 |\n| 1234 | 5678 | 9012 |',
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4',
    'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.',
    'https://example.com/questions/11227809/why-is-it?utm=12345678901',
    'RFC 2119, ISO 8601:2019, 802.11ac, H.264, AES-256, port 5432, HTTP/1.1 200',
    'lat 48.137154 lon 11.576124, 3.14159265358979',
    'SELECT * FROM t WHERE id = 44051401359 AND n = 9434765919',
    'flight LH1234 seat 12A gate B22 at 10:45',
    'SKU AB123456 lot 20240131-01 part 90210',
  ])
    assert.deepEqual(found(text), [], text)
})

test('matches are in order and apart, and the best of overlapping ones stays', () => {
  const matches = matchesOf(
    pii.create({}),
    'a@example.com 4111 1111 1111 1111 call 415-555-2671 https://u:pw12@10.0.0.1/',
  )
  assert.deepEqual(
    matches.map(({ category }) => category),
    ['EMAIL', 'CREDIT_CARD', 'PHONE', 'URL_CREDENTIALS'],
  )
})

test('allowed values and domains are left alone, and options are checked', () => {
  assert.deepEqual(found('info@example.com and ann@other.org', { allow: ['EXAMPLE.com'] }), ['EMAIL ann@other.org'])
  assert.deepEqual(found('415-555-2671', { allow: ['415-555-2671'] }), [])
  for (const options of [{ types: ['NOSUCH'] }, { types: 'some' }, { regions: ['Germany'] }, { allow: 'x' }])
    assert.throws(() => pii.create(options), TypeError)
})

test('every type has words for people, and the best-effort ones say so', () => {
  for (const { id, label, description, structured } of PII_TYPES) {
    assert.match(id, /^[A-Z_]+$/)
    assert.ok(label.length > 2 && description.length > 10)
    assert.equal(description.startsWith('Best effort'), !structured)
  }
})
