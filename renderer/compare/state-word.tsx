/** Whether pairs may still come. */
export function StateWord({ ended }: { ended: boolean }) {
  if (ended) return <span className="text-ink-3">ended</span>
  return (
    <span className="inline-flex items-center gap-1.5 text-running">
      <span className="pulse" aria-hidden /> open
    </span>
  )
}
