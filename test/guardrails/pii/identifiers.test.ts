import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { IDENTIFIERS } from '../../../server/guardrails/pii/identifiers/index.ts'
import { found } from './support.ts'

/** Published examples, and numbers whose check digits were worked out by hand: what, where it stands, what it is. */
const EXAMPLES: readonly [category: string, value: string, text: string][] = [
  ['NATIONAL_ID', '536-90-4399', 'My SSN is 536-90-4399.'],
  ['NATIONAL_ID', '536904399', 'social security number: 536904399'],
  ['TAX_ID', '911-70-1234', 'ITIN 911-70-1234'],
  ['TAX_ID', '12-3456788', 'our EIN is 12-3456788'],
  ['BANK_ACCOUNT', '121042882', 'ABA routing number 121042882'],
  ['HEALTH_ID', '1EG4-TE5-MK73', 'card 1EG4-TE5-MK73'],
  ['HEALTH_ID', '1234567893', 'NPI: 1234567893'],
  ['NATIONAL_ID', '130 692 544', 'SIN 130 692 544'],
  ['NATIONAL_ID', 'HEGG560427MVZRRL04', 'CURP HEGG560427MVZRRL04'],
  ['HEALTH_ID', '943 476 5919', 'NHS number 943 476 5919'],
  ['NATIONAL_ID', 'AB 12 34 56 C', 'NINO: AB 12 34 56 C'],
  ['TAX_ID', '86095742719', 'Steuer-ID 86095742719'],
  ['NATIONAL_ID', '15070649C103', 'RVNR 15070649C103'],
  ['HEALTH_ID', 'A123456780', 'KVNR A123456780'],
  ['NATIONAL_ID', '2 55 08 14 168 025 38', 'NIR 2 55 08 14 168 025 38'],
  ['NATIONAL_ID', '12345678Z', 'DNI 12345678Z'],
  ['NATIONAL_ID', 'X1234567L', 'NIE X1234567L'],
  ['TAX_ID', 'A58818501', 'CIF A58818501'],
  ['NATIONAL_ID', 'RSSMRA85T10A562S', 'codice fiscale RSSMRA85T10A562S'],
  ['TAX_ID', '01333550323', 'P. IVA 01333550323'],
  ['NATIONAL_ID', '111222333', 'BSN 111222333'],
  ['NATIONAL_ID', '85.07.30-033.28', 'rijksregisternummer 85.07.30-033.28'],
  ['NATIONAL_ID', '756.9217.0769.85', 'AHV 756.9217.0769.85'],
  ['NATIONAL_ID', '1237 010180', 'SVNR 1237 010180'],
  ['NATIONAL_ID', '1234567T', 'PPS number 1234567T'],
  ['TAX_ID', '501442600', 'NIF 501442600'],
  ['NATIONAL_ID', '811218-9876', 'personnummer 811218-9876'],
  ['TAX_ID', '556703-7485', 'org. nr 556703-7485'],
  ['NATIONAL_ID', '131052-308T', 'hetu 131052-308T'],
  ['NATIONAL_ID', '070761-4285', 'CPR 070761-4285'],
  ['NATIONAL_ID', '15076500565', 'fødselsnummer 15076500565'],
  ['NATIONAL_ID', '120174-3399', 'kennitala 120174-3399'],
  ['NATIONAL_ID', '37605030299', 'isikukood 37605030299'],
  ['NATIONAL_ID', '44051401359', 'PESEL 44051401359'],
  ['TAX_ID', '123-456-32-18', 'NIP 123-456-32-18'],
  ['NATIONAL_ID', '736028/5163', 'rodné číslo 736028/5163'],
  ['NATIONAL_ID', '1800101221144', 'CNP 1800101221144'],
  ['NATIONAL_ID', '7523169263', 'ЕГН 7523169263'],
  ['NATIONAL_ID', '112-233-445 95', 'СНИЛС 112-233-445 95'],
  ['NATIONAL_ID', '10000000146', 'T.C. kimlik 10000000146'],
  ['NATIONAL_ID', '0101006500006', 'JMBG 0101006500006'],
  ['NATIONAL_ID', '33392005961', 'OIB 33392005961'],
  ['NATIONAL_ID', '2345 6789 0124', 'Aadhaar 2345 6789 0124'],
  ['TAX_ID', 'ABBPM4567S', 'PAN ABBPM4567S'],
  ['TAX_ID', '27AAPFU0939F1ZV', 'GSTIN 27AAPFU0939F1ZV'],
  ['NATIONAL_ID', '11010519491231002X', '身份证11010519491231002X'],
  ['NATIONAL_ID', 'A123456789', 'Taiwan ID number A123456789'],
  ['NATIONAL_ID', '1234 5678 9018', 'マイナンバー 1234 5678 9018'],
  ['NATIONAL_ID', '960121-1234567', '주민등록번호 960121-1234567'],
  ['NATIONAL_ID', 'S1234567D', 'NRIC S1234567D'],
  ['NATIONAL_ID', 'A123456(3)', 'HKID A123456(3)'],
  ['NATIONAL_ID', '3-4567-89012-34-7', 'Thai ID 3-4567-89012-34-7'],
  ['NATIONAL_ID', '8001015009087', 'ID number 8001015009087'],
  ['NATIONAL_ID', '111.444.777-35', 'CPF 111.444.777-35'],
  ['TAX_ID', '11.222.333/0001-81', 'CNPJ 11.222.333/0001-81'],
  ['TAX_ID', '20-12345678-6', 'CUIT 20-12345678-6'],
  ['NATIONAL_ID', '12.345.678-5', 'RUT 12.345.678-5'],
  ['TAX_ID', '876 543 210', 'TFN 876 543 210'],
  ['TAX_ID', '51 824 753 556', 'ABN 51 824 753 556'],
  ['HEALTH_ID', '2123 45670 1', 'Medicare 2123 45670 1'],
  ['TAX_ID', 'DE136695976', 'USt-IdNr.: DE136695976'],
  ['TAX_ID', 'FR40303265045', 'TVA FR40303265045'],
  ['PASSPORT', 'C01X00T47', 'Reisepass C01X00T47'],
  ['PASSPORT', 'A12803456', 'my travel passport is A12803456'],
  ['DRIVER_LICENSE', 'MORGA657054SM9IJ', 'MORGA657054SM9IJ'],
  ['DRIVER_LICENSE', 'U62928788557186', "My driver's license number is U62928788557186"],
  ['BANK_ACCOUNT', '945456787654', 'bank account 945456787654'],
  ['CREDIT_CARD', '4111 1111 1111 1111', 'pay with 4111 1111 1111 1111'],
  ['CREDIT_CARD', '6011000990139424', '6011000990139424'],
  ['CREDIT_CARD', '122000000000003', 'my credit card: 122000000000003'],
]

test('published numbers are found, each as what it is', () => {
  const wrong = EXAMPLES.filter(([category, value, text]) => !found(text).includes(`${category} ${value}`))
  assert.deepEqual(
    wrong.map(([, , text]) => [text, ...found(text)]),
    [],
  )
})

/** Those whose check digits say nothing, or are none, and those that another country's numbers look like. */
const UNCHECKED =
  /kennitala|Reisepass|Medicare|SSN|social|EIN|ITIN|CPR|PAN|주민|passport|license|bank account|NINO|MORGA|1EG4|travel/

test('with one digit changed they are none', () => {
  for (const [category, value, text] of EXAMPLES) {
    if (UNCHECKED.test(text)) continue
    const at = value.search(/\d(?=\D*$)/)
    const changed = value.slice(0, at) + ((Number(value[at]) + 1) % 10) + value.slice(at + 1)
    assert.ok(
      !found(text.replace(value, changed)).includes(`${category} ${changed}`),
      `${category} ${changed} in ${text}`,
    )
  }
})

test('bare digits that pass by chance need words, or a region', () => {
  for (const digits of ['130692544', '44051401359', '9434765919', '111222333', '501442600', '234567890124'])
    assert.deepEqual(found(`order ${digits} shipped`), [])
  assert.deepEqual(found('order 44051401359 shipped', { regions: ['PL'] }), ['NATIONAL_ID 44051401359'])
})

test('every identifier has a shape, and its check takes whatever fits one', () => {
  for (const { name, shapes = [], distinct = [], valid } of IDENTIFIERS) {
    assert.ok(shapes.length + distinct.length > 0, name)
    for (const shape of [...shapes, ...distinct]) {
      assert.match(shape, /^(?:[DL]\d{1,2})+(?:-(?:[DL]\d{1,2})+)*$/, name)
      const [digits, letters] = [
        fc.integer({ min: 0, max: 9 }).map(String),
        fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
      ]
      const parts = [...shape.matchAll(/([DL])(\d+)/g)].map(([, kind, count]) =>
        fc.array(kind === 'D' ? digits : letters, { minLength: Number(count), maxLength: Number(count) }),
      )
      fc.assert(
        fc.property(fc.tuple(...parts), (values) => typeof valid(values.flat().join('')) === 'boolean'),
        { numRuns: 20 },
      )
    }
  }
})
