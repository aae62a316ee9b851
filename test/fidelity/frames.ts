import type { Json } from '../support/gateway.ts'

/** The JSON of every server-sent event, but for `[DONE]`; comments and event names are passed over. */
export function sseFrames(body: string): Json[] {
  return body
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:') && line.slice(5).trim() !== '[DONE]')
    .map((line) => JSON.parse(line.slice(5)))
}

export function lines(body: string): Json[] {
  return body
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line))
}

/**
 * Messages of an AWS event stream: two lengths and a checksum, headers, payload, a checksum
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html). Checksums are not looked at.
 */
export function eventStream(body: Buffer): { type: string; json: Json }[] {
  const messages: { type: string; json: Json }[] = []
  for (let at = 0; at < body.length; at += body.readUInt32BE(at)) {
    const headersEnd = at + 12 + body.readUInt32BE(at + 4)
    const payload = body.subarray(headersEnd, at + body.readUInt32BE(at) - 4)
    const headers = readHeaders(body.subarray(at + 12, headersEnd))
    messages.push({
      type: headers[':event-type'] ?? headers[':exception-type'] ?? '',
      json: JSON.parse(payload.toString()),
    })
  }
  return messages
}

/** Headers of strings (type 7), the only ones that Bedrock sends. */
function readHeaders(bytes: Buffer): Record<string, string> {
  const headers: Record<string, string> = {}
  for (let at = 0; at < bytes.length; ) {
    const nameEnd = at + 1 + bytes.readUInt8(at)
    const valueStart = nameEnd + 3
    const valueEnd = valueStart + bytes.readUInt16BE(nameEnd + 1)
    headers[bytes.toString('utf8', at + 1, nameEnd)] = bytes.toString('utf8', valueStart, valueEnd)
    at = valueEnd
  }
  return headers
}
