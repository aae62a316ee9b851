import type { ProviderRow } from '../../server/http/admin/schemas.ts'

type Status = ProviderRow['status']

const tones: Record<Status, { dot: string; text: string }> = {
  healthy: { dot: 'bg-ok', text: 'text-ok' },
  degraded: { dot: 'bg-fallback', text: 'text-fallback' },
  down: { dot: 'bg-error', text: 'text-error' },
  unconfigured: { dot: 'border border-ink-3', text: 'text-ink-3' },
  unknown: { dot: 'border border-ink-3', text: 'text-ink-3' },
}

/** A provider's health as a dot; always put its name or word beside it. */
export function ProviderDot({ status }: { status: Status }) {
  return <span className={`size-[7px] flex-none rounded-full ${tones[status].dot}`} aria-hidden />
}

/** A provider's health as a dot and a word. */
export function ProviderWord({ status }: { status: Status }) {
  return (
    <span className={`inline-flex items-center gap-1.5 ${tones[status].text}`}>
      <ProviderDot status={status} /> {status}
    </span>
  )
}
