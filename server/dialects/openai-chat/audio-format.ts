/** OpenAI names audio by format, everything else by media type: https://platform.openai.com/docs/guides/audio */
const BY_FORMAT: Readonly<Record<string, string>> = { mp3: 'audio/mpeg', wav: 'audio/wav' }
const BY_MIME: Readonly<Record<string, string>> = {
  'audio/mpeg': 'mp3',
  'audio/wave': 'wav',
  'audio/x-wav': 'wav',
  'audio/vnd.wave': 'wav',
}

export function audioMime(format: string): string {
  return Object.hasOwn(BY_FORMAT, format) ? BY_FORMAT[format]! : `audio/${format}`
}

export function audioFormat(mime: string | undefined): string {
  if (mime === undefined) return 'wav'
  return BY_MIME[mime] ?? mime.replace(/^audio\//, '')
}
