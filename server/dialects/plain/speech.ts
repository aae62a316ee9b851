import { GatewayError } from '../../core/errors.ts'
import type { PlainDialect, SpeechRequest } from '../../core/plain.ts'
import { writeError } from '../openai-chat/errors.ts'
import { headReader, openaiUsage } from './head.ts'

const FORMATS = ['mp3', 'opus', 'aac', 'flac', 'wav', 'pcm']

/** https://platform.openai.com/docs/api-reference/audio/createSpeech */
export const openaiSpeech: PlainDialect = {
  id: 'openai-speech',
  operation: 'speech',
  readHead: headReader('input', 'voice'),
  writeError,
  readUsage: openaiUsage,
  speech: {
    readRequest({ model: _, input, voice, response_format: format = 'mp3', speed, ...extra }): SpeechRequest {
      const id = typeof voice === 'string' ? voice : (voice as { id?: unknown } | null)?.id
      if (typeof input !== 'string') throw invalid('input', 'is not a text')
      if (typeof id !== 'string') throw invalid('voice', 'names no voice')
      if (!FORMATS.includes(format as string)) throw invalid('response_format', `is none of ${FORMATS.join(', ')}`)
      return {
        text: input,
        voice: id,
        format: format as string,
        ...(typeof speed === 'number' ? { speed } : {}),
        extra,
      }
    },
  },
}

/** Formats that only providers speak: no client's request is read in them. */
const UPSTREAM_ONLY = { operation: 'speech', readHead: headReader(), writeError, readUsage: () => null } as const

/** By OpenAI's names; raw PCM there is 24 kHz, 16 bit, one channel. */
const ELEVENLABS_FORMATS: Readonly<Record<string, string>> = {
  mp3: 'mp3_44100_128',
  opus: 'opus_48000_64',
  wav: 'wav_24000',
  pcm: 'pcm_24000',
}

/** https://elevenlabs.io/docs/api-reference/text-to-speech/convert; voice and format stand in the address. */
export const elevenlabsSpeech: PlainDialect = {
  id: 'elevenlabs-speech',
  ...UPSTREAM_ONLY,
  speech: {
    writeRequest({ text, voice, format, speed, extra }, model) {
      const output = ELEVENLABS_FORMATS[format]
      if (output === undefined) throw cannotSpeak('ElevenLabs', format, ELEVENLABS_FORMATS)
      const settings = speed === undefined ? {} : { voice_settings: { speed } }
      const address = { voice_id: voice, output_format: output }
      return { body: { text, model_id: model, ...settings }, address, lost: lostOf(extra) }
    },
  },
}

const CARTESIA_FORMATS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  mp3: { container: 'mp3', sample_rate: 44100, bit_rate: 128000 },
  wav: { container: 'wav', encoding: 'pcm_s16le', sample_rate: 24000 },
  pcm: { container: 'raw', encoding: 'pcm_s16le', sample_rate: 24000 },
}

/** https://docs.cartesia.ai/api-reference/tts/bytes */
export const cartesiaSpeech: PlainDialect = {
  id: 'cartesia-speech',
  ...UPSTREAM_ONLY,
  speech: {
    writeRequest({ text, voice, format, speed, extra }, model) {
      const output = CARTESIA_FORMATS[format]
      if (output === undefined) throw cannotSpeak('Cartesia', format, CARTESIA_FORMATS)
      const { language, ...others } = extra
      const body = {
        model_id: model,
        transcript: text,
        voice: { mode: 'id', id: voice },
        output_format: output,
        ...(typeof language === 'string' ? { language } : {}),
        ...(speed === undefined ? {} : { generation_config: { speed } }),
      }
      return { body, address: {}, lost: lostOf(others) }
    },
  },
}

function lostOf(extra: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(extra).filter((name) => extra[name] !== null)
}

function invalid(param: string, what: string): GatewayError {
  return new GatewayError('invalid_request', `\`${param}\` ${what}.`, { param })
}

function cannotSpeak(name: string, format: string, formats: Readonly<Record<string, unknown>>): GatewayError {
  const known = Object.keys(formats).join(', ')
  return new GatewayError('lossy_translation', `${name} cannot answer with \`response_format\` ${format}.`, {
    param: 'response_format',
    hint: `Ask for one of: ${known}.`,
  })
}
