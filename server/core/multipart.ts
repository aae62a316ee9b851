/** Forms as bytes (RFC 7578), to read their text fields and to change one without touching the rest. */

interface FormField {
  name: string
  /** `null` for a file. */
  text: string | null
  /** Place of the content. */
  start: number
  end: number
}

/** The boundary of a `multipart/form-data` content type; `null` for any other type. */
export function formBoundary(contentType: string | undefined): string | null {
  const match = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType ?? '')
  return match ? (match[1] ?? match[2]!) : null
}

/** The text fields of a form; of a name that comes more than once, the last. `null` when the bytes are no form. */
export function formTexts(raw: Buffer, boundary: string): Record<string, unknown> | null {
  const fields = readFields(raw, boundary)
  if (fields === null) return null
  return Object.fromEntries(fields.flatMap(({ name, text }) => (text === null ? [] : [[name, text]])))
}

/** A copy of the form in which every field of this name has that text. */
export function setFormText(raw: Buffer, boundary: string, name: string, text: string): Buffer {
  const pieces: Buffer[] = []
  let position = 0
  for (const field of readFields(raw, boundary) ?? []) {
    if (field.name !== name || field.text === null) continue
    pieces.push(raw.subarray(position, field.start), Buffer.from(text))
    position = field.end
  }
  pieces.push(raw.subarray(position))
  return Buffer.concat(pieces)
}

function readFields(raw: Buffer, boundary: string): FormField[] | null {
  const delimiter = Buffer.from(`--${boundary}`)
  const fields: FormField[] = []
  let position = raw.indexOf(delimiter)
  if (position < 0) return null
  for (;;) {
    position += delimiter.length
    // Two dashes after the delimiter end the form.
    if (raw.toString('latin1', position, position + 2) === '--') return fields
    const headEnd = raw.indexOf('\r\n\r\n', position)
    const next = raw.indexOf(Buffer.concat([Buffer.from('\r\n'), delimiter]), headEnd < 0 ? position : headEnd + 2)
    if (headEnd < 0 || next < 0) return null
    const head = raw.toString('utf8', position, headEnd)
    const name = /\bname="((?:[^"\\]|\\.)*)"/i.exec(head)?.[1]
    const start = headEnd + 4
    if (name !== undefined) {
      const text = /\bfilename\*?=/i.test(head) ? null : raw.toString('utf8', start, next)
      fields.push({ name, text, start, end: next })
    }
    position = next + 2
  }
}
