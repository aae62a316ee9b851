import { useOpenRequest } from '../location.ts'

/** Opens a recorded request beside the page. */
export function RequestLink({ id, label = 'request' }: { id: string; label?: string }) {
  const [, open] = useOpenRequest()
  return (
    <button type="button" className="text-ink-2 underline hover:text-ink" title={id} onClick={() => open(id)}>
      {label}
    </button>
  )
}
