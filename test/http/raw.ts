import { connect } from 'node:net'

export interface RawReply {
  /** 0 when the connection ended without an answer. */
  status: number
  headers: Map<string, string>
  body: string
}

const PATIENCE_MS = 10_000

/**
 * Sends bytes as they are and reads one answer: clients of Node's own would refuse to send what is to be tested.
 * The answer is complete when its length says so, or when the connection ends.
 */
export function sendRaw(url: string, bytes: string | Buffer): Promise<RawReply> {
  const { port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes))
    let received = Buffer.alloc(0)
    const done = () => {
      socket.destroy()
      resolve(read(received))
    }
    socket.setTimeout(PATIENCE_MS, () => {
      socket.destroy()
      reject(new Error(`no answer to ${JSON.stringify(bytes.toString('latin1', 0, 300))}`))
    })
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      if (isWhole(received)) done()
    })
    // A gateway that refuses a body closes while it is being sent: what it has said counts, not the reset.
    socket.on('error', done)
    socket.on('close', done)
  })
}

/** A request as text; a `host` is added where the headers name none. */
export function rawRequest(
  line: string,
  headers: readonly (readonly [string, string])[],
  body: string | Buffer = '',
): Buffer {
  const all = [...headers]
  if (!all.some(([name]) => name.toLowerCase() === 'host')) all.unshift(['host', '127.0.0.1'])
  const head = all.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return Buffer.concat([Buffer.from(`${line} HTTP/1.1\r\n${head}\r\n`, 'latin1'), Buffer.from(body)])
}

function isWhole(bytes: Buffer): boolean {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return false
  if (/^HTTP\/1\.1 (204|304) /.test(bytes.toString('latin1', 0, 20))) return true
  const head = bytes.toString('latin1', 0, end)
  if (/^transfer-encoding: chunked/im.test(head)) return bytes.subarray(-7).toString().endsWith('0\r\n\r\n')
  const length = /^content-length: (\d+)/im.exec(head)?.[1]
  return length !== undefined && bytes.length >= end + 4 + Number(length)
}

function read(bytes: Buffer): RawReply {
  const end = bytes.indexOf('\r\n\r\n')
  const [first = '', ...lines] = bytes.toString('latin1', 0, Math.max(end, 0)).split('\r\n')
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
    }),
  )
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: bytes.toString('utf8', end + 4) }
}
