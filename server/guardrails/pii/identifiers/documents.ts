import { uniform } from '../checks.ts'
import type { Identifier } from './identifier.ts'

const WEIGHTS = [7, 3, 1]

/** Documents: known by words near them, except where the format alone says enough. */
export const DOCUMENTS: readonly Identifier[] = [
  {
    name: 'passport',
    category: 'PASSPORT',
    shapes: [
      'D9',
      'D8',
      'D7',
      'L1D8',
      'L1D7',
      'L1D6',
      'L2D7',
      'L2D6',
      'L3D6',
      'L2D5',
      'D2L2D5',
      'L1D9',
      'D2-D7',
      'D4-D6',
      'D10',
      'L1-D7',
      'L2-D7',
    ],
    valid: (value) => !uniform(value),
    words:
      /(?:\bpassports?\b|\bpasaporte|\bpassaporto?|\bpasseport|\breisepass|\bpaspoort|\bpaszport|\btravel document|\bpass(?:nummer|nr)|паспорт|护照|パスポート|여권)/,
  },
  {
    name: 'machine-readable document',
    category: 'PASSPORT',
    shapes: ['L1D2L1D2L1D2', 'L1D2L1D2L1D1L1', 'L1D8', 'L2D4L1D2', 'L1D9', 'L3D5L1', 'L2D7', 'L2D3L2D2'],
    valid: (value) => /^[CFGHJKLMNPRTVWXYZ0-9]{9}\d?$/.test(value) && (value.length < 10 || isMachineReadable(value)),
    words: /\b(?:personalausweis|ausweis|passport|reisepass|perso\b|id card|identity card)/,
  },
  {
    name: 'identity card',
    category: 'PASSPORT',
    shapes: ['L2D7', 'L2D5L2', 'L3D6', 'D7L2', 'L1D8', 'D9', 'D12', 'L2D6'],
    valid: (value) => !uniform(value),
    words:
      /\b(?:identity card|id card|carta d.identit|carte d.identit|cni\b|dowód osobisty|dowod|personalausweis|c\.?i\.?e\.?\b|tessera|cart[ãa]o de cidad)/,
  },
  {
    name: 'UK driving licence',
    category: 'DRIVER_LICENSE',
    region: 'GB',
    distinct: ['L5D6L2D1L2', 'L5D6L1D2L2', 'L4D7L2D1L2', 'L3D8L2D1L2'],
    valid: (value) => /^[A-Z]{1,5}9{0,4}\d[0156]\d(?:[0-2]\d|3[01])\d[A-Z][A-Z9][0-9A-Z][A-Z]{2}$/.test(value),
    words: /\b(?:licen[cs]e|driving|dvla)/,
  },
  {
    name: 'driving licence',
    category: 'DRIVER_LICENSE',
    shapes: [
      ...[
        'D6',
        'D7',
        'D8',
        'D9',
        'D10',
        'D12',
        'L1D4',
        'L1D5',
        'L1D6',
        'L1D7',
        'L1D8',
        'L1D9',
        'L1D10',
        'L1D11',
        'L1D12',
        'L1D13',
        'L1D14',
      ],
      ...[
        'L2D6',
        'L2D6L1',
        'L2D7',
        'L2D8',
        'L2D8L1',
        'L2D3L2D1',
        'D3L2D4',
        'D2L3D5',
        'D2L3D6',
        'D8L1',
        'D9L1',
        'D7L1',
        'L1D2L1D3L1D2L1',
        'L2D7L1',
        'L3D6',
        'D1L2D5L2',
        'D11',
        'L1D6L1',
      ],
      ...[
        'L1D3-D4-D4',
        'L1D3-D3-D2-D3-D1',
        'D3-D3-D3',
        'L1D4-D5-D5',
        'D2-D2-D4',
        'L1D2-D2-D4',
        'D2-D2-D6-D2',
        'L1-D3-D3-D3-D3',
        'D4-D4-D3',
      ],
      ...['L1D1L1D2L1D3L1', 'L1D1L1D3L1D2L1', 'L1D1L1D6L1'],
    ],
    valid: (value) => !uniform(value),
    words:
      /(?:\bdriv(?:er|ing)[’']?s?[ -]?(?:licen[cs]e|permit|id)|\blicen[cs]e (?:no|num|#|id)|\bdl ?(?:no|num|#|:)|\bführerschein|\bfahrerlaubnis|\bpermis de conduire|\bpatente|\brijbewijs|\bprawo jazdy|\bcarnet de conducir|\bpermiso de conducir|\bcnh\b|\bkörkort)/,
  },
  {
    name: 'bank account',
    category: 'BANK_ACCOUNT',
    shapes: [
      'D6',
      'D7',
      'D8',
      'D9',
      'D10',
      'D11',
      'D12',
      'D13',
      'D14',
      'D15',
      'D16',
      'D17',
      'D18',
      'D4-D4-D4',
      'D3-D3-D4',
      'D2-D4-D4',
    ],
    valid: (digits) => !uniform(digits),
    words:
      /\b(?:bank account|account (?:no|num|#)|acct\.? ?(?:no|num|#)|checking account|savings account|kontonummer|kontonr|numéro de compte|número de cuenta|conta bancária|a\/c (?:no|num))/,
  },
  {
    name: 'UK sort code',
    category: 'BANK_ACCOUNT',
    region: 'GB',
    shapes: ['D2-D2-D2', 'D6'],
    valid: (digits) => !uniform(digits),
    words: /\bsort ?code/,
  },
]

/** Check digit of ICAO Doc 9303, part 3, 4.9. */
function isMachineReadable(value: string): boolean {
  const sum = [...value.slice(0, 9)].reduce(
    (total, each, at) => total + Number.parseInt(each, 36) * WEIGHTS[at % 3]!,
    0,
  )
  return sum % 10 === Number(value[9])
}
