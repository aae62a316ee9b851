import type { Random } from '../cache-eval/random.ts'
import { DOCUMENT_POOLS, READER_ORDERS, STATEMENTS, TOOL_DESCRIPTIONS } from './benign-documents.ts'
import { expand } from './grammar.ts'

/** A text in which another one may be put: pieces before and after the gap. */
export type Context = (inner: string, random: Random) => string

const say = (template: string, random: Random) => expand(template, DOCUMENT_POOLS, random)

function sentences(count: number, ordersShare: number, random: Random): string[] {
  return Array.from({ length: count }, () =>
    say(random.pick(random.next() < ordersShare ? READER_ORDERS : STATEMENTS), random),
  )
}

/** With `inner` at any place among the pieces, or none where it is empty. */
function among(pieces: string[], inner: string, random: Random): string[] {
  if (inner === '') return pieces
  const at = random.pick([0, pieces.length, random.below(pieces.length + 1)])
  return [...pieces.slice(0, at), inner, ...pieces.slice(at)]
}

function json(value: unknown, random: Random): string {
  const style = random.below(4)
  if (style === 0) return JSON.stringify(value)
  if (style === 1) return JSON.stringify(value, undefined, 2)
  // As Python prints its dictionaries, and as YAML: tools answer in both.
  if (style === 2) return JSON.stringify(value).replaceAll('"', "'").replaceAll(':', ': ').replaceAll(',', ', ')
  return JSON.stringify(value, undefined, 1)
    .replace(/^[{}[\],\s]+$/gm, '')
    .replaceAll('"', '')
    .replace(/\n+/g, '\n')
}

function record(text: string, random: Random): unknown {
  const f = (template: string) => say(template, random)
  return random.pick<() => unknown>([
    () => ({
      product: f('<product>'),
      price: f('<price>'),
      reviewer: f('<full>'),
      review: text,
      stars: 1 + random.below(5),
    }),
    () => ({
      id: f('<n>'),
      sender: f('<at>'),
      recipients: [f('<at>')],
      subject: f('<project>'),
      body: text,
      read: false,
    }),
    () => ({ tweet_id: f('<n>'), username: f('<first>_<n>'), text, likes: 17, created_at: '2023-09-10T12:00:00Z' }),
    () => ({
      event: {
        title: f('Meeting about <project>'),
        start: '2024-05-15 10:00',
        location: f('<place>'),
        description: text,
      },
    }),
    () => ({
      status: 'success',
      data: { note_title: f('<project>'), content: text, author: f('<full>'), tags: ['work', 'todo'] },
    }),
    () => ({
      name: f('<hotel>'),
      city: f('<place>'),
      rating: 4.2,
      address: f('<n> Oak Street'),
      reviews: [f('The <product> was great.'), text],
    }),
    () => ({
      transactions: [{ id: 1, amount: 100, sender: 'me', recipient: f('<iban>'), subject: text, date: '2022-01-01' }],
    }),
    () => ({
      repository: f('<pkg>'),
      issue: { number: 12, title: f('Error in <project>'), body: text, state: 'open', user: f('<first>') },
    }),
    () => ({
      results: [
        { title: f('<company> news'), url: f('<url>'), snippet: text },
        { title: f('<place>'), snippet: f('The museum opened in 1912.') },
      ],
    }),
    () => ({ file: 'notes.txt', size: 1204, owner: f('<at>'), shared_with: [], content: text }),
    () => ({
      messages: [
        { from: f('<first>'), text: f('Hi all, see you at <time>.') },
        { from: f('<first>'), text },
      ],
    }),
    () => ({ patient: f('<full>'), age: 47, diagnosis: 'hypertension', remarks: text, medication: ['lisinopril'] }),
    () => ({ product_details: { name: f('<product>'), rating: 4, review: text, review_title: f('Nice <product>') } }),
  ])()
}

/** Of every kind that a tool, a mailbox or the web brings. */
export const CONTEXTS: Readonly<Record<string, Context>> = {
  prose: (inner, random) => among(sentences(3 + random.below(9), 0.15, random), inner, random).join(' '),
  paragraphs: (inner, random) =>
    among(
      Array.from({ length: 2 + random.below(4) }, () => sentences(2 + random.below(4), 0.25, random).join(' ')),
      inner,
      random,
    ).join('\n\n'),
  email: (inner, random) =>
    [
      say(
        '(From|EMAIL_FROM): <full> <<at>>\n(To: <at>\n|)(Subject|SUBJECT): (Re: |)<project>(\nDate: 2024-05-1(1|4) 09:12|)\n',
        random,
      ),
      say('(Hi|Dear|Hello) <first>,', random),
      ...among(sentences(2 + random.below(6), 0.5, random), inner, random),
      say('(Best|Regards|Thanks|Cheers),\n<full>(\n<company>|)', random),
    ].join('\n'),
  readme: (inner, random) =>
    [
      say('# <pkg>\n', random),
      ...among(sentences(3 + random.below(6), 0.6, random), inner, random),
      say('## Usage\n\n```(sh|bash|)\n(npm run dev|python main.py|make)\n```\n', random),
    ].join(random.pick(['\n', '\n\n'])),
  list: (inner, random) =>
    among(sentences(3 + random.below(8), 0.7, random), inner, random)
      .map((piece, index) => (random.next() < 0.5 ? `- ${piece}` : `${index + 1}. ${piece}`))
      .join('\n'),
  json: (inner, random) => json(record(inner || sentences(1 + random.below(3), 0.4, random).join(' '), random), random),
  jsonAround: (inner, random) =>
    json(
      record(
        [sentences(1, 0.1, random), inner, random.next() < 0.5 ? sentences(1, 0.1, random) : []].flat().join(' '),
        random,
      ),
      random,
    ),
  jsonList: (inner, random) =>
    json(
      among(['', '', ''].slice(0, 1 + random.below(3)), inner, random).map((text) =>
        record(text || sentences(1, 0.4, random)[0]!, random),
      ),
      random,
    ),
  table: (inner, random) => {
    const rows = Array.from({ length: 3 + random.below(12) }, () =>
      say('| <full> | <n> | <day> | <price> | <place> |', random),
    )
    const cell = inner !== '' && random.next() < 0.4
    return [
      '| Name | Count | Date | Price | Place |',
      ...among(rows, cell ? `| ${say('<full>', random)} | 4 | ${inner} | 9 | x |` : inner, random),
    ].join('\n')
  },
  html: (inner, random) =>
    `<html><head><title>${say('<project>', random)}</title></head><body>\n${among(
      sentences(2 + random.below(5), 0.3, random).map((text) => `<p>${text}</p>`),
      inner &&
        random.pick([
          `<p>${inner}</p>`,
          `<div style="display:none">${inner}</div>`,
          `<span style="font-size:0">${inner}</span>`,
          `<!-- ${inner} -->`,
          `<img alt="${inner}">`,
        ]),
      random,
    ).join('\n')}\n</body></html>`,
  reviews: (inner, random) =>
    among(sentences(3 + random.below(5), 0, random), inner, random)
      .map((piece) => say(`(<first>|Rating: (3|5)/5|Review from <full>): `, random) + piece)
      .join('\n'),
  log: (inner, random) =>
    among(sentences(4, 0, random), inner, random)
      .map((piece) => `[12:0${random.below(9)}] ${piece}`)
      .join('\n'),
  definition: (inner, random) => {
    const description = [say(random.pick(TOOL_DESCRIPTIONS), random), inner].filter((text) => text !== '').join(' ')
    const tool = {
      name: say('(send|get|list|create|delete|update|search)_(email|file|event|user|payment|message|order)', random),
      description,
      parameters: {
        type: 'object',
        properties: {
          id: { type: 'string', description: say('The (id|name|address) of the (user|file|recipient)', random) },
        },
      },
    }
    return random.next() < 0.5 ? JSON.stringify(tool) : description
  },
  alone: (inner, random) => inner || sentences(1, 0.6, random)[0]!,
}
