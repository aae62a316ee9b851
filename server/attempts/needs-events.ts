import type { AttemptContext } from './context.ts'

type Context = Pick<AttemptContext, 'plan' | 'inbound'>

/** The gateway looks into the reply, so that bytes alone will not do. */
export function needsEvents(context: Context): boolean {
  const { settings } = context.plan
  return (settings.judging?.require.length ?? 0) > 0 || settings.resumeStreams || isGuarded(context)
}

/** Guardrails may change the reply, or what they took out of the request is put back into it. */
export function isGuarded({ plan: { settings }, inbound }: Context): boolean {
  return inbound.chat !== undefined || (settings.guarding?.rules.some(({ stage }) => stage === 'post') ?? false)
}
