import { fileURLToPath } from 'node:url'
import { type Child, startChild } from '../bench/children.ts'

/** A process of ours that answers questions, several at a time. */
export interface Remote {
  pid: number
  /** Rejects with what it threw, with its end, or when no answer comes within `limitMs`. */
  ask<T>(question: unknown, limitMs: number): Promise<T>
  stop(): Promise<void>
}

interface Question {
  id: number
  question: unknown
}

type Answer = { id: number } & ({ answer: unknown } | { error: string })

const START_MS = 20_000

/** Starts a file of this folder that calls `answer`. */
export async function startRemote(file: string): Promise<Remote> {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const child = startChild({ core: null, command: process.execPath, args: [path], messages: true })
  await child.message(START_MS)
  child.process.setMaxListeners(0)
  let last = 0
  return {
    pid: child.pid,
    ask(question, limitMs) {
      last += 1
      child.process.send({ id: last, question } satisfies Question)
      return answerTo(child, last, file, limitMs)
    },
    stop: () => child.stop(),
  }
}

function answerTo<T>(child: Child, id: number, file: string, limitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      child.process.off('message', onMessage).off('exit', onExit)
      finish()
    }
    const fail = (why: string) => settle(() => reject(new Error(`${file}: ${why}\n${child.output()}`)))
    const timer = setTimeout(() => fail(`no answer within ${limitMs} ms`), limitMs)
    const onExit = () => fail('ended')
    const onMessage = (message: unknown) => {
      const answer = message as Answer
      if (answer.id !== id) return
      if ('error' in answer) fail(answer.error)
      else settle(() => resolve(answer.answer as T))
    }
    child.process.on('message', onMessage).on('exit', onExit)
  })
}

/** The other side: what this process is for. */
export function answer<Q>(handle: (question: Q) => unknown): void {
  process.on('message', async ({ id, question }: Question) => {
    try {
      process.send!({ id, answer: (await handle(question as Q)) ?? null })
    } catch (error) {
      process.send!({ id, error: (error as Error).stack ?? String(error) })
    }
  })
  process.on('disconnect', () => process.exit(0))
  process.send!('ready')
}
